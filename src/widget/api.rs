//! The calls of the public API. Each resolves to a plain value; each rejects
//! with an `Error` that says what was wrong with the call.

use std::rc::Rc;

use baton_conversation::{State, Words};
use baton_packet::{Author, Channel, Message};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{
    facts::{self, now},
    session::{Said, Session},
};
use crate::js;

/// Performs one call.
pub async fn call(
    session: &Rc<Session>,
    method: &str,
    arguments: &js_sys::Array,
) -> Result<JsValue, JsValue> {
    let argument = arguments.get(0);
    let done = |result: Result<(), String>| match result {
        Ok(()) => Ok(JsValue::UNDEFINED),
        Err(message) => Err(js::error(&message)),
    };
    match method {
        "open" => done(session.open()),
        "close" => {
            session.close();
            Ok(JsValue::UNDEFINED)
        }
        "configure" => {
            session.configure();
            Ok(JsValue::UNDEFINED)
        }
        "ask" => done(ask(session, text(&argument, "ask")?)),
        "triage" => {
            let text = text(&argument, "triage")?;
            session.learn().await;
            Ok(js::to_js(&baton_triage::triage(session.model(), &[text.as_str()])))
        }
        "captureScreenshot" | "buildPacket" | "handoff" => {
            if !(argument.is_undefined() || argument.is_null() || argument.is_object()) {
                let message = ["Baton.", method, "(options): options must be an object"].concat();
                return Err(js::error(&message));
            }
            handed_on(session, method, &argument).await
        }
        other => Err(js::error(&["Baton.", other, " is not a call of the widget"].concat())),
    }
}

fn text(argument: &JsValue, method: &str) -> Result<String, JsValue> {
    argument.as_string().ok_or_else(|| {
        js::error(&["Baton.", method, "(text): text must be a string"].concat())
    })
}

fn ask(session: &Rc<Session>, text: String) -> Result<(), String> {
    session.open()?;
    session.hear(Said::Text(text));
    Ok(())
}

/// Calls that the other module answers.
async fn handed_on(
    session: &Rc<Session>,
    method: &str,
    options: &JsValue,
) -> Result<JsValue, JsValue> {
    if method == "captureScreenshot" {
        let extras = session.extras().await.map_err(|reason| js::error(&reason))?;
        return JsFuture::from(extras.capture(options)).await;
    }
    if method == "handoff" && js::get(options, "consent").as_bool() != Some(true) {
        return Err(js::error(
            "Baton.handoff({consent: true}): nothing leaves the page before the customer agreed; \
             pass consent: true when they did",
        ));
    }
    session.learn().await;
    let Some(words) = said(session, options) else {
        let message = ["Baton.", method, "({message}): nothing was said yet"].concat();
        return Err(js::error(&message));
    };
    let words = js::to_js(&words);
    let extras = session.extras().await.map_err(|reason| js::error(&reason))?;
    JsFuture::from(match method {
        "handoff" => extras.handoff(&words, options),
        _ => extras.build(&words, options),
    })
    .await
}

/// The message of the call, or else the conversation in the panel.
fn said(session: &Session, options: &JsValue) -> Option<Words> {
    let message = js::get_string(options, "message").filter(|text| !text.trim().is_empty());
    let Some(text) = message else {
        let state = session.state();
        return (!state.customer_texts().is_empty()).then(|| state.words(session.model()));
    };
    let state = State {
        messages: vec![Message {
            author: Author::Customer,
            text,
            at: now(),
            channel: Channel::Api,
            extra: Default::default(),
        }],
        facts: facts::read(&session.bridge),
        ..State::default()
    };
    Some(state.words(session.model()))
}
