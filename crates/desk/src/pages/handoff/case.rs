//! The case itself: what it is, why a human is here, what was said.

use baton_packet::{Attempt, Author, Fact, Message, OverrideField};
use maud::{Markup, html};

use crate::label::label;
use crate::overrides::current;
use crate::pages::clock::age;
use crate::pages::words::{in_words, link, prose, visible};

use super::View;

pub fn heading(view: &View) -> Markup {
    let packet = &view.packet;
    let (route, escalation) = (&packet.route, &packet.escalation);
    let urgency = packet.triage.urgency.as_str();
    let now = |field| current(packet, &view.overrides, field);
    html! {
        header.heading data-urgency=(urgency) {
            p.tags {
                span.tag.urgency data-urgency=(urgency) { (in_words(urgency)) " urgency" }
                span.tag { (in_words(now(OverrideField::Intent))) }
                span.tag.queue { bdi { (in_words(&visible(now(OverrideField::Queue)))) } }
                span.tag { (in_words(&label(route.priority))) " priority" }
                @if let Some(minutes) = route.sla_minutes {
                    span.tag { "Answer within " (minutes) " min" }
                }
                @match &view.seal {
                    Some(Ok(())) => span.tag { "Seal intact" },
                    Some(Err(broken)) => span.tag.urgency data-urgency="critical" { "Seal broken: " (visible(&broken.to_string())) },
                    None => {}
                }
            }
            h1 dir="auto" { (prose(&packet.summary.title)) }
            p.why {
                span dir="auto" { (prose(&escalation.reason)) }
                " " code.rule { (visible(&escalation.rule)) }
                @if let Some(tone) = &escalation.tone {
                    " Sound " bdi { (visible(tone)) } "."
                }
            }
            p.facts {
                span { "Received " time datetime=(view.received_at) title=(view.received_at) {
                    (age(&view.received_at, view.now))
                } @if age(&view.received_at, view.now) != "now" { " ago" } }
                span { (link(&packet.environment.page_url)) }
                @if let Some(id) = &packet.supersedes {
                    span { "Replaces " a href={ "/desk/handoffs/" (id.as_str()) } { "an earlier packet" } }
                }
                a href={ "/desk/handoffs/" (packet.id.as_str()) "/packet.json" } { "Packet (JSON)" }
            }
        }
    }
}

pub fn summary(view: &View) -> Markup {
    let summary = &view.packet.summary;
    let list = |items: &[String]| {
        html! {
            ul { @for item in items { li dir="auto" { (prose(item)) } } }
        }
    };
    html! {
        section #summary {
            h2 { "Summary" }
            p.problem dir="auto" { (prose(&summary.problem)) }
            dl {
                @if let Some(expected) = &summary.expected {
                    dt { "Expected" } dd dir="auto" { (prose(expected)) }
                }
                @if let Some(impact) = &summary.impact {
                    dt { "Affects" } dd dir="auto" { (prose(impact)) }
                }
                @if !summary.tried.is_empty() { dt { "Tried" } dd { (list(&summary.tried)) } }
                @if !summary.facts.is_empty() {
                    dt { "Already said" }
                    dd { (list(&summary.facts.iter().map(said).collect::<Vec<_>>())) }
                }
                @if !summary.open_questions.is_empty() {
                    dt { "Still open" } dd { (list(&summary.open_questions)) }
                }
            }
        }
    }
}

/// A fact in words: `error code: 403`, `amount: 49,99 € (49.99 EUR)`.
fn said(fact: &Fact) -> String {
    let kind = fact.kind.replace('_', " ");
    match fact.normalized.as_deref().filter(|normalized| *normalized != fact.value) {
        Some(normalized) => format!("{kind}: {} ({})", fact.value, normalized.replace('_', " ")),
        None => format!("{kind}: {}", fact.value),
    }
}

pub fn transcript(view: &View) -> Markup {
    let conversation = &view.packet.conversation;
    html! {
        section #conversation {
            h2 { "Conversation" }
            @if !conversation.previous.is_empty() {
                ul.previous {
                    @for contact in &conversation.previous {
                        li {
                            "Earlier by " (label(contact.channel)) ": " code { (visible(&contact.id)) }
                            @if let Some(url) = &contact.url { " " (link(url)) }
                        }
                    }
                }
            }
            ol.bubbles lang=[language(&view.packet.triage.language)] {
                @for message in &conversation.transcript { (bubble(view, message)) }
            }
            @if !view.packet.attempts.is_empty() {
                h3 { "Already shown to the customer" }
                ul.attempts { @for attempt in &view.packet.attempts { (shown(view, attempt)) } }
            }
            (view.thread)
            (view.reply_box)
        }
    }
}

fn bubble(view: &View, message: &Message) -> Markup {
    let author = match message.author {
        Author::Customer => "Customer",
        Author::Assistant => "Baton",
        Author::Agent => "Agent",
        Author::System => "System",
    };
    html! {
        li.bubble data-author=(label(message.author)) {
            p.meta {
                span { (author) } " " (view.clock.wall(&message.at))
                @let channel = label(message.channel);
                @if channel != "widget" { " by " (channel) }
            }
            div.said dir="auto" { (prose(&message.text)) }
        }
    }
}

fn shown(view: &View, attempt: &Attempt) -> Markup {
    html! {
        li {
            div.said dir="auto" { (prose(&attempt.text)) }
            p.meta {
                bdi { (visible(&attempt.provider)) } " "
                (view.clock.wall(&attempt.at))
                (if attempt.grounded { ", quotes a source" } else { ", inferred" })
                @match attempt.helped {
                    Some(true) => ", helped",
                    Some(false) => ", did not help",
                    None => "",
                }
                @if let Some(url) = &attempt.url { " " (link(url)) }
            }
        }
    }
}

/// The language for the browser, which wants a plain BCP 47 tag.
fn language(tag: &str) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (tag != "und" && tag.len() <= 35 && tag.bytes().all(is_plain)).then_some(tag)
}
