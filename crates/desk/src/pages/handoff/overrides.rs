//! What people decided otherwise than Baton, and the form for it.

use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use baton_packet::{Intent, Override, OverrideBy, OverrideField, Packet, Queue};
use maud::{Markup, html};
use serde::Deserialize;

use crate::conversation::turns;
use crate::overrides::{LONGEST_REASON, current};
use crate::pages::layout;
use crate::pages::session::SignedIn;
use crate::pages::words::{in_words, prose, visible};
use crate::{Desk, moment, problem::Problem};

use super::View;

/// The choice that leaves a queue alone whose name is not fit for a form.
const AS_IT_IS: &str = "";

#[derive(Deserialize)]
pub struct Change {
    queue: String,
    intent: String,
    reason: String,
    /// Present where the customer is to read the reason, too.
    tell: Option<String>,
}

/// `POST /desk/handoffs/{id}/overrides`: records what differs from what holds now.
pub async fn change(
    _: SignedIn,
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
    change: Result<Form<Change>, FormRejection>,
) -> Result<Response, Problem> {
    let Ok(Path(id)) = id else { return Ok(layout::not_found()) };
    let Some(stored) = desk.store.handoff(&id).await? else { return Ok(layout::not_found()) };
    let packet = Packet::from_json(&stored.packet).map_err(Problem::internal)?;
    let overrides = desk.store.overrides(stored.seq).await?;
    let Ok(Form(Change { queue, intent, reason, tell })) = change else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    let reason: String = reason.trim().chars().take(LONGEST_REASON).collect();
    let queue = match queue.as_str() {
        AS_IT_IS => current(&packet, &overrides, OverrideField::Queue).to_owned(),
        _ if queues(&packet).contains(&queue) => queue,
        _ => return Ok(StatusCode::BAD_REQUEST.into_response()),
    };
    let is_known = Intent::parse(&intent).is_some();
    if !is_known || reason.is_empty() {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    }
    let changed = [(OverrideField::Queue, queue), (OverrideField::Intent, intent)].into_iter();
    let changed = changed.filter_map(|(field, to)| {
        let from = current(&packet, &overrides, field).to_owned();
        let (by, at, reason) = (OverrideBy::Agent, moment::now(), Some(reason.clone()));
        let extra = Default::default();
        (from != to).then_some(Override { field, from, to, by, at, reason, extra })
    });
    let changed: Vec<_> = changed.collect();
    if let Some(conversation) = desk.store.conversation(&id).await? {
        turns::sorted(&desk, &conversation, &changed, tell.is_some()).await?;
    }
    Ok(Redirect::to(&format!("/desk/handoffs/{}#sorting", packet.id)).into_response())
}

/// The queues to choose from: the default ones and those the packet names.
fn queues(packet: &Packet) -> Vec<String> {
    let mut queues: Vec<String> = Queue::ALL.iter().map(ToString::to_string).collect();
    let named = packet.route.alternatives.iter().map(|other| &other.queue);
    for queue in std::iter::once(&packet.route.queue).chain(named) {
        // Security: a name of a stranger that is not plain stays out of attributes.
        if !queues.contains(queue) && visible(queue) == queue.as_str() {
            queues.push(queue.clone());
        }
    }
    queues
}

pub(super) fn sorting(view: &View) -> Markup {
    let (packet, overrides) = (&view.packet, &view.overrides);
    let queue = current(packet, overrides, OverrideField::Queue);
    let intent = current(packet, overrides, OverrideField::Intent);
    let action = format!("/desk/handoffs/{}/overrides", packet.id);
    html! {
        section #sorting {
            h2 { "Sorting" }
            @if !overrides.is_empty() {
                ul.overrides {
                    @for one in overrides { li { (told(one)) } }
                }
            }
            details {
                summary { "Sort it otherwise" }
                form.sort method="post" action=(action) {
                    label for="sort-queue" { "Queue" }
                    select #sort-queue name="queue" {
                        @if !queues(packet).iter().any(|other| other == queue) {
                            option value=(AS_IT_IS) selected { (visible(queue)) }
                        }
                        @for other in queues(packet) {
                            option value=(other) selected[other == queue] { (visible(&other)) }
                        }
                    }
                    label for="sort-intent" { "Intent" }
                    select #sort-intent name="intent" {
                        @for other in Intent::ALL {
                            option value=(other.as_str()) selected[other.as_str() == intent] {
                                (in_words(other.as_str()))
                            }
                        }
                    }
                    label for="sort-reason" { "Why" }
                    textarea #sort-reason name="reason" required maxlength=(LONGEST_REASON) rows="2" dir="auto" {}
                    label.check {
                        input type="checkbox" name="tell";
                        "Tell the customer why, if the queue changes"
                    }
                    button type="submit" { "Record and sort" }
                }
            }
        }
    }
}

fn told(one: &Override) -> Markup {
    let who = match one.by {
        OverrideBy::Customer => "The customer",
        OverrideBy::Agent => "An agent",
    };
    html! {
        (who) " changed the " (one.field.as_str()) " from "
        bdi { (in_words(&visible(&one.from))) } " to " bdi { (in_words(&visible(&one.to))) } "."
        @if let Some(reason) = &one.reason { " " span dir="auto" { (prose(reason)) } }
    }
}
