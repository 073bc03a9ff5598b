//! A page for the tests of module `answers`: a configuration, a network that behaves as
//! told, and a clock that can hurry.
#![allow(dead_code, missing_docs)]

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

pub fn eval(source: &str) -> JsValue {
    js_sys::eval(&["(", source, ")"].concat()).unwrap()
}

pub fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &key.into()).unwrap()
}

pub fn set(object: &JsValue, key: &str, value: &JsValue) {
    js_sys::Reflect::set(object, &key.into(), value).unwrap();
}

pub async fn pause(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}

pub fn json(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).unwrap().into()
}

/// The module on a page with this configuration and this `fetch(url, init)`.
pub struct Answers {
    /// What the developer was told: `code: message`.
    pub told: Array,
    /// What was asked of the network: `[url, init]`.
    pub asked: Array,
    pub parts: Array,
}

impl Answers {
    pub fn new(config: &str, fetch: &str) -> Self {
        let (told, asked) = (Array::new(), Array::new());
        let bridge = format!(
            "({{
                version: '0.0.0-test',
                base: '/',
                config: {config},
                problem: (code, message) => {{ told.push(code + ': ' + message) }},
                fetch: async (url, init) => {{ asked.push([url, init]); return ({fetch})(url, init) }},
            }})"
        );
        let bridge = Function::new_with_args("told, asked", &["return ", &bridge].concat());
        let bridge = bridge.call2(&JsValue::NULL, &told, &asked).unwrap();
        baton::answers::attach(bridge.unchecked_into());
        Self { told, asked, parts: Array::new() }
    }

    pub fn start(&self, request: &str) -> Promise {
        let collect = Function::new_with_args("parts", "return text => { parts.push(text) }");
        let on_part = collect.call1(&JsValue::NULL, &self.parts).unwrap();
        future_to_promise(baton::answers::answer(eval(request), on_part))
    }

    pub async fn answer(&self, request: &str) -> JsValue {
        JsFuture::from(self.start(request)).await.unwrap()
    }

    pub async fn ask(&self) -> JsValue {
        self.answer(QUESTION).await
    }

    pub fn told(&self) -> String {
        self.told.join("\n").into()
    }

    pub fn sent(&self) -> String {
        let init = get(&self.asked.get(0), "1");
        get(&init, "body").as_string().unwrap()
    }
}

pub const QUESTION: &str = "{ question: 'How do I download an invoice?', language: 'en' }";

/// Helpers for `fetch`: an answer as JSON; one that streams these texts, with pauses.
pub const JSON: &str = "data => new Response(JSON.stringify(data))";

pub fn stream(texts: &str, pause_ms: u32, end: &str) -> String {
    format!(
        "(url, init) => new Response(new ReadableStream({{ async start(controller) {{
            init.signal.addEventListener('abort', () => {{ window.aborted = (window.aborted || 0) + 1 }})
            for (const text of {texts}) {{
                controller.enqueue(new TextEncoder().encode(text))
                await new Promise(run => setTimeout(run, {pause_ms}))
            }}
            {end}
        }} }}))"
    )
}

/// Timers and clock at this speed, until it is dropped.
pub struct Hurry {
    timeout: JsValue,
    now: JsValue,
}

impl Hurry {
    pub fn times(speed: u32) -> Self {
        let global = js_sys::global();
        let timeout = get(&global, "setTimeout");
        let now = get(&get(&global, "Date"), "now");
        let faster =
            Function::new_with_args("run, speed", "return (then, ms) => run(then, ms / speed)");
        let faster = faster.call2(&JsValue::NULL, &timeout, &speed.into()).unwrap();
        set(&global, "setTimeout", &faster);
        let clock = Function::new_with_args(
            "now, speed",
            "const start = now(); return () => start + (now() - start) * speed",
        );
        let clock = clock.call2(&JsValue::NULL, &now, &speed.into()).unwrap();
        set(&get(&global, "Date"), "now", &clock);
        Self { timeout, now }
    }
}

impl Drop for Hurry {
    fn drop(&mut self) {
        set(&js_sys::global(), "setTimeout", &self.timeout);
        set(&get(&js_sys::global(), "Date"), "now", &self.now);
    }
}

/// `fetch` of a page that has no network.
pub const NO_NETWORK: &str = "() => { throw new Error('no network') }";

/// Articles as Markdown; the address of one is no address.
pub const HELP: &str = "# Download an invoice
id: invoice
url: /help/invoice

To download an invoice, open **Billing** and choose **Download**.

# Reset your password
id: reset
url: https://help.example/reset

Choose **Forgot password** on the sign-in page.

# Warranty of bicycles
id: bicycles
url: javascript:alert(1)

Bicycles come with a warranty of two years.
";

/// `fetch` that gives this text for every address.
pub fn text(text: &str) -> String {
    format!("() => new Response({})", json(&text.into()))
}
