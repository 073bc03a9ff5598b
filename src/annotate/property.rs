//! Properties by name. Each that is typed by web-sys is a function of its own on both
//! sides of the border, which the module's size is mostly made of.

use wasm_bindgen::{JsCast, JsValue};

use crate::js::get;

/// A number; 0 where it is none.
pub fn number(object: &JsValue, name: &str) -> f64 {
    get(object, name).as_f64().unwrap_or_default()
}

/// A text; empty where it is none.
pub fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// Whether it is true.
pub fn is(object: &JsValue, name: &str) -> bool {
    get(object, name).is_truthy()
}

/// An object of a type that the platform guarantees, or nothing.
pub fn object<T: JsCast>(object: &JsValue, name: &str) -> Option<T> {
    let value = get(object, name);
    value.is_object().then(|| value.unchecked_into())
}

/// Sets it.
pub fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    set_value(object, name, &value.into());
}

fn set_value(object: &JsValue, name: &str, value: &JsValue) {
    crate::js::set(object.unchecked_ref(), name, value);
}
