//! Everything that touches the host page: it reads, and never changes anything.

pub mod environment;
pub mod privacy;
pub mod screenshot;

/// Marks what Baton draws, so that it is never in a picture or a record.
pub const BATON_UI: &str = "data-baton-ui";

/// A number as text. Rust's own float formatting is ten kilobytes of code.
pub fn number(value: f64) -> String {
    let value = wasm_bindgen::JsValue::from_f64(value);
    js_sys::JSON::stringify(&value).map(String::from).unwrap_or_default()
}

/// A CSS length.
pub fn px(value: f64) -> String {
    number(value) + "px"
}
