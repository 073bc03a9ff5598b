//! What the customer is shown of a packet: before sending, and after.

use baton_packet::{Author, Packet};
use baton_triage::team_name;
use serde::{Deserialize, Serialize};

use crate::{Item, speech};

/// Everything that would be sent, as the customer reviews it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Messages in the draft: a draft from before the latest words is stale.
    pub messages: u32,
    /// The conversation, one message a line.
    pub transcript: Vec<Line>,
    /// How many secrets were masked in it.
    pub transcript_masked: u32,
    /// The parts that can be struck out, without empty ones.
    pub items: Vec<ReviewItem>,
    /// Names of files that go along besides pictures.
    pub files: Vec<String>,
    /// What is not included, and why.
    pub gaps: Vec<String>,
    /// What the human will see, in one sentence.
    pub sees: String,
    /// Address for the answer, if it is known.
    pub email: Option<String>,
}

/// One message of the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whether the customer wrote it.
    pub mine: bool,
    /// What it says, redacted.
    pub text: String,
}

/// One part of the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewItem {
    /// Which part.
    pub item: Item,
    /// How many records.
    pub count: u32,
    /// How many secrets were masked in it.
    pub masked: u32,
    /// The records, one a line, as the human will read them.
    pub lines: Vec<String>,
}

/// What is true after a packet was approved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Id of the packet, the customer's reference.
    pub id: String,
    /// Who is brought in, and why.
    pub who: String,
    /// What they see, from the packet itself.
    pub sees: String,
    /// What comes next.
    pub next: String,
}

/// The review of a redacted draft.
#[must_use]
pub fn review(draft: &Packet) -> Review {
    let is_picture =
        |name: &str| draft.evidence.screenshots.iter().any(|shot| shot.attachment == name);
    let shots = draft.evidence.screenshots.iter().flat_map(|shot| &shot.gaps);
    let gaps = draft.evidence.gaps.iter().chain(shots);
    let transcript = draft.conversation.transcript.iter();
    Review {
        messages: draft.conversation.transcript.len() as u32,
        transcript: transcript
            .map(|message| Line {
                mine: message.author == Author::Customer,
                text: message.text.clone(),
            })
            .collect(),
        transcript_masked: masked(draft, "conversation") + masked(draft, "summary"),
        items: Item::ALL
            .iter()
            .filter(|item| item.count(draft) > 0)
            .map(|item| ReviewItem {
                item: *item,
                count: item.count(draft),
                masked: masked(draft, item.section()),
                lines: lines(*item, draft),
            })
            .collect(),
        files: draft
            .attachments
            .iter()
            .filter(|file| !is_picture(&file.name))
            .map(|file| file.name.clone())
            .collect(),
        gaps: gaps.map(|gap| [gap.stage.as_str(), ": ", gap.reason.as_str()].concat()).collect(),
        sees: speech::what_they_see(draft),
        email: draft.customer.email.clone(),
    }
}

/// What to tell the customer about an approved packet.
#[must_use]
pub fn confirm(packet: &Packet) -> Confirmation {
    let team = speech::capitalised(team_name(&packet.route.queue));
    Confirmation {
        id: packet.id.to_string(),
        who: [team.as_str(), ". ", packet.escalation.reason.as_str()].concat(),
        sees: speech::capitalised(&speech::what_they_see(packet)) + ".",
        next: speech::what_comes_next(packet),
    }
}

fn masked(draft: &Packet, section: &str) -> u32 {
    let counts = draft.redactions.iter().filter(|entry| entry.section.starts_with(section));
    counts.map(|entry| entry.count).sum()
}

fn lines(item: Item, draft: &Packet) -> Vec<String> {
    let evidence = &draft.evidence;
    let all: Vec<String> = match item {
        Item::Screenshot => Vec::new(),
        Item::Errors => evidence.errors.records.iter().map(|error| error.message.clone()).collect(),
        Item::Console => {
            evidence.console.records.iter().map(|record| record.message.clone()).collect()
        }
        Item::Network => evidence
            .network
            .records
            .iter()
            .map(|request| {
                let outcome = match request.status {
                    Some(status) => status.to_string(),
                    None => request.failure_text.clone().unwrap_or_else(|| "…".to_owned()),
                };
                [&request.method, " ", &request.url, " → ", &outcome].concat()
            })
            .collect(),
        Item::Steps => evidence.steps.records.iter().map(|step| step.target.clone()).collect(),
        Item::Environment => {
            let environment = &draft.environment;
            let (browser, os) = (&environment.browser, &environment.os);
            let pixels = |value: f64| (value as u32).to_string();
            vec![
                environment.page_url.clone(),
                [&browser.name, " ", &browser.version].concat(),
                [&os.name, " ", os.version.as_deref().unwrap_or_default()].concat(),
                [pixels(environment.viewport.width), pixels(environment.viewport.height)]
                    .join(" × "),
                environment.languages.join(", "),
                environment.time_zone.clone().unwrap_or_default(),
            ]
        }
        Item::CustomData => draft.app.custom_data.iter().map(described).collect(),
    };
    all.into_iter().filter(|line| !line.trim().is_empty()).collect()
}

/// Names and texts; a nested value is told by what it is.
fn described((key, value): (&String, &serde_json::Value)) -> String {
    use serde_json::Value;
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => whole.to_string(),
            None => "a number".to_owned(),
        },
        Value::Array(items) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            match texts.len() == items.len() {
                true => texts.join(", "),
                false => speech::counted(items.len() as u32, "entry", "entries"),
            }
        }
        Value::Object(fields) => speech::counted(fields.len() as u32, "field", "fields"),
    };
    [key.as_str(), ": ", text.as_str()].concat()
}
