//! Images for the pictures of a case, and what became of them.

use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlElement};

use super::{get, in_panel, open_panel, pause, review_a_bug};

/// Runs the body of a JavaScript function.
pub fn js(arguments: &str, body: &str, values: &[&JsValue]) -> JsValue {
    let values: Array = values.iter().copied().collect();
    Function::new_with_args(arguments, body).apply(&JsValue::NULL, &values).unwrap()
}

/// An image of one colour, in a type.
pub async fn image(kind: &str, color: &str, width: u32, height: u32) -> JsValue {
    let body = "const canvas = Object.assign(document.createElement('canvas'), { width, height })
        const context = canvas.getContext('2d')
        context.fillStyle = color
        context.fillRect(0, 0, width, height)
        return new Promise(done => canvas.toBlob(done, kind))";
    let blob = js(
        "kind, color, width, height",
        body,
        &[&kind.into(), &color.into(), &width.into(), &height.into()],
    );
    JsFuture::from(blob.unchecked_into::<js_sys::Promise>()).await.unwrap()
}

pub fn blob(kind: &str, bytes: &[u8]) -> JsValue {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).unwrap().into()
}

pub async fn bytes(blob: &JsValue) -> Vec<u8> {
    let buffer = JsFuture::from(blob.unchecked_ref::<Blob>().array_buffer()).await.unwrap();
    Uint8Array::new(&buffer).to_vec()
}

/// Adds it as the panel does; the error is what the panel is told.
pub async fn add(way: &str, given: &JsValue) -> Result<JsValue, String> {
    let added = baton::extras::change_pictures(way.to_owned(), 0, given.clone()).await;
    added.map_err(|thrown| thrown.unchecked_into::<js_sys::Error>().message().into())
}

pub async fn remove(id: u32) -> JsValue {
    baton::extras::change_pictures("remove".to_owned(), id, JsValue::UNDEFINED).await.unwrap()
}

/// The pictures of a review: id, label and facts of each.
pub fn pictures(review: &JsValue) -> Vec<(u32, String, String)> {
    Array::from(&get(review, "pictures"))
        .iter()
        .map(|one| {
            let text = |name| get(&one, name).as_string().unwrap();
            let lines = Array::from(&get(&one, "lines")).join(" | ");
            (get(&one, "id").as_f64().unwrap() as u32, text("label"), lines.into())
        })
        .collect()
}

pub fn ids(review: &JsValue) -> Vec<u32> {
    pictures(review).into_iter().map(|one| one.0).collect()
}

/// Approves the case; the packet as it would be sent.
pub async fn approved() -> JsValue {
    let approval = js(
        "",
        "return { at: new Date().toISOString(), via: 'review', text: 'yes', struck: [],
            contact: null, timeline: [] }",
        &[],
    );
    baton::extras::freeze(approval).unwrap();
    let copy = baton::extras::frozen_copy().unwrap();
    let text = JsFuture::from(copy.text()).await.unwrap().as_string().unwrap();
    js_sys::JSON::parse(&text).unwrap()
}

pub fn names(packet: &JsValue, list: &str, name: &str) -> Vec<String> {
    Array::from(&js(
        "packet, list, name",
        "return (list === 'attachments' ? packet.attachments : packet.evidence.screenshots)
            .map(one => one[name])",
        &[packet, &list.into(), &name.into()],
    ))
    .iter()
    .map(|one| one.as_string().unwrap())
    .collect()
}

pub async fn reviewed() {
    open_panel().await;
    review_a_bug().await;
}

/// The button of the panel with these words.
pub fn button(words: &str) -> HtmlElement {
    let body = "return [...document.querySelector('[data-baton-ui=widget]').shadowRoot
        .querySelectorAll('button')].find(one => (one.ariaLabel || one.textContent).trim() === words)";
    js("words", body, &[&words.into()]).dyn_into().unwrap_or_else(|_| panic!("no button {words}"))
}

pub async fn told(words: &str) {
    for _ in 0..200 {
        let text = in_panel(".told").and_then(|element| element.text_content());
        if text.as_deref() == Some(words) {
            return;
        }
        pause(25).await;
    }
    panic!("{words:?} is not told but {:?}", in_panel(".told").map(|one| one.text_content()));
}
