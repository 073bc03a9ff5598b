//! The picture of the page, from the module that takes it.

use baton_packet::{Gap, Redaction, Screenshot, ScreenshotMethod};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::bridge::{Bridge, Screenshots};
use crate::js::{self, get, get_string, now};
use crate::page::list;

use super::gather::{self, File};

/// Pixels per CSS pixel at most: enough to read small text, half the bytes of 3.
const LARGEST_SCALE: f64 = 2.0;

/// A picture of the page.
#[derive(Clone)]
pub struct Shot {
    pub record: Screenshot,
    pub file: File,
    /// What was masked in it.
    pub redactions: Vec<Redaction>,
}

/// Takes a picture of the page as it is now.
pub async fn take(bridge: &Bridge) -> Result<Shot, Gap> {
    let gap = |reason: &str| Gap::new("screenshot", reason);
    let module = JsFuture::from(bridge.load("screenshot"))
        .await
        .map_err(|_| gap("the part of Baton that takes pictures did not load"))?;
    let scale = get(&js_sys::global(), "devicePixelRatio").as_f64().unwrap_or(1.0);
    let options = js_sys::Object::new();
    js::set(&options, "scale", &scale.clamp(1.0, LARGEST_SCALE).into());
    let at = now();
    let picture = JsFuture::from(module.unchecked_into::<Screenshots>().capture(&options))
        .await
        .map_err(|thrown| gap(&js::message_of(&thrown)))?;

    let text = |object: &JsValue, name: &str| get_string(object, name).unwrap_or_default();
    let number = |object: &JsValue, name: &str| get(object, name).as_f64().unwrap_or(0.0) as u32;
    let blob: web_sys::Blob = get(&picture, "blob").unchecked_into();
    let extension = if blob.type_() == "image/webp" { "webp" } else { "png" };
    let name = ["screenshot-1.", extension].concat();
    let gaps = list(&picture, "gaps");
    let redactions = list(&picture, "redactions");
    let record = Screenshot {
        attachment: name.clone(),
        label: "The page when this was captured".to_owned(),
        at,
        page_url: text(&picture, "page_url"),
        method: ScreenshotMethod::Engine,
        width: number(&picture, "width"),
        height: number(&picture, "height"),
        gaps: gaps.iter().map(|gap| Gap::new(text(&gap, "stage"), text(&gap, "reason"))).collect(),
        extra: Default::default(),
    };
    let redactions = redactions.iter().map(|entry| Redaction {
        section: text(&entry, "section"),
        kind: text(&entry, "kind"),
        count: number(&entry, "count"),
    });
    Ok(Shot { record, redactions: redactions.collect(), file: gather::file(name, blob).await? })
}
