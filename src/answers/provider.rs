//! Those who may answer, one after the other.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use baton_answers::ai::{Citation, Reply, key};
use js_sys::{Array, Function, Object};
use wasm_bindgen::JsValue;

use super::articles::{self, Found};
use super::browser_model::{self, BrowserModel};
use super::endpoint::Endpoint;
use super::fetch::absolute;
use super::json::texts;
use super::request::Request;
use crate::bridge::Bridge;
use crate::js::set;

/// Who answers first, unless the embedder has another order.
const ORDER: [&str; 3] = [articles::NAME, "ai", browser_model::NAME];

/// Parts are shown at most this often.
const BETWEEN_PARTS_MS: f64 = 50.0;

/// What comes of a question: an answer, none, or why there is none, for the developer.
pub type Outcome = Result<Option<Answer>, String>;

/// One who may answer.
pub trait Provider {
    /// As the packet names it.
    fn name(&self) -> &'static str;

    /// Answers, or leaves it to the next: nothing that goes wrong here is a dead end.
    fn answer<'a>(
        &'a self,
        request: &'a Request,
        show: &'a Show,
    ) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;
}

/// An answer as the widget gets it.
pub struct Answer {
    pub key: String,
    pub provider: &'static str,
    pub text: String,
    pub title: Option<String>,
    pub url: Option<String>,
    pub sources: Vec<Citation>,
    pub grounded: bool,
    pub inferred: bool,
    pub confidence: Option<f64>,
    pub needs_human: bool,
    pub reason: Option<String>,
}

impl Answer {
    /// The answer of a model.
    pub fn of_model(provider: &'static str, reply: Reply) -> Self {
        Self {
            key: [provider, ":", &key(&reply.text)].concat(),
            provider,
            grounded: !reply.inferred && !reply.citations.is_empty(),
            text: reply.text,
            title: None,
            url: None,
            sources: reply.citations,
            inferred: reply.inferred,
            confidence: reply.confidence,
            needs_human: reply.needs_human,
            reason: reply.reason,
        }
    }

    pub fn to_js(&self) -> JsValue {
        let text = |text: &Option<String>| text.as_deref().map_or(JsValue::NULL, JsValue::from);
        let sources: Array = self.sources.iter().map(source).collect();
        let answer = Object::new();
        for (name, value) in [
            ("key", self.key.as_str().into()),
            ("provider", self.provider.into()),
            ("text", self.text.as_str().into()),
            ("title", text(&self.title)),
            ("url", text(&self.url)),
            ("sources", sources.into()),
            ("grounded", self.grounded.into()),
            ("inferred", self.inferred.into()),
            ("confidence", self.confidence.map_or(JsValue::NULL, JsValue::from)),
            ("needs_human", self.needs_human.into()),
            ("reason", text(&self.reason)),
        ] {
            set(&answer, name, &value);
        }
        answer.into()
    }
}

fn source(citation: &Citation) -> JsValue {
    let source = Object::new();
    set(&source, "title", &citation.title.as_str().into());
    // Where the page stands, not where the widget's files do.
    set(&source, "url", &absolute(&citation.url).map_or(JsValue::NULL, JsValue::from));
    source.into()
}

/// Shows an answer while it is being written.
pub struct Show {
    on_part: Option<Function>,
    /// Bytes of the text shown last: within an answer it only grows.
    shown: Cell<usize>,
    at: Cell<f64>,
}

impl Show {
    pub fn new(on_part: Option<Function>) -> Self {
        Self { on_part, shown: Cell::new(0), at: Cell::new(0.0) }
    }

    /// When this text may be shown; `u32::MAX` where it is shown already.
    pub fn due_in_ms(&self, text: &str) -> u32 {
        if self.on_part.is_none() || text.len() == self.shown.get() {
            return u32::MAX;
        }
        let ms = self.at.get() + BETWEEN_PARTS_MS - js_sys::Date::now();
        // A clock that was set back does not hold it up.
        ms.clamp(0.0, BETWEEN_PARTS_MS) as u32
    }

    /// The whole text so far. A callback that throws costs only itself.
    pub fn part(&self, text: &str) {
        if let Some(on_part) = &self.on_part
            && text.len() != self.shown.get()
        {
            self.shown.set(text.len());
            self.at.set(js_sys::Date::now());
            let _ = on_part.call1(&JsValue::NULL, &text.into());
        }
    }
}

/// The first answer in the embedder's order. Why one of them failed is told to the
/// developer, once.
pub async fn first(
    bridge: &Bridge,
    request: &Request,
    found: Found,
    show: &Show,
) -> Option<Answer> {
    for provider in providers(bridge, found) {
        let outcome = provider.answer(request, show).await;
        match outcome {
            Ok(Some(answer)) if !request.tried.contains(&answer.key) => return Some(answer),
            Ok(_) => {}
            Err(reason) => problem(bridge, provider.name(), &reason),
        }
        show.part("");
    }
    None
}

/// Tells the developer what went wrong with one of them.
pub fn problem(bridge: &Bridge, provider: &str, reason: &str) {
    bridge.problem(&["answers_", provider].concat(), &[provider, ": ", reason].concat());
}

fn providers(bridge: &Bridge, found: Found) -> Vec<Box<dyn Provider>> {
    let config = bridge.config();
    let order = texts(&config, "answerOrder");
    let mut order: Vec<&str> = order.iter().map(String::as_str).collect();
    if order.is_empty() {
        order.extend(ORDER);
    }
    let mut found = Some(found);
    let provider = |name| -> Option<Box<dyn Provider>> {
        match name {
            articles::NAME => Some(Box::new(found.take()?)),
            "ai" => Some(Box::new(Endpoint::configured(bridge)?)),
            // As the key is written, and as the packet names it.
            "browserModel" | browser_model::NAME => {
                Some(Box::new(BrowserModel::configured(bridge)?))
            }
            _ => None,
        }
    };
    order.into_iter().filter_map(provider).collect()
}
