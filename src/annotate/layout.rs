//! The elements of the editor.

use baton_annotation::look::{COLORS, WIDTHS};
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, HtmlInputElement};

use super::element::{add, paint};
use super::icons;
use super::overlay::Overlay;
use super::property;
use super::words::Words;

pub const TOOLS: [&str; 9] =
    ["select", "arrow", "box", "highlight", "freehand", "text", "blur", "blackout", "crop"];
const ACTIONS: [&str; 5] = ["undo", "redo", "delete", "zoom_out", "zoom_in"];
const CANVAS: &[(&str, &str)] =
    &[("tabindex", "0"), ("role", "application"), ("aria-describedby", "status")];
const INPUT: &[(&str, &str)] = &[
    ("type", "text"),
    ("dir", "auto"),
    ("hidden", ""),
    ("autocomplete", "off"),
    ("enterkeyhint", "done"),
    // The longest text on a picture, in UTF-16 units.
    ("maxlength", "200"),
];

/// What the editor has to reach.
pub struct Layout {
    pub stage: HtmlElement,
    pub canvas: HtmlCanvasElement,
    pub input: HtmlInputElement,
    pub status: HtmlElement,
}

/// Fills the dialog.
pub fn fill(overlay: &Overlay, words: &Words) -> Result<Layout, JsValue> {
    let dialog: &Element = &overlay.dialog;
    let header: Element = add(dialog, "header", "", &[])?;
    overlay.heading(&header, &words.get("title"))?;
    button(&header, "cancel", "link", words)?;
    button(&header, "done", "primary", words)?;

    let stage: HtmlElement = add(dialog, "div", "stage", &[])?;
    let canvas: HtmlCanvasElement = add(&stage, "canvas", "", CANVAS)?;
    canvas.set_attribute("aria-label", &words.get("picture"))?;
    let input: HtmlInputElement = add(&stage, "input", "", INPUT)?;
    for attribute in ["aria-label", "placeholder"] {
        input.set_attribute(attribute, &words.get("words"))?;
    }

    let status = add(dialog, "p", "status", &[("id", "status"), ("role", "status")])?;
    let footer: Element = add(dialog, "footer", "", &[])?;
    let tools = toolbar(&footer, "tools", words)?;
    for name in TOOLS {
        button(&tools, name, "tool", words)?;
    }
    let style = toolbar(&footer, "style", words)?;
    for color in COLORS {
        let choice = button(&style, color.name, "icon", words)?;
        let swatch: HtmlElement = add(&choice, "span", "swatch", &[])?;
        paint(&swatch, "background", color.paint);
    }
    for name in WIDTHS {
        button(&style, name, "icon", words)?;
    }
    let actions = toolbar(&footer, "actions", words)?;
    for name in ACTIONS {
        button(&actions, name, "icon", words)?;
    }
    Ok(Layout { stage, canvas, input, status })
}

fn toolbar(parent: &Element, name: &str, words: &Words) -> Result<Element, JsValue> {
    let bar: Element = add(parent, "div", name, &[("role", "toolbar")])?;
    bar.set_attribute("aria-label", &words.get(name))?;
    Ok(bar)
}

/// A button with words and, where there is one, an icon. One that is only an icon has
/// the words as its name and as a tooltip.
pub fn button(
    parent: &Element,
    name: &str,
    class: &str,
    words: &Words,
) -> Result<Element, JsValue> {
    let label = words.get(name);
    let button: Element = add(parent, "button", class, &[("type", "button")])?;
    button.set_attribute("data-do", name)?;
    icons::add(&button, name)?;
    if class == "icon" {
        button.set_attribute("aria-label", &label)?;
        button.set_attribute("title", &label)?;
    } else {
        let words: Element = add(&button, "span", "", &[])?;
        property::set(&words, "textContent", label.as_str());
    }
    Ok(button)
}
