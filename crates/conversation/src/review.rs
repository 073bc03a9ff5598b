//! What the customer is shown of a packet: before sending, and after.

use baton_packet::{
    Author, ErrorRecord, Packet, Performance, ReplayKind, Screenshot, StepAction, StepRecord,
    Summary,
};
use serde::{Deserialize, Serialize};

use crate::consent::is_evidence;
use crate::speech::{self, Seen};
use crate::{EditedSummary, Item};

/// Everything that would be sent, as the customer reviews it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Messages in the draft: a draft from before the latest words is stale.
    pub messages: u32,
    /// The conversation, one message a line.
    pub transcript: Vec<Line>,
    /// How many secrets were masked in the summary.
    pub summary_masked: u32,
    /// The parts that can be struck out, without empty ones.
    pub items: Vec<ReviewItem>,
    /// The pictures, in the order of the packet.
    pub pictures: Vec<ReviewPicture>,
    /// Why the page could not be pictured, where nothing stands in for that.
    pub no_picture: Option<String>,
    /// How the case is sorted, as the team reads it.
    pub sorting: Vec<String>,
    /// Label of what it is about; empty where nothing was guessed.
    pub intent: String,
    /// Label of its urgency.
    pub urgency: String,
    /// What is not included, and why.
    pub gaps: Vec<String>,
    /// What the human will see.
    pub sees: Vec<Seen>,
    /// The summary, which the customer may write anew.
    pub summary: EditedSummary,
    /// What else the summary says, one line each.
    pub summary_lines: Vec<String>,
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
    /// Key of its name in the panel's words: that of the item, or `recording` where
    /// the replay is one.
    pub label: String,
    /// How many records.
    pub count: u32,
    /// How many secrets were masked in it.
    pub masked: u32,
    /// The records, one a line, as the human will read them.
    pub lines: Vec<String>,
}

/// One picture of the review.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPicture {
    /// Names it in the case, whatever its place.
    pub id: u32,
    /// How often it was edited.
    pub version: u32,
    /// What it shows, in words.
    pub label: String,
    /// What is known of it, one fact a line.
    pub lines: Vec<String>,
}

/// What is true after a packet was approved.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Id of the packet, the customer's reference.
    pub id: String,
    /// The queue it goes to.
    pub queue: String,
    /// The rule that brought a human in.
    pub rule: String,
    /// Its reason, as the packet has it.
    pub reason: String,
    /// What they see, from the packet itself.
    pub sees: Vec<Seen>,
    /// The promised time for the first answer, in minutes.
    pub sla_minutes: Option<u32>,
    /// How the answer comes.
    pub answer_by: AnswerBy,
}

/// How the answer reaches the customer, where it does not come in the widget.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerBy {
    /// To this address.
    Email(String),
    /// Through the contact details of the account.
    Account,
    /// Not at all: no address is known.
    #[default]
    Nothing,
}

/// The review of a redacted draft.
#[must_use]
pub fn review(draft: &Packet) -> Review {
    let shots = draft.evidence.screenshots.iter().flat_map(|shot| &shot.gaps);
    let replay = draft.evidence.replay.iter().flat_map(|replay| &replay.gaps);
    let gaps = draft.evidence.gaps.iter().chain(shots).chain(replay);
    let transcript = draft.conversation.transcript.iter();
    Review {
        messages: draft.conversation.transcript.len() as u32,
        transcript: transcript
            .map(|message| Line {
                mine: message.author == Author::Customer,
                text: message.text.clone(),
            })
            .collect(),
        summary_masked: masked(draft, "summary"),
        items: Item::ALL
            .iter()
            .filter(|item| item.count(draft) > 0)
            .map(|item| ReviewItem {
                item: *item,
                label: label(*item, draft).to_owned(),
                count: item.count(draft),
                masked: masked(draft, item.section()),
                lines: lines(*item, draft),
            })
            .collect(),
        pictures: draft.evidence.screenshots.iter().map(picture).collect(),
        no_picture: None,
        sorting: sorting(draft),
        intent: draft.triage.intent.to_string(),
        urgency: draft.triage.urgency.to_string(),
        gaps: gaps.map(|gap| [gap.stage.as_str(), ": ", gap.reason.as_str()].concat()).collect(),
        sees: speech::what_they_see(draft),
        summary: EditedSummary {
            title: draft.summary.title.clone(),
            problem: draft.summary.problem.clone(),
        },
        summary_lines: summary_lines(&draft.summary),
        email: draft.customer.email.clone(),
    }
}

/// Id and version are those of whoever keeps the pictures.
fn picture(shot: &Screenshot) -> ReviewPicture {
    let size = [shot.width.to_string(), shot.height.to_string()].join(" × ");
    let facts =
        [[shot.method.in_words(), ", ", &size].concat(), shot.drawn(), shot.removed_in_words()];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty());
    ReviewPicture {
        label: shot.label.clone(),
        lines: facts.chain(shot.gaps.iter().map(|gap| gap.reason.clone())).collect(),
        ..ReviewPicture::default()
    }
}

/// What to tell the customer about an approved packet.
#[must_use]
pub fn confirm(packet: &Packet) -> Confirmation {
    Confirmation {
        id: packet.id.to_string(),
        queue: packet.route.queue.clone(),
        rule: packet.escalation.rule.clone(),
        reason: packet.escalation.reason.clone(),
        sees: speech::what_they_see(packet),
        sla_minutes: packet.route.sla_minutes,
        answer_by: match &packet.customer.email {
            Some(address) => AnswerBy::Email(address.clone()),
            None if packet.customer.id.is_some() => AnswerBy::Account,
            None => AnswerBy::Nothing,
        },
    }
}

fn masked(draft: &Packet, section: &str) -> u32 {
    let counts = draft.redactions.iter().filter(|entry| entry.section.starts_with(section));
    counts.map(|entry| entry.count).sum()
}

fn label(item: Item, draft: &Packet) -> &'static str {
    match &draft.evidence.replay {
        Some(replay) if item == Item::Replay && replay.kind == ReplayKind::Recording => "recording",
        _ => item.as_str(),
    }
}

fn lines(item: Item, draft: &Packet) -> Vec<String> {
    let evidence = &draft.evidence;
    let all: Vec<String> = match item {
        Item::Transcript | Item::Screenshot => Vec::new(),
        Item::Customer => about(draft),
        Item::Replay => {
            let replay = evidence.replay.iter();
            let words = replay.map(|replay| {
                let seconds = (replay.duration_ms / 1000.0).ceil() as u32;
                let events = speech::counted(replay.events, "event", "events");
                match replay.kind {
                    ReplayKind::Snapshot => ["one moment, ", &events].concat(),
                    ReplayKind::Recording => {
                        [&speech::counted(seconds, "second", "seconds"), ", ", &events].concat()
                    }
                }
            });
            words.chain(evidence.replay.iter().flat_map(|it| it.attachment.clone())).collect()
        }
        Item::Errors => evidence.errors.records.iter().map(error_line).collect(),
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
        Item::Steps => evidence.steps.records.iter().map(step_line).collect(),
        Item::Environment => {
            let environment = &draft.environment;
            let (browser, os) = (&environment.browser, &environment.os);
            let pixels = |value: f64| (value as u32).to_string();
            let mut lines = vec![
                environment.page_url.clone(),
                [&browser.name, " ", &browser.version].concat(),
                [&os.name, " ", os.version.as_deref().unwrap_or_default()].concat(),
                [pixels(environment.viewport.width), pixels(environment.viewport.height)]
                    .join(" × "),
                environment.languages.join(", "),
                environment.time_zone.clone().unwrap_or_default(),
                environment.referrer.clone().unwrap_or_default(),
                browser.user_agent.clone(),
            ];
            lines.extend(environment.visible_errors.iter().cloned());
            lines.extend(evidence.performance.iter().map(performance_line));
            lines
        }
        Item::CustomData => {
            draft.app.custom_data.iter().chain(&draft.app.feature_flags).map(described).collect()
        }
        Item::Files => draft
            .attachments
            .iter()
            .filter(|file| !is_evidence(draft, &file.name))
            .map(|file| file.name.clone())
            .collect(),
    };
    all.into_iter().filter(|line| !line.trim().is_empty()).collect()
}

/// `click button “Save invoice”`, `type in field “Number”: 2041`.
fn step_line(step: &StepRecord) -> String {
    let verb = match step.action {
        StepAction::Click => "click",
        StepAction::DoubleClick => "double-click",
        StepAction::Key => "press",
        StepAction::Input => "change",
        StepAction::Submit => "submit",
        StepAction::Scroll => "scroll",
        StepAction::Navigate => "go to",
        StepAction::Visibility => "page is now",
        StepAction::Resize => "resize",
        StepAction::Breadcrumb => "note:",
    };
    // A navigation is told by where it led.
    let target = match (&step.url, step.action) {
        (Some(url), StepAction::Navigate) => url,
        _ => &step.target,
    };
    let key = step.key.as_deref().unwrap_or_default();
    let size = step.size.map(|size| {
        let pixels = |value: f64| (value as u32).to_string();
        [pixels(size.width), pixels(size.height)].join(" × ")
    });
    let words = [verb, key, target, size.as_deref().unwrap_or_default()];
    let mut line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match (&step.value, &step.field) {
        (Some(value), _) => line.extend([": ", value]),
        (None, Some(field)) => {
            let characters = speech::counted(field.length, "character", "characters");
            line.extend([" (", &characters, " you typed stay here)"]);
        }
        (None, None) => {}
    }
    line
}

/// `1200 ms to the largest content, 3 long tasks`.
fn performance_line(performance: &Performance) -> String {
    let mut parts = Vec::new();
    for (ms, what) in [
        (performance.lcp_ms, " ms to the largest content"),
        (performance.inp_ms, " ms for the slowest reaction"),
    ] {
        parts.extend(ms.map(|ms| [&(ms as u64).to_string(), what].concat()));
    }
    let long_tasks = performance.long_tasks.records.len() as u32;
    if long_tasks > 0 {
        parts.push(speech::counted(long_tasks, "long task", "long tasks"));
    }
    parts.join(", ")
}

/// Only some engines begin the stack with the message.
fn error_line(error: &ErrorRecord) -> String {
    match &error.stack {
        Some(stack) if stack.contains(&error.message) => stack.clone(),
        Some(stack) => [error.message.as_str(), "\n", stack].concat(),
        None => error.message.clone(),
    }
}

fn described((key, value): (&String, &serde_json::Value)) -> String {
    let text = match value {
        serde_json::Value::String(text) => text.clone(),
        // `to_string()` would be another writer, with one for its errors.
        other => serde_json::to_string(other).unwrap_or_default(),
    };
    [key.as_str(), ": ", text.as_str()].concat()
}

/// The address has a field of its own in the review.
pub(crate) fn about(draft: &Packet) -> Vec<String> {
    let customer = &draft.customer;
    let known = [
        ("id", &customer.id),
        ("name", &customer.name),
        ("plan", &customer.plan),
        ("segment", &customer.segment),
        ("role", &customer.role),
        ("locale", &customer.locale),
    ];
    let mut lines: Vec<String> = known
        .into_iter()
        .filter_map(|(label, value)| Some([label, ": ", value.as_deref()?].concat()))
        .collect();
    lines.extend(customer.traits.iter().map(described));
    lines
}

/// The facts go without saying: they are the customer's own words.
fn summary_lines(summary: &Summary) -> Vec<String> {
    let labelled = |label: &str, text: &String| [label, ": ", text].concat();
    let tried = summary.tried.iter().map(|text| labelled("tried", text));
    let expected = summary.expected.iter().map(|text| labelled("expected", text));
    let impact = summary.impact.iter().map(|text| labelled("impact", text));
    let open = summary.open_questions.iter().map(|text| labelled("open", text));
    tried.chain(expected).chain(impact).chain(open).collect()
}

fn sorting(draft: &Packet) -> Vec<String> {
    let (triage, route) = (&draft.triage, &draft.route);
    [
        ("intent", triage.intent.as_str()),
        ("urgency", triage.urgency.as_str()),
        ("state", triage.customer_state.as_str()),
        ("queue", route.queue.as_str()),
        ("priority", route.priority.as_str()),
        ("rule", draft.escalation.rule.as_str()),
    ]
    .into_iter()
    .map(|(label, value)| [label, ": ", value].concat())
    .collect()
}
