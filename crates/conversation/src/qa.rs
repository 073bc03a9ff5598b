//! A bug that a tester reports: one form instead of a conversation. What is
//! captured and how it is delivered is the same.

use baton_packet::{
    Author, Channel, Confidence, ConsentVia, CustomerState, Escalation, FiredRule, Intent, Message,
    Priority, Probabilities, Queue, Reason, Route, Scores, Summary, Timestamp, Triage, Urgency,
};
use serde::Serialize;

use crate::{Approval, Effect, Item, Stage, State, Words, bounded};

/// The rule of a packet that a tester made. No rule of triage: nobody had to
/// decide anything.
pub const RULE: &str = "qa_report";

/// What the consent of a copy says that only its maker gets.
pub const OWN_COPY: &str = "Saved by the person who reported it; sent to nobody.";

/// Characters of a title at most, see [`Summary::title`].
pub const LONGEST_TITLE: usize = 120;

const REASON: &str = "A tester reported this bug.";
const UNKNOWN_LANGUAGE: &str = "und";

/// The form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The bug in one line.
    pub title: String,
    /// What should have happened.
    pub expected: String,
    /// What happened instead.
    pub actual: String,
    /// How bad it is.
    pub severity: Urgency,
    /// What the browser prefers, BCP 47.
    pub language: Option<String>,
    /// Whether the title is still the one that was suggested.
    #[serde(skip)]
    pub suggested: bool,
    /// What became of the last attempt to keep it.
    #[serde(skip)]
    pub kept: Option<Kept>,
}

/// What became of an attempt to keep a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Downloaded.
    Downloaded {
        /// The file's name.
        name: String,
        /// What is in it, from the packet itself.
        holds: String,
    },
    /// Markdown is on the clipboard.
    Copied,
    /// The browser keeps the clipboard shut: to be copied by hand.
    Shown(String),
    /// It did not work.
    Failed,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// [`Report::title`].
    Title,
    /// [`Report::expected`].
    Expected,
    /// [`Report::actual`].
    Actual,
}

/// What happens to a report, beside what happens to any case.
#[derive(Debug, Clone, PartialEq)]
pub enum QaEvent {
    /// A tester begins one; the page is captured at once.
    Opened {
        /// When.
        at: Timestamp,
        /// A title to begin with.
        title: String,
        /// What the browser prefers, BCP 47.
        language: Option<String>,
    },
    /// Something was typed.
    Typed(Field, String),
    /// The severity was chosen.
    Rated(Urgency),
    /// It was kept, or not.
    Kept(Kept),
    /// The form is left for a conversation.
    Left,
}

impl Report {
    fn new(title: String, language: Option<String>) -> Self {
        Self {
            title: cut(&title),
            expected: String::new(),
            actual: String::new(),
            severity: Urgency::Normal,
            language,
            suggested: true,
            kept: None,
        }
    }

    /// Whether it says enough to be kept or sent.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.title.trim().is_empty()
    }

    fn is_untouched(&self) -> bool {
        self.suggested && self.expected.is_empty() && self.actual.is_empty()
    }

    /// What it contributes to a packet. The reporter has said what it is about,
    /// therefore nothing is guessed: intent and urgency are certain, the rest is
    /// unknown.
    #[must_use]
    pub fn words(&self, at: Timestamp) -> Words {
        let title = self.title.trim();
        let actual = self.actual.trim();
        let expected = self.expected.trim();
        let text = if actual.is_empty() { title.to_owned() } else { [title, actual].join("\n\n") };
        let fired =
            FiredRule { rule: RULE.to_owned(), reason: REASON.to_owned(), because: String::new() };
        Words {
            transcript: vec![Message {
                author: Author::Customer,
                text: bounded(text),
                at,
                channel: Channel::Widget,
                extra: Default::default(),
            }],
            timeline: Vec::new(),
            summary: Summary {
                title: cut(title),
                problem: bounded(if actual.is_empty() { title } else { actual }.to_owned()),
                expected: (!expected.is_empty()).then(|| bounded(expected.to_owned())),
                ..Summary::default()
            },
            triage: self.triage(),
            escalation: Escalation {
                rule: fired.rule.clone(),
                reason: fired.reason.clone(),
                rules_fired: vec![fired],
                ..Escalation::default()
            },
            route: Route {
                queue: Queue::Technical.as_str().to_owned(),
                priority: match self.severity {
                    Urgency::Low => Priority::Low,
                    Urgency::Normal => Priority::Normal,
                    Urgency::High => Priority::High,
                    Urgency::Critical => Priority::Urgent,
                },
                language: self.language.clone().unwrap_or_else(|| UNKNOWN_LANGUAGE.to_owned()),
                sla_minutes: None,
                skill: None,
                reason: "a bug found in a test".to_owned(),
                alternatives: Vec::new(),
                extra: Default::default(),
            },
            overrides: Vec::new(),
            fields: Vec::new(),
            attempts: Vec::new(),
        }
    }

    fn triage(&self) -> Triage {
        let state = CustomerState::Neutral;
        let certain = |about: &str, feature: &str| Reason {
            about: about.to_owned(),
            feature: feature.to_owned(),
            weight: 1.0,
        };
        let states = CustomerState::ALL.len() as f64;
        Triage {
            intent: Intent::Bug,
            urgency: self.severity,
            customer_state: state,
            wants_human: false,
            topics: Vec::new(),
            language: UNKNOWN_LANGUAGE.to_owned(),
            confidence: Confidence {
                intent: 1.0,
                urgency: 1.0,
                customer_state: 1.0 / states,
                wants_human: 1.0,
                language: 0.0,
            },
            scores: Scores {
                intent: probabilities(
                    Intent::ALL.iter().map(|label| {
                        (label.as_str(), if *label == Intent::Bug { 1.0 } else { 0.0 })
                    }),
                ),
                urgency: probabilities(Urgency::ALL.iter().map(|label| {
                    (label.as_str(), if *label == self.severity { 1.0 } else { 0.0 })
                })),
                customer_state: probabilities(
                    CustomerState::ALL.iter().map(|label| (label.as_str(), 1.0 / states)),
                ),
                topics: Probabilities::default(),
                wants_human: 0.0,
            },
            reasons: vec![
                certain("intent:bug", "a bug report"),
                certain(
                    &["urgency:", self.severity.as_str()].concat(),
                    "severity, set by the reporter",
                ),
            ],
            extra: Default::default(),
        }
    }
}

fn probabilities<'a>(entries: impl Iterator<Item = (&'a str, f64)>) -> Probabilities {
    entries.map(|(label, value)| (label.to_owned(), value)).collect()
}

/// One line of at most [`LONGEST_TITLE`] characters.
fn cut(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(LONGEST_TITLE).collect()
}

impl State {
    /// Whether a new report may take the place of what is in hand: nothing that
    /// somebody wrote, and is not delivered or kept yet, is lost by it.
    #[must_use]
    pub fn may_report(&self) -> bool {
        match (&self.report, self.stage) {
            (_, Stage::Delivered) => true,
            (Some(_), Stage::Sending | Stage::Failed) => false,
            (Some(report), _) => report.is_untouched() || report.kept.is_some(),
            (None, Stage::Chat) => self.customer_texts().is_empty(),
            (None, _) => false,
        }
    }

    /// The approval of a copy that only the reporter gets: what was struck out is
    /// not in it either.
    #[must_use]
    pub fn own_copy(&self, at: Timestamp) -> Approval {
        Approval {
            at,
            via: ConsentVia::Review,
            text: OWN_COPY.to_owned(),
            struck: self.struck.clone(),
            contact: self.contact.clone(),
            summary: None,
            timeline: self.timeline.clone(),
        }
    }
}

/// Applies an event of the form.
pub(crate) fn reduce(state: &mut State, event: QaEvent) -> Vec<Effect> {
    match event {
        QaEvent::Opened { at, title, language } => {
            if !state.may_report() {
                return Vec::new();
            }
            *state = State {
                stage: Stage::Gathering,
                report: Some(Report::new(title, language)),
                queue: Queue::Technical.as_str().to_owned(),
                ..State::default()
            };
            state.mark(&at, "opened", None);
            state.mark(&at, "escalated", Some(RULE.to_owned()));
            return vec![Effect::Gather];
        }
        QaEvent::Left => {
            if state.report.is_some() && state.may_report() {
                *state = State::default();
            }
        }
        QaEvent::Typed(field, text) => {
            if let Some(report) = being_written(state) {
                match field {
                    Field::Title => {
                        report.suggested = false;
                        report.title = text;
                    }
                    Field::Expected => report.expected = text,
                    Field::Actual => report.actual = text,
                }
            }
        }
        QaEvent::Rated(severity) => {
            if let Some(report) = being_written(state) {
                report.severity = severity;
            }
        }
        QaEvent::Kept(kept) => {
            if let Some(report) = &mut state.report {
                report.kept = Some(kept);
            }
        }
    }
    Vec::new()
}

/// The report while it may be changed. What was kept of it before is no longer
/// all of it.
fn being_written(state: &mut State) -> Option<&mut Report> {
    if matches!(state.stage, Stage::Sending | Stage::Delivered | Stage::Failed) {
        return None;
    }
    let report = state.report.as_mut()?;
    report.kept = None;
    Some(report)
}

/// What was kept of the report before is no longer all of it.
pub(crate) fn touched(state: &mut State) {
    let _ = being_written(state);
}

/// The last error of the page is the title, until the tester has a better one.
pub(crate) fn suggest(state: &mut State) {
    let Some(report) = state.report.as_mut().filter(|report| report.suggested) else { return };
    let items = state.review.iter().flat_map(|review| &review.items);
    let errors = items.filter(|entry| entry.item == Item::Errors);
    if let Some(error) = errors.filter_map(|entry| entry.lines.last()).next() {
        report.title = cut(error);
    }
}
