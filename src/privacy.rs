//! What in the page is private. There is one judge, `www/privacy.js`, for steps,
//! replay and all that is read here; the loader hands it on with the bridge.

use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// The judge.
    pub type Judge;

    #[wasm_bindgen(method, catch, js_name = decide)]
    fn verdict(this: &Judge, element: &Element, inherited: &JsValue) -> Result<JsValue, JsValue>;
    /// The elements of a document or shadow tree that must be asked about; any other
    /// has its parent's verdict.
    #[cfg(feature = "screenshot")]
    #[wasm_bindgen(method, catch)]
    pub fn judged(this: &Judge, root: &JsValue) -> Result<js_sys::Array, JsValue>;
    #[wasm_bindgen(method, catch, js_name = isPrivateField)]
    fn private(this: &Judge, field: &Element) -> Result<bool, JsValue>;
}

/// Why nothing is read where the judge is missing.
pub const NO_JUDGE: &str = "the part of Baton that knows what is private did not load";

/// What may be shown of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Everything (secrets in its text are still masked).
    Show,
    /// That it is there, not what is in it.
    Mask,
    /// Its size.
    Block,
}

impl Judge {
    /// The verdict on an element. `inherited` is the one on its parent, for callers
    /// that walk the tree; without it, the judge looks up the tree by itself.
    pub fn decide(&self, element: &Element, inherited: Option<Verdict>) -> Verdict {
        let inherited = match inherited {
            Some(Verdict::Show) => "show".into(),
            Some(Verdict::Mask) => "mask".into(),
            Some(Verdict::Block) => "block".into(),
            None => JsValue::UNDEFINED,
        };
        let verdict = self.verdict(element, &inherited).ok().and_then(|word| word.as_string());
        match verdict.as_deref() {
            Some("show") => Verdict::Show,
            Some("mask") => Verdict::Mask,
            // Also when the page has broken what the judge stands on.
            _ => Verdict::Block,
        }
    }

    /// Whether the value of a form field is private.
    pub fn is_private_field(&self, field: &Element) -> bool {
        self.private(field).unwrap_or(true)
    }
}
