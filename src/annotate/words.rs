//! Every word of the editor and the pickers: the widget's, in the customer's language.

use wasm_bindgen::JsValue;

use super::text::joined;
use crate::bridge::Bridge;
use crate::js;

/// The words in use.
pub struct Words {
    spoken: JsValue,
}

impl Words {
    pub fn read(bridge: &Bridge) -> Self {
        Self { spoken: bridge.labels() }
    }

    /// The words for a key, which stands in the languages' files after `annotate_`; the
    /// key itself if there are none.
    pub fn get(&self, key: &str) -> String {
        js::get_string(&self.spoken, &joined(&["annotate_", key])).unwrap_or_else(|| key.to_owned())
    }
}
