//! Values and errors across the border to JavaScript.

use wasm_bindgen::prelude::*;

/// A JavaScript `Error` with this message.
pub fn error(message: &str) -> JsValue {
    js_sys::Error::new(message).into()
}

/// What an exception says, whatever was thrown.
#[cfg(any(
    feature = "widget",
    feature = "triage",
    feature = "extras",
    feature = "screenshot",
    feature = "annotate",
    feature = "answers"
))]
pub fn message_of(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => thrown.as_string().unwrap_or_else(|| "unknown error".to_owned()),
    }
}

/// The wall clock as the packet writes it.
#[cfg(any(feature = "widget", feature = "extras"))]
pub fn now() -> baton_packet::Timestamp {
    baton_packet::Timestamp::from_unix_ms(js_sys::Date::now())
}

/// To plain objects and `null`, so that `JSON.stringify` keeps everything.
#[cfg(any(feature = "widget", feature = "triage"))]
pub fn to_js(value: &impl serde::Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// A property, `undefined` where there is none or reading it throws.
pub fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is text.
pub fn get_string(object: &JsValue, key: &str) -> Option<String> {
    get(object, key).as_string()
}

/// Sets a property of a plain object of our own.
#[cfg(any(
    feature = "widget",
    feature = "extras",
    feature = "screenshot",
    feature = "annotate",
    feature = "answers"
))]
pub fn set(object: &js_sys::Object, key: &str, value: &JsValue) {
    // Fails only on frozen objects, and ours are not.
    let _ = js_sys::Reflect::set(object, &JsValue::from_str(key), value);
}
