//! The other module, as the widget sees it. Values cross by serde-wasm-bindgen.

use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::{bridge::Bridge, js};

#[wasm_bindgen]
extern "C" {
    /// Module `extras`; each method is an export of `src/extras`.
    #[derive(Clone)]
    pub type Extras;

    #[wasm_bindgen(method)]
    pub fn draft(this: &Extras, words: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method, catch)]
    pub fn freeze(this: &Extras, approval: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub fn attempt(this: &Extras) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn preview(this: &Extras) -> Option<web_sys::Blob>;
    #[wasm_bindgen(method, js_name = frozenCopy)]
    pub fn frozen_copy(this: &Extras) -> Option<web_sys::Blob>;
    #[wasm_bindgen(method)]
    pub fn forget(this: &Extras);
    #[wasm_bindgen(method)]
    pub fn capture(this: &Extras, options: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn build(this: &Extras, words: &JsValue, options: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method)]
    pub fn handoff(this: &Extras, words: &JsValue, options: &JsValue) -> js_sys::Promise;
}

/// Loads the module; the loader does it once and answers at once after that.
pub async fn load(bridge: &Bridge) -> Result<Extras, String> {
    match JsFuture::from(bridge.load("extras")).await {
        Ok(module) => Ok(module.unchecked_into()),
        Err(thrown) => Err(js::message_of(&thrown)),
    }
}

/// Waits for an answer of the module.
pub async fn answer<T: DeserializeOwned>(promise: js_sys::Promise) -> Result<T, String> {
    match JsFuture::from(promise).await {
        Ok(value) => js::from_js(value),
        Err(thrown) => Err(js::message_of(&thrown)),
    }
}
