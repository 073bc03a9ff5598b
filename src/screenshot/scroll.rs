//! Scrolled boxes. A browser that knows `scroll-initial-target` (CSS Scroll Snap 2)
//! begins a box of the copy where the original was scrolled to, so that what sticks
//! and what is clipped is right by itself; elsewhere what is in the box is shifted.

use baton_picture::{
    svg::scroll_target_style,
    tree::{Element as Copied, Node, px},
};
use web_sys::Element;

use super::boxes;
use super::copy::Walk;
use super::dom::{computed, computed_px, scroll_bars};
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
    if !walk.scrolls && name != "html" && has_bars(original) {
        keep_bars(original, copy);
    }
    if left == 0 && top == 0 {
        return;
    }
    // The page's own scrolling is the viewport's.
    let scrolls_the_page = walk.document.scrolling_element().is_some_and(|page| page == *original);
    if scrolls_the_page || name == "html" {
        return;
    }
    if !walk.scrolls {
        return shift(walk, original, copy, children, [f64::from(left), f64::from(top)]);
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

/// Whether it may have scroll bars, at the least cost.
fn has_bars(original: &Element) -> bool {
    let of = |name: &str| js::get(original, name).as_f64().unwrap_or(0.0);
    of("offsetWidth") - of("clientWidth") > 5.0 || of("offsetHeight") - of("clientHeight") > 5.0
}

/// The same for a box of ours, which no rule of the page looks at.
pub fn keep_box(original: &Element, copy: &mut Copied, children: &mut Vec<Node>) {
    let (left, top) = (f64::from(original.scroll_left()), f64::from(original.scroll_top()));
    if can_begin_scrolled() {
        as_container(original, copy);
        children.push(point(left, top));
    } else {
        copy.set("overflow", "hidden");
        keep_bars(original, copy);
        each(children, |child| by(child, [left, top]));
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

/// Shifts what is in a box that cannot begin scrolled. As layout, not as transform, as
/// far as that goes: so that what sticks in it does.
fn shift(
    walk: &mut Walk<'_, '_>,
    original: &Element,
    copy: &mut Copied,
    children: &mut [Node],
    [left, top]: [f64; 2],
) {
    const IN_LINES: [&str; 5] = ["block", "flow-root", "list-item", "inline-block", "table-cell"];
    copy.set("overflow", "hidden");
    let flows = IN_LINES.contains(&computed(original, "", "display").as_str())
        && is_free(original, "::before");
    if !flows {
        return each(children, |child| child.set("translate", &[px(-left), px(-top)].join(" ")));
    }
    let mut before = Copied::default();
    for (property, value) in [
        ("content", "\"\""),
        ("display", "block"),
        ("position", "static"),
        ("height", "0"),
        ("padding", "0"),
        ("border", "0"),
        ("margin", "0"),
    ] {
        before.set(property, value);
    }
    before.set_px("margin-top", -top);
    walk.rule(copy, "::before", &before.style);
    if left != 0.0 {
        let inner = original.children();
        let mut inner = (0..inner.length()).filter_map(|index| inner.item(index));
        let is_plain = inner.all(|child| computed(&child, "", "position") == "static");
        each(children, |child| match is_plain {
            true => by(child, [left, 0.0]),
            false => child.set("translate", &px(-left)),
        });
        let is_text = |child: &Node| matches!(child, Node::Text(text) if !text.trim().is_empty());
        if children.iter().any(is_text) {
            copy.set_px("text-indent", -left);
        }
    }
}

/// Room for the bars, of which such browsers draw none in a picture.
fn keep_bars(original: &Element, copy: &mut Copied) {
    let [right, bottom] = scroll_bars(original);
    if right == 0.0 && bottom == 0.0 {
        return;
    }
    boxes::pin_size(original, copy);
    copy.set("overflow", "hidden");
    let is_rtl = computed(original, "", "direction") == "rtl";
    let side = if is_rtl { "padding-left" } else { "padding-right" };
    for (side, bar) in [(side, right), ("padding-bottom", bottom)] {
        copy.set_px(side, computed_px(original, side) + bar);
    }
}

fn by(copy: &mut Copied, [left, top]: [f64; 2]) {
    copy.set("position", "relative");
    copy.set_px("left", -left);
    copy.set_px("top", -top);
}

fn each(children: &mut [Node], change: impl Fn(&mut Copied)) {
    for child in children {
        if let Node::Element(child) = child {
            change(child);
        }
    }
}
