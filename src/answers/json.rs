//! JSON by the browser's own parser.

use baton_answers::json::Json;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use crate::js::get;

/// A value of a document.
#[derive(Debug)]
pub struct Value(pub JsValue);

impl Json for Value {
    fn read(text: &str) -> Option<Self> {
        js_sys::JSON::parse(text).ok().map(Self)
    }

    fn get(&self, name: &str) -> Option<Self> {
        let member = get(&self.0, name);
        (!member.is_undefined() && !member.is_null()).then_some(Self(member))
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn list(&self) -> Option<Vec<Self>> {
        self.0.dyn_ref::<Array>().map(|list| list.iter().map(Self).collect())
    }
}

/// A member that is text; empty where it is not.
pub fn text(value: &JsValue, name: &str) -> String {
    crate::js::get_string(value, name).unwrap_or_default()
}

/// The texts in a list.
pub fn texts(value: &JsValue, name: &str) -> Vec<String> {
    crate::page::list(value, name).iter().filter_map(|entry| entry.as_string()).collect()
}
