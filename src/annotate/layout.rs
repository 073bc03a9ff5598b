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
/// The longest text on a picture, in UTF-16 units.
const LONGEST_TEXT: &str = "200";

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
    let name = words.get("picture");
    let attributes = [
        ("tabindex", "0"),
        ("role", "application"),
        ("aria-label", name.as_str()),
        ("aria-describedby", "status"),
    ];
    let canvas = add(&stage, "canvas", "", &attributes)?;
    let name = words.get("words");
    let attributes = [
        ("type", "text"),
        ("dir", "auto"),
        ("hidden", ""),
        ("autocomplete", "off"),
        ("enterkeyhint", "done"),
        ("maxlength", LONGEST_TEXT),
        ("aria-label", name.as_str()),
        ("placeholder", name.as_str()),
    ];
    let input = add(&stage, "input", "", &attributes)?;

    let status = add(dialog, "p", "status", &[("id", "status"), ("role", "status")])?;
    let footer: Element = add(dialog, "footer", "", &[])?;
    let tools = toolbar(&footer, "tools", words)?;
    for name in TOOLS {
        let tool = button(&tools, name, "tool", words)?;
        tool.set_attribute("aria-pressed", "false")?;
    }
    let style = toolbar(&footer, "style", words)?;
    for color in COLORS {
        let choice = button(&style, color.name, "icon", words)?;
        choice.set_attribute("aria-pressed", "false")?;
        let swatch: HtmlElement = add(&choice, "span", "swatch", &[])?;
        paint(&swatch, "background", color.paint);
    }
    for name in WIDTHS {
        button(&style, name, "icon", words)?.set_attribute("aria-pressed", "false")?;
    }
    let actions = toolbar(&footer, "actions", words)?;
    for name in ACTIONS {
        button(&actions, name, "icon", words)?;
    }
    Ok(Layout { stage, canvas, input, status })
}

fn toolbar(parent: &Element, name: &str, words: &Words) -> Result<Element, JsValue> {
    let label = words.get(name);
    add(parent, "div", name, &[("role", "toolbar"), ("aria-label", label.as_str())])
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
    let button: Element = add(parent, "button", class, &[("type", "button"), ("data-do", name)])?;
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
