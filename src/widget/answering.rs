//! Asks the module `answers` before a human is brought in.

use std::rc::Rc;

use baton_conversation::{Answer, Event, Source};
use baton_packet::Author;
use wasm_bindgen::prelude::*;

use super::link::{self, Answers};
use super::locale;
use super::session::Session;
use crate::bridge::Bridge;
use crate::data::Data;
use crate::js::{self, now};

/// Whether the page has set up anything that answers.
pub fn is_set_up(bridge: &Bridge) -> bool {
    let config = bridge.config();
    ["articles", "ai", "browserModel"].iter().any(|key| js::get(&config, key).is_truthy())
}

impl Session {
    /// Asks whoever can answer. A failure is no answer, never a dead end.
    pub(super) fn answer(self: &Rc<Self>) {
        let session = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let messages = session.state().messages.len() as u32;
            let answer = session.answered(messages).await.unwrap_or_else(|reason| {
                session.bridge.problem("answers", &reason);
                None
            });
            session.dispatch(Event::Answered { at: now(), messages, answer });
        });
    }

    /// Ends the answer under way: an endpoint need not write what nobody reads.
    pub(super) fn stop_answer(&self) {
        if let Some(answers) = &*self.answers.borrow() {
            answers.stop();
        }
    }

    async fn answered(self: &Rc<Self>, messages: u32) -> Result<Option<Answer>, String> {
        let answers = self.answers().await?;
        let weak = Rc::downgrade(self);
        let on_part = Closure::<dyn FnMut(String)>::new(move |text: String| {
            let Some(session) = weak.upgrade() else { return };
            // Words that came meanwhile are another question.
            let is_current = session.state().messages.len() as u32 == messages;
            if is_current {
                session.dispatch(Event::Answering(text));
            }
        });
        let request = self.request();
        let answer = link::answer(answers.answer(&request, on_part.as_ref())).await?;
        Ok(read(&Data::from_js(answer)))
    }

    /// The module that answers.
    async fn answers(&self) -> Result<Answers, String> {
        if let Some(answers) = self.answers.borrow().clone() {
            return Ok(answers);
        }
        let answers: Answers = link::load(&self.bridge, "answers").await?;
        self.answers.replace(Some(answers.clone()));
        Ok(answers)
    }

    fn request(&self) -> JsValue {
        let state = self.state();
        let triage = js::get(&self.understood_last(), "triage");
        let transcript: js_sys::Array = state
            .messages
            .iter()
            .map(|message| {
                let line = js_sys::Object::new();
                js::set(&line, "author", &message.author.as_str().into());
                js::set(&line, "text", &message.text.as_str().into());
                JsValue::from(line)
            })
            .collect();
        let said = |message: &&baton_packet::Message| message.author == Author::Customer;
        let question = state.messages.iter().rev().find(said);
        let question = question.map(|message| message.text.as_str()).unwrap_or_default();
        let tried: js_sys::Array =
            state.answers.iter().map(|shown| JsValue::from_str(&shown.answer.key)).collect();
        let location = js::get(&js_sys::global(), "location");
        let request = js_sys::Object::new();
        for (key, value) in [
            ("question", JsValue::from_str(question)),
            ("transcript", transcript.into()),
            ("language", js::get(&triage, "language")),
            ("triage", triage),
            ("locale", locale::wanted(&self.bridge).into()),
            ("page_url", js::get(&location, "href")),
            ("tried", tried.into()),
        ] {
            js::set(&request, key, &value);
        }
        request.into()
    }
}

/// An [`Answer`] as the module wrote it; `None` where nobody has one.
fn read(data: &Data) -> Option<Answer> {
    let source = |source: &Data| {
        Some(Source { title: source.text("title").unwrap_or_default(), url: source.text("url")? })
    };
    let text = data.text("text").unwrap_or_default();
    let needs_human = data.is_true("needs_human");
    if text.trim().is_empty() && !needs_human {
        return None;
    }
    Some(Answer {
        key: data.text("key").unwrap_or_default(),
        provider: data.text("provider")?,
        text,
        title: data.text("title"),
        url: data.text("url"),
        sources: data.list("sources").iter().filter_map(source).collect(),
        grounded: data.is_true("grounded"),
        inferred: data.is_true("inferred"),
        needs_human,
    })
}
