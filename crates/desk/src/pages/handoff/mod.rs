//! The page of one handoff: the case on the left, what surrounds it on the
//! right. `case` tells it, `thread` what was said since, `answering` is the reply box,
//! `evidence` shows what the sensors saw, `context` says who, where and what may be trusted.

pub mod answering;
mod case;
mod context;
mod evidence;
pub mod overrides;
pub mod thread;

use axum::extract::{Path, State, rejection::PathRejection};
use axum::response::{IntoResponse, Response};
use baton_evidence::integrity::{Broken, verify};
use baton_evidence::timeline::timeline;
use baton_packet::{Override, Packet};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::store::StoredAttachment;
use crate::{Desk, problem::Problem};

use super::clock::Clock;
use super::layout::{self, Layout};
use super::session::SignedIn;
use super::words::shortened;

use answering::ReplyBox;
use thread::Thread;

/// A handoff as the page's parts see it.
struct View {
    packet: Packet,
    attachments: Vec<StoredAttachment>,
    /// What people decided otherwise, oldest first.
    overrides: Vec<Override>,
    received_at: String,
    /// Whether the hashes of a sealed packet fit the bytes that arrived.
    seal: Option<Result<(), Broken>>,
    clock: Clock,
    now: Timestamp,
    thread: Markup,
    reply_box: Markup,
}

/// `GET /desk/handoffs/{id}`.
pub async fn page(
    session: SignedIn,
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Ok(Path(id)) = id else { return Ok(layout::not_found()) };
    let name = answering::name_of(&desk, &session);
    show(&desk, &id, &ReplyBox { name, ..ReplyBox::default() }).await
}

/// The page with this in its reply box.
async fn show(desk: &Desk, id: &str, reply: &ReplyBox) -> Result<Response, Problem> {
    let Some(stored) = desk.store.handoff(id).await? else { return Ok(layout::not_found()) };
    let Some(conversation) = desk.store.conversation(id).await? else {
        return Ok(layout::not_found());
    };
    let thread = Thread::read(desk, conversation).await?;
    let packet = Packet::from_json(&stored.packet).map_err(Problem::internal)?;
    let sealed = packet.integrity.as_ref().map(|_| serde_json::from_slice(&stored.packet));
    let seal = sealed.transpose()?.map(|packet| verify(&packet));
    let view = View {
        seal,
        clock: Clock::of(&packet),
        attachments: desk.store.attachments(stored.seq).await?,
        overrides: desk.store.overrides(stored.seq).await?,
        received_at: stored.received_at,
        now: Timestamp::now(),
        thread: thread::show(&thread),
        reply_box: answering::reply_box(&packet.id, reply)?,
        packet,
    };
    let body = html! {
        main.handoff {
            (case::heading(&view))
            (contents(&view.packet))
            div.columns {
                div.case-column {
                    (case::summary(&view))
                    (case::transcript(&view))
                    (evidence::screenshots(&view))
                    (evidence::errors(&view))
                    (evidence::viewer(&view))
                }
                aside {
                    (context::customer(&view))
                    (context::route(&view))
                    (overrides::sorting(&view))
                    (context::triage(&view))
                    (context::environment(&view))
                    (context::privacy(&view))
                    (context::files(&view))
                    (context::timeline(&view))
                }
            }
        }
    };
    let title = shortened(&view.packet.summary.title, 80);
    let layout = Layout { title: &title, is_signed_in: true, refresh_seconds: None };
    Ok(layout::page(&layout, &body).into_response())
}

fn contents(packet: &Packet) -> Markup {
    let evidence = &packet.evidence;
    let sections = [
        ("conversation", "Conversation", packet.conversation.transcript.len()),
        ("screenshots", "Screenshots", evidence.screenshots.len()),
        ("errors", "Errors", evidence.errors.records.len()),
        ("evidence", "Evidence", timeline(packet).len()),
    ];
    html! {
        nav.contents aria-label="Sections" {
            @for (anchor, name, count) in sections {
                a href={ "#" (anchor) } data-empty[count == 0] { (name) " " span.count { (count) } }
            }
        }
    }
}
