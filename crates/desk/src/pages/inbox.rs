//! The inbox: the newest handoffs.

use axum::extract::{Query, State, rejection::QueryRejection};
use axum::response::{IntoResponse, Response};
use baton_packet::reply::State as Standing;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use crate::store::Headline;
use crate::{Desk, problem::Problem};

use super::clock::age;
use super::handoff::thread::state_in_words;
use super::layout::{self, Layout};
use super::session::SignedIn;
use super::words::{counted, in_words, prose, visible};

const PAGE_SIZE: u32 = 50;
const REFRESH_SECONDS: u32 = 10;

#[derive(Deserialize)]
pub struct Page {
    before: Option<String>,
}

/// `GET /desk`.
pub async fn page(
    _: SignedIn,
    State(desk): State<Desk>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Response, Problem> {
    let before = page.ok().and_then(|Query(page)| page.before);
    let mut headlines = desk.store.headlines(PAGE_SIZE + 1, before.as_deref()).await?;
    let has_more = headlines.len() > PAGE_SIZE as usize;
    headlines.truncate(PAGE_SIZE as usize);
    let now = Timestamp::now();
    let body = html! {
        main.inbox {
            div.heading {
                h1 { "Handoffs" }
                @if before.is_some() { a href="/desk" { "Newest" } }
            }
            @if headlines.is_empty() && before.is_none() {
                (empty())
            } @else {
                ol.cases { @for headline in &headlines { li { (row(headline, now)) } } }
            }
            @if let Some(last) = headlines.last().filter(|_| has_more) {
                p { a href={ "/desk?before=" (last.id) } { "Older" } }
            }
        }
    };
    // An older page stays as it is: nothing new comes there.
    let refresh_seconds = before.is_none().then_some(REFRESH_SECONDS);
    let layout = Layout { title: "Inbox", is_signed_in: true, refresh_seconds };
    Ok(layout::page(&layout, &body).into_response())
}

fn row(case: &Headline, now: Timestamp) -> Markup {
    let count = |count: i64| usize::try_from(count).unwrap_or_default();
    html! {
        a.case href={ "/desk/handoffs/" (case.id) } data-urgency=(case.urgency) data-status=(case.status) {
            span.title dir="auto" { (prose(&case.title)) }
            span.tags {
                span.tag.status data-status=(case.status) {
                    (Standing::parse(&case.status).map_or("Open", state_in_words))
                }
                span.tag.urgency data-urgency=(case.urgency) { (in_words(&case.urgency)) }
                span.tag { (in_words(&case.intent)) }
                span.tag.queue { bdi { (in_words(&visible(&case.queue))) } }
                @if case.customer_state != "neutral" {
                    span.tag.state { (in_words(&case.customer_state)) }
                }
            }
            span.why dir="auto" { (prose(&case.reason)) }
            span.foot {
            span.who {
                @match &case.customer {
                    Some(customer) => bdi { (visible(customer)) },
                    None => "Unknown visitor",
                }
                @if let Some(plan) = &case.plan { " · " bdi { (visible(plan)) } }
            }
            span.marks {
                @if case.unread > 0 {
                    span.mark.unread { (counted(count(case.unread), "new message", "new messages")) }
                }
                @if let Some(since) = &case.waiting_since {
                    @let waited = age(since, now);
                    @if waited != "now" { span.mark { "waits " (waited) } }
                }
                @if case.errors > 0 { span.mark.bad { (counted(count(case.errors), "error", "errors")) } }
                @if case.failed_requests > 0 {
                    span.mark.bad { (counted(count(case.failed_requests), "failed request", "failed requests")) }
                }
                @if case.screenshots > 0 {
                    span.mark { (counted(count(case.screenshots), "screenshot", "screenshots")) }
                }
            }
            }
            time.age datetime=(case.received_at) title=(case.received_at) {
                (age(&case.received_at, now))
            }
        }
    }
}

fn empty() -> Markup {
    html! {
        section.empty {
            h2 { "Nothing handed over yet" }
            p { "The first packet shows up here by itself. Put Baton into a page:" }
            pre { code { "<script src=\"…/baton.js\" data-endpoint=\"/v1/handoffs\"></script>" } }
            p { "or deliver a packet by hand:" }
            pre { code {
                "curl -H 'Content-Type: application/json' --data-binary @packet.json \\\n     http://…/v1/handoffs"
            } }
            p.hint { "A page on another origin needs " code { "--allow-origin" } "." }
        }
    }
}
