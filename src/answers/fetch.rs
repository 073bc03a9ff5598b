//! One request, read chunk by chunk, with an end to every wait.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStreamDefaultReader, RequestInit, Response, Url};

use super::deadline::{Aborting, Deadline};
use crate::bridge::Bridge;
use crate::js::{get, message_of};
use crate::limit::within;

/// How long is waited for the first byte, and between two chunks.
const IDLE_MS: u32 = 10_000;

/// An answer that is being read. Dropping it aborts the request.
pub struct Reading {
    status: u16,
    reader: Option<ReadableStreamDefaultReader>,
    /// A chunk that was asked for and has not come yet.
    pending: Option<Promise>,
    idle: Deadline,
    whole: Deadline,
    _aborting: Aborting,
}

/// What the next chunk is.
pub enum Chunk {
    Bytes(Uint8Array),
    /// None came in the time given; it is still waited for.
    NotYet,
    /// There are no more.
    End,
}

impl Reading {
    /// Sends the request.
    ///
    /// # Errors
    /// If no answer begins: network, CORS, no valid address, time.
    pub async fn of(
        bridge: &Bridge,
        url: &str,
        init: &RequestInit,
        whole_ms: u32,
    ) -> Result<Self, String> {
        let whole = Deadline::after(whole_ms);
        let aborting = Aborting::new()?;
        init.set_signal(Some(&aborting.signal()));
        let first = Deadline::after(IDLE_MS.min(whole_ms));
        let asked = bridge.fetch(url, init).map_err(|thrown| message_of(&thrown))?;
        let answered = within(asked, first.left_ms()).await.ok_or("no answer in time")?;
        // The browser gives one reason for three.
        let response = answered.map_err(|thrown| {
            let reason = message_of(&thrown);
            [&*reason, " (no network, not allowed by CORS, or a redirect that is refused)"].concat()
        })?;
        let response: Response =
            response.dyn_into().map_err(|_| "fetch gave no response".to_owned())?;
        let reader = response.body().map(|body| body.get_reader().unchecked_into());
        let (idle, status) = (Deadline::after(IDLE_MS), response.status());
        Ok(Self { status, reader, pending: None, idle, whole, _aborting: aborting })
    }

    /// The HTTP status, unless it is one of success.
    pub fn refusal(&self) -> Option<String> {
        let is_success = (200..300).contains(&self.status);
        (!is_success).then(|| ["HTTP ", &self.status.to_string()].concat())
    }

    /// Waits for the next chunk, at most so many milliseconds.
    ///
    /// # Errors
    /// If the connection breaks, or a limit is over.
    pub async fn next(&mut self, wait_ms: u32) -> Result<Chunk, String> {
        let Some(reader) = &self.reader else { return Ok(Chunk::End) };
        let pending = self.pending.take().unwrap_or_else(|| reader.read());
        let limit = wait_ms.min(self.idle.left_ms()).min(self.whole.left_ms());
        let Some(read) = within(pending.clone(), limit).await else {
            self.pending = Some(pending);
            return if self.whole.left_ms() == 0 {
                Err("it took too long".to_owned())
            } else if self.idle.left_ms() == 0 {
                Err("nothing came for ten seconds".to_owned())
            } else {
                Ok(Chunk::NotYet)
            };
        };
        self.idle = Deadline::after(IDLE_MS);
        let read = read.map_err(|thrown| message_of(&thrown))?;
        if get(&read, "done").is_truthy() {
            return Ok(Chunk::End);
        }
        Ok(match get(&read, "value").dyn_into::<Uint8Array>() {
            Ok(bytes) => Chunk::Bytes(bytes),
            Err(_) => Chunk::End,
        })
    }
}

/// The address, as seen from the page; `None` if it opens neither a page nor a mail.
pub fn absolute(url: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let base = document.base_uri().ok().flatten().unwrap_or_default();
    let url = Url::new_with_base(url, &base).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:" | "mailto:").then(|| url.href())
}

/// The parts of a request that each of ours has: no cookies to other origins, since
/// none of them was asked to know the customer.
pub fn init(method: &str) -> RequestInit {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_credentials(web_sys::RequestCredentials::SameOrigin);
    init
}

/// What an exception says.
pub fn thrown(thrown: JsValue) -> String {
    message_of(&thrown)
}
