//! `PUT /v1/handoffs/{id}/evidence/{sha256}`: a file that the delivery did not
//! bring.

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::extract::{DefaultBodyLimit, Path, State, rejection::PathRejection};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::put;
use baton_packet::limits;
use http_body_util::BodyExt;

use crate::access::{bearer, is_same};
use crate::{Desk, problem::Problem};

/// The route.
pub fn routes() -> Router<Desk> {
    let limit = DefaultBodyLimit::max(limits::MAX_ATTACHMENT_BYTES);
    Router::new().route("/v1/handoffs/{id}/evidence/{sha256}", put(receive).layer(limit))
}

async fn receive(
    State(desk): State<Desk>,
    path: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    let Path((id, sha256)) = path?;
    // Security: an unknown id and a wrong token look the same from outside.
    let handoff = desk.store.handoff(&id).await?.ok_or_else(Problem::unauthorized)?;
    if !bearer(&headers).is_some_and(|token| is_same(token, &handoff.conversation_token)) {
        return Err(Problem::unauthorized());
    }
    let manifest = desk.store.attachments(handoff.seq).await?;
    let entry = manifest
        .iter()
        .find(|entry| entry.sha256 == sha256)
        .ok_or_else(|| Problem::not_found("no attachment of this packet has that hash"))?;
    if entry.stored {
        return Ok(StatusCode::NO_CONTENT);
    }
    let size = u64::try_from(entry.size).unwrap_or_default();
    let wrong = || Problem::field(&sha256, "the bytes are not those of the manifest");
    let mut file = desk.store.files.receive()?;
    let mut stream: BodyDataStream = body.into_data_stream();
    while let Some(frame) = stream.frame().await {
        let frame = frame.map_err(|error| Problem::bad_request(error.to_string()))?;
        if let Ok(chunk) = frame.into_data() {
            file.write(&chunk).await?;
        }
        // Nothing past the announced size is written for long.
        if file.size() > size {
            return Err(wrong());
        }
    }
    if !file.is(size, &sha256).await? {
        return Err(wrong());
    }
    desk.store.files.keep(file).await?;
    desk.store.mark_stored(handoff.seq, &sha256).await?;
    Ok(StatusCode::NO_CONTENT)
}
