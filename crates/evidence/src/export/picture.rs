//! A packet's pictures as text.

use baton_packet::Attachment;

use super::{Files, base64};

/// The file as a `data:` URL; nothing where it is no picture or not at hand.
pub fn data_url(entry: &Attachment, files: Files<'_>) -> Option<String> {
    // Security: pixels only; an SVG is a document.
    let kind = match entry.media_type.as_str() {
        kind @ ("image/png" | "image/webp" | "image/jpeg") => kind,
        _ => return None,
    };
    let bytes = files(&entry.name)?;
    Some(["data:", kind, ";base64,", &base64::encode(&bytes)].concat())
}
