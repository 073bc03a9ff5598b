//! An image that the customer gives: chosen, pasted or dropped.

use baton_packet::ScreenshotMethod;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::actions::{NOT_AN_IMAGE, TOO_LARGE};
use super::{Shot, encode};

/// What every browser can read, and no document: an SVG is one.
const ACCEPTED: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];
/// Larger files are not even read, in bytes.
const LARGEST_FILE: f64 = 64.0 * 1024.0 * 1024.0;

/// The picture of an image file. What it calls itself is not believed: it is decoded
/// and encoded anew.
pub async fn take(given: &JsValue, most_bytes: f64) -> Result<Shot, &'static str> {
    let blob: &Blob = given.dyn_ref().ok_or(NOT_AN_IMAGE)?;
    let kind = blob.type_();
    if !ACCEPTED.contains(&kind.as_str()) {
        return Err(NOT_AN_IMAGE);
    }
    if blob.size() > LARGEST_FILE {
        return Err(TOO_LARGE);
    }
    let bitmap = encode::pixels(blob).await.ok_or(NOT_AN_IMAGE)?;
    // Photographs as PNG are huge; screenshots as anything else lose their text.
    let is_lossy = matches!(kind.as_str(), "image/jpeg" | "image/webp");
    let format = if is_lossy { encode::WEBP } else { encode::PNG };
    let label = "An image from the customer";
    encode::encode(bitmap, format, most_bytes, ScreenshotMethod::Upload, label).await
}
