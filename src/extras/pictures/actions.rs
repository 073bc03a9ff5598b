//! What the customer does with the pictures in the review.

use std::rc::Rc;

use baton_packet::limits;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::{Shot, annotate, engine, given, share};
use crate::bridge::Bridge;
use crate::extras::{CASE, Case, border, bridge};
use crate::js;

const FULL: &str = "picture_full";
pub const TOO_LARGE: &str = "picture_too_large";
pub const NOT_AN_IMAGE: &str = "picture_not_image";
pub const SHARE_REFUSED: &str = "picture_share_refused";
pub const SHARE_FAILED: &str = "picture_share_failed";
pub const NO_EDITOR: &str = "picture_no_editor";
pub const FAILED: &str = "picture_failed";

/// Where less is left, no picture of a page fits, in bytes.
const LEAST_ROOM: f64 = 32_768.0;

/// A picture of the case, for the panel's preview.
#[wasm_bindgen]
pub fn preview(id: u32) -> Option<Blob> {
    CASE.with_borrow(|case| Some(shot_of(case, id)?.file.blob.clone()))
}

fn shot_of(case: &Case, id: u32) -> Option<Rc<Shot>> {
    Some(Rc::clone(&case.taken.as_ref()?.pictures.borrow().get(id)?.shot))
}

/// Changes the pictures. `way` says how: `again` adds what the window shows, `element` and
/// `region` what the customer picks, `share` a frame of their screen (only within their
/// click), `file` the Blob `given`; `edit` lets them draw on the picture with this id,
/// `remove` takes it out.
///
/// Resolves to the new [`baton_conversation::Review`], or to `null` where nothing changed.
///
/// # Errors
/// The message is a key of the panel's words, or a reason of the engine.
#[wasm_bindgen(js_name = changePictures)]
pub async fn change_pictures(way: String, id: u32, given: JsValue) -> Result<JsValue, JsValue> {
    let told = |reason: String| js::error(&reason);
    let bridge = bridge()?;
    let change = Change::begin(&way, id).map_err(js::error)?;
    let shots = change.shots(&bridge, &way, &given).await.map_err(told)?;
    if shots.is_empty() && way != "remove" {
        return Ok(JsValue::NULL);
    }
    Ok(CASE.with_borrow(|case| {
        // Unless the case is over meanwhile.
        let Some(taken) = case.taken.as_ref().filter(|_| case.number == change.case) else {
            return JsValue::NULL;
        };
        let mut pictures = taken.pictures.borrow_mut();
        if shots.is_empty() {
            pictures.remove(id);
        }
        for shot in shots {
            match change.old {
                None => pictures.add(shot),
                Some(_) => pictures.replace(id, shot),
            }
        }
        match &case.draft {
            Some(draft) => border::to_js(&pictures.review(draft)),
            // One is being made: it will have them.
            None => JsValue::NULL,
        }
    }))
}

/// A change of the pictures of one case.
struct Change {
    case: u32,
    /// The picture that is edited or taken out.
    old: Option<Rc<Shot>>,
    most_bytes: f64,
    /// How many pictures there is room for.
    most_tiles: usize,
}

impl Change {
    fn begin(way: &str, id: u32) -> Result<Self, &'static str> {
        CASE.with_borrow(|case| {
            let old = if matches!(way, "edit" | "remove") { shot_of(case, id) } else { None };
            let taken = case.taken.as_ref().map(|taken| taken.pictures.borrow().weight());
            let (count, mut bytes) = taken.unwrap_or_default();
            let mut files = count;
            for file in case.draft.iter().flat_map(|draft| &draft.files) {
                bytes += file.entry.size;
                files += 1;
            }
            let room = (limits::MAX_TOTAL_BYTES - limits::MAX_PACKET_BYTES) as f64 - bytes as f64;
            let most_bytes = match &old {
                Some(old) => room + old.file.entry.size as f64,
                None if count >= limits::MAX_SCREENSHOTS => return Err(FULL),
                None if room < LEAST_ROOM || files >= limits::MAX_ATTACHMENTS => {
                    return Err(TOO_LARGE);
                }
                None => room,
            };
            let most_bytes = most_bytes.min(limits::MAX_ATTACHMENT_BYTES as f64);
            let most_tiles = limits::MAX_SCREENSHOTS
                .saturating_sub(count)
                .min(limits::MAX_ATTACHMENTS.saturating_sub(files));
            Ok(Self { case: case.number, old, most_bytes, most_tiles })
        })
    }

    /// The new picture, in several parts if it is too large for one; none if the customer
    /// cancels, or takes one out.
    async fn shots(
        &self,
        bridge: &Bridge,
        way: &str,
        given: &JsValue,
    ) -> Result<Vec<Shot>, String> {
        let most = self.most_bytes;
        let (target, label) = match way {
            "file" => return Ok(vec![given::take(given, most).await?]),
            "share" => return Ok(vec![share::take(most).await?]),
            "again" => (None, "The page, captured again"),
            "element" => (annotate::pick(bridge, way).await?, "An element of the page"),
            "region" => (annotate::pick(bridge, way).await?, "A part of the page"),
            _ => {
                let edited = match &self.old {
                    Some(old) if way == "edit" => annotate::edit(bridge, old, most).await?,
                    _ => None,
                };
                return Ok(Vec::from_iter(edited));
            }
        };
        if target.is_none() && way != "again" {
            return Ok(Vec::new());
        }
        let (target, most_tiles) = (target.as_ref(), self.most_tiles);
        let wish = engine::Wish { target, label, most_bytes: most, most_tiles };
        engine::take(bridge, &wish).await.map_err(|gap| gap.reason)
    }
}
