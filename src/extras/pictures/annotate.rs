//! What the customer draws on a picture, and picks in the page: by the module
//! `annotate`, which has the screen meanwhile.

use baton_evidence::packet::redact_annotations;
use baton_packet::{Annotation, AnnotationKind};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::actions::{FAILED, NO_EDITOR, TOO_LARGE};
use super::{Shot, gather};
use crate::bridge::Bridge;
use crate::js::{self, get, get_string};
use crate::page::list;
use crate::policy;

#[wasm_bindgen]
extern "C" {
    /// Module `annotate`; each method is one of its exports.
    type Annotate;

    /// Resolves to `null` if the customer cancels, else to `{blob, width, height,
    /// annotations, removed, cropped}`.
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
    if blob.size() > most_bytes {
        return Err(TOO_LARGE);
    }
    let side = |name: &str| get(&edited, name).as_f64().unwrap_or(0.0) as u32;
    let mut shot = shot.clone();
    shot.file = gather::file("picture".to_owned(), blob).await.map_err(|_| FAILED)?;
    (shot.record.width, shot.record.height) = (side("width"), side("height"));
    if get(&edited, "cropped").is_truthy() {
        // Nobody knows any more where they are.
        shot.record.annotations.clear();
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
    Ok(Some(shot))
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
