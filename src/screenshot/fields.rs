//! Form fields: the copy gets as attributes and text what the original holds as
//! state; of a private one, not the text.

use baton_picture::tree::{Element as Copied, Node, px};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::boxes;
use super::dom::{computed, computed_px, flag, matches, rect, text};
use super::scroll::{self, can_begin_scrolled};
use crate::js;

/// A text of fixed length: the length of a secret is part of it.
const MASKED_VALUE: &str = "••••••••";

/// Fields with a text that the customer typed, which bullets can stand for.
const TEXT_FIELD: &str = "textarea,input:not([type=checkbox],[type=radio],[type=file],\
    [type=image],[type=submit],[type=button],[type=reset])";

/// Whether a private one is shown as a field with bullets.
pub fn is_text_field(element: &Element) -> bool {
    matches(element, TEXT_FIELD)
}

/// Puts the state of a field into its copy; returns what is then in it, or nothing
/// for a field whose children are copied as they are. `mask` turns visible text into
/// what may be shown.
pub fn fill(
    original: &Element,
    copy: &mut Copied,
    name: &str,
    private: bool,
    mut mask: impl FnMut(&str) -> String,
) -> Option<Vec<Node>> {
    let mut shown = |value: &str| match private && !value.is_empty() {
        true => MASKED_VALUE.to_owned(),
        false => mask(value),
    };
    for attribute in ["placeholder", "alt"] {
        if let Some(value) = copy.attribute(attribute).map(&mut shown) {
            copy.set_attribute(attribute, &value);
        }
    }
    // No list of suggestions, no focus, no caret.
    for attribute in ["list", "autofocus"] {
        copy.remove_attribute(attribute);
    }
    match name {
        "input" => match text(original, "type").as_str() {
            kind @ ("checkbox" | "radio") => {
                let is_checked = flag(original, "checked");
                set_flag(copy, "checked", is_checked);
                let is_plain = || computed(original, "", "appearance") != "none";
                if !draws_controls() && is_plain() && !matches(original, ":indeterminate") {
                    draw(original, copy, kind, is_checked);
                }
            }
            // What these show of their state is a file's name, or a picture.
            "file" | "image" => {}
            "submit" | "button" | "reset" => {
                if let Some(value) = copy.attribute("value").map(&mut shown) {
                    copy.set_attribute("value", &value);
                }
            }
            _ => {
                copy.set_attribute("value", &shown(&text(original, "value")));
                let left = original.scroll_left();
                if left != 0 && !private {
                    copy.set("text-indent", &px(-f64::from(left)));
                }
            }
        },
        "textarea" => {
            let value = shown(&text(original, "value"));
            if original.scroll_top() != 0 && !value.is_empty() {
                return Some(as_scrolled_box(original, copy, value));
            }
            return Some(vec![Node::Text(value)]);
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Whether the browser draws its boxes and buttons in a picture, too: Firefox does not.
fn draws_controls() -> bool {
    let css = js::get(&js_sys::global(), "CSS");
    let supports = js::get(&css, "supports").dyn_into::<js_sys::Function>();
    let answer = supports
        .and_then(|supports| supports.call2(&css, &"-moz-appearance".into(), &"none".into()));
    can_begin_scrolled() || !answer.is_ok_and(|answer| answer.is_truthy())
}

/// Draws a box or a radio button as Firefox does (`ThemeColors`, `Theme` of its
/// non-native theme).
fn draw(original: &Element, copy: &mut Copied, kind: &str, is_checked: bool) {
    let [left, top, right, bottom] = rect(original);
    let accent = computed(original, "", "accent-color");
    let accent = if accent == "auto" { "#0060df" } else { accent.as_str() };
    let is_radio = kind == "radio";
    copy.set("appearance", "none");
    copy.set("box-sizing", "border-box");
    copy.set_px("width", right - left);
    copy.set_px("height", bottom - top);
    copy.set("border-radius", if is_radio { "50%" } else { "2px" });
    let edge = if is_checked { accent } else { "#8f8f9d" };
    copy.set("border", &["1px solid ", edge].concat());
    let fill = match (is_checked, is_radio) {
        (false, _) => "#fff".to_owned(),
        (true, true) => ["radial-gradient(circle,#fff 0 28%,", accent, " 34%)"].concat(),
        (true, false) => [TICK, accent].concat(),
    };
    copy.set("background", &fill);
    // One that the browser draws stands on the line, one of ours its margin above it.
    if computed(original, "", "vertical-align") == "baseline" {
        copy.set_px("vertical-align", -computed_px(original, "margin-bottom"));
    }
}

/// The tick in a box.
const TICK: &str = "url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 11 \
    11'><path d='M2 5.5l2.5 2.5 4.5-5' fill='none' stroke='white' stroke-width='1.5'/></svg>\") ";

/// Options are chosen by attribute in a copy. `original` and `copied` are the same
/// list of children, without what never belongs into a picture.
pub fn choose(original: &Element, copy: &mut Copied) {
    set_flag(copy, "selected", flag(original, "selected"));
}

fn set_flag(copy: &mut Copied, name: &str, on: bool) {
    if on { copy.set_attribute(name, "") } else { copy.remove_attribute(name) }
}

/// A text area's own scrolling cannot be set from outside: a plain box with the
/// same text looks the same and can be scrolled.
fn as_scrolled_box(original: &Element, copy: &mut Copied, value: String) -> Vec<Node> {
    copy.name = "baton-textarea".to_owned();
    boxes::pin(original, copy);
    boxes::pin_text(original, copy);
    for property in ["white-space", "overflow-wrap"] {
        copy.set(property, &computed(original, "", property));
    }
    let mut content = Copied::html("baton-text");
    content.set("display", "block");
    content.children.push(Node::Text(value));
    let mut children = vec![Node::Element(content)];
    scroll::keep_box(original, copy, &mut children);
    children
}

/// A box that is neither checked nor not: no attribute says so.
pub fn indeterminate(original: &Element, copy: &mut Copied) {
    if !matches(original, "input[type=checkbox]") {
        return;
    }
    let accent = computed(original, "", "accent-color");
    let accent = if accent == "auto" { "#0075ff" } else { accent.as_str() };
    copy.set("appearance", "none");
    copy.set_px("width", computed_px(original, "width"));
    copy.set_px("height", computed_px(original, "height"));
    copy.set("border-radius", "2.5px");
    // A box drawn by the browser stands two pixels below the line (`LayoutTheme` of
    // Chromium), one of ours on it with its margin.
    let below = computed_px(original, "margin-bottom") + 2.0;
    copy.set_px("vertical-align", -below);
    let dash = ["linear-gradient(#fff,#fff) center/60% 2px no-repeat ", accent].concat();
    copy.set("background", &dash);
}
