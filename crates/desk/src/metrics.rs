//! `GET /v1/metrics`: the hand-overs in numbers.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};

use crate::access::Agent;
use crate::store::Metrics;
use crate::{Desk, problem::Problem};

/// The route.
pub fn routes() -> Router<Desk> {
    Router::new().route("/v1/metrics", get(metrics))
}

async fn metrics(_: Agent, State(desk): State<Desk>) -> Result<Json<Metrics>, Problem> {
    Ok(Json(desk.store.metrics().await?))
}
