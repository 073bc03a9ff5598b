//! What each step of a conversation brings with it. Each is one change of the database:
//! all of it happened, or nothing.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use baton_packet::reply::{Accepted, Event, File, Message, Moved, Presence, State, Status, Writer};
use baton_packet::{Author, Override, OverrideField};

use crate::moment::{self, seconds_between};
use crate::store::{Change, Conversation, Post, Rating};
use crate::{Desk, problem::Problem};

use super::draft::Draft;
use super::file_path;

/// Posts of one kind that a conversation takes in a minute.
pub const POSTS_PER_MINUTE: i64 = 60;
const MINUTE_MS: i64 = 60_000;

/// The answer to what was posted.
pub struct Outcome {
    accepted: Accepted,
    status: StatusCode,
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        (self.status, Json(self.accepted)).into_response()
    }
}

/// The customer writes. A case that was done or waited for them is open again.
pub async fn customer_wrote(
    desk: &Desk,
    conversation: &Conversation,
    draft: Draft,
) -> Result<Outcome, Problem> {
    let author = Writer { kind: Author::Customer, name: None };
    let mut change = desk.store.change(conversation.seq).await?;
    if let Some(outcome) = repeat(&mut change, &draft.id, &draft.sha256).await? {
        return Ok(outcome);
    }
    let outcome = say(desk, &mut change, conversation, author, draft).await?;
    let now = moment::now();
    if matches!(change.conversation().await?.state(), State::Resolved | State::Pending) {
        turn_to(&mut change, State::Open, Author::System).await?;
    }
    change.customer_waits(&now).await?;
    commit(desk, change, conversation).await?;
    Ok(outcome)
}

/// An agent writes; with their first message they join, and the case is open.
pub async fn agent_wrote(
    desk: &Desk,
    conversation: &Conversation,
    name: &str,
    draft: Draft,
) -> Result<Outcome, Problem> {
    let author = Writer { kind: Author::Agent, name: Some(name.to_owned()) };
    let mut change = desk.store.change(conversation.seq).await?;
    if let Some(outcome) = repeat(&mut change, &draft.id, &draft.sha256).await? {
        return Ok(outcome);
    }
    join(&mut change, name).await?;
    if matches!(change.conversation().await?.state(), State::Received | State::Resolved) {
        turn_to(&mut change, State::Open, Author::Agent).await?;
    }
    let outcome = say(desk, &mut change, conversation, author, draft).await?;
    let now = moment::now();
    let seconds = seconds_between(&conversation.received_at, now.as_str());
    change.customer_is_answered(seconds).await?;
    commit(desk, change, conversation).await?;
    Ok(outcome)
}

/// The team says where the case stands.
pub async fn set_state(
    desk: &Desk,
    conversation: &Conversation,
    state: State,
) -> Result<(), Problem> {
    let mut change = desk.store.change(conversation.seq).await?;
    if change.conversation().await?.state() == state {
        return Ok(());
    }
    turn_to(&mut change, state, Author::Agent).await?;
    if state == State::Resolved {
        change.nobody_waits().await?;
    }
    commit(desk, change, conversation).await
}

/// An agent sorted a case otherwise. The customer learns of another queue, but why only
/// if the agent says so: a reason is written for colleagues.
pub async fn sorted(
    desk: &Desk,
    conversation: &Conversation,
    overrides: &[Override],
    tells_reason: bool,
) -> Result<(), Problem> {
    let mut change = desk.store.change(conversation.seq).await?;
    for one in overrides {
        change.insert_override(one).await?;
        if one.field != OverrideField::Queue {
            continue;
        }
        let reason = one.reason.clone().filter(|_| tells_reason);
        let (from, to, at) = (one.from.clone(), one.to.clone(), one.at.clone());
        let moved = Event::Queue(Moved { from, to, reason, at: at.clone() });
        change.append(&moved, Author::Agent, &at).await?;
        if change.conversation().await?.state() == State::Received {
            let status = Event::Status(change.received(&one.to, &at).await?);
            change.append(&status, Author::System, &at).await?;
            change.tell_places(&one.from, &at).await?;
            change.tell_places(&one.to, &at).await?;
        }
    }
    commit(desk, change, conversation).await
}

/// The customer says how satisfied they are.
pub async fn rated(
    desk: &Desk,
    conversation: &Conversation,
    id: &str,
    sha256: String,
    rating: Rating,
) -> Result<Outcome, Problem> {
    let mut change = desk.store.change(conversation.seq).await?;
    if let Some(outcome) = repeat(&mut change, id, &sha256).await? {
        return Ok(outcome);
    }
    keep_post(&mut change, id, "signal", Post { sha256, seq: None }).await?;
    change.insert_rating(&rating).await?;
    commit(desk, change, conversation).await?;
    Ok(outcome(id, None, StatusCode::ACCEPTED))
}

/// What is no message and leaves no event was taken in.
pub fn taken(id: &str) -> Outcome {
    outcome(id, None, StatusCode::ACCEPTED)
}

fn outcome(id: &str, seq: Option<i64>, status: StatusCode) -> Outcome {
    let seq = seq.and_then(|seq| u64::try_from(seq).ok());
    Outcome { accepted: Accepted { id: id.to_owned(), seq }, status }
}

async fn commit(desk: &Desk, change: Change, conversation: &Conversation) -> Result<(), Problem> {
    change.commit().await?;
    desk.live.changed(conversation.seq);
    Ok(())
}

async fn turn_to(change: &mut Change, state: State, by: Author) -> sqlx::Result<()> {
    let at = moment::now();
    let (queue, position, eta_minutes) = (None, None, None);
    let status = Status { status: state, at: at.clone(), queue, position, eta_minutes };
    change.append(&Event::Status(status), by, &at).await?;
    let before = change.conversation().await?;
    change.set_state(state).await?;
    if before.state() == State::Received {
        change.tell_places(&before.queue, &at).await?;
    }
    Ok(())
}

async fn join(change: &mut Change, name: &str) -> sqlx::Result<()> {
    let presences = change.presences().await?;
    let last = presences.iter().find_map(|event| match event {
        Event::Agent(presence) if presence.name == name => Some(presence.joined),
        _ => None,
    });
    if last == Some(true) {
        return Ok(());
    }
    let at = moment::now();
    let joined = Presence { name: name.to_owned(), joined: true, at: at.clone() };
    change.append(&Event::Agent(joined), Author::Agent, &at).await?;
    Ok(())
}

/// Stores a new message with its files.
async fn say(
    desk: &Desk,
    change: &mut Change,
    conversation: &Conversation,
    author: Writer,
    draft: Draft,
) -> Result<Outcome, Problem> {
    let Draft { id, text, files, sha256, .. } = draft;
    let (at, by) = (moment::now(), author.kind);
    let mut attachments = Vec::with_capacity(files.len());
    for file in &files {
        let entry = &file.entry;
        change.insert_file(&entry.sha256, &entry.media_type).await?;
        attachments.push(File {
            name: entry.name.clone(),
            media_type: entry.media_type.clone(),
            size: entry.size,
            url: file_path(&conversation.id, &entry.sha256, &entry.name),
        });
    }
    let message =
        Event::Message(Message { id: id.clone(), at: at.clone(), author, text, attachments });
    let seq = change.append(&message, by, &at).await?;
    let kind = if by == Author::Customer { "message" } else { "reply" };
    keep_post(change, &id, kind, Post { sha256, seq: Some(seq) }).await?;
    // Last, once nothing is left that could refuse it: what is in the database is on disk.
    for bytes in files.into_iter().filter_map(|file| file.bytes) {
        desk.store.files.keep(bytes).await?;
    }
    Ok(outcome(&id, Some(seq), StatusCode::CREATED))
}

/// What was answered to the same post before; other bytes under its id are refused.
async fn repeat(change: &mut Change, id: &str, sha256: &str) -> Result<Option<Outcome>, Problem> {
    match change.post(id).await? {
        Some(post) if post.sha256 == sha256 => Ok(Some(outcome(id, post.seq, StatusCode::OK))),
        Some(_) => Err(Problem::field("id", "something else was posted with this id")),
        None => Ok(None),
    }
}

/// Remembers a post, unless the conversation has had too many.
async fn keep_post(change: &mut Change, id: &str, kind: &str, post: Post) -> Result<(), Problem> {
    let now = moment::unix_ms();
    let (count, first) = change.posts_since(kind, now - MINUTE_MS).await?;
    if count >= POSTS_PER_MINUTE {
        let wait_ms = first.unwrap_or(now) + MINUTE_MS - now;
        let seconds = u64::try_from(wait_ms.max(1)).unwrap_or(1).div_ceil(1000);
        return Err(Problem::too_many("that was too much in one minute", seconds));
    }
    Ok(change.insert_post(id, kind, &post, now).await?)
}
