//! Pixels as a picture that any receiver takes. What was in the source besides pixels,
//! such as where a photograph was taken, is not in it.

use baton_packet::ScreenshotMethod;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlCanvasElement, ImageBitmap};

use super::actions::{FAILED, TOO_LARGE};
use super::{Shot, gather};
use crate::canvas;
use crate::limit::within;

/// Longest side, in pixels.
const LONGEST: f64 = 4096.0;
/// Of lossy formats: text stays readable.
const QUALITY: f64 = 0.92;
const TIME_LIMIT_MS: u32 = 20_000;
/// How often a picture is made smaller.
const MOST_TRIES: u32 = 6;

pub const PNG: &str = "image/png";
pub const WEBP: &str = "image/webp";

/// Encodes at full size if that fits, else in a format with fewer bytes, else with
/// fewer pixels.
pub async fn encode(
    bitmap: ImageBitmap,
    mut format: &'static str,
    most_bytes: f64,
    method: ScreenshotMethod,
    label: &'static str,
) -> Result<Shot, &'static str> {
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let mut scale = (LONGEST / width.max(height)).min(1.0);
    for _ in 0..MOST_TRIES {
        let canvas = draw(&bitmap, width * scale, height * scale).ok_or(FAILED)?;
        let file = canvas::file(&canvas, format, QUALITY, TIME_LIMIT_MS).await;
        let blob = file.and_then(Result::ok).ok_or(FAILED)?;
        if blob.size() <= most_bytes {
            bitmap.close();
            let file = gather::file(label.to_owned(), blob).await.map_err(|_| FAILED)?;
            let mut shot = Shot::new(method, label, file, [canvas.width(), canvas.height()]);
            if scale < 1.0 {
                shot.note("picture has fewer pixels than its source, to fit");
            }
            return Ok(shot);
        }
        if format == PNG {
            format = WEBP;
        } else {
            scale *= (most_bytes / blob.size()).sqrt() * 0.9;
        }
    }
    Err(TOO_LARGE)
}

fn draw(bitmap: &ImageBitmap, width: f64, height: f64) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let size = [width, height].map(|side| side.round().max(1.0) as u32);
    let (canvas, context) = canvas::sized(&document, size).ok()?;
    let [width, height] = size.map(f64::from);
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
        .ok()
        .map(|()| canvas)
}

/// The pixels of an image, of the first frame where it has several.
pub async fn pixels(blob: &Blob) -> Option<ImageBitmap> {
    let promise = web_sys::window()?.create_image_bitmap_with_blob(blob).ok()?;
    Some(within(promise, TIME_LIMIT_MS).await?.ok()?.unchecked_into())
}
