//! Reading the host page. Nothing here, nor in what uses it, changes the page.

use wasm_bindgen::{JsCast, JsValue};

use crate::js::get;

/// A property that is an array, empty where the browser lacks it.
pub fn list(object: &JsValue, key: &str) -> js_sys::Array {
    get(object, key).dyn_into().unwrap_or_default()
}
