//! What an element looks like beyond its attributes, put into its copy: typed
//! values, checks, scroll offsets, canvas pixels, the modal top layer.

use wasm_bindgen::JsCast;
use web_sys::{
    CanvasRenderingContext2d, Document, Element, HtmlCanvasElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement, HtmlTextAreaElement, HtmlVideoElement, NodeList,
};

use super::style::{self, computed, px};
use crate::js;

/// A text of fixed length: the length of a secret is part of it.
const MASKED_VALUE: &str = "••••••••";

/// Fields with a text that the customer typed, which bullets can stand for.
const TEXT_FIELD: &str = "textarea,input:not([type=checkbox],[type=radio],[type=file],\
    [type=image],[type=submit],[type=button],[type=reset])";

/// Whether a private one is shown as a field with bullets.
pub fn is_text_field(element: &Element) -> bool {
    element.matches(TEXT_FIELD).unwrap_or(false)
}

/// Fields: the copy gets as attributes what the original holds as state; of a
/// `private` one, not the text. `mask` turns visible text into what may be shown.
pub fn fields(
    original: &Element,
    copy: &Element,
    private: bool,
    mask: &mut dyn FnMut(&str) -> String,
) {
    let text = |name: &str| js::get_string(original, name).unwrap_or_default();
    if original.dyn_ref::<HtmlInputElement>().is_some() {
        match text("type").as_str() {
            "checkbox" | "radio" => set_flag(copy, "checked", is_set(original, "checked")),
            "file" | "image" | "submit" | "button" | "reset" => {}
            _ => {
                let value = text("value");
                let masked = private && !value.is_empty();
                let shown = if masked { MASKED_VALUE.to_owned() } else { mask(&value) };
                let _ = copy.set_attribute("value", &shown);
            }
        }
    } else if original.dyn_ref::<HtmlTextAreaElement>().is_some() {
        let value = text("value");
        let masked = private && !value.is_empty();
        let shown = if masked { MASKED_VALUE.to_owned() } else { mask(&value) };
        copy.set_text_content(Some(&shown));
    } else if original.dyn_ref::<HtmlSelectElement>().is_some() {
        let options = |select: &Element| select.query_selector_all("option");
        let (Ok(from), Ok(to)) = (options(original), options(copy)) else { return };
        let option = |list: &NodeList, index| list.get(index)?.dyn_into::<Element>().ok();
        for index in 0..from.length() {
            if let (Some(from), Some(to)) = (option(&from, index), option(&to, index)) {
                set_flag(&to, "selected", is_set(&from, "selected"));
            }
        }
    }
}

fn is_set(element: &Element, flag: &str) -> bool {
    js::get(element, flag).as_bool() == Some(true)
}

fn set_flag(element: &Element, name: &str, on: bool) {
    let _ = if on { element.set_attribute(name, "") } else { element.remove_attribute(name) };
}

/// Whether a box shows another part of its content than the first.
pub fn is_scrolled(original: &Element) -> bool {
    original.scroll_left() != 0 || original.scroll_top() != 0
}

/// Scrolled boxes: the copy cannot scroll, so what is in it is shifted instead.
pub fn scroll(original: &Element, copy: &Element) {
    let (left, top) = (f64::from(original.scroll_left()), f64::from(original.scroll_top()));
    style::set(copy, "overflow", "hidden");
    let children = copy.children();
    for child in (0..children.length()).filter_map(|index| children.item(index)) {
        style::set(&child, "translate", &[px(-left), px(-top)].join(" "));
    }
}

/// What sticks is pinned to where it is now: without scrolling, nothing sticks.
/// An empty box keeps its place in the flow.
pub fn pin_sticky(original: &Element, copy: &Element) {
    if computed(original, "", "position") != "sticky" {
        return;
    }
    let (Ok(place), Some(parent)) = (copy.clone_node(), copy.parent_node()) else { return };
    let place: Element = place.unchecked_into();
    let rect = original.get_bounding_client_rect();
    for element in [&place, copy] {
        style::set(element, "box-sizing", "border-box");
        style::set(element, "width", &px(rect.width()));
        style::set(element, "height", &px(rect.height()));
    }
    style::set(&place, "position", "static");
    style::set(&place, "visibility", "hidden");
    for (property, value) in [
        ("position", "fixed".to_owned()),
        ("inset", "auto".to_owned()),
        ("left", px(rect.left())),
        ("top", px(rect.top())),
        ("margin", "0".to_owned()),
    ] {
        style::set(copy, property, &value);
    }
    let _ = parent.insert_before(&place, Some(copy));
}

/// A modal dialog stands in the top layer, which a copy does not have: it is
/// pinned where the browser would show it, on a backdrop of its own.
pub fn top_layer(original: &Element, copy: &Element, target: &Document) {
    if !original.matches(":modal").unwrap_or(false) {
        return;
    }
    for (property, value) in
        [("position", "fixed"), ("inset", "0"), ("margin", "auto"), ("z-index", "2147483647")]
    {
        style::set(copy, property, value);
    }
    let (Ok(backdrop), Some(parent)) = (target.create_element("div"), copy.parent_node()) else {
        return;
    };
    for (property, value) in [("position", "fixed"), ("inset", "0"), ("z-index", "2147483646")] {
        style::set(&backdrop, property, value);
    }
    for property in ["background", "opacity"] {
        style::set(&backdrop, property, &computed(original, "::backdrop", property));
    }
    let _ = parent.insert_before(&backdrop, Some(copy));
}

/// The pixels of a canvas or the current frame of a video as a data URL; `None`
/// if they cannot be read.
pub fn pixels(original: &Element, document: &Document) -> Option<String> {
    if let Some(canvas) = original.dyn_ref::<HtmlCanvasElement>() {
        return canvas.to_data_url().ok().filter(|url| url.len() > "data:,".len());
    }
    let video = original.dyn_ref::<HtmlVideoElement>()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(video.video_width());
    canvas.set_height(video.video_height());
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    context.draw_image_with_html_video_element(video, 0.0, 0.0).ok()?;
    canvas.to_data_url().ok().filter(|url| url.len() > "data:,".len())
}

/// Paints a private region over: a plain box of the same size, with nothing in it.
pub fn paint_over(original: &Element, copy: &Element) {
    let rect = original.get_bounding_client_rect();
    copy.set_text_content(None);
    // What is drawn though it is no content. A page may style its text so that no
    // colour hides it.
    for attribute in ["src", "srcset", "href", "value", "placeholder", "label", "alt"] {
        let _ = copy.remove_attribute(attribute);
    }
    let inline = original.dyn_ref::<HtmlElement>().is_some()
        && computed(original, "", "display") == "inline";
    if inline {
        style::set(copy, "display", "inline-block");
    }
    for (property, value) in [
        ("width", px(rect.width())),
        ("height", px(rect.height())),
        ("box-sizing", "border-box".to_owned()),
        ("appearance", "none".to_owned()),
        ("background", "#8a8f98".to_owned()),
        ("color", "transparent".to_owned()),
        ("vertical-align", "top".to_owned()),
    ] {
        style::set(copy, property, &value);
    }
}
