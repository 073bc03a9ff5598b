//! `GET /v1/overrides`: what people decided otherwise than Baton, for
//! `baton-trainer learn --overrides`.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use baton_packet::{Author, Intent, Override, OverrideField, Packet, Triage, Urgency};
use serde::Serialize;

use crate::access::Agent;
use crate::{Desk, problem::Problem};

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 1000;
/// Longest name of a queue, in characters.
const LONGEST_QUEUE: usize = 60;

/// What holds now: the last override, else what arrived.
pub fn current<'a>(packet: &'a Packet, overrides: &'a [Override], field: OverrideField) -> &'a str {
    let last = overrides.iter().rev().find(|one| one.field == field);
    last.map_or(
        match field {
            OverrideField::Queue => &packet.route.queue,
            OverrideField::Intent => packet.triage.intent.as_str(),
            OverrideField::Urgency => packet.triage.urgency.as_str(),
        },
        |one| &one.to,
    )
}

/// Whether a field can be this. Queues are the embedder's to name.
pub fn is_fit(field: OverrideField, label: &str) -> bool {
    match field {
        OverrideField::Intent => Intent::parse(label).is_some(),
        OverrideField::Urgency => Urgency::parse(label).is_some(),
        OverrideField::Queue => {
            let is_plain = !label.trim().is_empty() && !label.contains(char::is_control);
            is_plain && label.chars().count() <= LONGEST_QUEUE
        }
    }
}

/// Handoffs read from the database at once.
const BATCH: u32 = 100;

/// The routes.
pub fn routes() -> Router<Desk> {
    Router::new().route("/v1/overrides", get(list))
}

/// One line: the override, and what it was about.
#[derive(Serialize)]
struct Line<'a> {
    handoff: &'a str,
    #[serde(flatten)]
    changed: &'a Override,
    /// The customer's messages as they arrived, oldest first.
    messages: Vec<&'a str>,
    triage: &'a Triage,
    /// The queue as it arrived.
    queue: &'a str,
    /// The rule that decided.
    rule: &'a str,
}

/// As JSON Lines, by handoff in the order of arrival.
async fn list(_: Agent, State(desk): State<Desk>) -> Result<Response, Problem> {
    let mut lines = Vec::new();
    let mut after = 0;
    loop {
        let batch = desk.store.overridden(after, BATCH).await?;
        let Some((last, _)) = batch.last() else { break };
        after = *last;
        for (seq, bytes) in &batch {
            let packet = Packet::from_json(bytes).map_err(Problem::internal)?;
            for changed in &desk.store.overrides(*seq).await? {
                serde_json::to_writer(&mut lines, &line(&packet, changed))?;
                lines.push(b'\n');
            }
        }
    }
    Ok(([(header::CONTENT_TYPE, "application/jsonl")], lines).into_response())
}

fn line<'a>(packet: &'a Packet, changed: &'a Override) -> Line<'a> {
    let transcript = packet.conversation.transcript.iter();
    Line {
        handoff: packet.id.as_str(),
        changed,
        messages: transcript
            .filter(|message| message.author == Author::Customer)
            .map(|message| message.text.as_str())
            .collect(),
        triage: &packet.triage,
        queue: &packet.route.queue,
        rule: &packet.escalation.rule,
    }
}
