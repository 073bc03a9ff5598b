//! What the customer does with the pictures in the review. Each call resolves to the
//! new [`baton_conversation::Review`], or to `null` where nothing changed; each rejects
//! with an `Error` whose message is a key of the panel's words, or a reason of the engine.

use baton_packet::limits;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::Blob;

use super::{Pictures, annotate, engine, given, share};
use crate::bridge::Bridge;
use crate::extras::{CASE, border, bridge};
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
    CASE.with_borrow(|case| {
        let taken = case.taken.as_ref()?;
        Some(taken.pictures.get(id)?.shot.file.blob.clone())
    })
}

/// Adds a picture. `way` is `again` (what the window shows), `element` or `region` (the
/// customer picks), `share` (their screen; only within their click) or `file` (of the
/// Blob `given`).
#[wasm_bindgen(js_name = addPicture)]
pub fn add_picture(way: String, given: JsValue) -> Promise {
    future_to_promise(async move {
        let change = Change::begin(None)?;
        let shot = change.shot(&way, &given).await.map_err(|reason| js::error(&reason))?;
        Ok(match shot {
            Some(shot) => change.end(|pictures| pictures.add(shot)),
            None => JsValue::NULL,
        })
    })
}

/// Lets the customer draw on a picture, crop it and black parts of it out.
#[wasm_bindgen(js_name = editPicture)]
pub async fn edit_picture(id: u32) -> Result<JsValue, JsValue> {
    let change = Change::begin(Some(id))?;
    let shot = CASE.with_borrow(|case| {
        case.taken.as_ref().and_then(|taken| Some(taken.pictures.get(id)?.shot.clone()))
    });
    let Some(shot) = shot else { return Ok(JsValue::NULL) };
    let edited = annotate::edit(&change.bridge, (*shot).clone(), change.most_bytes).await;
    Ok(match edited.map_err(js::error)? {
        Some(shot) => change.end(|pictures| pictures.replace(id, shot)),
        None => JsValue::NULL,
    })
}

/// Takes a picture out of the case.
#[wasm_bindgen(js_name = removePicture)]
pub fn remove_picture(id: u32) -> Result<JsValue, JsValue> {
    Ok(Change::begin(Some(id))?.end(|pictures| pictures.remove(id)))
}

/// A change of the pictures of one case.
struct Change {
    bridge: Bridge,
    case: u32,
    most_bytes: f64,
}

impl Change {
    /// Of the picture with this id, or of a further one.
    fn begin(id: Option<u32>) -> Result<Self, JsValue> {
        let bridge = bridge()?;
        CASE.with_borrow(|case| {
            let files = case.draft.iter().flat_map(|draft| &draft.files);
            let (count, bytes) =
                files.fold((0, 0), |(count, bytes), file| (count + 1, bytes + file.entry.size));
            let mut room =
                (limits::MAX_TOTAL_BYTES - limits::MAX_PACKET_BYTES) as f64 - bytes as f64;
            let pictures = case.taken.as_ref().map(|taken| &taken.pictures);
            match id {
                Some(id) => {
                    let picture = pictures.and_then(|pictures| pictures.get(id));
                    room += picture.map_or(0.0, |picture| picture.shot.file.entry.size as f64);
                }
                None => {
                    let full = |pictures: &Pictures| pictures.list.len() >= limits::MAX_SCREENSHOTS;
                    if pictures.is_some_and(full) {
                        return Err(js::error(FULL));
                    }
                    if room < LEAST_ROOM || count >= limits::MAX_ATTACHMENTS {
                        return Err(js::error(TOO_LARGE));
                    }
                }
            }
            let most_bytes = room.min(limits::MAX_ATTACHMENT_BYTES as f64);
            Ok(Self { bridge, case: case.number, most_bytes })
        })
    }

    async fn shot(&self, way: &str, file: &JsValue) -> Result<Option<super::Shot>, String> {
        let target = match way {
            "file" => return Ok(Some(given::take(file, self.most_bytes).await?)),
            "share" => return Ok(Some(share::take(self.most_bytes).await?)),
            "again" => None,
            kind => match annotate::pick(&self.bridge, kind).await? {
                Some(target) => Some(target),
                None => return Ok(None),
            },
        };
        let label = match way {
            "element" => "An element of the page",
            "region" => "A part of the page",
            _ => "The page, captured again",
        };
        let shot = engine::take(&self.bridge, target.as_ref(), label, self.most_bytes).await;
        shot.map(Some).map_err(|gap| gap.reason)
    }

    /// Makes the change, unless the case is over meanwhile.
    fn end(self, change: impl FnOnce(&mut Pictures)) -> JsValue {
        CASE.with_borrow_mut(|case| {
            let Some(taken) = case.taken.as_mut().filter(|_| case.number == self.case) else {
                return JsValue::NULL;
            };
            change(&mut taken.pictures);
            // Without a draft, one is being made: it will have them.
            let Some(draft) = &mut case.draft else { return JsValue::NULL };
            taken.pictures.place(draft);
            border::to_js(&taken.pictures.review(draft))
        })
    }
}
