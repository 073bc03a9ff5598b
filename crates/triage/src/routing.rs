//! Who should take the case, and how soon.

use baton_packet::{
    AlternativeRoute, CustomerState, Intent, Priority, Queue, Route, Topic, Triage, Urgency,
};

use crate::Context;

/// An intent this probable names an alternative.
const ALTERNATIVE_FROM: f64 = 0.2;
/// Most alternatives a route names.
const MOST_ALTERNATIVES: usize = 3;

/// Names the queue, the priority and, where the customer's identity is proven,
/// the promised time.
#[must_use]
pub fn route(triage: &Triage, context: &Context<'_>) -> Route {
    let (queue, reason) = queue(triage, context);
    let proven = context.proven();
    let mut priority = match triage.urgency {
        Urgency::Low => Priority::Low,
        Urgency::Normal => Priority::Normal,
        Urgency::High => Priority::High,
        Urgency::Critical => Priority::Urgent,
    };
    if proven.is_some() && context.high_value() {
        priority = match priority {
            Priority::Low => Priority::Normal,
            Priority::Normal => Priority::High,
            Priority::High | Priority::Urgent => Priority::Urgent,
        };
    }
    let language = match triage.language.as_str() {
        crate::language::UNDETERMINED => context.preferred_language().unwrap_or(&triage.language),
        known => known,
    };
    Route {
        queue: queue.as_str().to_owned(),
        priority,
        language: language.to_owned(),
        sla_minutes: proven
            .and_then(|customer| customer.entitlement.as_ref())
            .and_then(|entitlement| entitlement.first_response_minutes),
        reason: reason.to_owned(),
        alternatives: alternatives(triage, context, queue),
        extra: Default::default(),
    }
}

/// How a queue is named to the customer, as part of a sentence. A queue of the
/// embedder's own is "our support team".
#[must_use]
pub fn team_name(queue: &str) -> &'static str {
    match Queue::parse(queue) {
        Some(Queue::Billing) => "our billing team",
        Some(Queue::Technical) => "our technical team",
        Some(Queue::Security) => "our security team",
        Some(Queue::PrivacyLegal) => "our privacy and legal team",
        Some(Queue::CustomerSuccess) => "our customer success team",
        Some(Queue::Sales) => "our sales team",
        Some(Queue::Support) | None => "our support team",
    }
}

/// Sensitive subjects go before the intent, so that a case is not sent where
/// nobody may decide it.
fn queue(triage: &Triage, context: &Context<'_>) -> (Queue, &'static str) {
    let has = |topic| triage.topics.contains(&topic);
    let investigation = matches!(triage.intent, Intent::Bug | Intent::Outage | Intent::Integration);
    if triage.intent == Intent::Security || has(Topic::Security) {
        return (Queue::Security, "security of an account or of data");
    }
    if triage.intent == Intent::PrivacyLegal || has(Topic::Legal) {
        return (Queue::PrivacyLegal, "a legal matter or personal data");
    }
    if triage.intent == Intent::Refund || has(Topic::BillingException) {
        return (Queue::Billing, "money back or an exception, which billing decides");
    }
    if has(Topic::AccessDispute) {
        return (Queue::Security, "who may have access is contested");
    }
    if triage.intent == Intent::Cancel {
        return (Queue::CustomerSuccess, "the customer is leaving");
    }
    if triage.intent == Intent::Billing {
        return (Queue::Billing, "invoice, price or payment");
    }
    if investigation || has(Topic::DataLoss) || has(Topic::Outage) {
        return (Queue::Technical, "something has to be investigated");
    }
    if has(Topic::Privacy) {
        return (Queue::PrivacyLegal, "personal data");
    }
    if triage.intent == Intent::Access {
        return (Queue::Support, "the customer cannot get in");
    }
    if context.has_errors {
        return (Queue::Technical, "the page had errors");
    }
    if triage.customer_state == CustomerState::ChurnRisk || has(Topic::Churn) {
        return (Queue::CustomerSuccess, "the customer may leave");
    }
    let reason = match triage.intent {
        Intent::AccountChange => "a change of the account",
        Intent::FeatureRequest => "a wish for the product",
        Intent::HowTo => "a question about use",
        Intent::Feedback => "an opinion about the product",
        _ => "nothing points to a special team",
    };
    (Queue::Support, reason)
}

fn alternatives(triage: &Triage, context: &Context<'_>, chosen: Queue) -> Vec<AlternativeRoute> {
    let mut found: Vec<(Queue, &'static str)> = Vec::new();
    let mut add = |queue, reason| {
        if queue != chosen && found.iter().all(|(known, _)| *known != queue) {
            found.push((queue, reason));
        }
    };
    if triage.customer_state == CustomerState::ChurnRisk || triage.topics.contains(&Topic::Churn) {
        add(Queue::CustomerSuccess, "the customer may leave");
    }
    if triage.topics.contains(&Topic::Privacy) {
        add(Queue::PrivacyLegal, "personal data is involved");
    }
    if context.has_errors {
        add(Queue::Technical, "the page had errors");
    }
    if context.high_value() {
        add(Queue::CustomerSuccess, "an account of high value");
    }
    // At this threshold at most five intents fit; their order is that of precedence.
    for &intent in Intent::ALL {
        let probability = triage.scores.intent.get(intent.as_str()).unwrap_or(0.0);
        if probability >= ALTERNATIVE_FROM {
            add(home(intent), "the words also fit there");
        }
    }
    found.truncate(MOST_ALTERNATIVES);
    found
        .into_iter()
        .map(|(queue, reason)| AlternativeRoute {
            queue: queue.as_str().to_owned(),
            reason: reason.to_owned(),
        })
        .collect()
}

/// The queue an intent alone would go to.
fn home(intent: Intent) -> Queue {
    match intent {
        Intent::Security => Queue::Security,
        Intent::PrivacyLegal => Queue::PrivacyLegal,
        Intent::Refund | Intent::Billing => Queue::Billing,
        Intent::Cancel => Queue::CustomerSuccess,
        Intent::Outage | Intent::Integration | Intent::Bug => Queue::Technical,
        Intent::Access
        | Intent::AccountChange
        | Intent::FeatureRequest
        | Intent::HowTo
        | Intent::Feedback
        | Intent::Other => Queue::Support,
    }
}
