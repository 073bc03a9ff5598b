//! Ways through the page as it is seen: open shadow trees are part of it, Baton is
//! not.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node};

use super::property;
use crate::BATON_UI;

const FIRST: &str = "firstElementChild";
const NEXT: &str = "nextElementSibling";

/// The uppermost element of the page at a place of the viewport, in CSS pixels.
pub fn at(document: &Document, x: f64, y: f64) -> Option<Element> {
    let (x, y) = (x as f32, y as f32);
    let mut found = first(&document.elements_from_point(x, y))?;
    // A shadow root answers as a document does.
    while let Some(root) = property::object::<Node>(&found, "shadowRoot") {
        match first(&root.unchecked_ref::<Document>().elements_from_point(x, y)) {
            // A tree without an element there tells of those around it.
            Some(inner) if inner.get_root_node() == root && inner != found => found = inner,
            _ => break,
        }
    }
    Some(found)
}

/// What it lies in.
pub fn parent(element: &Element) -> Option<Element> {
    property::object(element, "parentElement")
        .or_else(|| property::object(&element.get_root_node(), "host"))
}

/// The first that is seen in it.
pub fn child(element: &Element) -> Option<Element> {
    let root: Option<JsValue> = property::object(element, "shadowRoot");
    let inner = root.and_then(|root| property::object(&root, FIRST));
    seen(inner.or_else(|| property::object(element, FIRST)), NEXT)
}

/// The next that is seen beside it, in one of the directions.
pub fn sibling(element: &Element, is_next: bool) -> Option<Element> {
    let step = if is_next { NEXT } else { "previousElementSibling" };
    seen(property::object(element, step), step)
}

/// The first of a row that takes up room and is not ours.
fn seen(first: Option<Element>, step: &str) -> Option<Element> {
    let mut one = first?;
    loop {
        let rect = one.get_bounding_client_rect();
        if property::number(&rect, "width") > 0.0
            && property::number(&rect, "height") > 0.0
            && !one.has_attribute(BATON_UI)
        {
            return Some(one);
        }
        one = property::object(&one, step)?;
    }
}

fn first(elements: &js_sys::Array) -> Option<Element> {
    elements
        .iter()
        .map(JsCast::unchecked_into::<Element>)
        .find(|element| !element.has_attribute(BATON_UI))
}
