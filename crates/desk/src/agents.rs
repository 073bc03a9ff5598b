//! The API of the team: lists handoffs, gives packets and their files.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use baton_packet::PacketId;
use serde::{Deserialize, Serialize};

use crate::access::Agent;
use crate::store::Headline;
use crate::{Desk, problem::Problem};

const NO_SNIFFING: (HeaderName, &str) = (header::X_CONTENT_TYPE_OPTIONS, "nosniff");
// Security: opened on its own, a file of a stranger may run and load nothing.
// The one style a browser needs is its own picture page's.
const SANDBOX: (HeaderName, &str) = (
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
);

/// The routes, but for the list, which shares its path with `receive`.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/v1/handoffs/{id}", get(packet))
        .route("/v1/handoffs/{id}/attachments/{name}", get(attachment))
}

#[derive(Deserialize)]
pub struct Page {
    #[serde(default = "default_limit")]
    limit: u32,
    before: Option<PacketId>,
}

fn default_limit() -> u32 {
    50
}

const MAX_LIMIT: u32 = 200;

#[derive(Serialize)]
pub struct List {
    handoffs: Vec<Headline>,
    /// The next page; null at the end.
    next: Option<String>,
}

/// `GET /v1/handoffs?limit=&before=`: newest first, at most 200 at once.
pub async fn list(
    _: Agent,
    State(desk): State<Desk>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<List>, Problem> {
    let Query(Page { limit, before }) = page?;
    let limit = limit.clamp(1, MAX_LIMIT);
    // One more than asked for tells whether there is a next page.
    let before = before.as_ref().map(PacketId::as_str);
    let mut handoffs = desk.store.headlines(limit + 1, before).await?;
    let has_more = handoffs.len() > limit as usize;
    handoffs.truncate(limit as usize);
    let next = handoffs
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/v1/handoffs?limit={limit}&before={}", last.id));
    Ok(Json(List { handoffs, next }))
}

async fn packet(
    _: Agent,
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id?;
    packet_of(&desk, &id).await
}

async fn attachment(
    _: Agent,
    State(desk): State<Desk>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Problem> {
    let Path((id, name)) = path?;
    attachment_of(&desk, &id, &name).await
}

/// The stored bytes of a packet, exactly.
pub async fn packet_of(desk: &Desk, id: &str) -> Result<Response, Problem> {
    let stored = desk.store.handoff(id).await?.ok_or_else(|| no_handoff(id))?;
    let media_type = (header::CONTENT_TYPE, "application/json");
    Ok(([media_type, NO_SNIFFING, SANDBOX], stored.packet).into_response())
}

/// A file of a packet. Only pictures are shown by a browser; all else is
/// offered for download.
pub async fn attachment_of(desk: &Desk, id: &str, name: &str) -> Result<Response, Problem> {
    let handoff = desk.store.handoff(id).await?.ok_or_else(|| no_handoff(id))?;
    let manifest = desk.store.attachments(handoff.seq).await?;
    let missing = || Problem::not_found("this file is not here");
    let entry =
        manifest.iter().find(|entry| entry.name == name && entry.stored).ok_or_else(missing)?;
    let bytes = desk.store.files.read(&entry.sha256).await?.ok_or_else(missing)?;
    Ok(file(&entry.media_type, bytes))
}

/// A file of a stranger. Its name is the last part of the URL.
pub fn file(claimed_type: &str, bytes: Vec<u8>) -> Response {
    let (media_type, disposition) = match claimed_type {
        "image/png" => ("image/png", "inline"),
        "image/webp" => ("image/webp", "inline"),
        "image/jpeg" => ("image/jpeg", "inline"),
        "image/gif" => ("image/gif", "inline"),
        _ => ("application/octet-stream", "attachment"),
    };
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition),
        NO_SNIFFING,
        SANDBOX,
    ];
    (headers, bytes).into_response()
}

fn no_handoff(id: &str) -> Problem {
    Problem::not_found(format!("no handoff has the id {id:?}"))
}
