//! The routes of a conversation after the hand-over, as `baton_packet::reply` has them:
//! a small server that keeps to the contract, and breaks what a test wants broken. The
//! desk's routes are the same; what holds here must hold there.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use baton_packet::reply::{NewMessage, Signal, is_uuid};
use baton_packet::{Attachment, Timestamp, sha256_hex};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::receiver;

const TOKEN: &str = "conversation-t0ken";
const HEARTBEAT: Duration = Duration::from_secs(2);

/// What goes on at the routes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Manner {
    /// As the contract says.
    #[default]
    Good,
    /// Every request gets this status.
    Status(u16),
    /// Pages are served, streams are not.
    OnlyPages,
    /// Streams begin and say nothing, as behind a proxy that collects.
    Silent,
}

/// A request for replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedReplies {
    /// The event it asked `after`.
    pub after: u64,
    /// Whether it asked for a stream.
    pub stream: bool,
}

/// One conversation, shared with its server. Off until a test turns it on: then every
/// receipt names its routes.
#[derive(Debug, Clone, Default)]
pub struct Replies(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    inner: Mutex<Inner>,
    changed: watch::Sender<u64>,
}

impl Default for Shared {
    fn default() -> Self {
        Self { inner: Mutex::default(), changed: watch::Sender::new(0) }
    }
}

#[derive(Debug, Default)]
struct Inner {
    is_on: bool,
    /// Where the links of receipts are, if not here.
    origin: String,
    manner: Manner,
    /// Numbered from 1.
    events: Vec<Value>,
    /// What holds only for a moment.
    moments: Vec<Value>,
    messages: Vec<NewMessage>,
    attempts: Vec<String>,
    signals: Vec<Signal>,
    asked: Vec<AskedReplies>,
    open: usize,
    most_open: usize,
    /// Counts how often all streams were cut.
    cuts: u64,
    /// Whether the next cut comes in the middle of an event.
    cut_within: bool,
    /// Answers to messages that are lost on their way.
    lost_answers: usize,
    /// Events that are told again to whoever comes back.
    repeated: u64,
}

impl Replies {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        let done = change(&mut self.inner());
        self.0.changed.send_modify(|version| *version += 1);
        done
    }

    /// From now on receipts name the routes.
    pub fn turn_on(&self) {
        self.inner().is_on = true;
    }

    /// From now on the links of receipts point to this origin.
    pub fn point_to(&self, origin: &str) {
        self.inner().origin = origin.to_owned();
    }

    /// How requests are answered from now on.
    pub fn behave(&self, manner: Manner) {
        self.inner().manner = manner;
    }

    /// The answers to so many messages are lost, though they are taken in.
    pub fn lose_answers(&self, answers: usize) {
        self.inner().lost_answers = answers;
    }

    /// So many events are told again to whoever comes back.
    pub fn repeat(&self, events: u64) {
        self.inner().repeated = events;
    }

    /// Ends all streams.
    pub fn cut(&self) {
        self.change(|inner| inner.cuts += 1);
    }

    /// Ends all streams, each in the middle of an event.
    pub fn cut_within_an_event(&self) {
        self.change(|inner| {
            inner.cuts += 1;
            inner.cut_within = true;
        });
    }

    /// Something happens: a type of event and its data.
    pub fn tell(&self, kind: &str, data: Value) {
        self.change(|inner| store(inner, kind, data));
    }

    /// An agent writes.
    pub fn say(&self, name: &str, text: &str) {
        let number = self.inner().events.len();
        let author = json!({ "kind": "agent", "name": name });
        self.tell(
            "message",
            json!({ "id": format!("agent-{number}"), "at": now(), "author": author, "text": text }),
        );
    }

    /// The case is in this state now.
    pub fn stand(&self, status: &str) {
        self.tell("status", json!({ "status": status, "at": now() }));
    }

    /// An agent begins or stops to write.
    pub fn type_as(&self, name: &str, active: bool) {
        let typing = json!({ "type": "typing", "data": { "name": name, "active": active } });
        self.change(|inner| inner.moments.push(typing));
    }

    /// What the customer wrote, in the order it was taken in; each message once.
    #[must_use]
    pub fn messages(&self) -> Vec<NewMessage> {
        self.inner().messages.clone()
    }

    /// The id of every message that was posted, repeats included.
    #[must_use]
    pub fn attempts(&self) -> Vec<String> {
        self.inner().attempts.clone()
    }

    /// The signals that came.
    #[must_use]
    pub fn signals(&self) -> Vec<Signal> {
        self.inner().signals.clone()
    }

    /// Every request for replies.
    #[must_use]
    pub fn asked(&self) -> Vec<AskedReplies> {
        self.inner().asked.clone()
    }

    /// How many streams are open, and how many were at most.
    #[must_use]
    pub fn open(&self) -> (usize, usize) {
        let inner = self.inner();
        (inner.open, inner.most_open)
    }

    /// Token and links of a receipt, if this is turned on.
    pub(crate) fn receipt(&self, id: &str) -> Option<(String, Value)> {
        let origin = self.inner().origin.clone();
        let at = |route: &str| format!("{origin}/v1/handoffs/{id}/{route}");
        let links =
            json!({ "replies": at("replies"), "messages": at("messages"), "events": at("events") });
        self.inner().is_on.then(|| (TOKEN.to_owned(), links))
    }

    pub(crate) fn routes<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        Router::new()
            .route("/v1/handoffs/{id}/replies", get(replies))
            .route("/v1/handoffs/{id}/messages", post(message))
            .route("/v1/handoffs/{id}/events", post(signal))
            .with_state(self.clone())
    }

    /// Why a request is not served.
    fn refusal(&self, headers: &HeaderMap) -> Option<Response> {
        let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let status = match self.inner().manner {
            Manner::Status(status) => status,
            _ if token != Some(&*format!("Bearer {TOKEN}")) => 401,
            _ => return None,
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Some((status, Json(json!({ "title": "no" }))).into_response())
    }
}

fn now() -> Timestamp {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    Timestamp::from_unix_ms(since.as_millis() as f64)
}

fn store(inner: &mut Inner, kind: &str, data: Value) {
    let seq = inner.events.len() + 1;
    inner.events.push(json!({ "seq": seq, "type": kind, "data": data }));
}

async fn replies(
    State(replies): State<Replies>,
    Path(_): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let after = query.and_then(|query| query.strip_prefix("after=")?.parse().ok()).unwrap_or(0);
    let has = |name: &str, wanted: &str| {
        headers.get(name).and_then(|it| it.to_str().ok()).is_some_and(|it| it.contains(wanted))
    };
    let stream = has("accept", "text/event-stream");
    replies.inner().asked.push(AskedReplies { after, stream });
    if let Some(refusal) = replies.refusal(&headers) {
        return refusal;
    }
    let manner = replies.inner().manner;
    match (stream, manner) {
        (true, Manner::OnlyPages) => StatusCode::NOT_ACCEPTABLE.into_response(),
        (true, _) => {
            let body = Body::from_stream(stream::unfold(Feed::new(&replies, after), Feed::next));
            ([(header::CONTENT_TYPE, "text/event-stream")], body).into_response()
        }
        (false, _) => page(&replies, after, has("prefer", "wait=25")).await,
    }
}

/// A long poll, for a tenth of the time.
async fn page(replies: &Replies, after: u64, waits: bool) -> Response {
    let mut changed = replies.0.changed.subscribe();
    let wait = async {
        while replies.inner().events.len() as u64 <= after {
            if changed.changed().await.is_err() {
                break;
            }
        }
    };
    if waits {
        // Over in time or not, what there is goes out.
        let _ = tokio::time::timeout(Duration::from_millis(2500), wait).await;
    }
    let inner = replies.inner();
    let events: Vec<&Value> = inner.events.iter().skip(after as usize).collect();
    Json(json!({ "events": events, "next": inner.events.len() })).into_response()
}

/// One open stream.
struct Feed {
    replies: Replies,
    changed: watch::Receiver<u64>,
    has_begun: bool,
    after: u64,
    moments: usize,
    cuts: u64,
    is_done: bool,
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.replies.inner().open -= 1;
    }
}

impl Feed {
    fn new(replies: &Replies, after: u64) -> Self {
        let mut inner = replies.inner();
        inner.open += 1;
        inner.most_open = inner.most_open.max(inner.open);
        Self {
            changed: replies.0.changed.subscribe(),
            has_begun: false,
            after: after.saturating_sub(inner.repeated),
            moments: inner.moments.len(),
            cuts: inner.cuts,
            is_done: false,
            replies: replies.clone(),
        }
    }

    /// The next bytes; an error is a broken connection.
    async fn next(mut self) -> Option<(io::Result<Bytes>, Self)> {
        if self.is_done {
            return None;
        }
        loop {
            let bytes = match self.ready() {
                Some(Ok(bytes)) => bytes,
                Some(Err(error)) => return Some((Err(error), self)),
                None if self.is_done => return None,
                None => {
                    let changed = tokio::time::timeout(HEARTBEAT, self.changed.changed());
                    match changed.await {
                        Ok(Ok(())) => continue,
                        Ok(Err(_)) => return None,
                        Err(_) if self.replies.inner().manner == Manner::Silent => continue,
                        Err(_) => ": still here\n\n".to_owned(),
                    }
                }
            };
            return Some((Ok(bytes.into()), self));
        }
    }

    /// What can be told now.
    fn ready(&mut self) -> Option<io::Result<String>> {
        let replies = self.replies.clone();
        let inner = replies.inner();
        if self.cuts < inner.cuts {
            self.is_done = true;
            if inner.cut_within {
                let half = "event: message\nid: 99\ndata: {\"id\":\"half\",\"at\":\"2026-";
                return Some(Ok(half.to_owned()));
            }
            return None;
        }
        if inner.manner == Manner::Silent {
            return None;
        }
        let mut text = String::new();
        if !std::mem::replace(&mut self.has_begun, true) {
            text.push_str("retry: 300\n\n");
        }
        for event in inner.events.iter().skip(self.after as usize) {
            let (seq, kind) = (&event["seq"], event["type"].as_str().unwrap_or_default());
            text.push_str(&format!("id: {seq}\nevent: {kind}\ndata: {}\n\n", event["data"]));
        }
        self.after = self.after.max(inner.events.len() as u64);
        for moment in inner.moments.iter().skip(self.moments) {
            text.push_str(&format!("event: typing\ndata: {}\n\n", moment["data"]));
        }
        self.moments = inner.moments.len();
        (!text.is_empty()).then_some(Ok(text))
    }
}

async fn message(
    State(replies): State<Replies>,
    Path(_): Path<String>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let read = receiver::read(request, "message").await;
    let message = read.and_then(|(document, files)| {
        Some((serde_json::from_slice::<NewMessage>(&document).ok()?, files))
    });
    let Some((message, files)) = message else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    replies.inner().attempts.push(message.id.clone());
    if let Some(refusal) = replies.refusal(&headers) {
        return refusal;
    }
    let has = |file: &Attachment| {
        files.get(&file.sha256).is_some_and(|bytes| sha256_hex(bytes) == file.sha256)
    };
    if !is_uuid(&message.id) || !message.attachments.iter().all(has) {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let id = message.id.clone();
    let (status, seq, is_lost) = replies.change(|inner| {
        let known = inner.messages.iter().position(|known| known.id == message.id);
        let status = if known.is_some() { StatusCode::OK } else { StatusCode::CREATED };
        if known.is_none() {
            let data = json!({
                "id": message.id, "at": now(), "author": { "kind": "customer" },
                "text": message.text,
                "attachments": message.attachments.iter().map(stored).collect::<Vec<_>>() });
            store(inner, "message", data);
            inner.messages.push(message);
        }
        let is_lost = inner.lost_answers > 0;
        inner.lost_answers = inner.lost_answers.saturating_sub(1);
        (status, inner.events.len(), is_lost)
    });
    if is_lost {
        let broken = stream::iter([Err::<Bytes, io::Error>(io::ErrorKind::BrokenPipe.into())]);
        return (status, Body::from_stream(broken)).into_response();
    }
    (status, Json(json!({ "id": id, "seq": seq }))).into_response()
}

fn stored(file: &Attachment) -> Value {
    let url = format!("/files/{}", file.sha256);
    json!({ "name": file.name, "type": file.media_type, "size": file.size, "url": url })
}

async fn signal(
    State(replies): State<Replies>,
    Path(_): Path<String>,
    headers: HeaderMap,
    Json(signal): Json<Signal>,
) -> Response {
    if let Some(refusal) = replies.refusal(&headers) {
        return refusal;
    }
    let id = signal.id.clone();
    let is_new = replies.inner().signals.iter().all(|known| known.id != id);
    if is_new {
        replies.inner().signals.push(signal);
    }
    (StatusCode::ACCEPTED, Json(json!({ "id": id }))).into_response()
}
