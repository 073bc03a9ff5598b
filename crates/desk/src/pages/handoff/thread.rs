//! What was said since the hand-over, and where the case stands. The page's script puts
//! this part in anew by itself, so it holds no field that somebody may be typing in.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as Shared};
use axum::response::{IntoResponse, Response};
use baton_packet::Author;
use baton_packet::reply::{Entry, Event, File, Message, Moved, State, Status};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::pages::clock::age;
use crate::pages::layout;
use crate::pages::session::SignedIn;
use crate::pages::words::{counted, in_words, prose, visible};
use crate::store::{Conversation, Rating};
use crate::{Desk, problem::Problem};

/// The conversation since the hand-over.
pub struct Thread {
    conversation: Conversation,
    events: Vec<Entry>,
    rating: Option<Rating>,
    now: Timestamp,
}

impl Thread {
    /// Reads it, which counts as having seen it.
    pub async fn read(desk: &Desk, conversation: Conversation) -> Result<Self, Problem> {
        let events = desk.store.events(conversation.seq, 0, u32::MAX).await?;
        if let Some(seq) = events.last().and_then(|last| last.seq) {
            desk.store.seen_by_team(conversation.seq, seq).await?;
        }
        let rating = desk.store.rating(conversation.seq).await?;
        Ok(Self { conversation, events, rating, now: Timestamp::now() })
    }
}

/// `GET /desk/handoffs/{id}/thread`: this part alone.
pub async fn part(
    _: SignedIn,
    Shared(desk): Shared<Desk>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Ok(Path(id)) = id else { return Ok(layout::not_found()) };
    let Some(conversation) = desk.store.conversation(&id).await? else {
        return Ok(layout::not_found());
    };
    let thread = Thread::read(&desk, conversation).await?;
    Ok(show(&thread).into_response())
}

/// The thread with its state and the ways to change it.
pub fn show(thread: &Thread) -> Markup {
    let seen = last_seen(thread);
    html! {
        div.thread #thread data-part={ "/desk/handoffs/" (thread.conversation.id) "/thread" } {
            ol.bubbles.since {
                @for (index, entry) in thread.events.iter().enumerate() {
                    @if !is_new_place(&thread.events[..index], &entry.event) {
                        (one(entry, Some(index) == seen, thread.now))
                    }
                }
                @if let Some(rating) = &thread.rating { (rated(rating, thread.now)) }
            }
            (standing(thread))
        }
    }
}

/// Whether an event only tells the customer that they moved up: the team knows the queue.
fn is_new_place(before: &[Entry], event: &Event) -> bool {
    let last = before.iter().rev().find_map(|entry| match &entry.event {
        Event::Status(status) => Some(status),
        _ => None,
    });
    let Event::Status(now) = event else { return false };
    now.status == State::Received
        && last.is_some_and(|last| last.status == now.status && last.queue == now.queue)
}

/// The last answer that the customer has seen.
fn last_seen(thread: &Thread) -> Option<usize> {
    let up_to = u64::try_from(thread.conversation.customer_seen).ok()?;
    thread.events.iter().rposition(|entry| {
        let is_answer =
            matches!(&entry.event, Event::Message(message) if message.author.kind == Author::Agent);
        is_answer && entry.seq.is_some_and(|seq| seq <= up_to)
    })
}

fn one(entry: &Entry, is_seen: bool, now: Timestamp) -> Markup {
    match &entry.event {
        Event::Message(message) => bubble(message, is_seen, now),
        Event::Status(status) => notice(&status_in_words(status), status.at.as_str(), now),
        Event::Agent(presence) => {
            let what = if presence.joined { "joined" } else { "left" };
            notice(&format!("{} {what}", presence.name), presence.at.as_str(), now)
        }
        Event::Queue(moved) => notice(&moved_in_words(moved), moved.at.as_str(), now),
        // It is never stored.
        Event::Typing(_) => html! {},
    }
}

fn bubble(message: &Message, is_seen: bool, now: Timestamp) -> Markup {
    let name = match (message.author.kind, &message.author.name) {
        (Author::Customer, _) => "Customer",
        (_, Some(name)) => name,
        (Author::System, None) => "System",
        (_, None) => "Agent",
    };
    html! {
        li.bubble data-author=(message.author.kind.as_str()) {
            p.meta { bdi { (visible(name)) } " · " (when(message.at.as_str(), now)) }
            @if !message.text.is_empty() {
                div.said dir="auto" { (prose(&message.text)) }
            }
            @if !message.attachments.is_empty() {
                ul.files { @for file in &message.attachments { li { (attached(file)) } } }
            }
            @if is_seen { p.meta { "Seen" } }
        }
    }
}

fn attached(file: &File) -> Markup {
    // The same path on this page's side, where the session opens it.
    let Some(rest) = file.url.strip_prefix("/v1/") else { return html! {} };
    let path = format!("/desk/{rest}");
    html! {
        a href=(path) target="_blank" rel="noopener" {
            @if file.media_type.starts_with("image/") {
                img src=(path) alt="" loading="lazy";
            }
            bdi { (visible(&file.name)) }
        }
    }
}

fn notice(text: &str, at: &str, now: Timestamp) -> Markup {
    html! {
        li.notice { span dir="auto" { (prose(text)) } " · " (when(at, now)) }
    }
}

fn when(at: &str, now: Timestamp) -> Markup {
    html! { time.when datetime=(at) title=(at) { (age(at, now)) } }
}

fn status_in_words(status: &Status) -> String {
    let mut words = match status.status {
        State::Received => "Handed over".to_owned(),
        State::Open => "Open".to_owned(),
        State::Pending => "Waits for the customer".to_owned(),
        State::Resolved => "Resolved".to_owned(),
    };
    if let Some(queue) = &status.queue {
        words.push_str(&format!(" to {}", in_words(queue)));
    }
    if let Some(position) = status.position {
        words.push_str(&format!(", place {position}"));
    }
    if let Some(minutes) = status.eta_minutes {
        let minutes = usize::try_from(minutes).unwrap_or(usize::MAX);
        let minutes = counted(minutes, "minute", "minutes");
        words.push_str(&format!(", answer expected within {minutes}"));
    }
    words
}

fn moved_in_words(moved: &Moved) -> String {
    let (from, to) = (in_words(&moved.from), in_words(&moved.to));
    match &moved.reason {
        Some(reason) => format!("Moved from {from} to {to}; the customer reads: {reason}"),
        None => format!("Moved from {from} to {to}"),
    }
}

fn rated(rating: &Rating, now: Timestamp) -> Markup {
    let repeated = match rating.repeated {
        Some(true) => ", had to repeat themselves",
        Some(false) => ", did not have to repeat themselves",
        None => "",
    };
    html! {
        li.notice.rating data-low[rating.score <= 2] {
            span { "Rated " (rating.score) " of 5" (repeated) }
            " · " (when(&rating.at, now))
            @if let Some(comment) = &rating.comment { p dir="auto" { (prose(comment)) } }
        }
    }
}

/// The state, and a button for each one that could follow.
fn standing(thread: &Thread) -> Markup {
    let conversation = &thread.conversation;
    let state = conversation.state();
    let next: &[(State, &str)] = match state {
        State::Received => &[(State::Open, "Take"), (State::Resolved, "Resolve")],
        State::Open => &[(State::Pending, "Wait for the customer"), (State::Resolved, "Resolve")],
        State::Pending => &[(State::Open, "Open"), (State::Resolved, "Resolve")],
        State::Resolved => &[(State::Open, "Reopen")],
    };
    html! {
        div.standing {
            p {
                span.tag.status data-status=(state.as_str()) { (state_in_words(state)) }
                @if let Some(since) = &conversation.waiting_since {
                    @let waited = age(since, thread.now);
                    " " span.meta { "The customer waits" @if waited != "now" { " since " (waited) } }
                }
            }
            form method="post" action={ "/desk/handoffs/" (conversation.id) "/status" } {
                @for (state, words) in next {
                    button.quiet type="submit" name="status" value=(state.as_str()) { (words) }
                }
            }
        }
    }
}

/// A state as a tag says it.
pub fn state_in_words(state: State) -> &'static str {
    match state {
        State::Received => "New",
        State::Open => "Open",
        State::Pending => "Waits for customer",
        State::Resolved => "Resolved",
    }
}
