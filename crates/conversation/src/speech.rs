//! What the assistant says. Sentences about what is attached are made from the
//! packet itself, never from intent, so that they are true.

use baton_packet::{Escalation, Packet, ReplayKind};
use baton_triage::team_name;

use crate::{Item, qa};

/// The first words in an empty conversation.
pub const GREETING: &str = "Hi! Tell me what happened, in your own words. If it needs a person, \
     I will bring one in and hand over everything, so that you never have to explain it twice.";
/// Asked once, when the first message does not say what it is about.
pub const ASK_WHAT_HAPPENED: &str =
    "I am listening. What were you trying to do, and what happened instead?";
/// Said when a part of Baton that is needed now did not load.
pub const PART_MISSING: &str = "I could not go on: a part of this help did \
     not load. Your words are still here. Please send another message to try again.";
/// What pressing "Talk to a person" says for the customer.
pub const ASK_FOR_PERSON: &str = "I want to talk to a person.";

/// Whether a rule only says that nothing better is known. Then a first message
/// such as "hello" is met with a question instead of a hand-over.
pub(crate) fn is_weak(rule: &str) -> bool {
    matches!(
        rule,
        "low_confidence"
            | "no_answer_source"
            | "answer_not_grounded"
            | "high_value_account"
            | "needs_investigation"
    )
}

/// Says that a human is being brought in, why, and what comes next.
#[must_use]
pub fn escalation(escalation: &Escalation, team: &str) -> String {
    let calm = escalation.tone.as_deref() == Some("calm");
    let opening = if calm { "I am sorry about this. " } else { "" };
    format!(
        "{opening}{} I am bringing in {team} now. I am gathering what they need, and nothing \
         leaves this page before you have seen it and said yes.",
        sentence(&escalation.reason)
    )
}

/// What the human sees, from what the packet really holds.
#[must_use]
pub fn what_they_see(packet: &Packet) -> String {
    let reported = packet.escalation.rule == qa::RULE;
    let mut parts = vec![if reported { "this report" } else { "this conversation" }.to_owned()];
    for item in Item::ALL.iter().copied() {
        let count = item.count(packet);
        let words = match item {
            Item::Screenshot => counted(count, "screenshot", "screenshots"),
            Item::Replay => match packet.evidence.replay.as_ref().map(|replay| replay.kind) {
                Some(ReplayKind::Recording) => "a recording of the last seconds".to_owned(),
                _ => "a copy of the page".to_owned(),
            },
            Item::Errors => counted(count, "error", "errors"),
            Item::Console => counted(count, "console line", "console lines"),
            Item::Network => counted(count, "request", "requests"),
            Item::Steps => counted(count, "step", "steps"),
            // Struck out, it is an empty shell.
            Item::Environment if packet.environment.browser.user_agent.is_empty() => continue,
            Item::Environment => "your browser details".to_owned(),
            Item::CustomData => continue,
            Item::Files => counted(count, "file", "files"),
        };
        if count > 0 {
            parts.push(words);
        }
    }
    listed(&parts)
}

/// What comes next, from what is known: the promised time and the address.
#[must_use]
pub fn what_comes_next(packet: &Packet) -> String {
    let team = team_name(&packet.route.queue);
    let when = match packet.route.sla_minutes {
        Some(minutes) if minutes >= 120 && minutes % 60 == 0 => {
            format!(" within {} hours", minutes / 60)
        }
        Some(minutes) => format!(" within {minutes} minutes"),
        None => String::new(),
    };
    let how = match &packet.customer.email {
        Some(address) => format!(" by e-mail at {address}"),
        None if packet.customer.id.is_some() => {
            " through the contact details of your account".to_owned()
        }
        None => {
            return capitalised(&format!(
                "{team} reads it. You gave no address, so they cannot answer you; keep the \
                 reference in case you ask again."
            ));
        }
    };
    capitalised(&format!("{team} reads it and answers you{when}{how}."))
}

/// The text with its first letter in upper case, where that is a Latin letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// "3 console lines", "1 console line".
#[must_use]
pub fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
