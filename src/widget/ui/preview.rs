//! The pictures in the panel, drawn to a canvas: an `<img>` with a blob: URL would
//! need `img-src blob:` in the host's CSP.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, Element, HtmlCanvasElement, ImageBitmap};

use crate::widget::session::Session;

/// Paints every canvas of the panel that was not painted yet.
pub fn paint_all(panel: &Element, session: &Session) {
    let Ok(canvases) = panel.query_selector_all("canvas[data-picture]") else { return };
    for index in 0..canvases.length() {
        let Some(canvas) = canvases.get(index) else { continue };
        let canvas: HtmlCanvasElement = canvas.unchecked_into();
        let id = canvas.get_attribute("data-picture").and_then(|id| id.parse().ok());
        if canvas.width() == 0
            && let Some(blob) = session.preview(id.unwrap_or_default())
        {
            let width = if canvas.class_name() == "thumbnail" { 240.0 } else { 640.0 };
            paint(canvas, blob, width);
        }
    }
}

/// Paints every file that is an image and was not painted yet.
pub fn paint_attached(panel: &Element, session: &Session) {
    let Ok(canvases) = panel.query_selector_all("canvas[data-attached]") else { return };
    let files = session.given_files();
    for index in 0..canvases.length() {
        let Some(canvas) = canvases.get(index) else { continue };
        let canvas: HtmlCanvasElement = canvas.unchecked_into();
        let place = canvas.get_attribute("data-attached").and_then(|place| place.parse().ok());
        if canvas.width() == 0
            && let Some(file) = place.and_then(|place: usize| files.get(place))
        {
            paint(canvas, file.blob.clone(), 96.0);
        }
    }
}

/// Draws the picture at most this many pixels wide.
fn paint(canvas: HtmlCanvasElement, blob: Blob, most_width: f64) {
    // Marks it as being painted, so that a second render does not start again.
    canvas.set_width(1);
    wasm_bindgen_futures::spawn_local(async move {
        let Some(window) = web_sys::window() else { return };
        let Ok(promise) = window.create_image_bitmap_with_blob(&blob) else { return };
        let Ok(bitmap) = JsFuture::from(promise).await else { return };
        let bitmap: ImageBitmap = bitmap.unchecked_into();
        let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
        let scale = (most_width / width).min(1.0);
        canvas.set_width((width * scale).round() as u32);
        canvas.set_height((height * scale).round() as u32);
        let context = canvas.get_context("2d").ok().flatten();
        if let Some(context) = context.and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok()) {
            let _ = context.draw_image_with_image_bitmap_and_dw_and_dh(
                &bitmap,
                0.0,
                0.0,
                width * scale,
                height * scale,
            );
        }
        bitmap.close();
    });
}
