//! Making elements, in few words.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement};

/// A new element in a parent, with a class and attributes.
pub fn add<T: JsCast>(
    parent: &Element,
    name: &str,
    class: &str,
    attributes: &[(&str, &str)],
) -> Result<T, JsValue> {
    let document = parent.owner_document().ok_or(JsValue::NULL)?;
    let element = document.create_element(name)?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    parent.append_child(&element)?;
    element.dyn_into().map_err(JsValue::from)
}

/// A property of an element's style in whole CSS pixels.
pub fn place(element: &HtmlElement, properties: &[(&str, f64)]) {
    let style = element.style();
    for (name, pixels) in properties {
        let value = [&(pixels.round() as i32).to_string(), "px"].concat();
        let _ = style.set_property(name, &value);
    }
}

/// The focused element, also within open shadow trees.
pub fn focused(document: &Document) -> Option<HtmlElement> {
    let mut element = document.active_element()?;
    while let Some(inner) = element.shadow_root().and_then(|root| root.active_element()) {
        element = inner;
    }
    element.dyn_into().ok()
}
