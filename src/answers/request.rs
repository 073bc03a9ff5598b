//! What the widget asks, as it may leave.
//!
//! Privacy: all of it is redacted here, secrets and personal data, before any provider
//! sees it: two of them may hand it to a model.

use baton_answers::ai::{Question, Said, Triage};
use baton_evidence::redact::Scope;
use wasm_bindgen::JsValue;

use super::json::{text, texts};
use crate::bridge::Bridge;
use crate::js::get;
use crate::page::list;
use crate::policy::redactor;

/// The part of a packet that an answer ends in.
const SECTION: &str = "attempts";

/// A question and what is known around it.
pub struct Request {
    /// What may be sent.
    pub question: Question,
    /// The keys of answers that were shown already.
    pub tried: Vec<String>,
}

impl Request {
    /// Reads the widget's request.
    pub fn read(bridge: &Bridge, request: &JsValue) -> Self {
        let mut redactor = redactor(bridge);
        let mut masked = |words: &str| redactor.text(SECTION, words, Scope::All);
        let transcript = list(request, "transcript");
        let transcript = transcript
            .iter()
            .map(|said| Said { author: text(&said, "author"), text: masked(&text(&said, "text")) });
        let mut transcript: Vec<Said> = transcript.collect();
        let question = masked(&text(request, "question"));
        // The widget's transcript ends with the question itself.
        transcript.pop_if(|said| said.text == question);
        let triage = get(request, "triage");
        let question = Question {
            question,
            transcript,
            triage: Triage {
                intent: text(&triage, "intent"),
                urgency: text(&triage, "urgency"),
                customer_state: text(&triage, "customer_state"),
                topics: texts(&triage, "topics"),
                language: text(&triage, "language"),
            },
            language: text(request, "language"),
            locale: text(request, "locale"),
            page: redactor.url(SECTION, &text(request, "page_url")),
            articles: Vec::new(),
        };
        Self { question, tried: texts(request, "tried") }
    }
}
