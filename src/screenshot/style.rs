//! Style as it is computed in the page, and as it is set in the copy.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::js::get;

/// A computed style property of an element, or of its pseudo-element unless that
/// is empty; empty where there is none.
pub fn computed(element: &Element, pseudo: &str, property: &str) -> String {
    web_sys::window()
        .and_then(|window| {
            window.get_computed_style_with_pseudo_elt(element, pseudo).ok().flatten()
        })
        .and_then(|style| style.get_property_value(property).ok())
        .unwrap_or_default()
}

/// Sets a style property over any rule of the page. Elements without styles, as
/// in XML, and fields of a form that are called `style` are left as they are.
pub fn set(element: &Element, property: &str, value: &str) {
    let style = get(element, "style");
    let style: &web_sys::CssStyleDeclaration = style.unchecked_ref();
    let _ = style.set_property_with_priority(property, value, "important");
}

/// A number as text. Rust's own float formatting is ten kilobytes of code.
pub fn number(value: f64) -> String {
    let value = JsValue::from_f64(value);
    js_sys::JSON::stringify(&value).map(String::from).unwrap_or_default()
}

/// A CSS length.
pub fn px(value: f64) -> String {
    number(value) + "px"
}
