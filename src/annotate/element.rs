//! Making elements, in few words.

use baton_annotation::keys::Held;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, Document, Element, Event, HtmlElement};

use super::property;
use super::text::{joined, whole};
use crate::js;

/// A new element in a parent, with a class and attributes.
pub fn add<T: JsCast>(
    parent: &Element,
    name: &str,
    class: &str,
    attributes: &[(&str, &str)],
) -> Result<T, JsValue> {
    // The type goes with the name.
    add_element(parent, name, class, attributes).map(JsCast::unchecked_into)
}

fn add_element(
    parent: &Element,
    name: &str,
    class: &str,
    attributes: &[(&str, &str)],
) -> Result<Element, JsValue> {
    let document: Document = property::object(parent, "ownerDocument").ok_or(JsValue::NULL)?;
    let element = document.create_element(name)?;
    if !class.is_empty() {
        element.set_attribute("class", class)?;
    }
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    parent.append_child(&element)?;
    Ok(element)
}

/// Sets a property of an element's style.
pub fn paint(element: &HtmlElement, name: &str, value: &str) {
    let style = js::get(element, "style");
    let _ = style.unchecked_ref::<CssStyleDeclaration>().set_property(name, value);
}

/// A property of an element's style in whole CSS pixels.
pub fn place(element: &HtmlElement, properties: &[(&str, f64)]) {
    for (name, pixels) in properties {
        paint(element, name, &joined(&[&whole(*pixels), "px"]));
    }
}

/// The focused element, also within open shadow trees.
pub fn focused(document: &Document) -> Option<HtmlElement> {
    let mut element: HtmlElement = property::object(document, "activeElement")?;
    while let Some(inner) = focused_in(&element) {
        element = inner;
    }
    Some(element)
}

/// The focused element of the shadow tree of this host.
pub fn focused_in(host: &Element) -> Option<HtmlElement> {
    let root: JsValue = property::object(host, "shadowRoot")?;
    property::object(&root, "activeElement")
}

/// The elements of a list of the platform's.
pub fn elements(list: &JsValue) -> Vec<HtmlElement> {
    Array::from(list).iter().map(JsCast::unchecked_into).collect()
}

/// What an event happened to, within shadow trees, too.
pub fn target_of(event: &Event) -> Option<Element> {
    event.composed_path().get(0).dyn_into().ok()
}

pub fn is_same(one: &JsValue, other: &JsValue) -> bool {
    one == other
}

pub fn is_button(element: &Element) -> bool {
    property::text(element, "localName") == "button"
}

/// The keys held with another.
pub fn held(event: &Event) -> Held {
    Held {
        shift: property::is(event, "shiftKey"),
        command: property::is(event, "ctrlKey") || property::is(event, "metaKey"),
    }
}
