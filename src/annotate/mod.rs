//! What a customer does to a picture before it is sent, and how they choose a part
//! of the page: web-sys and canvas, no Yew. A module of its own, loaded when a picture
//! is edited or a part of the page is picked.
//!
//! | part | module |
//! |---|---|
//! | own element, focus, events that stay ours | [`overlay`], [`shield`], [`element`], [`property`], [`text`], [`later`] |
//! | pixels | [`picture`], [`paint`] |
//! | the editor | [`edit`], [`hands`], [`stage`], [`layout`], [`toolbar`], [`icons`], [`words`] |
//! | the pickers | [`pick`], [`tree`] |
//!
//! All decisions (tools, history, hits, views, what is removed) are in
//! `baton_annotation`.

mod edit;
mod element;
mod hands;
mod icons;
mod later;
mod layout;
mod overlay;
mod paint;
mod pick;
mod picture;
mod property;
mod shield;
mod stage;
mod text;
mod toolbar;
mod tree;
mod words;

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use crate::bridge::Bridge;
use crate::js;

thread_local! {
    static BRIDGE: RefCell<Option<Bridge>> = const { RefCell::new(None) };
}

/// Connects the module to the page. Called once, by the loader.
#[wasm_bindgen(js_name = attach_annotate, skip_jsdoc)]
pub fn attach(bridge: Bridge) {
    BRIDGE.set(Some(bridge));
}

/// Lets the customer edit a picture. Resolves to `null` if they cancel, else to `{blob, x,
/// y, width, height, annotations: [{kind, x, y, width, height, text?}], removed,
/// cropped}`: what is kept in pixels of the old picture, what was drawn in those of the
/// new one, which has the type of the old one.
///
/// # Errors
/// If the blob is no picture, it cannot be encoded, or something is open already.
#[wasm_bindgen(skip_jsdoc)]
pub async fn edit(blob: Blob) -> Result<JsValue, JsValue> {
    edit::edit(&bridge()?, blob).await
}

/// Lets the customer choose an `element` or a `region` of the page. Resolves to `null`
/// if they cancel, else to `{element}` or `{region: [left, top, width, height]}` in
/// CSS pixels of the viewport.
///
/// # Errors
/// If `kind` is neither, or something is open already; as the promise's rejection.
#[wasm_bindgen(skip_jsdoc)]
pub fn pick(kind: &str) -> Promise {
    let picked = bridge().and_then(|bridge| match kind {
        "element" => pick::element(&bridge),
        "region" => pick::region(&bridge),
        _ => Err(js::error("kind must be \"element\" or \"region\"")),
    });
    picked.unwrap_or_else(|error| Promise::reject(&error))
}

fn bridge() -> Result<Bridge, JsValue> {
    BRIDGE.with_borrow(Clone::clone).ok_or_else(|| js::error("Baton is not running"))
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        js::set(&object, name, value);
    }
    object.into()
}
