//! Ways through the page as it is seen: open shadow trees are part of it, Baton is
//! not.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, ShadowRoot};

use crate::BATON_UI;

/// The uppermost element of the page at a place of the viewport, in CSS pixels.
pub fn at(document: &Document, x: f64, y: f64) -> Option<Element> {
    let (x, y) = (x as f32, y as f32);
    let mut found = first(&document.elements_from_point(x, y))?;
    while let Some(root) = found.shadow_root() {
        match first(&root.elements_from_point(x, y)) {
            // A tree without an element there tells of those around it.
            Some(inner) if inner.get_root_node() == **root && inner != found => found = inner,
            _ => break,
        }
    }
    Some(found)
}

/// What it lies in.
pub fn parent(element: &Element) -> Option<Element> {
    element.parent_element().or_else(|| {
        let root: ShadowRoot = element.get_root_node().dyn_into().ok()?;
        Some(root.host())
    })
}

/// The first that is seen in it.
pub fn child(element: &Element) -> Option<Element> {
    let inner = element.shadow_root().and_then(|root| root.first_element_child());
    seen(inner.or_else(|| element.first_element_child()), Element::next_element_sibling)
}

/// The next that is seen beside it, in one of the directions.
pub fn sibling(element: &Element, is_next: bool) -> Option<Element> {
    let step =
        if is_next { Element::next_element_sibling } else { Element::previous_element_sibling };
    seen(step(element), step)
}

/// The first of a row that takes up room and is not ours.
fn seen(first: Option<Element>, step: fn(&Element) -> Option<Element>) -> Option<Element> {
    let mut one = first?;
    loop {
        let rect = one.get_bounding_client_rect();
        if rect.width() > 0.0 && rect.height() > 0.0 && !one.has_attribute(BATON_UI) {
            return Some(one);
        }
        one = step(&one)?;
    }
}

fn first(elements: &js_sys::Array) -> Option<Element> {
    elements
        .iter()
        .filter_map(|element| element.dyn_into::<Element>().ok())
        .find(|element| !element.has_attribute(BATON_UI))
}
