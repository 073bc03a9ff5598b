//! `GET …/replies`: what happened, as a stream or after a wait; `POST …/replies` and
//! `GET …/conversation` for the team.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use baton_packet::reply::{Entry, Page};
use futures_util::stream::{self, StreamExt as _};
use serde::{Deserialize, Serialize};

use crate::access::Agent;
use crate::store::{Conversation, Rating};
use crate::{Desk, problem::Problem};

use super::draft::{Draft, MAX_BODY_BYTES};
use super::live::Feed;
use super::{Side, admit, turns};

/// How long a stream may be silent: less than proxies wait.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// When a reader whose stream ended should come back.
const RETRY: Duration = Duration::from_secs(2);
/// The longest wait of a long poll, in seconds.
const MAX_WAIT_SECONDS: u64 = 30;
/// The most events in one page.
const PAGE: usize = 200;

/// The routes.
pub fn routes() -> Router<Desk> {
    let limit = DefaultBodyLimit::max(MAX_BODY_BYTES);
    Router::new()
        .route("/v1/handoffs/{id}/replies", get(read).post(reply).layer(limit))
        .route("/v1/handoffs/{id}/conversation", get(whole))
}

#[derive(Deserialize)]
struct From {
    after: Option<u64>,
}

async fn read(
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
    from: Result<Query<From>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path(id) = id?;
    let (conversation, _) = admit(&desk, &id, &headers).await?;
    let Query(From { after }) = from?;
    let after = after.or_else(|| text(&headers, "last-event-id")?.parse().ok()).unwrap_or(0);
    let feed = Feed::new(&desk, conversation.seq, after);
    let wants_stream = text(&headers, header::ACCEPT.as_str())
        .is_some_and(|accept| accept.contains("text/event-stream"));
    if wants_stream { Ok(stream_of(feed)) } else { page_of(feed, wait(&headers)).await }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The seconds of `Prefer: wait=25` (RFC 7240, section 4.3), as far as this desk waits.
fn wait(headers: &HeaderMap) -> Option<u64> {
    let preferences = text(headers, "prefer")?.split([',', ';']);
    let seconds = preferences.filter_map(|one| one.trim().strip_prefix("wait=")).next()?;
    Some(seconds.trim_matches('"').parse::<u64>().ok()?.min(MAX_WAIT_SECONDS))
}

fn stream_of(feed: Feed) -> Response {
    let begin = stream::iter([Ok::<_, Infallible>(Sent::default().retry(RETRY))]);
    let entries = stream::unfold(feed, |mut feed| async {
        // The reader comes back, and may find the database mended.
        let next = feed.next().await.map_err(|error| eprintln!("baton-desk: {error}"));
        let sent = sent(&next.ok()??)?;
        Some((Ok(sent), feed))
    });
    let body = Sse::new(begin.chain(entries)).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    // A proxy that collects a stream before it passes it on would hold answers back.
    ([(HeaderName::from_static("x-accel-buffering"), "no")], body).into_response()
}

/// A server-sent event; none for one that cannot be written, which ends the stream.
fn sent(entry: &Entry) -> Option<Sent> {
    let sent = Sent::default().event(entry.event.kind()).data(entry.event.data().ok()?);
    Some(match entry.seq {
        Some(seq) => sent.id(seq.to_string()),
        None => sent,
    })
}

async fn page_of(mut feed: Feed, wait: Option<u64>) -> Result<Response, Problem> {
    let mut events = Vec::new();
    let first = match (feed.stored().await?, wait) {
        (None, Some(seconds)) => {
            let wait = Duration::from_secs(seconds);
            tokio::time::timeout(wait, feed.next()).await.unwrap_or(Ok(None))?
        }
        (first, _) => first,
    };
    events.extend(first);
    while events.len() < PAGE
        && let Some(entry) = feed.stored().await?
    {
        events.push(entry);
    }
    let mut response = Json(Page { events, next: feed.after() }).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    if let Some(applied) = wait.and_then(|wait| format!("wait={wait}").parse().ok()) {
        headers.insert("preference-applied", applied);
    }
    Ok(response)
}

/// `POST …/replies`: an agent answers; the same form as the customer's messages, and the
/// name to show.
async fn reply(
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let Path(id) = id?;
    // Before the body is read: whoever may not answer sends no files here.
    let (conversation, side) = admit(&desk, &id, &headers).await?;
    if side != Side::Team {
        return Err(Problem::unauthorized());
    }
    let draft = Draft::read(request, &desk).await?;
    let name = draft.name.clone().unwrap_or_else(|| desk.options.agent_name.clone());
    Ok(turns::agent_wrote(&desk, &conversation, &name, draft).await?.into_response())
}

/// A conversation as the team's API tells it.
#[derive(Serialize)]
struct Whole {
    id: String,
    status: String,
    queue: String,
    waiting_since: Option<String>,
    customer_seen: i64,
    events: Vec<Entry>,
    rating: Option<Rating>,
}

async fn whole(
    _: Agent,
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id?;
    let unknown = || Problem::not_found("no handoff has this id");
    let conversation = desk.store.conversation(&id).await?.ok_or_else(unknown)?;
    let events = desk.store.events(conversation.seq, 0, u32::MAX).await?;
    let rating = desk.store.rating(conversation.seq).await?;
    let Conversation { id, status, queue, waiting_since, customer_seen, .. } = conversation;
    let whole = Whole { id, status, queue, waiting_since, customer_seen, events, rating };
    Ok(Json(whole).into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::wait;

    #[test]
    fn a_wait_is_read_from_among_other_preferences_and_has_an_end() {
        for (prefer, expected) in [
            ("wait=25", Some(25)),
            ("respond-async, wait=5", Some(5)),
            ("wait=\"7\"", Some(7)),
            ("wait=86400", Some(30)),
            ("wait=soon", None),
            ("wait=-1", None),
            ("handling=lenient", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("prefer", prefer.parse().unwrap());
            assert_eq!(wait(&headers), expected, "{prefer}");
        }
    }
}
