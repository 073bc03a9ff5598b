//! Who answers before a human does: help articles, the embedder's AI endpoint, the
//! browser's own model. A module of its own; the widget loads it on demand.
//!
//! No browser that our tests can run offers a model of its own: its part is tested
//! against a stand-in with the same interface, and does nothing where `availability()`
//! does not say that the model is there.

mod articles;
mod browser_model;
mod deadline;
mod endpoint;
mod fetch;
mod json;
mod library;
mod polish;
mod provider;
mod request;
mod translate;

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use crate::bridge::Bridge;
use crate::js;
use crate::limit::unless;
use articles::Found;
use provider::Show;
use request::Request;

thread_local! {
    static BRIDGE: RefCell<Option<Bridge>> = const { RefCell::new(None) };
    /// Ends the answer under way.
    static STOP: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Connects the module to the page. Called once, by the loader.
#[wasm_bindgen(js_name = attach_answers)]
pub fn attach(bridge: Bridge) {
    stop();
    library::forget();
    BRIDGE.set(Some(bridge));
}

fn bridge() -> Result<Bridge, JsValue> {
    BRIDGE.with_borrow(Clone::clone).ok_or_else(|| js::error("Baton is not running"))
}

/// Answers `{question, transcript: [{author, text}], triage, language, locale, page_url,
/// tried}`; resolves to `{key, provider, text, title, url, sources: [{title, url}],
/// grounded, inferred, confidence, needs_human, reason}`, or `null` if nobody can.
/// `on_part` is called with the whole text so far, at most twenty times a second; with
/// an empty one if what was shown is not the answer after all. The text is empty only
/// where a human is needed. An answer still under way is stopped.
///
/// # Errors
/// If the module was not attached.
#[wasm_bindgen]
pub async fn answer(request: JsValue, on_part: JsValue) -> Result<JsValue, JsValue> {
    let bridge = bridge()?;
    stop();
    let stopped = Promise::new(&mut |resolve, _| STOP.set(Some(resolve)));
    let show = Show::new(on_part.dyn_into().ok());
    let work = async {
        let words = json::text(&request, "question");
        let mut request = Request::read(&bridge, &request);
        let library = library::library(&bridge).await.unwrap_or_else(|reason| {
            provider::problem(&bridge, articles::NAME, &reason);
            None
        });
        let found = Found::of(library.as_ref(), &words, &request.question.language);
        // A model is told what was found, even if that was not sure enough to be quoted.
        request.question.articles = found.context();
        provider::first(&bridge, &request, found, &show).await
    };
    let answer = unless(stopped, work).await.flatten();
    Ok(answer.map_or(JsValue::NULL, |answer| answer.to_js()))
}

/// Stops the answer under way: it resolves to `null`, and its requests are aborted.
#[wasm_bindgen]
pub fn stop() {
    if let Some(stop) = STOP.take() {
        // A resolver does not throw.
        let _ = stop.call0(&JsValue::NULL);
    }
}

/// The summary in better words by the browser's own model, in this language; `null`
/// where it has none or it failed.
///
/// # Errors
/// If the module was not attached.
#[wasm_bindgen]
pub async fn polish(summary: String, language: String) -> Result<JsValue, JsValue> {
    let bridge = bridge()?;
    let polished = polish::polish(&bridge, &summary, &language).await;
    Ok(browser_model::told(&bridge, polished))
}

/// The text in another language by the browser's own translator; `null` where it has
/// none for these languages or it failed. An empty `from` is detected.
///
/// # Errors
/// If the module was not attached.
#[wasm_bindgen]
pub async fn translate(text: String, from: String, to: String) -> Result<JsValue, JsValue> {
    let bridge = bridge()?;
    let translated = translate::translate(&bridge, &text, &from, &to).await;
    Ok(browser_model::told(&bridge, translated))
}
