//! An end to every wait: what the page or the browser never answers must not keep
//! a customer waiting.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;
use {wasm_bindgen::JsValue, wasm_bindgen_futures::JsFuture};

/// Waits for both at the same time.
#[cfg(feature = "extras")]
pub async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(context)
        {
            first = Some(value);
        }
        if second.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(context)
        {
            second = Some(value);
        }
        match (first.take(), second.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (unfinished, other) => {
                (first, second) = (unfinished, other);
                Poll::Pending
            }
        }
    })
    .await
}

/// What the work gives; `None` if the promise settles before it, and then the work is
/// dropped where it stands.
#[cfg(feature = "answers")]
pub async fn unless<T>(stopped: js_sys::Promise, work: impl Future<Output = T>) -> Option<T> {
    let (mut stopped, mut work) = (pin!(JsFuture::from(stopped)), pin!(work));
    poll_fn(|context| match stopped.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(None),
        Poll::Pending => work.as_mut().poll(context).map(Some),
    })
    .await
}

/// What became of the promise, `None` if it took longer than this.
pub async fn within(promise: js_sys::Promise, ms: u32) -> Option<Result<JsValue, JsValue>> {
    soon(JsFuture::from(promise), ms).await
}

/// What the work gives, `None` if it takes longer than this; then it is dropped where it
/// stands.
pub async fn soon<T>(work: impl Future<Output = T>, ms: u32) -> Option<T> {
    let mut work = pin!(work);
    let mut limit = pin!(TimeoutFuture::new(ms));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(given) => Poll::Ready(Some(given)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
