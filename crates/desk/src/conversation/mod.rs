//! What goes on after the hand-over, for both sides, below `/v1/handoffs/{id}`.
//!
//! `live` tells who listens what is new, `replies` is what both sides read, `draft` a
//! message on its way in, `turns` what each step of a conversation brings with it.

mod draft;
mod files;
pub mod live;
mod messages;
mod replies;
mod signals;
pub mod turns;

use axum::Router;
use axum::http::HeaderMap;

use crate::access::{bearer, is_same};
use crate::store::Conversation;
use crate::{Desk, problem::Problem};

pub use draft::{Draft, DraftFile, MAX_BODY_BYTES, agent_name};
pub use files::{of as file_of, path as file_path};

/// The routes.
pub fn routes() -> Router<Desk> {
    Router::new()
        .merge(replies::routes())
        .merge(messages::routes())
        .merge(signals::routes())
        .merge(files::routes())
}

/// Who takes part in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// With the conversation's token.
    Customer,
    /// With the desk's token.
    Team,
}

/// The conversation, and as whom the request may take part in it.
///
/// Security: to anybody but the team, an unknown id, a missing or wrong token and that of
/// another conversation look the same, so that nobody learns which handoffs exist.
async fn admit(
    desk: &Desk,
    id: &str,
    headers: &HeaderMap,
) -> Result<(Conversation, Side), Problem> {
    let token = bearer(headers).ok_or_else(Problem::unauthorized)?;
    let conversation = desk.store.conversation(id).await?;
    let is_team = is_same(token, &desk.options.token);
    match conversation {
        Some(conversation) if is_team => Ok((conversation, Side::Team)),
        Some(conversation) if is_same(token, &conversation.conversation_token) => {
            Ok((conversation, Side::Customer))
        }
        None if is_team => Err(Problem::not_found("no handoff has this id")),
        _ => Err(Problem::unauthorized()),
    }
}
