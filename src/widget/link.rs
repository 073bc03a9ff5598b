//! The other modules, as the widget sees them. Values cross by serde-wasm-bindgen.

use baton_conversation::speech::Seen;
use baton_conversation::{
    AnswerBy, Choice, Confirmation, EditedSummary, Heard, Item, Line, Question, QuestionKind,
    Review, ReviewItem, ReviewPicture, State, outbox::Input,
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
    pub fn understand(this: &Triage, texts: &js_sys::Array, context: &JsValue) -> js_sys::Promise;
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

    #[wasm_bindgen(method, catch)]
    pub fn redacted(this: &Extras, text: &str) -> Result<String, JsValue>;

    /// Module `answers`; each method is an export of `src/answers`.
    #[derive(Clone)]
    pub type Answers;

    #[wasm_bindgen(method)]
    pub fn answer(this: &Answers, request: &JsValue, on_part: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn stop(this: &Answers);

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

/// What triage is told besides the texts: `{intent, urgency, wants_human, answers, asked,
/// locale}`, the first three where the customer said so themselves.
pub fn context(state: &State, answers: bool, locale: &str) -> JsValue {
    let context = js_sys::Object::new();
    for one in &state.overrides {
        js::set(&context, one.field.as_str(), &one.to.as_str().into());
    }
    js::set(&context, "wants_human", &state.wants_person.into());
    js::set(&context, "answers", &js::to_js(&state.standing(answers)));
    let asked: js_sys::Array =
        state.asked.iter().map(|field| JsValue::from_str(&field.id)).collect();
    js::set(&context, "asked", &asked);
    js::set(&context, "locale", &locale.into());
    context.into()
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
    js::set(&words, "fields", &js::to_js(&state.asked));
    js::set(&words, "attempts", &js::to_js(&state.attempts()));
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
        queue: text(data.get("route"), "queue"),
        sla_minutes: data.get("route").number("sla_minutes").map(|minutes| minutes as u32),
        opens_at_ms: data
            .get("opens")
            .number("at_ms")
            .filter(|_| !data.get("opens").is_true("now")),
        offers: data.is_true("offers"),
        questions: data.list("questions").iter().filter_map(question).collect(),
        can_answer: false,
        escalates: data.is_true("escalates"),
        says_nothing: data.is_true("says_nothing"),
    }
}

fn question(data: &Data) -> Option<Question> {
    let text = |data: &Data, name| data.text(name).unwrap_or_default();
    Some(Question {
        id: data.text("id")?,
        kind: QuestionKind::parse(&text(data, "kind")),
        text: data.text("text")?,
        hint: text(data, "hint"),
        options: data
            .list("options")
            .iter()
            .map(|option| Choice { id: text(option, "id"), text: text(option, "text") })
            .collect(),
    })
}

/// What the human sees, as the module wrote it.
pub fn seen(list: &Data) -> Vec<Seen> {
    let Data::List(parts) = list else { return Vec::new() };
    let seen = |part: &Data| Some(Seen { what: part.text("what")?, count: count(part, "count") });
    parts.iter().filter_map(seen).collect()
}

/// What was said, as the module wrote it.
pub fn lines(data: &Data, list: &str) -> Vec<Line> {
    let line = |line: &Data| Line {
        mine: line.is_true("mine"),
        text: line.text("text").unwrap_or_default(),
    };
    data.list(list).iter().map(line).collect()
}

/// A [`Review`] as the module wrote it.
pub fn review(data: &Data) -> Review {
    Review {
        messages: count(data, "messages"),
        transcript: lines(data, "transcript"),
        summary_masked: count(data, "summary_masked"),
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
        sorting: data.texts("sorting"),
        intent: data.text("intent").unwrap_or_default(),
        urgency: data.text("urgency").unwrap_or_default(),
        gaps: data.texts("gaps"),
        sees: seen(data.get("sees")),
        summary: EditedSummary {
            title: data.get("summary").text("title").unwrap_or_default(),
            problem: data.get("summary").text("problem").unwrap_or_default(),
        },
        summary_lines: data.texts("summary_lines"),
        email: data.text("email"),
    }
}

/// A [`Confirmation`] as the module wrote it.
pub fn confirmation(data: &Data) -> Confirmation {
    let text = |name| data.text(name).unwrap_or_default();
    let answer_by = data.get("answer_by");
    Confirmation {
        id: text("id"),
        queue: text("queue"),
        rule: text("rule"),
        reason: text("reason"),
        sees: seen(data.get("sees")),
        sla_minutes: data.number("sla_minutes").map(|minutes| minutes as u32),
        answer_by: match (answer_by.text("email"), answer_by) {
            (Some(address), _) => AnswerBy::Email(address),
            (None, Data::Text(kind)) if kind == "account" => AnswerBy::Account,
            _ => AnswerBy::Nothing,
        },
    }
}

/// The outbox's input as the module wrote it, one field named after its kind.
pub fn input(data: &Data) -> Option<Input> {
    let reason = |data: &Data| data.text("reason").unwrap_or_default();
    let (failed, refused) = (data.get("failed"), data.get("refused"));
    if *data.get("receipt") != Data::Null {
        return Some(Input::Receipt(Box::new(receipt(data.get("receipt"))?)));
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

/// A [`Receipt`] as the module wrote it, or the browser's store.
pub fn receipt(data: &Data) -> Option<Receipt> {
    Some(Receipt {
        id: PacketId::parse(&data.text("id")?)?,
        received_at: None,
        conversation_token: data.text("conversation_token"),
        links: links(data.get("links")),
        missing: data.texts("missing"),
    })
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
