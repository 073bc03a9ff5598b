//! Baton: the widget. The only browser code in Rust.
//!
//! `www/baton.js` loads this module and calls [`start`] with its bridge; every
//! call of the public API that the loader cannot answer itself comes through
//! [`call`]. What needs no browser lives in `crates/`.
#![cfg(target_arch = "wasm32")]

mod api;
mod bridge;
mod config;
mod delivery;
mod gather;
mod js;
mod page;
mod session;
mod ui;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

pub use bridge::Bridge;
use session::Session;

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
    // Before the first render, because Yew installs its own hook otherwise.
    let reporter: Bridge = bridge.clone().unchecked_into();
    yew::set_custom_panic_hook(Box::new(move |info| reporter.crashed(&info.to_string())));
    SESSION.set(Some(Session::new(bridge)));
}

/// Performs one call of the public API. Resolves to its result; rejects with an
/// `Error` that says what was wrong with the call.
#[wasm_bindgen]
pub fn call(method: &str, arguments: js_sys::Array) -> js_sys::Promise {
    let method = method.to_owned();
    wasm_bindgen_futures::future_to_promise(async move {
        api::call(&session()?, &method, &arguments).await
    })
}

/// Takes the widget off the page and forgets everything it held.
#[wasm_bindgen]
pub fn destroy() {
    if let Some(session) = SESSION.take() {
        session.destroy();
    }
}
