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

/// Takes a picture of the page as it is now: what the window shows, or that target
/// (`BatonScreenshotOptions.target`).
pub async fn take(
    bridge: &Bridge,
    target: Option<&JsValue>,
    label: &str,
    most_bytes: f64,
) -> Result<Shot, Gap> {
    let gap = |reason: &str| Gap::new(STAGE, reason);
    let module = JsFuture::from(bridge.load("screenshot"))
        .await
        .map_err(|_| gap("the part of Baton that takes pictures did not load"))?;
    let scale = get(&js_sys::global(), "devicePixelRatio").as_f64().unwrap_or(1.0);
    let options = js_sys::Object::new();
    js::set(&options, "scale", &scale.clamp(1.0, LARGEST_SCALE).into());
    js::set(&options, "maxBytes", &most_bytes.into());
    if let Some(target) = target {
        js::set(&options, "target", target);
    }
    let picture = JsFuture::from(module.unchecked_into::<Screenshots>().capture(&options))
        .await
        .map_err(|thrown| gap(&js::message_of(&thrown)))?;

    let text = |object: &JsValue, name: &str| get_string(object, name).unwrap_or_default();
    let number = |object: &JsValue, name: &str| get(object, name).as_f64().unwrap_or(0.0) as u32;
    let file = gather::file(STAGE.to_owned(), get(&picture, "blob").unchecked_into()).await?;
    let size = [number(&picture, "width"), number(&picture, "height")];
    let mut shot = Shot::new(ScreenshotMethod::Engine, label, file, size);
    shot.record.page_url = text(&picture, "page_url");
    let gaps = list(&picture, "gaps");
    shot.record.gaps =
        gaps.iter().map(|gap| Gap::new(text(&gap, "stage"), text(&gap, "reason"))).collect();
    let redactions = list(&picture, "redactions");
    let redactions = redactions.iter().map(|entry| Redaction {
        section: text(&entry, "section"),
        kind: text(&entry, "kind"),
        count: number(&entry, "count"),
    });
    shot.redactions = redactions.collect();
    Ok(shot)
}
