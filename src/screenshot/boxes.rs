//! The looks of an element as its own declarations: for copies that lose its name,
//! hence its rules.

use baton_picture::tree::Element as Copied;
use web_sys::Element;

use super::dom::{computed, computed_px, scroll_bars};
use crate::js;

const BOX: [&str; 48] = [
    "display",
    "position",
    "top",
    "right",
    "bottom",
    "left",
    "float",
    "z-index",
    "box-sizing",
    "margin-top",
    "margin-right",
    "margin-bottom",
    "margin-left",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
    "border-top",
    "border-right",
    "border-bottom",
    "border-left",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-right-radius",
    "border-bottom-left-radius",
    "background",
    "box-shadow",
    "opacity",
    "transform",
    "flex",
    "align-self",
    "vertical-align",
    "overflow",
    "resize",
    "order",
    "grid-area",
    "justify-self",
    "aspect-ratio",
    "visibility",
    "outline",
    "outline-offset",
    "transform-origin",
    "translate",
    "rotate",
    "scale",
    "filter",
    "clip-path",
    "mix-blend-mode",
];

const TEXT: [&str; 10] = [
    "color",
    "font",
    "letter-spacing",
    "word-spacing",
    "text-align",
    "text-indent",
    "text-transform",
    "text-shadow",
    "direction",
    "tab-size",
];

/// Gives a copy the box of the original.
pub fn pin(original: &Element, copy: &mut Copied) {
    set_all(original, copy, &BOX);
    pin_size(original, copy);
}

/// Gives a copy the size of the original.
pub fn pin_size(original: &Element, copy: &mut Copied) {
    // What is computed lacks the scroll bars in some browsers, and has them in others.
    let has_bars = scroll_bars(original) != [0.0, 0.0];
    if has_bars {
        copy.set("box-sizing", "border-box");
    }
    for (side, outer) in [("width", "offsetWidth"), ("height", "offsetHeight")] {
        let length = match has_bars {
            true => js::get(original, outer).as_f64().unwrap_or(0.0),
            false => computed_px(original, side),
        };
        copy.set_px(side, length);
        copy.set(&["min-", side].concat(), "0");
        copy.set(&["max-", side].concat(), "none");
    }
}

/// Gives a copy the looks of the original's text.
pub fn pin_text(original: &Element, copy: &mut Copied) {
    set_all(original, copy, &TEXT);
}

fn set_all(original: &Element, copy: &mut Copied, properties: &[&str]) {
    let color = computed(original, "", "color");
    for property in properties {
        let value = computed(original, "", property);
        // An edge in the colour of the text may be of none, which is not drawn alike.
        let value = match property.starts_with("border-") {
            true => value.strip_suffix(color.as_str()).unwrap_or(&value),
            false => &value,
        };
        copy.set(property, value);
    }
}
