//! The other module, as the widget sees it. Values cross by serde-wasm-bindgen.

use baton_conversation::{Confirmation, Item, Line, Review, ReviewItem, outbox::Input};
use baton_packet::{Links, PacketId, Receipt};
use baton_triage::Model;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::{bridge::Bridge, data::Data, js};

#[wasm_bindgen]
extern "C" {
    /// Module `extras`; each method is an export of `src/extras`.
    #[derive(Clone)]
    pub type Extras;

    #[wasm_bindgen(method)]
    pub fn draft(this: &Extras, words: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method, catch)]
    pub fn freeze(this: &Extras, approval: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub fn attempt(this: &Extras) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn preview(this: &Extras) -> Option<web_sys::Blob>;
    #[wasm_bindgen(method, js_name = frozenCopy)]
    pub fn frozen_copy(this: &Extras) -> Option<web_sys::Blob>;
    #[wasm_bindgen(method)]
    pub fn forget(this: &Extras);
    #[wasm_bindgen(method)]
    pub fn capture(this: &Extras, options: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn build(this: &Extras, words: &JsValue, options: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn handoff(this: &Extras, words: &JsValue, options: &JsValue) -> js_sys::Promise;
}

/// Loads the module; the loader does it once and answers at once after that.
pub async fn load(bridge: &Bridge) -> Result<Extras, String> {
    match JsFuture::from(bridge.load("extras")).await {
        Ok(module) => Ok(module.unchecked_into()),
        Err(thrown) => Err(js::message_of(&thrown)),
    }
}

/// Fetches and reads the triage model.
pub async fn model(bridge: &Bridge) -> Result<Model, String> {
    let thrown = |thrown: JsValue| js::message_of(&thrown);
    let url = [&bridge.base(), "triage/triage.model?v=", &bridge.version()].concat();
    let response = bridge.fetch(&url, &JsValue::UNDEFINED).map_err(thrown)?;
    let response = JsFuture::from(response).await.map_err(thrown)?;
    let response: web_sys::Response = response.unchecked_into();
    if !response.ok() {
        return Err(["the triage model: HTTP ", &response.status().to_string()].concat());
    }
    let bytes = response.array_buffer().map_err(thrown)?;
    let bytes = JsFuture::from(bytes).await.map_err(thrown)?;
    Model::read(&js_sys::Uint8Array::new(&bytes).to_vec()).map_err(|error| error.to_string())
}

/// Waits for an answer of the module.
pub async fn answer(promise: js_sys::Promise) -> Result<Data, String> {
    match JsFuture::from(promise).await {
        Ok(value) => Ok(Data::from_js(value)),
        Err(thrown) => Err(js::message_of(&thrown)),
    }
}

/// A [`Review`] as the module wrote it.
pub fn review(data: &Data) -> Review {
    Review {
        messages: count(data, "messages"),
        transcript: data
            .list("transcript")
            .iter()
            .map(|line| Line {
                mine: line.is_true("mine"),
                text: line.text("text").unwrap_or_default(),
            })
            .collect(),
        transcript_masked: count(data, "transcript_masked"),
        items: data
            .list("items")
            .iter()
            .filter_map(|entry| {
                Some(ReviewItem {
                    item: Item::parse(&entry.text("item")?)?,
                    count: count(entry, "count"),
                    masked: count(entry, "masked"),
                    lines: entry.texts("lines"),
                })
            })
            .collect(),
        files: data.texts("files"),
        gaps: data.texts("gaps"),
        sees: data.text("sees").unwrap_or_default(),
        email: data.text("email"),
    }
}

/// A [`Confirmation`] as the module wrote it.
pub fn confirmation(data: &Data) -> Confirmation {
    let text = |name| data.text(name).unwrap_or_default();
    Confirmation { id: text("id"), who: text("who"), sees: text("sees"), next: text("next") }
}

/// The outbox's input as the module wrote it, one field named after its kind.
pub fn input(data: &Data) -> Option<Input> {
    let reason = |data: &Data| data.text("reason").unwrap_or_default();
    let (receipt, failed, refused) =
        (data.get("receipt"), data.get("failed"), data.get("refused"));
    if *receipt != Data::Null {
        return Some(Input::Receipt(Box::new(Receipt {
            id: PacketId::parse(&receipt.text("id")?)?,
            received_at: None,
            conversation_token: receipt.text("conversation_token"),
            links: links(receipt.get("links")),
            missing: receipt.texts("missing"),
        })));
    }
    if *failed != Data::Null {
        return Some(Input::Failed {
            reason: reason(failed),
            retry_after_ms: failed.number("retry_after_ms").map(|ms| ms as u32),
            random: failed.number("random").unwrap_or(1.0),
        });
    }
    (*refused != Data::Null).then(|| Input::Refused { reason: reason(refused) })
}

fn links(data: &Data) -> Links {
    Links {
        replies: data.text("replies"),
        messages: data.text("messages"),
        events: data.text("events"),
        evidence: data.text("evidence"),
    }
}

fn count(data: &Data, name: &str) -> u32 {
    data.number(name).unwrap_or(0.0) as u32
}
