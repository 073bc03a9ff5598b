//! The top layer (dialogs, popovers, full screen): a copy has none, so its elements
//! stand behind the page, pinned to where the browser shows them.

use baton_picture::tree::{Element as Copied, Node};
use web_sys::Element;

use super::boxes;
use super::dom::{as_element, attributes, computed, matches, name};
use super::notes::Notes;
use super::scroll::can_begin_scrolled;
use crate::js::get;

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
}

/// What it inherits from.
fn parent(element: &Element) -> Option<Element> {
    let host = || as_element(get(&get(element, "parentNode"), "host"));
    as_element(get(element, "assignedSlot")).or_else(|| element.parent_element()).or_else(host)
}

/// What the element leaves where it stands in the page: nothing to see, and a place
/// among its siblings for the rules that count.
pub fn empty(copy: &Copied) -> Copied {
    let mut empty = Copied::html(&copy.name);
    empty.attributes.clone_from(&copy.attributes);
    empty.set("display", "none");
    empty
}

/// Its `::backdrop`. `rules` are those for one, where the browser does not tell what
/// they come to.
pub fn backdrop(original: &Element, rules: &[(String, String)]) -> Option<Copied> {
    let of = |property: &str| computed(original, "::backdrop", property);
    let is_told = !matches!(of("display").as_str(), "none" | "");
    if !is_told && (can_begin_scrolled() || !matches(original, ":modal,:fullscreen")) {
        return None;
    }
    let mut backdrop = Copied::html("baton-backdrop");
    backdrop.set("all", "initial");
    for (property, value) in [("display", "block"), ("position", "fixed"), ("inset", "0")] {
        backdrop.set(property, value);
    }
    if !is_told {
        // What the browser's own sheet says, and then the page's.
        backdrop.style =
            "all:initial;display:block;position:fixed;inset:0;background-color:rgba(0,0,0,.1);"
                .to_owned();
        for (selectors, declarations) in rules {
            if matches(original, &baton_picture::rules::without_pseudo_elements(selectors)) {
                backdrop.style.push_str(declarations);
            }
        }
        return Some(backdrop);
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
    let mut next = parent(original);
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
        next = parent(&element);
    }
    inner
}
