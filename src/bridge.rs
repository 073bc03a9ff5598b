//! The loader's side of the border, as it hands itself to [`crate::start`].

use wasm_bindgen::prelude::*;

#[cfg(any(feature = "extras", feature = "screenshot"))]
use crate::privacy::Judge;

#[wasm_bindgen]
extern "C" {
    /// The object that `www/baton.js` passes to `start`.
    #[derive(Clone)]
    pub type Bridge;

    /// Version of the loader.
    #[wasm_bindgen(method, getter)]
    pub fn version(this: &Bridge) -> String;
    /// Address of the folder the loader came from; ends with `/`.
    #[wasm_bindgen(method, getter)]
    pub fn base(this: &Bridge) -> String;
    /// Merged `data-*` attributes and `init()`; always current.
    #[wasm_bindgen(method, getter)]
    pub fn config(this: &Bridge) -> JsValue;
    /// `null` or `{id, traits, token}`.
    #[wasm_bindgen(method, getter)]
    pub fn user(this: &Bridge) -> JsValue;
    /// What `setCustomData()` was given.
    #[wasm_bindgen(method, getter, js_name = customData)]
    pub fn custom_data(this: &Bridge) -> JsValue;
    /// Callbacks that each return more custom data.
    #[wasm_bindgen(method, getter)]
    pub fn metadata(this: &Bridge) -> js_sys::Array;
    /// Files added by `Baton.attach()`: `{name, blob}`.
    #[wasm_bindgen(method, getter)]
    pub fn attached(this: &Bridge) -> js_sys::Array;
    /// Who knows what in the page is private; `None` until it has loaded.
    #[cfg(any(feature = "extras", feature = "screenshot"))]
    #[wasm_bindgen(method, getter)]
    pub fn privacy(this: &Bridge) -> Option<Judge>;
    /// The page's address without what private fields hold.
    #[cfg(any(feature = "extras", feature = "screenshot"))]
    #[wasm_bindgen(method, js_name = pageUrl)]
    pub fn page_url(this: &Bridge) -> String;
    /// A snapshot of the sensors' rings; never throws.
    #[wasm_bindgen(method)]
    pub fn drain(this: &Bridge) -> JsValue;
    /// Resolves to `{kind, events, gaps}`: the page as rrweb events, one moment or the
    /// last seconds, as the page has configured.
    #[wasm_bindgen(method, catch)]
    pub fn replay(this: &Bridge) -> Result<js_sys::Promise, JsValue>;
    /// Loads another module of Baton and starts it; resolves to the module. A failure
    /// is told to the developer by the loader.
    #[wasm_bindgen(method)]
    pub fn load(this: &Bridge, name: &str) -> js_sys::Promise;
    /// The page's `fetch` as it was before Baton wrapped it.
    #[wasm_bindgen(method, js_name = fetch, catch)]
    pub fn fetch(this: &Bridge, url: &str, init: &JsValue) -> Result<js_sys::Promise, JsValue>;
    /// To the handlers of `Baton.on()`; never throws.
    #[wasm_bindgen(method)]
    pub fn emit(this: &Bridge, name: &str, detail: &JsValue);
    /// Tells the launcher whether the panel is open.
    #[wasm_bindgen(method, js_name = setOpen)]
    pub fn set_open(this: &Bridge, open: bool);
    /// The launcher's state: `{hidden, open, busy, unread}`, each if it was ever set.
    #[cfg(feature = "widget")]
    #[wasm_bindgen(method, getter)]
    pub fn ui(this: &Bridge) -> JsValue;
    /// Changes the launcher's state.
    #[cfg(feature = "widget")]
    #[wasm_bindgen(method)]
    pub fn paint(this: &Bridge, patch: &JsValue);
    /// A clear message for the developer: console, `error` event and `status()`,
    /// once for each message.
    #[wasm_bindgen(method)]
    pub fn problem(this: &Bridge, code: &str, message: &str);
    /// Forgets these files of `Baton.attach()`: they were for one packet.
    #[wasm_bindgen(method, js_name = clearAttached)]
    pub fn clear_attached(this: &Bridge, taken: &js_sys::Array);
    /// The customer's words so far, for the plain form after a crash.
    #[wasm_bindgen(method, setter)]
    pub fn set_words(this: &Bridge, words: js_sys::Array);
    /// The words in use, by key, for the modules that have no languages of their own.
    #[wasm_bindgen(method, setter)]
    pub fn set_labels(this: &Bridge, labels: &JsValue);
    /// The words in use, by key.
    #[cfg(feature = "annotate")]
    #[wasm_bindgen(method, getter)]
    pub fn labels(this: &Bridge) -> JsValue;
    /// Gives the focus back to the launcher.
    #[wasm_bindgen(method, js_name = focusLauncher)]
    pub fn focus_launcher(this: &Bridge);
}

#[cfg(feature = "extras")]
#[wasm_bindgen]
extern "C" {
    /// Module `screenshot`, as the others see it.
    pub type Screenshots;

    /// See `crate::screenshot::capture`.
    #[wasm_bindgen(method)]
    pub fn capture(this: &Screenshots, options: &JsValue) -> js_sys::Promise;
}
