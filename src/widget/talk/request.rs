//! Requests to the routes of a conversation.

use baton_connect::talk::{self, Fate};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, Response};

use super::case::Case;
use crate::bridge::Bridge;
use crate::js;
use crate::limit::within;

/// How long an answer may take to begin, in milliseconds; and then to be read.
const TIME_LIMIT_MS: u32 = 30_000;
/// The same where files have to travel first.
const FILES_LIMIT_MS: u32 = 180_000;

/// Asks, and waits for the head of the answer. `None`: nobody answered.
pub async fn ask(
    bridge: &Bridge,
    url: &str,
    headers: &[(&'static str, String)],
    body: Option<&JsValue>,
    abort: &AbortController,
    limit_ms: u32,
) -> Option<Response> {
    let sent = web_sys::Headers::new().ok()?;
    for (name, value) in headers {
        sent.set(name, value).ok()?;
    }
    let init = web_sys::RequestInit::new();
    if let Some(body) = body {
        init.set_method("POST");
        init.set_body(body);
        // A form names its own.
        if body.is_string() {
            sent.set("Content-Type", "application/json").ok()?;
        }
    }
    init.set_headers(&sent);
    init.set_cache(web_sys::RequestCache::NoStore);
    // No cookies to third parties; the token is the credential.
    init.set_credentials(web_sys::RequestCredentials::SameOrigin);
    init.set_signal(Some(&abort.signal()));
    let answer = within(bridge.fetch(url, &init).ok()?, limit_ms).await;
    if answer.is_none() {
        abort.abort();
    }
    answer?.ok()?.dyn_into().ok()
}

/// The body as JSON; `undefined` where it is none or does not come.
pub async fn json(answer: &Response) -> JsValue {
    let Ok(body) = answer.json() else { return JsValue::UNDEFINED };
    within(body, TIME_LIMIT_MS).await.and_then(Result::ok).unwrap_or_default()
}

/// A header of an answer.
pub fn header(answer: &Response, name: &str) -> Option<String> {
    answer.headers().get(name).ok().flatten()
}

/// Posts a message or a signal of this id, as JSON text or a form with files. It goes out even if the case is left
/// meanwhile.
pub async fn post(bridge: &Bridge, case: &Case, url: &str, id: &str, body: &JsValue) -> Fate {
    let Ok(abort) = AbortController::new() else { return Fate::Later(None) };
    let headers = talk::authorization(case.token.as_deref());
    let limit_ms = if body.is_string() { TIME_LIMIT_MS } else { FILES_LIMIT_MS };
    let answer = ask(bridge, url, &headers, Some(body), &abort, limit_ms).await;
    let Some(answer) = answer else { return Fate::Later(None) };
    let told = json(&answer).await;
    let problem = js::get_string(&told, "detail").or_else(|| js::get_string(&told, "title"));
    talk::posted(
        id,
        answer.status(),
        header(&answer, "Retry-After").as_deref(),
        js::get_string(&told, "id").as_deref(),
        problem.as_deref(),
    )
}
