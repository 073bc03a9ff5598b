//! What triage makes of the customer's words, for the conversation and for a packet.

use baton_packet::{Customer, Escalation, Intent, Route, Summary, Triage};
use baton_triage::{Action, Context, Model, decide, route, summarize_about, team_name, triage};
use serde::Serialize;

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
    /// Preferred language of the browser, BCP 47.
    pub locale: Option<String>,
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
    /// How the destination is named to the customer.
    pub team: String,
    /// Whether the rules bring a human in.
    pub escalates: bool,
    /// Whether the words do not say yet what they are about.
    pub says_nothing: bool,
}

/// Understands the customer's words, oldest first. Without the model, explicit
/// rules do it alone.
#[must_use]
pub fn understand(model: Option<&Model>, texts: &[&str], facts: &Facts) -> Understanding {
    let context = Context {
        customer: Some(&facts.customer),
        page_url: &facts.page_url,
        has_errors: facts.has_errors,
        failed_requests: facts.failed_requests,
        locale: facts.locale.as_deref(),
        ..Context::default()
    };
    let triage = triage(model, texts);
    let decision = decide(&triage, &context);
    let route = route(&triage, &context);
    Understanding {
        summary: summarize_about(triage.intent, texts),
        team: team_name(&route.queue).to_owned(),
        escalates: decision.action == Action::Escalate,
        says_nothing: triage.intent == Intent::Other && !triage.wants_human,
        escalation: decision.escalation,
        triage,
        route,
    }
}

/// The part of an [`Understanding`] on which the conversation goes on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard {
    /// Messages in the conversation when it was asked for: later words make it stale.
    pub messages: u32,
    /// See [`Understanding::escalation`].
    pub escalation: Escalation,
    /// See [`Understanding::team`].
    pub team: String,
    /// See [`Understanding::escalates`].
    pub escalates: bool,
    /// See [`Understanding::says_nothing`].
    pub says_nothing: bool,
}
