//! `POST …/events`: what is no message. Ratings and "seen" are the customer's; sorting,
//! states and "writes" are the team's.

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use baton_packet::reply::{MAX_COMMENT_CHARS, Signal, SignalKind, Typing, is_uuid};
use baton_packet::{Override, OverrideBy, Packet, sha256_hex};

use crate::overrides::{self, LONGEST_REASON};
use crate::store::{Conversation, Rating};
use crate::{Desk, moment, problem::Problem};

use super::draft::agent_name;
use super::turns::{self, Outcome};
use super::{Side, admit};

const MAX_SIGNAL_BYTES: usize = 64 * 1024;

/// The route.
pub fn routes() -> Router<Desk> {
    let limit = DefaultBodyLimit::max(MAX_SIGNAL_BYTES);
    Router::new().route("/v1/handoffs/{id}/events", post(receive).layer(limit))
}

async fn receive(
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Outcome, Problem> {
    let Path(id) = id?;
    let (conversation, side) = admit(&desk, &id, &headers).await?;
    let body = body.map_err(|rejection| Problem::new(rejection.status(), rejection.body_text()))?;
    let signal: Signal = serde_json::from_slice(&body)
        .map_err(|error| Problem::field("event", error.to_string()))?;
    if !is_uuid(&signal.id) {
        return Err(Problem::field("id", "is not a UUID in lower case"));
    }
    let needed = match signal.what {
        SignalKind::Csat { .. } | SignalKind::Seen { .. } => Side::Customer,
        SignalKind::Override { .. } | SignalKind::Status { .. } | SignalKind::Typing { .. } => {
            Side::Team
        }
    };
    if side != needed {
        return Err(Problem::new(StatusCode::FORBIDDEN, "this event is the other side's"));
    }
    match signal.what {
        SignalKind::Csat { score, repeated, comment } => {
            let rating = rating(score, repeated, comment)?;
            turns::rated(&desk, &conversation, &signal.id, sha256_hex(&body), rating).await
        }
        // These say what holds, and hold as much when they are said again.
        SignalKind::Seen { up_to } => {
            desk.store.seen_by_customer(conversation.seq, up_to).await?;
            desk.live.changed(conversation.seq);
            Ok(turns::taken(&signal.id))
        }
        SignalKind::Override { .. } => {
            sort(&desk, &conversation, signal.what).await?;
            Ok(turns::taken(&signal.id))
        }
        SignalKind::Status { status } => {
            turns::set_state(&desk, &conversation, status).await?;
            Ok(turns::taken(&signal.id))
        }
        SignalKind::Typing { name, active } => {
            let name = name.as_deref().and_then(agent_name);
            let name = name.unwrap_or_else(|| desk.options.agent_name.clone());
            desk.live.typing(conversation.seq, Typing { name: Some(name), active });
            Ok(turns::taken(&signal.id))
        }
    }
}

fn rating(score: u8, repeated: Option<bool>, comment: Option<String>) -> Result<Rating, Problem> {
    if !(1..=5).contains(&score) {
        return Err(Problem::field("score", "is from 1 to 5"));
    }
    let comment = comment.filter(|comment| !comment.trim().is_empty());
    if comment.as_ref().is_some_and(|comment| comment.chars().count() > MAX_COMMENT_CHARS) {
        let limit = format!("has more than {MAX_COMMENT_CHARS} characters");
        return Err(Problem::field("comment", limit));
    }
    let at = moment::now().as_str().to_owned();
    Ok(Rating { score: score.into(), repeated, comment, at })
}

async fn sort(desk: &Desk, conversation: &Conversation, what: SignalKind) -> Result<(), Problem> {
    let SignalKind::Override { field, to, reason } = what else { return Ok(()) };
    let stored = desk.store.handoff(&conversation.id).await?;
    let stored = stored.ok_or_else(|| Problem::internal("a stored packet is gone"))?;
    let packet = Packet::from_json(&stored.packet).map_err(Problem::internal)?;
    let before = desk.store.overrides(stored.seq).await?;
    let from = overrides::current(&packet, &before, field).to_owned();
    if !overrides::is_fit(field, &to) {
        return Err(Problem::field("to", "is no label of this field"));
    }
    let reason: String = reason.trim().chars().take(LONGEST_REASON).collect();
    if reason.is_empty() {
        return Err(Problem::field("reason", "is empty"));
    }
    if from == to {
        return Ok(());
    }
    let (by, at, reason) = (OverrideBy::Agent, moment::now(), Some(reason));
    let one = Override { field, from, to, by, at, reason, extra: Default::default() };
    turns::sorted(desk, conversation, &[one], false).await
}
