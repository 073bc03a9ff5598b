//! Example conversations: what is said, what is known, and what must follow.

use baton_triage::packet::{Customer, CustomerState, Intent, Priority, Topic, Triage, Urgency};
use baton_triage::{Context, Model, Rules, names_email, repeats, triage};
use serde::Deserialize;

use crate::Failure;

/// The examples of the shipped rules.
pub const SHIPPED: &str = include_str!("../../../triage/rules/default.examples.jsonl");

/// How sure the pinned answers of an example are, unless it says otherwise.
const PINNED: f64 = 0.9;

/// One example, one line of JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The rule or route that it nearly fires.
    pub near: Option<String>,
    /// The customer's messages, oldest first.
    pub messages: Vec<String>,
    /// What is settled of the triage, so that an example of rules does not hang on
    /// what the model happens to say.
    #[serde(default)]
    pub triage: Pinned,
    /// What is known besides.
    #[serde(default)]
    pub context: Known,
    /// What must follow.
    pub expect: Expected,
}

/// Answers of triage that an example settles.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pinned {
    intent: Option<Intent>,
    intent_confidence: Option<f64>,
    urgency: Option<Urgency>,
    customer_state: Option<CustomerState>,
    state_confidence: Option<f64>,
    wants_human: Option<bool>,
    topics: Option<Vec<Topic>>,
    language: Option<String>,
}

/// What is known besides the words, see [`Context`]. Turns and repetitions are
/// counted from the messages.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Known {
    customer: Customer,
    page_url: String,
    has_errors: bool,
    failed_requests: u32,
    console_errors: u32,
    locale: Option<String>,
    pub(crate) entities: Vec<String>,
    pub(crate) areas: Vec<String>,
    failed_answers: u32,
    answer_available: bool,
    answer_grounded: bool,
    answer_inferred: bool,
    answer_needs_human: bool,
    email_known: bool,
    now_ms: Option<f64>,
}

/// An answer with a source is at hand: else every example fires the same rule.
impl Default for Known {
    fn default() -> Self {
        Self {
            customer: Customer::default(),
            page_url: String::new(),
            has_errors: false,
            failed_requests: 0,
            console_errors: 0,
            locale: None,
            entities: Vec::new(),
            areas: Vec::new(),
            failed_answers: 0,
            answer_available: true,
            answer_grounded: true,
            answer_inferred: false,
            answer_needs_human: false,
            email_known: false,
            now_ms: None,
        }
    }
}

/// What must follow; what is left out is not looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    action: Option<String>,
    rules: Option<Vec<String>>,
    evidence: Option<Vec<String>>,
    tone: Option<String>,
    queue: Option<String>,
    skill: Option<String>,
    priority: Option<Priority>,
    sla_minutes: Option<u32>,
    alternatives: Option<Vec<String>>,
}

/// What became of an example.
#[derive(Debug)]
pub struct Outcome {
    /// Its line, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// See [`Example::near`].
    pub near: Option<String>,
    /// The rules that fired.
    pub fired: Vec<String>,
    /// The queue it went to.
    pub queue: String,
    /// Where it ended otherwise than it says, in words.
    pub differences: Vec<String>,
}

/// Tries every example, one a line; empty lines are skipped.
///
/// # Errors
/// If a line is no example.
pub fn try_examples(rules: &Rules, model: &Model, examples: &str) -> Result<Vec<Outcome>, Failure> {
    let lines = examples.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(place, line)| {
            let example: Example = serde_json::from_str(line)
                .map_err(|error| format!("examples, line {}: {error}", place + 1))?;
            Ok(tried(rules, model, place + 1, example))
        })
        .collect()
}

fn tried(rules: &Rules, model: &Model, line: usize, example: Example) -> Outcome {
    let Example { name, near, messages, triage: pinned, context: known, expect } = example;
    let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
    let triage = pinned.settle(triage(Some(model), &messages));
    let (entities, areas) = (borrowed(&known.entities), borrowed(&known.areas));
    let context = known.context(&messages, &entities, &areas);
    let decision = rules.decide(&triage, &context);
    let route = rules.route(&triage, &context);
    let escalation = decision.escalation;
    let fired: Vec<String> = escalation.rules_fired.into_iter().map(|fired| fired.rule).collect();
    let evidence: Vec<&str> = escalation.evidence.iter().map(|kind| kind.as_str()).collect();
    let alternatives: Vec<&str> =
        route.alternatives.iter().map(|other| other.queue.as_str()).collect();

    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: Option<String>, found: String| {
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            differences.push(format!("{what}: expected {expected}, found {found}"));
        }
    };
    let listed = |list: Option<Vec<String>>| list.map(|list| list.join(" "));
    compare("action", expect.action, decision.action.as_str().to_owned());
    compare("rules", listed(expect.rules), fired.join(" "));
    compare("evidence", listed(expect.evidence), evidence.join(" "));
    compare("tone", expect.tone, escalation.tone.unwrap_or_default());
    compare("queue", expect.queue, route.queue.clone());
    compare("skill", expect.skill, route.skill.unwrap_or_default());
    compare(
        "priority",
        expect.priority.map(|priority| priority.to_string()),
        route.priority.to_string(),
    );
    let minutes = route.sla_minutes.map_or("none".to_owned(), |minutes| minutes.to_string());
    compare("sla_minutes", expect.sla_minutes.map(|minutes| minutes.to_string()), minutes);
    compare("alternatives", listed(expect.alternatives), alternatives.join(" "));
    Outcome { line, name, near, fired, queue: route.queue, differences }
}

impl Known {
    pub(crate) fn context<'k>(
        &'k self,
        messages: &[&str],
        entities: &'k [&'k str],
        areas: &'k [&'k str],
    ) -> Context<'k> {
        Context {
            customer: Some(&self.customer),
            page_url: &self.page_url,
            has_errors: self.has_errors,
            failed_requests: self.failed_requests,
            console_errors: self.console_errors,
            locale: self.locale.as_deref(),
            turns: messages.len() as u32,
            repeats: repeats(messages),
            entities,
            areas,
            failed_answers: self.failed_answers,
            answer_available: self.answer_available,
            answer_grounded: self.answer_grounded,
            answer_inferred: self.answer_inferred,
            answer_needs_human: self.answer_needs_human,
            email_known: self.email_known || names_email(messages),
            now_ms: self.now_ms,
        }
    }
}

pub(crate) fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

impl Pinned {
    pub(crate) fn settle(self, mut triage: Triage) -> Triage {
        let confidence = &mut triage.confidence;
        if let Some(intent) = self.intent {
            (triage.intent, confidence.intent) = (intent, PINNED);
            triage.scores.intent = [(intent.as_str().to_owned(), PINNED)].into_iter().collect();
        }
        confidence.intent = self.intent_confidence.unwrap_or(confidence.intent);
        if let Some(state) = self.customer_state {
            (triage.customer_state, confidence.customer_state) = (state, PINNED);
        }
        confidence.customer_state = self.state_confidence.unwrap_or(confidence.customer_state);
        triage.urgency = self.urgency.unwrap_or(triage.urgency);
        triage.wants_human = self.wants_human.unwrap_or(triage.wants_human);
        triage.topics = self.topics.unwrap_or(triage.topics);
        triage.language = self.language.unwrap_or(triage.language);
        triage
    }
}
