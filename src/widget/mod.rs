//! The panel and the conversation: what `www/baton.js` starts and calls.

mod answering;
mod api;
mod download;
mod files;
mod link;
mod locale;
mod pictures;
mod report;
mod session;
mod shortcut;
mod talk;
mod ui;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::{bridge::Bridge, js};
use session::Session;
pub use ui::markdown;

thread_local! {
    static SESSION: RefCell<Option<Rc<Session>>> = const { RefCell::new(None) };
}

fn session() -> Result<Rc<Session>, JsValue> {
    SESSION
        .with_borrow(Clone::clone)
        .ok_or_else(|| js::error("Baton is not running: it was destroyed"))
}

/// Starts the widget. Called once per instance, by the loader.
#[wasm_bindgen]
pub fn start(bridge: Bridge) {
    SESSION.set(Some(Session::new(bridge)));
}

/// Performs one call of the public API. Resolves to its result; rejects with an
/// `Error` that says what was wrong with the call.
///
/// # Errors
/// As the promise's rejection, never as an exception.
#[wasm_bindgen]
pub async fn call(method: String, arguments: js_sys::Array) -> Result<JsValue, JsValue> {
    api::call(&session()?, &method, &arguments).await
}

/// Takes the widget off the page and forgets everything it held.
#[wasm_bindgen]
pub fn destroy() {
    if let Some(session) = SESSION.take() {
        session.destroy();
    }
}
