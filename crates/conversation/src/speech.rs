//! What the assistant says. Sentences about what is attached are made from the
//! packet itself, never from intent, so that they are true.

use baton_packet::{Escalation, Packet, ReplayKind};
use serde::{Deserialize, Serialize};

use crate::{AnswerBy, Confirmation, Heard, Item, Voice, qa};

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

/// Says that a human is being brought in, why, who, and what comes next.
pub(crate) fn escalation(heard: &Heard, voice: &dyn Voice) -> String {
    let Escalation { rule, reason, tone, .. } = &heard.escalation;
    let mut sentences = Vec::new();
    match tone.as_deref() {
        Some("calm") => sentences.push(voice.say("say_sorry", &[])),
        Some("appreciative") => sentences.push(voice.say("say_thanks", &[])),
        _ => {}
    }
    sentences.push(sentence(&voice.reason(rule, reason), voice));
    sentences.extend(voice.words(&["more_", rule].concat()));
    let team = voice.team(&heard.queue);
    match heard.opens_at_ms {
        Some(opens) => {
            let when = voice.moment(opens);
            sentences.push(voice.say("say_bringing_closed", &[("team", &team), ("when", &when)]));
        }
        None => sentences.push(voice.say("say_bringing", &[("team", &team)])),
    }
    if let Some(minutes) = heard.sla_minutes {
        sentences.push(voice.say("say_usually", &[("time", &voice.duration(minutes))]));
    }
    sentences.push(voice.say("say_gathering", &[]));
    paragraph(&sentences)
}

/// One kind of thing that the human sees, from what the packet really holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Key of its words, without the `seen_` they begin with.
    pub what: String,
    /// How many.
    pub count: u32,
}

/// What the human sees.
#[must_use]
pub fn what_they_see(packet: &Packet) -> Vec<Seen> {
    let seen = |what: &str, count| Seen { what: what.to_owned(), count };
    let whole = match packet.escalation.rule == qa::RULE {
        true => "report",
        false if Item::Transcript.is_struck(packet) => "summary",
        false => "conversation",
    };
    let mut parts = vec![seen(whole, 1)];
    for item in Item::ALL.iter().copied() {
        let count = item.count(packet);
        match item {
            Item::Replay => match packet.evidence.replay.as_ref().map(|replay| replay.kind) {
                Some(ReplayKind::Recording) => parts.push(seen("recording", count)),
                _ => parts.push(seen("replay", count)),
            },
            // Struck out, it is an empty shell.
            Item::Environment if packet.environment.browser.user_agent.is_empty() => {}
            Item::Transcript | Item::Customer | Item::CustomData => {}
            _ => parts.push(seen(item.as_str(), count)),
        }
    }
    parts.retain(|part| part.count > 0);
    parts
}

/// What the human sees, as a list of words.
#[must_use]
pub fn seen(parts: &[Seen], voice: &dyn Voice) -> String {
    let parts: Vec<String> =
        parts.iter().map(|part| voice.count(&["seen_", &part.what].concat(), part.count)).collect();
    voice.list(&parts)
}

/// What comes next, from what is known: who answers, how, and until when.
#[must_use]
pub fn what_comes_next(
    told: &Confirmation,
    is_here: bool,
    opens_at_ms: Option<f64>,
    voice: &dyn Voice,
) -> String {
    let team = capitalised(&voice.team(&told.queue));
    let how = match &told.answer_by {
        _ if is_here => voice.say("next_here", &[("team", &team)]),
        AnswerBy::Email(address) => {
            voice.say("next_email", &[("team", &team), ("address", address)])
        }
        AnswerBy::Account => voice.say("next_account", &[("team", &team)]),
        AnswerBy::Nothing => return voice.say("next_nowhere", &[("team", &team)]),
    };
    let opens = opens_at_ms.map(|ms| voice.say("next_closed", &[("when", &voice.moment(ms))]));
    let time = told.sla_minutes.map(|minutes| voice.duration(minutes));
    let time = time.map(|time| voice.say("next_time", &[("time", &time)]));
    paragraph(&[Some(how), opens, time].into_iter().flatten().collect::<Vec<_>>())
}

/// Who is brought in, and why.
#[must_use]
pub fn who(told: &Confirmation, voice: &dyn Voice) -> String {
    let team = capitalised(&voice.team(&told.queue));
    paragraph(&[&*team, &*voice.reason(&told.rule, &told.reason)].map(|text| sentence(text, voice)))
}

/// The text with its first letter in upper case, where its alphabet has one.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// "3 console lines", "1 console line": for the team, which reads English.
#[must_use]
pub fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The text as a sentence: with a full stop, unless it ends as one.
#[must_use]
pub fn sentence(text: &str, voice: &dyn Voice) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', '。', '！', '？', '؟']) {
        text.to_owned()
    } else {
        voice.say("sentence", &[("text", text)])
    }
}

/// Sentences one after the other. Full stops as wide as a letter hold their own blank.
#[must_use]
pub fn paragraph(sentences: &[String]) -> String {
    let mut all = String::new();
    for sentence in sentences {
        if !all.is_empty() && !all.ends_with(['。', '！', '？']) {
            all.push(' ');
        }
        all.push_str(sentence);
    }
    all
}
