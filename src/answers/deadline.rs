//! One limit for several waits.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, AbortSignal};

use crate::js::message_of;
use crate::limit::within;

/// A moment at which all waiting ends.
#[derive(Clone, Copy)]
pub struct Deadline {
    at: f64,
}

impl Deadline {
    /// In so many milliseconds.
    pub fn after(ms: u32) -> Self {
        Self { at: js_sys::Date::now() + f64::from(ms) }
    }

    /// Milliseconds until then.
    pub fn left_ms(self) -> u32 {
        (self.at - js_sys::Date::now()).max(0.0) as u32
    }

    /// What becomes of what the browser promised.
    ///
    /// # Errors
    /// If it throws, rejects, or is not there in time.
    pub async fn settled(self, promised: Result<Promise, JsValue>) -> Result<JsValue, String> {
        let promise = promised.map_err(|thrown| message_of(&thrown))?;
        // A stand-in may well give a plain value.
        let settled = within(Promise::resolve(&promise), self.left_ms()).await;
        settled.ok_or("no answer in time")?.map_err(|thrown| message_of(&thrown))
    }
}

/// Aborts when it is dropped: what nobody waits for must not go on.
pub struct Aborting(AbortController);

impl Aborting {
    /// # Errors
    /// The browser has no such thing.
    pub fn new() -> Result<Self, String> {
        AbortController::new().map(Self).map_err(|thrown| message_of(&thrown))
    }

    pub fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for Aborting {
    fn drop(&mut self) {
        self.0.abort();
    }
}
