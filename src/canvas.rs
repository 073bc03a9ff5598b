//! Canvases of our own, and files of what is on them.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, Document, HtmlCanvasElement};

use crate::limit::within;

/// A canvas of this size in pixels, and the context to draw on it.
///
/// # Errors
/// The browser gives none.
pub fn sized(
    document: &Document,
    [width, height]: [u32; 2],
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), JsValue> {
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context = context(&canvas)?;
    Ok((canvas, context))
}

/// The context that a canvas was made with.
///
/// # Errors
/// It has another one.
pub fn context(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, JsValue> {
    Ok(canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into())
}

/// What is on the canvas as a file, whose type says what it became: a browser that cannot
/// write WebP writes PNG. `quality` is from 0 to 1, of formats that lose pixels. `None` if
/// it takes longer than this.
///
/// # Errors
/// A script may not read the canvas, or the format cannot hold that many pixels.
pub async fn file(
    canvas: &HtmlCanvasElement,
    format: &str,
    quality: f64,
    limit_ms: u32,
) -> Option<Result<Blob, JsValue>> {
    let encoded = Promise::new(&mut |resolve, reject| {
        let quality = JsValue::from_f64(quality);
        if let Err(error) = canvas.to_blob_with_type_and_encoder_options(&resolve, format, &quality)
        {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let file = within(encoded, limit_ms).await?;
    Some(file.and_then(|file| file.dyn_into()))
}
