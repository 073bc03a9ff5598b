//! A picture of the page, from the module that takes it.

use baton_packet::{Gap, Redaction, ScreenshotMethod};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::bridge::{Bridge, Screenshots};
use crate::js::{self, get, get_string};
use crate::page::list;

use super::{STAGE, Shot, gather};

/// Pixels per CSS pixel at most: enough to read small text, half the bytes of 3.
const LARGEST_SCALE: f64 = 2.0;

/// What to take a picture of.
pub struct Wish<'a> {
    /// `BatonScreenshotOptions.target`; what the window shows if there is none.
    pub target: Option<&'a JsValue>,
    pub label: &'a str,
    /// Of all its files together.
    pub most_bytes: f64,
    /// Into how many pictures it may be cut where it is too large for one.
    pub most_tiles: usize,
}

/// Takes a picture of the page as it is now; of what is too large for a canvas, several,
/// row by row.
pub async fn take(bridge: &Bridge, wish: &Wish<'_>) -> Result<Vec<Shot>, Gap> {
    let Wish { target, label, most_bytes, most_tiles } = *wish;
    let gap = |reason: &str| Gap::new(STAGE, reason);
    let module = JsFuture::from(bridge.load("screenshot"))
        .await
        .map_err(|_| gap("the part of Baton that takes pictures did not load"))?;
    let scale = get(&js_sys::global(), "devicePixelRatio").as_f64().unwrap_or(1.0);
    let options = js_sys::Object::new();
    js::set(&options, "scale", &scale.clamp(1.0, LARGEST_SCALE).into());
    js::set(&options, "maxBytes", &most_bytes.into());
    js::set(&options, "tiles", &(most_tiles as u32).into());
    if let Some(target) = target {
        js::set(&options, "target", target);
    }
    let picture = JsFuture::from(module.unchecked_into::<Screenshots>().capture(&options))
        .await
        .map_err(|thrown| gap(&js::message_of(&thrown)))?;

    let text = |object: &JsValue, name: &str| get_string(object, name).unwrap_or_default();
    let number = |object: &JsValue, name: &str| get(object, name).as_f64().unwrap_or(0.0) as u32;
    let tiles = list(&picture, "tiles");
    let mut shots = Vec::new();
    for (index, tile) in tiles.iter().enumerate() {
        let file = gather::file(STAGE.to_owned(), get(&tile, "blob").unchecked_into()).await?;
        let size = [number(&tile, "width"), number(&tile, "height")];
        let mut shot = Shot::new(ScreenshotMethod::Engine, label, file, size);
        if tiles.length() > 1 {
            let (part, of) = ((index + 1).to_string(), tiles.length().to_string());
            shot.record.label = [label, ", part ", &part, " of ", &of].concat();
        }
        shot.record.page_url = text(&picture, "page_url");
        shots.push(shot);
    }
    // Once: all of them are one picture.
    let Some(first) = shots.first_mut() else { return Err(gap("no picture came")) };
    let gaps = list(&picture, "gaps");
    first.record.gaps =
        gaps.iter().map(|gap| Gap::new(text(&gap, "stage"), text(&gap, "reason"))).collect();
    let redactions = list(&picture, "redactions");
    let redactions = redactions.iter().map(|entry| Redaction {
        section: text(&entry, "section"),
        kind: text(&entry, "kind"),
        count: number(&entry, "count"),
    });
    first.redactions = redactions.collect();
    Ok(shots)
}
