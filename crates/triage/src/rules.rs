//! When a human is brought in: an ordered table of rules.

use baton_packet::{CustomerState, Escalation, FiredRule, Intent, Topic, Triage};

use crate::Context;

/// Below this probability of the intent, Baton is unsure what is meant.
pub const UNSURE_BELOW: f64 = 0.4;

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Give the answer at hand.
    Answer,
    /// Give what there is, and offer a person beside it.
    Offer,
    /// Bring a person in.
    Escalate,
}

/// What the rules concluded.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What to do next.
    pub action: Action,
    /// Why, in the form a packet carries. If no rule fired, the rule is
    /// `customer_choice`: it holds once the customer hands over all the same.
    pub escalation: Escalation,
}

/// A rule as shown to people: for lists and documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// Stable id.
    pub id: &'static str,
    /// What it does when it fires.
    pub action: Action,
    /// Its reason, spoken to the customer.
    pub reason: &'static str,
    /// How the agent should sound, where the rule says so.
    pub tone: Option<&'static str>,
}

struct Rule {
    info: RuleInfo,
    fires: fn(&Triage, &Context<'_>) -> bool,
}

const CALM: Option<&str> = Some("calm");
const CAREFUL: Option<&str> = Some("careful");

const fn rule(
    id: &'static str,
    action: Action,
    tone: Option<&'static str>,
    reason: &'static str,
    fires: fn(&Triage, &Context<'_>) -> bool,
) -> Rule {
    Rule { info: RuleInfo { id, action, reason, tone }, fires }
}

/// The rules by precedence: the first that fires decides, the others are told.
static RULES: &[Rule] = &[
    rule("asked_for_human", Action::Escalate, None, "You asked for a person.", |triage, _| {
        triage.wants_human
    }),
    rule(
        "security",
        Action::Escalate,
        CAREFUL,
        "This may touch the security of an account or of data, so a person looks at it first.",
        |triage, _| triage.intent == Intent::Security || has(triage, Topic::Security),
    ),
    rule(
        "legal",
        Action::Escalate,
        CAREFUL,
        "This is a legal matter, and only a person may answer it.",
        |triage, _| has(triage, Topic::Legal),
    ),
    rule(
        "privacy",
        Action::Escalate,
        CAREFUL,
        "This is about personal data, and a person has to handle it.",
        |triage, _| triage.intent == Intent::PrivacyLegal || has(triage, Topic::Privacy),
    ),
    rule(
        "billing_exception",
        Action::Escalate,
        CAREFUL,
        "An exception like this is decided by a person.",
        |triage, _| has(triage, Topic::BillingException),
    ),
    rule(
        "refund",
        Action::Escalate,
        CAREFUL,
        "Money that was already taken is checked by a person.",
        |triage, _| triage.intent == Intent::Refund,
    ),
    rule(
        "access_dispute",
        Action::Escalate,
        CAREFUL,
        "Who may use the account is contested, and a person has to settle that.",
        |triage, _| has(triage, Topic::AccessDispute),
    ),
    rule(
        "data_loss",
        Action::Escalate,
        CALM,
        "Data may be lost, so a person looks at it before anything else is tried.",
        |triage, _| has(triage, Topic::DataLoss),
    ),
    rule(
        "outage",
        Action::Escalate,
        None,
        "It sounds as if the service is not working, and our team has to know.",
        |triage, _| triage.intent == Intent::Outage || has(triage, Topic::Outage),
    ),
    rule(
        "churn_risk",
        Action::Escalate,
        None,
        "You are thinking of leaving, and a person should hear why.",
        |triage, _| {
            triage.intent == Intent::Cancel
                || triage.customer_state == CustomerState::ChurnRisk
                || has(triage, Topic::Churn)
        },
    ),
    rule(
        "angry",
        Action::Escalate,
        CALM,
        "This has been frustrating, and a person should take it from here.",
        |triage, _| is_surely(triage, CustomerState::Angry),
    ),
    rule(
        "anxious",
        Action::Escalate,
        CALM,
        "This worries you, and a person should take it from here.",
        |triage, _| is_surely(triage, CustomerState::Anxious),
    ),
    rule(
        "needs_investigation",
        Action::Escalate,
        None,
        "Someone has to look into what went wrong.",
        |triage, context| {
            context.has_errors
                || matches!(triage.intent, Intent::Bug | Intent::Outage | Intent::Integration)
        },
    ),
    rule(
        "high_value_account",
        Action::Escalate,
        None,
        "A person looks after your account.",
        |_, context| context.high_value(),
    ),
    rule("answer_did_not_help", Action::Offer, None, "The answer did not help.", |_, context| {
        context.failed_answers > 0
    }),
    rule(
        "no_answer_source",
        Action::Escalate,
        None,
        "Nothing here can answer this on its own.",
        |_, context| !context.answer_available,
    ),
    rule(
        "low_confidence",
        Action::Offer,
        None,
        "I am not sure that I understood you.",
        |triage, _| triage.confidence.intent < UNSURE_BELOW,
    ),
    rule(
        "answer_not_grounded",
        Action::Offer,
        None,
        "I have no source for an answer to this.",
        |_, context| context.answer_available && !context.answer_grounded,
    ),
];

/// Every rule, by precedence.
pub fn rules() -> impl ExactSizeIterator<Item = RuleInfo> {
    RULES.iter().map(|rule| rule.info)
}

/// How sure it must be of somebody's mood before it says so to them.
const SURE_OF_MOOD: f64 = 0.7;

fn is_surely(triage: &Triage, state: CustomerState) -> bool {
    triage.customer_state == state && triage.confidence.customer_state >= SURE_OF_MOOD
}

/// Applies the rules. The first that fires decides; a rule that only offers a
/// person never outweighs one that brings a person in.
#[must_use]
pub fn decide(triage: &Triage, context: &Context<'_>) -> Decision {
    let mut fired: Vec<RuleInfo> = Vec::new();
    let mut offers = 0;
    for rule in RULES.iter().filter(|rule| (rule.fires)(triage, context)) {
        if rule.info.action == Action::Escalate {
            fired.insert(fired.len() - offers, rule.info);
        } else {
            fired.push(rule.info);
            offers += 1;
        }
    }
    let tone = fired.iter().find_map(|rule| rule.tone).map(str::to_owned);
    let (action, id, reason) = fired.first().map_or(
        (Action::Answer, "customer_choice", "You chose to hand this to a person."),
        |rule| (rule.action, rule.id, rule.reason),
    );
    let rules_fired = fired
        .iter()
        .map(|rule| FiredRule { rule: rule.id.to_owned(), reason: rule.reason.to_owned() })
        .collect();
    Decision {
        action,
        escalation: Escalation {
            rule: id.to_owned(),
            reason: reason.to_owned(),
            rules_fired,
            tone,
            extra: Default::default(),
        },
    }
}

fn has(triage: &Triage, topic: Topic) -> bool {
    triage.topics.contains(&topic)
}
