//! The calls of the public API. Each resolves to a plain value; each rejects
//! with an `Error` that says what was wrong with the call.

use std::rc::Rc;

use baton_conversation::{Event, Stage, State, bounded};
use baton_packet::{Author, Channel, Message};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{link, session::Session};
use crate::js::{self, now};

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
        "open" => {
            // The first words are to be in the customer's language.
            let _ = JsFuture::from(session.speak()).await;
            let mode = js::get_string(&argument, "mode");
            done(session.open(js::get_string(&argument, "message"), mode.as_deref()))
        }
        "close" => {
            session.close();
            Ok(JsValue::UNDEFINED)
        }
        "configure" => {
            session.configure();
            Ok(JsValue::UNDEFINED)
        }
        "ask" => {
            let text = text(&argument, "ask")?;
            let _ = JsFuture::from(session.speak()).await;
            done(ask(session, text))
        }
        "triage" => {
            let text = text(&argument, "triage")?;
            let triage = session.triage().await.map_err(|reason| js::error(&reason))?;
            JsFuture::from(triage.triage_text(&text)).await
        }
        "buildPacket" | "handoff" => {
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
    argument
        .as_string()
        .ok_or_else(|| js::error(&["Baton.", method, "(text): text must be a string"].concat()))
}

fn ask(session: &Rc<Session>, text: String) -> Result<(), String> {
    match session.state().stage {
        Stage::Sending | Stage::Failed => {
            return Err("Baton.ask(text): a packet is not delivered yet; see the panel".to_owned());
        }
        _ => {}
    }
    session.open(None, Some("chat"))?;
    if session.state().report.is_some() {
        return Err("Baton.ask(text): a bug report is in hand; see the panel".to_owned());
    }
    // After a delivery, new words are a new case.
    session.dispatch(Event::Restarted { at: now() });
    session.dispatch(Event::CustomerWrote { text, at: now() });
    Ok(())
}

/// Calls that the module `extras` answers.
async fn handed_on(
    session: &Rc<Session>,
    method: &str,
    options: &JsValue,
) -> Result<JsValue, JsValue> {
    if method == "handoff" && js::get(options, "consent").as_bool() != Some(true) {
        return Err(js::error(
            "Baton.handoff({consent: true}): nothing leaves the page before the customer agreed; \
             pass consent: true when they did",
        ));
    }
    let words = match words(session, method, options).await {
        Ok(words) => words,
        Err(reason) => return Err(js::error(&reason)),
    };
    let extras = session.extras().await.map_err(|reason| js::error(&reason))?;
    JsFuture::from(match method {
        "handoff" => extras.handoff(&words, options),
        _ => extras.build(&words, options),
    })
    .await
}

/// The words of a packet: of the call's message, or else of the conversation in
/// the panel.
async fn words(session: &Session, method: &str, options: &JsValue) -> Result<JsValue, String> {
    let message = js::get_string(options, "message").filter(|text| !text.trim().is_empty());
    let alone = message.map(|text| State {
        messages: vec![Message {
            author: Author::Customer,
            text: bounded(text),
            at: now(),
            channel: Channel::Api,
            extra: Default::default(),
        }],
        ..State::default()
    });
    let texts = link::texts(alone.as_ref().unwrap_or(&session.state()));
    if texts.length() == 0 {
        return Err(["Baton.", method, "({message}): nothing was said yet"].concat());
    }
    let context = session.context(alone.as_ref().unwrap_or(&session.state()));
    let understanding = session.understood(&texts, &context).await?;
    Ok(link::words(alone.as_ref().unwrap_or(&session.state()), &understanding))
}
