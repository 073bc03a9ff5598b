//! What the customer draws on a picture, and picks in the page: by the module
//! `annotate`, which has the screen meanwhile.

use baton_evidence::packet::redact_annotations;
use baton_packet::{Annotation, AnnotationKind};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::actions::{FAILED, NO_EDITOR};
use super::{Shot, encode, gather};
use crate::bridge::Bridge;
use crate::js::{self, get, get_string};
use crate::page::list;
use crate::policy;

#[wasm_bindgen]
extern "C" {
    /// Module `annotate`; each method is one of its exports.
    type Annotate;

    /// Resolves to `null` if the customer cancels, else to `{blob, x, y, width, height,
    /// annotations, removed, cropped}`: what was kept, in pixels of the picture, and what
    /// was drawn, in pixels of that.
    #[wasm_bindgen(method)]
    fn edit(this: &Annotate, picture: &Blob) -> js_sys::Promise;
    /// Resolves to `null` if the customer cancels, else to `{element}` or `{region:
    /// [left, top, width, height]}`, in CSS pixels of the viewport.
    #[wasm_bindgen(method)]
    fn pick(this: &Annotate, kind: &str) -> js_sys::Promise;
}

async fn module(bridge: &Bridge) -> Result<Annotate, &'static str> {
    let module = JsFuture::from(bridge.load("annotate")).await.map_err(|_| NO_EDITOR)?;
    Ok(module.unchecked_into())
}

/// What to capture, as a target for the engine; `None` if the customer cancels.
pub async fn pick(bridge: &Bridge, kind: &str) -> Result<Option<JsValue>, &'static str> {
    let picked = module(bridge).await?.pick(kind);
    let picked = JsFuture::from(picked).await.map_err(|_| FAILED)?;
    let element = get(&picked, "element");
    if !element.is_undefined() {
        return Ok(Some(element));
    }
    let region = list(&picked, "region");
    if region.length() != 4 {
        return Ok(None);
    }
    let target = js_sys::Object::new();
    for (side, value) in ["x", "y", "width", "height"].into_iter().zip(region.iter()) {
        js::set(&target, side, &value);
    }
    Ok(Some(target.into()))
}

/// The picture as the customer leaves it; `None` if they cancel.
pub async fn edit(
    bridge: &Bridge,
    shot: &Shot,
    most_bytes: f64,
) -> Result<Option<Shot>, &'static str> {
    let edited = module(bridge).await?.edit(&shot.file.blob);
    let edited = JsFuture::from(edited).await.map_err(|_| FAILED)?;
    let Ok(blob) = get(&edited, "blob").dyn_into::<Blob>() else { return Ok(None) };
    let side = |name: &str| get(&edited, name).as_f64().unwrap_or(0.0) as u32;
    let mut shot = shot.clone();
    let [width, height] = [side("width"), side("height")];
    if get(&edited, "cropped").is_truthy() {
        let kept = [side("x"), side("y"), width, height];
        shot.record.annotations.retain_mut(|drawn| crop(drawn, kept));
        shot.note("cropped by the customer");
    }
    let removed = side("removed");
    if removed > 0 {
        // Their words may be what was removed.
        shot.record.annotations.iter_mut().for_each(|drawn| drawn.text = None);
    }
    shot.record.removed += removed;
    let drawn = list(&edited, "annotations");
    let mut drawn: Vec<_> = drawn.iter().filter_map(|one| annotation(&one)).collect();
    let mut redactor = policy::redactor(bridge);
    redact_annotations(&mut drawn, &mut redactor);
    shot.record.annotations.append(&mut drawn);
    shot.redactions.extend(redactor.into_report());
    // An edited picture may be larger than it was: it has to fit all the same.
    let fitting = match blob.size() > most_bytes {
        true => Some(smaller(&blob, &shot, most_bytes).await?),
        false => None,
    };
    if let Some(Shot { record, file, .. }) = fitting {
        let scale = [(record.width, width), (record.height, height)]
            .map(|(new, old)| f64::from(new) / f64::from(old.max(1)));
        shot.record.annotations.iter_mut().for_each(|drawn| resize(drawn, scale));
        shot.record.gaps.extend(record.gaps);
        (shot.record.width, shot.record.height) = (record.width, record.height);
        shot.file = file;
    } else {
        (shot.record.width, shot.record.height) = (width, height);
        shot.file = gather::file("picture".to_owned(), blob).await.map_err(|_| FAILED)?;
    }
    Ok(Some(shot))
}

/// The same picture in fewer bytes.
async fn smaller(blob: &Blob, shot: &Shot, most_bytes: f64) -> Result<Shot, &'static str> {
    let bitmap = encode::pixels(blob).await.ok_or(FAILED)?;
    let format = if blob.type_() == encode::PNG { encode::PNG } else { encode::WEBP };
    encode::encode(bitmap, format, most_bytes, shot.record.method, "picture").await
}

/// Brings what was drawn earlier onto the kept part (left, top, width, height); false if
/// nothing of it is there. A text that is cut says no more what it said.
fn crop(drawn: &mut Annotation, [left, top, width, height]: [u32; 4]) -> bool {
    let across = cut(drawn.x, drawn.width, left, width);
    let down = cut(drawn.y, drawn.height, top, height);
    let (Some((x, new_width)), Some((y, new_height))) = (across, down) else { return false };
    if (new_width, new_height) != (drawn.width, drawn.height) {
        drawn.text = None;
    }
    (drawn.x, drawn.y, drawn.width, drawn.height) = (x, y, new_width, new_height);
    true
}

/// Where a line is on a kept part, and how long it is there; both of that begin somewhere
/// and have a length.
fn cut(start: u32, length: u32, kept: u32, kept_length: u32) -> Option<(u32, u32)> {
    let from = start.max(kept);
    let to = start.saturating_add(length).min(kept.saturating_add(kept_length));
    // A line straight across is no pixel high.
    (to > from || (length == 0 && to == from)).then(|| (from - kept, to - from))
}

fn resize(drawn: &mut Annotation, [across, down]: [f64; 2]) {
    for (side, scale) in [
        (&mut drawn.x, across),
        (&mut drawn.width, across),
        (&mut drawn.y, down),
        (&mut drawn.height, down),
    ] {
        *side = (f64::from(*side) * scale).round() as u32;
    }
}

fn annotation(drawn: &JsValue) -> Option<Annotation> {
    let pixels = |name: &str| get(drawn, name).as_f64().unwrap_or(0.0) as u32;
    Some(Annotation {
        kind: AnnotationKind::parse(&get_string(drawn, "kind")?)?,
        x: pixels("x"),
        y: pixels("y"),
        width: pixels("width"),
        height: pixels("height"),
        text: get_string(drawn, "text"),
    })
}
