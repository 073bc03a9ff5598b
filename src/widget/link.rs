//! The other modules, as the widget sees them. Values cross by serde-wasm-bindgen.

use baton_conversation::{
    Confirmation, Heard, Item, Line, Review, ReviewItem, ReviewPicture, State, outbox::Input,
};
use baton_packet::{Escalation, EvidenceKind, FiredRule, Links, PacketId, Receipt};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::{bridge::Bridge, data::Data, js};

#[wasm_bindgen]
extern "C" {
    /// Module `triage`; each method is an export of `src/triage`.
    #[derive(Clone)]
    pub type Triage;

    #[wasm_bindgen(method)]
    pub fn understand(this: &Triage, texts: &js_sys::Array, corrected: &JsValue)
    -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = triage)]
    pub fn triage_text(this: &Triage, text: &str) -> js_sys::Promise;

    /// Module `extras`; each method is an export of `src/extras`.
    #[derive(Clone)]
    pub type Extras;

    #[wasm_bindgen(method)]
    pub fn draft(this: &Extras, words: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method, catch)]
    pub fn resort(this: &Extras, words: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub fn report(this: &Extras, report: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method, catch)]
    pub fn reword(this: &Extras, report: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = ownCopy)]
    pub fn own_copy(this: &Extras, approval: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub fn freeze(this: &Extras, approval: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub fn attempt(this: &Extras) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn preview(this: &Extras, id: u32) -> Option<web_sys::Blob>;
    #[wasm_bindgen(method, js_name = changePictures)]
    pub fn change_pictures(this: &Extras, way: &str, id: u32, given: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = frozenCopy)]
    pub fn frozen_copy(this: &Extras) -> Option<web_sys::Blob>;
    #[wasm_bindgen(method)]
    pub fn forget(this: &Extras);
    #[wasm_bindgen(method)]
    pub fn build(this: &Extras, words: &JsValue, options: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn handoff(this: &Extras, words: &JsValue, options: &JsValue) -> js_sys::Promise;

    /// Module `exports`; each method is an export of `src/exports`.
    #[derive(Clone)]
    pub type Exports;

    #[wasm_bindgen(method)]
    pub fn pack(this: &Exports, packet_json: &str, files: &js_sys::Array) -> js_sys::Promise;
    #[wasm_bindgen(method, catch)]
    pub fn markdown(this: &Exports, packet_json: &str) -> Result<String, JsValue>;
}

/// Loads a module; the loader does it once and answers at once after that.
pub async fn load<M: JsCast>(bridge: &Bridge, name: &str) -> Result<M, String> {
    Ok(answer(bridge.load(name)).await?.unchecked_into())
}

/// Waits for an answer of a module.
pub async fn answer(promise: js_sys::Promise) -> Result<JsValue, String> {
    JsFuture::from(promise).await.map_err(|thrown| js::message_of(&thrown))
}

/// The customer's words, for triage.
pub fn texts(state: &State) -> js_sys::Array {
    state.customer_texts().into_iter().map(JsValue::from_str).collect()
}

/// What the customer corrected, for triage: `{intent, urgency}`.
pub fn corrected(state: &State) -> JsValue {
    let corrected = js_sys::Object::new();
    for one in &state.overrides {
        js::set(&corrected, one.field.as_str(), &one.to.as_str().into());
    }
    corrected.into()
}

/// The words of a packet ([`baton_conversation::Words`]): what triage understood,
/// with what was said. The reason is the one the customer was told.
pub fn words(state: &State, understanding: &JsValue) -> JsValue {
    let words = js_sys::Object::new();
    for part in ["triage", "summary", "escalation", "route"] {
        js::set(&words, part, &js::get(understanding, part));
    }
    js::set(&words, "transcript", &js::to_js(&state.messages));
    js::set(&words, "timeline", &js::to_js(&state.timeline));
    js::set(&words, "overrides", &js::to_js(&state.overrides));
    if let Some(told) = &state.escalation {
        js::set(&words, "escalation", &js::to_js(told));
    }
    words.into()
}

/// The part of an [`baton_conversation::Understanding`] on which the conversation
/// goes on.
pub fn heard(messages: u32, data: &Data) -> Heard {
    let escalation = data.get("escalation");
    let text = |data: &Data, name| data.text(name).unwrap_or_default();
    Heard {
        messages,
        escalation: Escalation {
            rule: text(escalation, "rule"),
            reason: text(escalation, "reason"),
            rules_fired: escalation
                .list("rules_fired")
                .iter()
                .map(|fired| FiredRule {
                    rule: text(fired, "rule"),
                    reason: text(fired, "reason"),
                    because: text(fired, "because"),
                })
                .collect(),
            tone: escalation.text("tone"),
            evidence: escalation
                .texts("evidence")
                .iter()
                .filter_map(|kind| EvidenceKind::parse(kind))
                .collect(),
            extra: Default::default(),
        },
        team: text(data, "team"),
        escalates: data.is_true("escalates"),
        says_nothing: data.is_true("says_nothing"),
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
                    label: entry.text("label")?,
                    count: count(entry, "count"),
                    masked: count(entry, "masked"),
                    lines: entry.texts("lines"),
                })
            })
            .collect(),
        pictures: data
            .list("pictures")
            .iter()
            .map(|picture| ReviewPicture {
                id: count(picture, "id"),
                version: count(picture, "version"),
                label: picture.text("label").unwrap_or_default(),
                lines: picture.texts("lines"),
            })
            .collect(),
        no_picture: data.text("no_picture"),
        about: data.texts("about"),
        sorting: data.texts("sorting"),
        intent: data.text("intent").unwrap_or_default(),
        urgency: data.text("urgency").unwrap_or_default(),
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
    let (receipt, failed, refused) = (data.get("receipt"), data.get("failed"), data.get("refused"));
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
    let impossible = data.get("impossible");
    if *impossible != Data::Null {
        return Some(Input::Impossible { reason: reason(impossible) });
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
