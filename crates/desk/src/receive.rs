//! `POST /v1/handoffs`: a packet arrives.
//!
//! Read the parts, validate, take the id, keep the files, store the row: in this
//! order, so that a receipt is given only for what is on disk.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use baton_packet::{Packet, PacketId, limits};

use crate::access::new_secret;
use crate::parts::{Document, MULTIPART_OVERHEAD_BYTES, Parts};
use crate::problem::Problem;
use crate::store::Stored;
use crate::{Desk, agents, moment};

const PACKET: Document = Document { name: "packet", max_bytes: limits::MAX_PACKET_BYTES };

/// The route, which also lists handoffs to agents.
pub fn routes() -> Router<Desk> {
    let limit = DefaultBodyLimit::max(limits::MAX_TOTAL_BYTES + MULTIPART_OVERHEAD_BYTES);
    Router::new().route("/v1/handoffs", post(receive).layer(limit).get(agents::list))
}

async fn receive(State(desk): State<Desk>, request: Request) -> Result<Response, Problem> {
    let key = idempotency_key(request.headers())?;
    let mut parts = Parts::read(request, &desk, &PACKET).await?;
    let packet = Packet::from_json(&parts.document)?;
    if key.is_some_and(|key| key != packet.id.as_str()) {
        return Err(Problem::bad_request("Idempotency-Key must be the packet's id"));
    }
    let files = parts.check_files(&packet.attachments).await?;
    let _claim = Claim::take(&desk.receiving, &packet.id).ok_or_else(Problem::in_progress)?;

    let stored = desk.store.handoff(packet.id.as_str()).await?;
    if stored.as_ref().is_some_and(|stored| stored.packet != parts.document) {
        return Err(Problem::field("id", "another packet with this id is stored already"));
    }
    let mut kept = Vec::with_capacity(files.len());
    for (sha256, file) in files {
        desk.store.files.keep(file).await?;
        kept.push(sha256);
    }
    let status = match &stored {
        Some(stored) => {
            for sha256 in &kept {
                desk.store.mark_stored(stored.seq, sha256).await?;
            }
            StatusCode::OK
        }
        None => {
            let token = new_secret()?;
            let now = moment::now();
            desk.store
                .insert_handoff(&packet, &parts.document, &now, &token, &kept)
                .await
                .map_err(insert_refused)?;
            StatusCode::CREATED
        }
    };
    let stored = match stored {
        Some(stored) => stored,
        None => {
            let stored = desk.store.handoff(packet.id.as_str()).await?;
            let stored = stored.ok_or_else(|| Problem::internal("a stored packet is gone"))?;
            desk.live.changed(stored.seq);
            stored
        }
    };
    answer(&desk, status, &packet.id, &stored).await
}

async fn answer(
    desk: &Desk,
    status: StatusCode,
    id: &PacketId,
    stored: &Stored,
) -> Result<Response, Problem> {
    let manifest = desk.store.attachments(stored.seq).await?;
    let mut missing: Vec<String> = Vec::new();
    for attachment in manifest.into_iter().filter(|attachment| !attachment.stored) {
        if !missing.contains(&attachment.sha256) {
            missing.push(attachment.sha256);
        }
    }
    let receipt = Json(stored.receipt(id, missing)?);
    let location = [(header::LOCATION, format!("/v1/handoffs/{id}"))];
    Ok((status, location, receipt).into_response())
}

/// Another process with the same database may have been faster: then a repeat
/// finds the receipt.
fn insert_refused(error: sqlx::Error) -> Problem {
    match error.as_database_error() {
        Some(cause) if cause.is_unique_violation() => Problem::in_progress(),
        _ => error.into(),
    }
}

/// The key without its quotes, which the header's draft standard asks for and
/// many clients leave out.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().map_err(|_| Problem::bad_request("Idempotency-Key is not text"))?;
    let bare = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    Ok(Some(bare.to_owned()))
}

/// The right to store one packet; held by one request at a time.
struct Claim {
    taken: Arc<Mutex<HashSet<PacketId>>>,
    id: PacketId,
}

impl Claim {
    fn take(taken: &Arc<Mutex<HashSet<PacketId>>>, id: &PacketId) -> Option<Self> {
        let is_free = taken.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone());
        is_free.then(|| Self { taken: Arc::clone(taken), id: id.clone() })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use axum::http::HeaderMap;
    use baton_packet::PacketId;

    use super::{Claim, idempotency_key};

    #[test]
    fn a_key_is_read_bare_or_quoted() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("idempotency-key", text.parse().unwrap());
            idempotency_key(&headers).unwrap().unwrap()
        };
        assert_eq!((read("abc"), read("\"abc\"")), ("abc".to_owned(), "abc".to_owned()));
        assert!(idempotency_key(&HeaderMap::new()).unwrap().is_none());
    }

    #[test]
    fn a_packet_is_stored_by_one_request_at_a_time() {
        let (taken, id) = (Arc::new(Mutex::default()), PacketId::new(1, [0; 10]));
        let first = Claim::take(&taken, &id);
        assert!(first.is_some() && Claim::take(&taken, &id).is_none());
        drop(first);
        assert!(Claim::take(&taken, &id).is_some());
    }
}
