//! A receiver of packets that behaves as badly as asked, and remembers all it got.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{post, put};
use baton_packet::{Packet, sha256_hex};
use serde_json::{Value, json};

use crate::Replies;

const MOST_BYTES: usize = 64 * 1024 * 1024;

/// How the next request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// As a good receiver does.
    Accept,
    /// With this status and a short text.
    Status(u16),
    /// With status 200 and a web page, as a captive portal does.
    Html,
    /// Not at all, for as long as the page lives.
    Never,
    /// With 413 where files come with the packet; one by one they are accepted.
    TooLargeTogether,
}

/// One request, as it arrived.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The `Idempotency-Key` header.
    pub key: String,
    /// The bytes of the packet.
    pub packet: Bytes,
    /// The files by their SHA-256.
    pub files: HashMap<String, Bytes>,
    /// The status it was answered with; 0 if never.
    pub status: u16,
}

/// What a receiver has seen, shared with its server.
#[derive(Debug, Clone, Default)]
pub struct Receiver {
    inner: Arc<Mutex<Inner>>,
    replies: Replies,
}

#[derive(Debug, Default)]
struct Inner {
    plan: VecDeque<Behaviour>,
    last: Option<Behaviour>,
    arrivals: Vec<Arrival>,
    later: HashMap<String, Bytes>,
}

impl Receiver {
    /// One whose receipts name these routes, once they are turned on.
    pub(crate) fn with(replies: &Replies) -> Self {
        Self { inner: Arc::default(), replies: replies.clone() }
    }

    /// What follows, one a request; the last one stays.
    pub fn behave(&self, plan: &[Behaviour]) {
        let mut inner = self.inner();
        inner.plan = plan.iter().copied().collect();
        inner.last = None;
    }

    /// Every request so far.
    #[must_use]
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.inner().arrivals.clone()
    }

    /// The packets that were accepted, with repeats of the same id counted once.
    ///
    /// # Panics
    /// An accepted packet is none.
    #[must_use]
    pub fn accepted(&self) -> Vec<Packet> {
        let mut packets: Vec<Packet> = Vec::new();
        for arrival in self.arrivals().iter().filter(|arrival| arrival.status == 201) {
            let packet = Packet::from_json(&arrival.packet)
                .unwrap_or_else(|error| panic!("an accepted packet is none: {error}"));
            if packets.iter().all(|known| known.id != packet.id) {
                packets.push(packet);
            }
        }
        packets
    }

    /// The files that came after their packet, by SHA-256.
    #[must_use]
    pub fn later_files(&self) -> HashMap<String, Bytes> {
        self.inner().later.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Behaviour {
        let mut inner = self.inner();
        let next = inner.plan.pop_front().or(inner.last).unwrap_or(Behaviour::Accept);
        inner.last = Some(next);
        next
    }

    /// `POST /v1/handoffs` and the route of evidence.
    pub(crate) fn routes<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        Router::new()
            .route("/v1/handoffs", post(receive))
            .route("/v1/handoffs/{id}/evidence/{sha256}", put(evidence))
            .with_state(self.clone())
    }
}

async fn receive(State(receiver): State<Receiver>, request: Request) -> Response {
    let behaviour = receiver.next();
    let headers = request.headers().clone();
    let Some((packet, files)) = read(request, "packet").await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let status = match behaviour {
        Behaviour::Never => 0,
        Behaviour::Status(status) => status,
        Behaviour::Html => 200,
        Behaviour::TooLargeTogether if !files.is_empty() => 413,
        Behaviour::Accept | Behaviour::TooLargeTogether => match Packet::from_json(&packet) {
            Ok(_) => 201,
            Err(_) => 422,
        },
    };
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    receiver.inner().arrivals.push(Arrival {
        key: key.unwrap_or_default().trim_matches('"').to_owned(),
        packet: packet.clone(),
        files: files.clone(),
        status,
    });
    match (behaviour, status) {
        (_, 0) => std::future::pending().await,
        (_, 201) => receipt(&receiver.replies, &packet, &files).into_response(),
        (Behaviour::Html, _) => Html("<h1>Welcome to our network</h1>").into_response(),
        (_, status) => {
            let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (code, "no").into_response()
        }
    }
}

/// The document of a request, alone or as the part of this name, and the files beside it.
pub(crate) async fn read(
    request: Request,
    document: &str,
) -> Option<(Bytes, HashMap<String, Bytes>)> {
    let media_type = request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?.to_owned();
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MOST_BYTES).await.ok()?;
    if !media_type.starts_with("multipart/") {
        return Some((bytes, HashMap::new()));
    }
    let request = Request::from_parts(parts, bytes.into());
    let mut multipart = Multipart::from_request(request, &()).await.ok()?;
    let (mut packet, mut files) = (None, HashMap::new());
    while let Some(field) = multipart.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.ok()?;
        match name == document {
            true => packet = Some(bytes),
            false => drop(files.insert(name, bytes)),
        }
    }
    Some((packet?, files))
}

fn receipt(replies: &Replies, packet: &[u8], files: &HashMap<String, Bytes>) -> Response {
    let packet: Value = serde_json::from_slice(packet).unwrap_or_default();
    let id = packet["id"].as_str().unwrap_or_default();
    let manifest = packet["attachments"].as_array().cloned().unwrap_or_default();
    let missing: Vec<&str> = manifest
        .iter()
        .filter_map(|entry| entry["sha256"].as_str())
        .filter(|sha256| !files.contains_key(*sha256))
        .collect();
    let (token, mut links) = replies.receipt(id).unwrap_or_default();
    links["evidence"] = format!("/v1/handoffs/{id}/evidence").into();
    let mut receipt = json!({ "id": id, "links": links, "missing": missing });
    if !token.is_empty() {
        receipt["conversation_token"] = token.into();
    }
    (StatusCode::CREATED, axum::Json(receipt)).into_response()
}

async fn evidence(
    State(receiver): State<Receiver>,
    Path((_, sha256)): Path<(String, String)>,
    bytes: Bytes,
) -> StatusCode {
    if sha256_hex(&bytes) != sha256 {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    receiver.inner().later.insert(sha256, bytes);
    StatusCode::NO_CONTENT
}
