//! What an element looks like beyond its attributes, put into its copy: typed
//! values, checks, scroll offsets, canvas pixels, the modal top layer.

use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, HtmlCanvasElement, HtmlElement, HtmlInputElement, HtmlOptionElement,
    HtmlSelectElement, HtmlTextAreaElement, HtmlVideoElement,
};

use crate::extras::page::{self, privacy};
use crate::js;

/// A text of fixed length: the length of a secret is part of it.
const MASKED_VALUE: &str = "••••••••";

/// Sets a style property of the copy, over any rule of the page.
pub fn style(element: &Element, property: &str, value: &str) {
    if let Some(style) = js::get(element, "style").dyn_ref::<web_sys::CssStyleDeclaration>()
    {
        let _ = style.set_property_with_priority(property, value, "important");
    }
}

/// Fields: the copy gets as attributes what the original holds as state.
/// `mask` turns the visible text into what may be shown.
pub fn fields(original: &Element, copy: &Element, mask: &mut dyn FnMut(&str) -> String) {
    if let Some(input) = original.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "checkbox" | "radio" => set_flag(copy, "checked", input.checked()),
            "file" | "image" | "submit" | "button" | "reset" => {}
            _ => {
                let value = input.value();
                let shown = match privacy::is_private_field(original) {
                    true if value.is_empty() => String::new(),
                    true => MASKED_VALUE.to_owned(),
                    false => mask(&value),
                };
                let _ = copy.set_attribute("value", &shown);
            }
        }
    } else if let Some(area) = original.dyn_ref::<HtmlTextAreaElement>() {
        let value = area.value();
        let private = privacy::is_private_field(original) && !value.is_empty();
        let shown = if private { MASKED_VALUE.to_owned() } else { mask(&value) };
        copy.set_text_content(Some(&shown));
    } else if let Some(select) = original.dyn_ref::<HtmlSelectElement>() {
        let (from, to) = (select.options(), copy.query_selector_all("option"));
        let Ok(to) = to else { return };
        for index in 0..from.length() {
            let selected = from
                .get_with_index(index)
                .and_then(|option| option.dyn_into::<HtmlOptionElement>().ok())
                .is_some_and(|option| option.selected());
            if let Some(option) = to.get(index).and_then(|node| node.dyn_into::<Element>().ok()) {
                set_flag(&option, "selected", selected);
            }
        }
    }
}

fn set_flag(element: &Element, name: &str, on: bool) {
    let _ = if on { element.set_attribute(name, "") } else { element.remove_attribute(name) };
}

/// Scrolled boxes: the copy cannot scroll, so what is in it is shifted instead.
pub fn scroll(original: &Element, copy: &Element) {
    let (left, top) = (original.scroll_left(), original.scroll_top());
    if left == 0 && top == 0 {
        return;
    }
    style(copy, "overflow", "hidden");
    let children = copy.children();
    for child in (0..children.length()).filter_map(|index| children.item(index)) {
        style(&child, "translate", &format!("{}px {}px", -left, -top));
    }
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
        style(copy, property, value);
    }
    let Some(backdrop_style) = web_sys::window().and_then(|window| {
        window.get_computed_style_with_pseudo_elt(original, "::backdrop").ok().flatten()
    }) else {
        return;
    };
    let (Ok(backdrop), Some(parent)) = (target.create_element("div"), copy.parent_node()) else {
        return;
    };
    for (property, value) in [("position", "fixed"), ("inset", "0"), ("z-index", "2147483646")] {
        style(&backdrop, property, value);
    }
    for property in ["background", "opacity"] {
        let value = backdrop_style.get_property_value(property).unwrap_or_default();
        style(&backdrop, property, &value);
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
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_html_video_element(video, 0.0, 0.0).ok()?;
    canvas.to_data_url().ok().filter(|url| url.len() > "data:,".len())
}

/// Paints a private region over: a plain box of the same size, with nothing in it.
pub fn paint_over(original: &Element, copy: &Element) {
    let rect = original.get_bounding_client_rect();
    copy.set_text_content(None);
    let _ = copy.remove_attribute("src");
    let inline = original.dyn_ref::<HtmlElement>().is_some()
        && web_sys::window()
            .and_then(|window| window.get_computed_style(original).ok().flatten())
            .and_then(|style| style.get_property_value("display").ok())
            .is_some_and(|display| display == "inline");
    if inline {
        style(copy, "display", "inline-block");
    }
    for (property, value) in [
        ("width", page::px(rect.width())),
        ("height", page::px(rect.height())),
        ("box-sizing", "border-box".to_owned()),
        ("background", "#8a8f98".to_owned()),
        ("color", "transparent".to_owned()),
        ("vertical-align", "top".to_owned()),
    ] {
        style(copy, property, &value);
    }
}
