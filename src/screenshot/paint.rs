//! The picture as pixels, and those as a file.

use baton_picture::size;
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, Document, HtmlCanvasElement, HtmlImageElement};

use super::held::Drawing;
use super::options::Options;
use super::scroll::can_begin_scrolled;
use crate::js;
use crate::limit::within;

/// What drawing, and then encoding, may take at least, however late it is.
const LEAST_MS: f64 = 1000.0;
const TOO_LONG: &str = "the browser took too long to draw the page's copy";
/// How often what is in the picture is drawn before it counts, and the pause after it.
const DRAWINGS: u32 = 2;
const DRAWING_MS: u32 = 60;
/// How often a picture is made smaller.
const MOST_TRIES: u32 = 5;

/// The encoded picture; its size in pixels.
pub struct Painted {
    pub blob: Blob,
    pub width: u32,
    pub height: u32,
    /// Whether it has fewer pixels than were asked for.
    pub is_reduced: bool,
}

/// Draws SVG text of this size in CSS pixels and encodes it. `color` is what
/// transparent parts become.
///
/// # Errors
/// If the browser does not draw it, in words.
pub async fn paint(
    document: &Document,
    drawing: &Drawing,
    [width, height]: [f64; 2],
    options: &Options,
    ends: f64,
) -> Result<Painted, String> {
    let thrown = |thrown: JsValue| js::message_of(&thrown);
    let image = HtmlImageElement::new().map_err(thrown)?;
    // A blob: URL would taint the canvas; a data: URL does not.
    js::set(&image, "src", &drawing.url());
    let svg = &drawing.svg;
    within(image.decode(), left(ends)).await.ok_or(TOO_LONG)?.map_err(|_| {
        "the browser did not draw the page's copy (a Content-Security-Policy whose img-src lacks \
         data: forbids it)"
            .to_owned()
    })?;
    // Fonts for single ranges of characters are loaded by the first drawing that needs
    // them, which is done without them.
    if svg.contains("@font-face") {
        draw(document, &image, 1.0, 1.0).map_err(thrown)?;
        TimeoutFuture::new(0).await;
    }
    // Pictures in the picture are decoded by the first drawing, but for Chromium.
    if !can_begin_scrolled() && svg.contains("data:") {
        for _ in 0..DRAWINGS {
            draw(document, &image, width, height).map_err(thrown)?;
            TimeoutFuture::new(DRAWING_MS).await;
        }
    }
    let mut scale = size::fitting_scale(width, height, options.scale);
    let mut is_reduced = scale < options.scale;
    let mut tries = 0;
    loop {
        let canvas = draw(document, &image, width * scale, height * scale).map_err(thrown)?;
        let blob = encode(&canvas, options, ends).await?;
        tries += 1;
        match options.most_bytes {
            Some(most) if blob.size() > most && tries < MOST_TRIES => {
                scale = size::smaller_scale(scale, blob.size(), most);
                is_reduced = true;
            }
            Some(most) if blob.size() > most => {
                return Err("the picture does not fit into maxBytes".to_owned());
            }
            _ => {
                let (width, height) = (canvas.width(), canvas.height());
                return Ok(Painted { blob, width, height, is_reduced });
            }
        }
    }
}

fn left(ends: f64) -> u32 {
    (ends - js_sys::Date::now()).max(LEAST_MS) as u32
}

fn draw(
    document: &Document,
    image: &HtmlImageElement,
    width: f64,
    height: f64,
) -> Result<HtmlCanvasElement, JsValue> {
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    let (width, height) = (width.round().max(1.0), height.round().max(1.0));
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

/// The blob says itself what it became: a browser that cannot write WebP writes PNG.
async fn encode(canvas: &HtmlCanvasElement, options: &Options, ends: f64) -> Result<Blob, String> {
    let thrown = |thrown: JsValue| js::message_of(&thrown);
    let encoded = Promise::new(&mut |resolve, reject| {
        let quality = JsValue::from_f64(options.quality);
        let started =
            canvas.to_blob_with_type_and_encoder_options(&resolve, options.format, &quality);
        if let Err(error) = started {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let blob = within(encoded, left(ends)).await.ok_or(TOO_LONG)?.map_err(thrown)?;
    blob.dyn_into().map_err(|_| "the browser gave no picture".to_owned())
}
