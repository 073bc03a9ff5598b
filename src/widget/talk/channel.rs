//! Listening: a stream where there is one, else page by page; and again when it ends.

use std::rc::Rc;

use baton_connect::sse;
use baton_connect::talk::{self, How, Opened};
use baton_conversation::outbox::delay_ms;
use baton_conversation::talk::TalkEvent;
use gloo_timers::callback::Timeout;
use js_sys::{JSON, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, ReadableStreamDefaultReader, Response};

use super::case::Case;
use super::request;
use crate::js;
use crate::limit::within;
use crate::widget::session::Session;

/// A receiver gives a sign of life every 15 seconds; longer silence is a dead line, or a
/// proxy that collects what it should pass on.
const SILENCE_MS: u32 = 30_000;
/// A page may take as long as it was asked to wait, and its way.
const PAGE_MS: u32 = (talk::WAIT_SECONDS + 15) * 1000;
/// How long nobody answers before the customer is told.
const LOST_MS: u32 = 10_000;
/// A stream that lasted this long was one: what ended it is not counted as a failure.
const STEADY_MS: f64 = 5000.0;
/// Between empty pages of a receiver that does not wait.
const IDLE_MS: u32 = 5000;
/// How much slower a tab tries that nobody sees.
const HIDDEN: u32 = 4;

/// How a request for replies ended.
enum End {
    /// The receiver does not go on with the conversation.
    Over,
    /// There are no streams here: pages may do.
    NoStream,
    /// It did its work; not before so many milliseconds again.
    Heard(u32),
    /// Nothing was heard; not before so many milliseconds again, where the receiver
    /// said so.
    Failed(Option<u32>),
}

impl Session {
    /// Listens until the case ends or is left.
    pub(super) async fn hold(self: Rc<Self>, case: Rc<Case>) {
        if case.is_left.get() {
            return;
        }
        case.holds.set(true);
        self.send_rest(&case);
        self.keep_soon();
        let (mut how, mut failures) = (How::Stream, 0);
        self.is_losing(&case);
        while !case.is_left.get() {
            let end = self.listen_once(&case, how).await;
            if case.is_left.get() {
                return;
            }
            let delay = match end {
                End::Over => return self.tell_of(&case, TalkEvent::Over),
                End::NoStream => {
                    how = How::Page;
                    continue;
                }
                End::Heard(ms) => {
                    failures = 0;
                    ms
                }
                End::Failed(retry_after_ms) => {
                    failures += 1;
                    let hidden = if is_hidden() { HIDDEN } else { 1 };
                    hidden * delay_ms(failures, retry_after_ms, js_sys::Math::random())
                }
            };
            if delay > 0 {
                if failures > 0 || how == How::Stream {
                    self.is_losing(&case);
                }
                if !case.hurries.take() {
                    case.bell.wait(delay).await;
                    case.hurries.set(false);
                }
            }
        }
    }

    async fn listen_once(self: &Rc<Self>, case: &Rc<Case>, how: How) -> End {
        let Some(link) = &case.replies else { return End::Over };
        let Ok(abort) = AbortController::new() else { return End::Failed(None) };
        case.listening.replace(Some(abort.clone()));
        let after = self.state().talk.seq;
        let url = talk::replies_url(link, after);
        let headers = talk::replies_headers(how, case.token.as_deref());
        let limit_ms = if how == How::Page { PAGE_MS } else { SILENCE_MS };
        let begun = js_sys::Date::now();
        let asked = request::ask(&self.bridge, &url, &headers, None, &abort, limit_ms).await;
        let Some(answer) = asked else { return End::Failed(None) };
        let media_type = request::header(&answer, "Content-Type").unwrap_or_default();
        let retry_after = request::header(&answer, "Retry-After");
        let end = match talk::opened(how, answer.status(), &media_type, retry_after.as_deref()) {
            Opened::Begun if how == How::Stream => self.read_stream(case, &answer, begun).await,
            Opened::Begun => self.read_page(case, &answer, begun).await,
            Opened::NoStream => End::NoStream,
            Opened::Over => End::Over,
            Opened::Later(ms) => End::Failed(ms),
        };
        // Whatever still comes is not read.
        abort.abort();
        end
    }

    async fn read_stream(self: &Rc<Self>, case: &Rc<Case>, answer: &Response, begun: f64) -> End {
        let Some(body) = answer.body() else { return End::NoStream };
        let body: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let mut reader = sse::Reader::default();
        let (mut has_bytes, mut has_heard) = (false, false);
        self.is_found(case);
        loop {
            let chunk = match within(body.read(), SILENCE_MS).await {
                None if !has_bytes => return End::NoStream,
                None | Some(Err(_)) => break,
                Some(Ok(chunk)) => chunk,
            };
            if case.is_left.get() {
                return End::Over;
            }
            let Ok(bytes) = js::get(&chunk, "value").dyn_into::<Uint8Array>() else { break };
            has_bytes = true;
            for event in reader.push(&bytes.to_vec()) {
                has_heard = true;
                // An id holds for what follows it, too; and who writes is not numbered.
                let seq = event.id.parse().ok().filter(|_| event.kind != "typing");
                let data = JSON::parse(&event.data).unwrap_or_default();
                self.heard(case, seq, &event.kind, data);
            }
        }
        let pause = reader.retry_ms().map(|ms| ms.min(SILENCE_MS));
        if has_heard || js_sys::Date::now() - begun > STEADY_MS {
            return End::Heard(delay_ms(1, pause, js_sys::Math::random()));
        }
        End::Failed(pause)
    }

    async fn read_page(self: &Rc<Self>, case: &Rc<Case>, answer: &Response, begun: f64) -> End {
        let page = request::json(answer).await;
        let Ok(events) = js::get(&page, "events").dyn_into::<js_sys::Array>() else {
            return End::Failed(None);
        };
        self.is_found(case);
        for event in events.iter() {
            let seq = js::get(&event, "seq").as_f64().map(|seq| seq as u64);
            let kind = js::get_string(&event, "type").unwrap_or_default();
            self.heard(case, seq, &kind, js::get(&event, "data"));
        }
        if let Some(next) = js::get(&page, "next").as_f64() {
            self.tell_of(case, TalkEvent::Passed(next as u64));
        }
        let is_hasty = events.length() == 0 && js_sys::Date::now() - begun < 1000.0;
        End::Heard(if is_hasty { IDLE_MS } else { 0 })
    }

    /// Somebody answers.
    fn is_found(self: &Rc<Self>, case: &Rc<Case>) {
        case.losing.take();
        let was_lost = self.state().talk.is_lost;
        if was_lost {
            self.tell_of(case, TalkEvent::Lost(false));
        }
    }

    /// Nobody answers; if that lasts, the customer is told.
    fn is_losing(self: &Rc<Self>, case: &Rc<Case>) {
        let mut losing = case.losing.borrow_mut();
        if losing.is_some() {
            return;
        }
        let (session, lost) = (Rc::downgrade(self), Rc::downgrade(case));
        *losing = Some(Timeout::new(LOST_MS, move || {
            if let (Some(session), Some(case)) = (session.upgrade(), lost.upgrade()) {
                session.tell_of(&case, TalkEvent::Lost(true));
            }
        }));
    }
}

fn is_hidden() -> bool {
    let document = js::get(&js_sys::global(), "document");
    js::get(&document, "hidden") == JsValue::TRUE
}
