//! What triage makes of the customer's words, for the conversation and for a packet.

use baton_packet::{
    Customer, Escalation, FactKind, Intent, Reason, Route, Summary, Triage, Urgency,
};
use baton_triage::{
    Action, Area, Context, Flows, Model, Opens, Rules, extract, names_email, repeats,
    summarize_with, triage,
};
use serde::Serialize;

use crate::{Question, Standing};

/// What the page knows that triage and routing may use.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Who asks, as far as the page told.
    pub customer: Customer,
    /// URL of the page.
    pub page_url: String,
    /// Whether the page had uncaught errors.
    pub has_errors: bool,
    /// Requests that failed or were answered with 400 or above.
    pub failed_requests: u32,
    /// Errors that the page wrote to its console.
    pub console_errors: u32,
    /// Preferred language of the browser, BCP 47.
    pub locale: Option<String>,
    /// The time, in milliseconds since 1970 UTC.
    pub now_ms: Option<f64>,
    /// The parts of the product, as the team names them.
    pub areas: Vec<Area>,
    /// What the customer corrected.
    pub corrected: Corrected,
    /// How the conversation stands with answers.
    pub answers: Standing,
    /// Ids of the questions that the customer answered or skipped.
    pub asked: Vec<String>,
    /// Language of the widget, BCP 47: questions are in it.
    pub ui_locale: Option<String>,
}

/// What the customer says it is, where triage found otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Corrected {
    /// What it is about.
    pub intent: Option<Intent>,
    /// How soon it hurts.
    pub urgency: Option<Urgency>,
    /// Whether they asked for a person other than in words.
    pub wants_human: bool,
}

/// What was understood. Its first four fields are what a packet carries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Understanding {
    /// What it is about.
    pub triage: Triage,
    /// The case in a few lines.
    pub summary: Summary,
    /// Why a human would be needed.
    pub escalation: Escalation,
    /// Who should take it.
    pub route: Route,
    /// Whether the rules bring a human in.
    pub escalates: bool,
    /// Whether they offer one beside the answer; `escalation` has the reason.
    pub offers: bool,
    /// Whether the words do not say yet what they are about.
    pub says_nothing: bool,
    /// What a human would ask first, in order; the customer may skip each.
    pub questions: Vec<baton_triage::Question>,
    /// When the route's queue is there, if its hours and the time are known.
    pub opens: Option<Opens>,
}

/// Understands the customer's words, oldest first. Without the model, explicit
/// cues do it alone. What follows is up to the rules, what is asked up to the flows.
#[must_use]
pub fn understand(
    model: Option<&Model>,
    rules: &Rules,
    flows: &Flows,
    texts: &[&str],
    facts: &Facts,
) -> Understanding {
    let found = extract(texts, &facts.areas);
    let kinds = found.kinds();
    let areas: Vec<&str> = found
        .all()
        .iter()
        .filter(|fact| fact.kind == FactKind::ProductArea.as_str())
        .filter_map(|fact| fact.normalized.as_deref())
        .collect();
    let context = Context {
        customer: Some(&facts.customer),
        page_url: &facts.page_url,
        has_errors: facts.has_errors,
        failed_requests: facts.failed_requests,
        console_errors: facts.console_errors,
        locale: facts.locale.as_deref(),
        turns: texts.len() as u32,
        repeats: repeats(texts),
        entities: &kinds,
        areas: &areas,
        failed_answers: facts.answers.failed,
        answer_available: facts.answers.available,
        answer_grounded: facts.answers.grounded,
        answer_inferred: facts.answers.inferred,
        answer_needs_human: facts.answers.needs_human,
        email_known: facts.customer.email.is_some() || names_email(texts),
        now_ms: facts.now_ms,
    };
    let triage = facts.corrected.settle(triage(model, texts));
    let decision = rules.decide(&triage, &context);
    let route = rules.route(&triage, &context);
    let locale = facts.ui_locale.as_deref().unwrap_or_default();
    Understanding {
        summary: summarize_with(triage.intent, texts, &found),
        escalates: decision.action == Action::Escalate,
        offers: decision.action == Action::Offer,
        says_nothing: triage.intent == Intent::Other && !triage.wants_human,
        questions: flows.questions(&triage, &context, &facts.asked, locale),
        opens: facts.now_ms.and_then(|now| rules.routing.opens(&route.queue, now)),
        escalation: decision.escalation,
        triage,
        route,
    }
}

impl Corrected {
    /// The triage with these answers. They are certain; what the model scored stays.
    fn settle(self, mut triage: Triage) -> Triage {
        let said = |about: &str, label: &str| Reason {
            about: [about, label].concat(),
            feature: "corrected by the customer".to_owned(),
            weight: 10.0,
        };
        if let Some(urgency) = self.urgency {
            (triage.urgency, triage.confidence.urgency) = (urgency, 1.0);
            triage.reasons.insert(0, said("urgency:", urgency.as_str()));
        }
        if let Some(intent) = self.intent {
            (triage.intent, triage.confidence.intent) = (intent, 1.0);
            triage.reasons.insert(0, said("intent:", intent.as_str()));
        }
        if self.wants_human && !triage.wants_human {
            triage.wants_human = true;
            triage.reasons.insert(0, said("wants_human", ""));
        }
        triage
    }
}

/// The part of an [`Understanding`] on which the conversation goes on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard {
    /// Messages in the conversation when it was asked for: later words make it stale.
    pub messages: u32,
    /// See [`Understanding::escalation`].
    pub escalation: Escalation,
    /// The queue that takes it.
    pub queue: String,
    /// When it answers at the latest, in minutes, where that is promised.
    pub sla_minutes: Option<u32>,
    /// When the queue opens, in milliseconds since 1970 UTC, if it is closed now.
    pub opens_at_ms: Option<f64>,
    /// Whether the rules offer a human, and the customer decides.
    pub offers: bool,
    /// What a human would ask anyway, and the customer has not said yet.
    pub questions: Vec<Question>,
    /// Whether something is set up to answer.
    pub can_answer: bool,
    /// See [`Understanding::escalates`].
    pub escalates: bool,
    /// See [`Understanding::says_nothing`].
    pub says_nothing: bool,
}
