//! Waiting, with an end to it.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Window;

/// What became of the promise; an error if it took longer than this.
pub async fn within(promise: Promise, ms: i32) -> Result<JsValue, JsValue> {
    let late = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    let first = JsFuture::from(Promise::race(&Array::of2(&promise, &late))).await?;
    if first.is_undefined() { Err(first) } else { Ok(first) }
}

/// Does it after that many milliseconds.
pub fn later(window: &Window, ms: i32, what: impl FnOnce() + 'static) {
    let what = Closure::once_into_js(what);
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(what.unchecked_ref(), ms);
}
