//! `GET …/files/{sha256}/{name}`: a file of a message. Only the hash counts; the name is
//! for whoever keeps the file.

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use crate::{Desk, agents, problem::Problem};

use super::admit;

/// The route.
pub fn routes() -> Router<Desk> {
    Router::new().route("/v1/handoffs/{id}/files/{sha256}/{name}", get(give))
}

/// Where a file of a message is, for both sides. What could mean something in a URL is
/// escaped in the name.
pub fn path(handoff: &str, sha256: &str, name: &str) -> String {
    let mut path = format!("/v1/handoffs/{handoff}/files/{sha256}/");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path
}

async fn give(
    State(desk): State<Desk>,
    path: Result<Path<(String, String, String)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path((id, sha256, _name)) = path?;
    let (conversation, _) = admit(&desk, &id, &headers).await?;
    of(&desk, conversation.seq, &sha256).await
}

/// A file of this conversation's messages.
pub async fn of(desk: &Desk, handoff: i64, sha256: &str) -> Result<Response, Problem> {
    let missing = || Problem::not_found("this file is not here");
    let media_type = desk.store.message_file(handoff, sha256).await?.ok_or_else(missing)?;
    let bytes = desk.store.files.read(sha256).await?.ok_or_else(missing)?;
    Ok(agents::file(&media_type, bytes))
}
