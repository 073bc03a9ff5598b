//! Everything that touches the host page: it reads, and never changes anything.

pub mod environment;
pub mod privacy;
pub mod screenshot;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::js::{get, get_string};

/// The page's address.
pub fn url() -> String {
    get_string(&get(&js_sys::global(), "location"), "href").unwrap_or_default()
}

/// A property that is an array, empty where the browser lacks it.
pub fn list(object: &JsValue, key: &str) -> js_sys::Array {
    get(object, key).dyn_into().unwrap_or_default()
}

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
pub fn set_style(element: &Element, property: &str, value: &str) {
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
