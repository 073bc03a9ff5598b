//! The looks of an element as its own declarations: for copies that lose its name,
//! hence its rules.

use baton_picture::tree::Element as Copied;
use web_sys::Element;

use super::dom::{computed, size};

const BOX: [&str; 34] = [
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

/// Gives a copy the size of the original, scroll bars included.
pub fn pin_size(original: &Element, copy: &mut Copied) {
    let [width, height] = size(original);
    copy.set_px("width", width);
    copy.set_px("height", height);
}

/// Gives a copy the looks of the original's text.
pub fn pin_text(original: &Element, copy: &mut Copied) {
    set_all(original, copy, &TEXT);
}

fn set_all(original: &Element, copy: &mut Copied, properties: &[&str]) {
    for property in properties {
        copy.set(property, &computed(original, "", property));
    }
}
