//! An end to every wait: what the page or the browser never answers must not keep
//! a customer waiting.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// What became of the promise, `None` if it took longer than this.
pub async fn within(promise: js_sys::Promise, ms: u32) -> Option<Result<JsValue, JsValue>> {
    let mut answer = pin!(JsFuture::from(promise));
    let mut limit = pin!(TimeoutFuture::new(ms));
    poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(Some(answer)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
