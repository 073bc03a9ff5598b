//! Pages without a doctype, or with one of the last century: a picture has no quirks
//! mode (Quirks Mode Standard), so that what it does must be said.

use baton_picture::tree::{Element as Copied, Node, Space};
use web_sys::{Document, Element};

use super::dom::{attribute, computed, computed_px, scroll_bars};
use crate::js::{get, get_string};

/// What the browser's own sheet says in quirks mode alone.
pub const SHEET: &str = "@layer baton-quirks{table{white-space:normal;line-height:normal;\
    font-weight:normal;font-size:medium;font-variant:normal;font-style:normal;\
    text-align:start}input:not([type=image]),textarea{box-sizing:border-box}\
    form{margin-block-end:1em}img[align=left]{margin-right:3px}img[align=right]\
    {margin-left:3px}}";

/// Doctypes of the mode in between, which shares the heights of lines.
const LIMITED: [&str; 4] = [
    "-//w3c//dtd xhtml 1.0 frameset//",
    "-//w3c//dtd xhtml 1.0 transitional//",
    "-//w3c//dtd html 4.01 frameset//",
    "-//w3c//dtd html 4.01 transitional//",
];

/// How a document is laid out.
#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    Standards,
    Limited,
    Quirks,
}

impl Mode {
    pub fn of(document: &Document) -> Self {
        if get_string(document, "compatMode").as_deref() == Some("BackCompat") {
            return Self::Quirks;
        }
        let doctype = get(document, "doctype");
        let public = get_string(&doctype, "publicId").unwrap_or_default().to_ascii_lowercase();
        match LIMITED.iter().any(|limited| public.starts_with(limited)) {
            true => Self::Limited,
            false => Self::Standards,
        }
    }
}

/// Attributes as quirks mode reads them.
pub fn read(original: &Element, copy: &mut Copied) {
    for (name, value) in &mut copy.attributes {
        match name.as_str() {
            "class" => value.make_ascii_lowercase(),
            // As the browser understood it: `width: 200` has no unit.
            "style" => {
                if let Some(css) = get_string(&get(original, "style"), "cssText") {
                    *value = css;
                }
            }
            _ => {}
        }
    }
    if is_part(attribute(original, "height"))
        || is_part(get_string(&get(original, "style"), "height"))
    {
        pin_height(original, copy);
    }
}

/// A part of a height that nobody has set is that of the page.
pub fn is_part(height: Option<String>) -> bool {
    height.is_some_and(|height| height.ends_with('%'))
}

/// The height that parts of it and of the viewport came to.
pub fn pin_height(original: &Element, copy: &mut Copied) {
    let bar = scroll_bars(original)[1];
    copy.set_px("height", computed_px(original, "height") + bar);
}

/// In a line of pictures alone, no room is left for text.
pub fn line(original: &Element, copy: &mut Copied, children: &[Node]) {
    let is_block = || {
        let display = computed(original, "", "display");
        matches!(display.as_str(), "block" | "table-cell" | "list-item" | "flow-root")
    };
    if copy.space == Space::Html && has_only_pictures(children) && is_block() {
        copy.set("line-height", "0");
    }
}

fn has_only_pictures(children: &[Node]) -> bool {
    let mut has_picture = false;
    for child in children {
        match child {
            Node::Text(text) if text.trim_ascii().is_empty() => {}
            Node::Element(element) => match element.name.as_str() {
                "img" | "input" | "button" | "select" | "canvas" | "video" | "iframe" => {
                    has_picture = true;
                }
                "a" | "b" | "font" | "i" | "span" if has_only_pictures(&element.children) => {
                    has_picture = true;
                }
                _ => return false,
            },
            Node::Text(_) => return false,
        }
    }
    has_picture
}
