//! Scrolled boxes. A browser that knows `scroll-initial-target` (CSS Scroll Snap 2)
//! begins a box of the copy where the original was scrolled to, so that what sticks
//! and what is clipped is right by itself; elsewhere what is in the box is shifted.

use baton_picture::{
    svg::scroll_target_style,
    tree::{Element as Copied, Node, px},
};
use web_sys::Element;

use super::copy::Walk;
use super::dom::computed;
use crate::js;

/// Whether the browser can begin with a scrolled box.
pub fn can_begin_scrolled() -> bool {
    let css = js::get(&js_sys::global(), "CSS");
    let supports = js::get(&css, "supports");
    let answer =
        wasm_bindgen::JsCast::dyn_into::<js_sys::Function>(supports).and_then(|supports| {
            supports.call2(&css, &"scroll-initial-target".into(), &"nearest".into())
        });
    answer.is_ok_and(|answer| answer.is_truthy())
}

/// Scrolls the copy of a box to where the original is.
pub fn keep(
    walk: &mut Walk<'_, '_>,
    original: &Element,
    copy: &mut Copied,
    name: &str,
    children: &mut Vec<Node>,
) {
    let (left, top) = (original.scroll_left(), original.scroll_top());
    if left == 0 && top == 0 {
        return;
    }
    // The page's own scrolling is the viewport's.
    let scrolls_the_page = walk.document.scrolling_element().is_some_and(|page| page == *original);
    if scrolls_the_page || name == "html" {
        return;
    }
    if !walk.scrolls {
        return shift(copy, children, f64::from(left), f64::from(top));
    }
    as_container(original, copy);
    let (left, top) = (f64::from(left), f64::from(top));
    // As a pseudo-element, the point is no further child that rules would see.
    match ["::after", "::before"].iter().find(|pseudo| is_free(original, pseudo)) {
        Some(pseudo) => {
            let target = ["content:\"\"!important;", &scroll_target_style(left, top)].concat();
            walk.rule(copy, pseudo, &target);
        }
        None => children.push(point(left, top)),
    }
}

/// The same for a box of ours, which no rule of the page looks at.
pub fn keep_box(original: &Element, copy: &mut Copied, children: &mut Vec<Node>) {
    let (left, top) = (f64::from(original.scroll_left()), f64::from(original.scroll_top()));
    if can_begin_scrolled() {
        as_container(original, copy);
        children.push(point(left, top));
    } else {
        shift(copy, children, left, top);
    }
}

/// The point is placed within the box.
fn as_container(original: &Element, copy: &mut Copied) {
    if computed(original, "", "position") == "static" {
        copy.set("position", "relative");
    }
    copy.set("scroll-padding", "0");
}

fn point(left: f64, top: f64) -> Node {
    let mut point = Copied::html("baton-scroll");
    point.style = scroll_target_style(left, top);
    Node::Element(point)
}

fn is_free(original: &Element, pseudo: &str) -> bool {
    matches!(computed(original, pseudo, "content").as_str(), "none" | "normal" | "")
}

fn shift(copy: &mut Copied, children: &mut [Node], left: f64, top: f64) {
    copy.set("overflow", "hidden");
    for child in children {
        if let Node::Element(child) = child {
            child.set("translate", &[px(-left), px(-top)].join(" "));
        }
    }
}
