//! The top layer (dialogs, popovers, full screen): a copy has none, so its elements
//! stand behind the page, pinned to where the browser shows them.

use baton_picture::tree::{Element as Copied, Node};
use web_sys::Element;

use super::boxes;
use super::dom::{attributes, computed, name};
use super::notes::Notes;

/// Pins an element of the top layer to its place in the viewport.
pub fn pin(original: &Element, copy: &mut Copied) {
    for property in [
        "display",
        "position",
        "top",
        "right",
        "bottom",
        "left",
        "box-sizing",
        "margin-top",
        "margin-right",
        "margin-bottom",
        "margin-left",
        "overflow",
    ] {
        copy.set(property, &computed(original, "", property));
    }
    boxes::pin_size(original, copy);
    for property in ["min-width", "min-height"] {
        copy.set(property, "0");
    }
    for property in ["max-width", "max-height"] {
        copy.set(property, "none");
    }
}

/// What the element leaves where it stands in the page: nothing to see, and a place
/// among its siblings for the rules that count.
pub fn empty(copy: &Copied) -> Copied {
    let mut empty = Copied::html(&copy.name);
    empty.attributes.clone_from(&copy.attributes);
    empty.set("display", "none");
    empty
}

/// Its `::backdrop`.
pub fn backdrop(original: &Element) -> Option<Copied> {
    let of = |property: &str| computed(original, "::backdrop", property);
    if matches!(of("display").as_str(), "none" | "") {
        return None;
    }
    let mut backdrop = Copied::html("baton-backdrop");
    backdrop.set("all", "initial");
    for (property, value) in [("display", "block"), ("position", "fixed"), ("inset", "0")] {
        backdrop.set(property, value);
    }
    for property in [
        "background-color",
        "background-image",
        "background-size",
        "background-repeat",
        "background-position",
        "opacity",
        "backdrop-filter",
    ] {
        backdrop.set(property, &of(property));
    }
    Some(backdrop)
}

/// The element in boxless copies of what it stands in: so it matches the rules of
/// the page and inherits what it did.
pub fn among_ancestors(original: &Element, copy: Copied, notes: &Notes) -> Copied {
    let mut inner = copy;
    let mut next = original.parent_element();
    while let Some(element) = next {
        let mut around = Copied { name: name(&element), ..Copied::default() };
        around.attributes = attributes(&element);
        if let Some(note) = notes.of(&element) {
            around.set_attribute("data-baton-is", &note.states);
        }
        if around.name == "html" {
            around.set_attribute("data-baton-root", "");
        }
        around.set("display", "contents");
        around.children.push(Node::Element(inner));
        inner = around;
        next = element.parent_element();
    }
    inner
}
