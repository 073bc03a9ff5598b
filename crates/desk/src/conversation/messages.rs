//! `POST …/messages`: the customer writes on.

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;

use crate::{Desk, problem::Problem};

use super::draft::{Draft, MAX_BODY_BYTES};
use super::{Side, admit, turns};

/// The route.
pub fn routes() -> Router<Desk> {
    let limit = DefaultBodyLimit::max(MAX_BODY_BYTES);
    Router::new().route("/v1/handoffs/{id}/messages", post(receive).layer(limit))
}

async fn receive(
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let Path(id) = id?;
    let (conversation, side) = admit(&desk, &id, &headers).await?;
    // The team has a route of its own: what comes here is the customer's word.
    if side != Side::Customer {
        return Err(Problem::unauthorized());
    }
    let draft = Draft::read(request, &desk).await?;
    Ok(turns::customer_wrote(&desk, &conversation, draft).await?.into_response())
}
