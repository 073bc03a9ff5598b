//! The rules and the routes: each fires on its own evidence and says why.

use std::sync::LazyLock;

use baton_packet::{
    Assurance, Customer, CustomerState, Entitlement, Intent, Priority, Topic, Triage, Urgency,
};
use baton_triage::{Action, Context, MODEL, Model, decide, route};

/// What the model says of the messages.
fn triage(messages: &[&str]) -> Triage {
    static READ: LazyLock<Model> =
        LazyLock::new(|| Model::read(MODEL).expect("the model in the repository is good"));
    baton_triage::triage(Some(&READ), messages)
}

/// A how-to question, understood well.
fn calm() -> Triage {
    let mut calm = triage(&["Where do I set working hours?"]);
    calm.intent = Intent::HowTo;
    calm.urgency = Urgency::Normal;
    calm.customer_state = CustomerState::Neutral;
    calm.wants_human = false;
    calm.topics = Vec::new();
    calm.confidence.intent = 0.9;
    calm.scores.intent = Default::default();
    calm
}

fn answered() -> Context<'static> {
    Context { answer_available: true, answer_grounded: true, ..Context::default() }
}

fn about(intent: Intent) -> Triage {
    Triage { intent, ..calm() }
}

fn touching(topic: Topic) -> Triage {
    Triage { topics: vec![topic], ..calm() }
}

fn feeling(customer_state: CustomerState) -> Triage {
    Triage { customer_state, ..calm() }
}

fn enterprise() -> Customer {
    Customer {
        segment: Some("Enterprise".to_owned()),
        role: Some("admin".to_owned()),
        entitlement: Some(Entitlement {
            tier: "gold".to_owned(),
            first_response_minutes: Some(30),
            extra: Default::default(),
        }),
        ..Customer::default()
    }
}

#[test]
fn every_rule_that_fired_says_why() {
    let triage = Triage { wants_human: true, ..about(Intent::Refund) };
    let context = Context { failed_answers: 2, ..answered() };
    let decision = decide(&triage, &context);
    let told: Vec<(&str, &str)> = decision
        .escalation
        .rules_fired
        .iter()
        .map(|fired| (fired.rule.as_str(), fired.because.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("asked_for_human", "wants human yes"),
            ("refund", "intent refund (90 %)"),
            ("answers_keep_failing", "failed answers 2"),
            ("answer_did_not_help", "failed answers 2"),
        ]
    );
    assert_eq!(decision.escalation.reason, "You asked for a person.");
    assert_eq!(decision.message, "asked_for_human");
}

#[test]
fn a_calm_question_with_a_sourced_answer_is_answered() {
    let decision = decide(&calm(), &answered());
    assert_eq!(decision.action, Action::KeepAnswering);
    assert_eq!(decision.escalation.rule, "customer_choice");
    assert!(decision.escalation.rules_fired.is_empty());
}

#[test]
fn the_earlier_rule_decides_and_the_others_are_told() {
    let triage = Triage {
        customer_state: CustomerState::Angry,
        topics: vec![Topic::Legal],
        ..about(Intent::Bug)
    };
    let escalation = decide(&triage, &answered()).escalation;
    let fired: Vec<&str> = escalation.rules_fired.iter().map(|rule| rule.rule.as_str()).collect();
    assert_eq!(
        fired,
        ["legal", "angry", "needs_investigation", "needs_picture", "needs_logs", "needs_steps"]
    );
    assert_eq!(escalation.rule, "legal");
    assert_eq!(escalation.tone.as_deref(), Some("careful"));
}

#[test]
fn the_first_failed_answer_offers_a_person() {
    let decision = decide(&calm(), &Context { failed_answers: 1, ..answered() });
    assert_eq!(decision.action, Action::Offer);
    assert_eq!(decision.escalation.rule, "answer_did_not_help");
}

#[test]
fn an_offer_never_outweighs_an_escalation() {
    let context = Context { failed_answers: 1, ..Context::default() };
    let decision = decide(&calm(), &context);
    assert_eq!(decision.action, Action::Escalate);
    assert_eq!(decision.escalation.rule, "no_answer_source");
}

#[test]
fn the_tone_is_calm_for_anger_and_fear() {
    for state in [CustomerState::Angry, CustomerState::Anxious] {
        let tone = decide(&feeling(state), &answered()).escalation.tone;
        assert_eq!(tone.as_deref(), Some("calm"));
    }
}

#[test]
fn a_forgotten_password_fires_no_access_dispute() {
    let triage = triage(&["I forgot my password, how do I reset it?"]);
    let fired = decide(&triage, &answered()).escalation.rules_fired;
    assert!(fired.iter().all(|rule| rule.rule != "access_dispute"), "{fired:?}");
}

#[test]
fn errors_in_the_page_call_for_investigation_unless_the_question_is_a_clear_one() {
    let context = Context { has_errors: true, ..answered() };
    let unsure = {
        let mut unsure = calm();
        unsure.confidence.intent = 0.3;
        unsure
    };
    for triage in [unsure, about(Intent::Access), about(Intent::Bug)] {
        let decision = decide(&triage, &context);
        assert_eq!(decision.escalation.rule, "needs_investigation", "{:?}", triage.intent);
    }
    assert!(decide(&calm(), &context).action < Action::Offer, "it gets its answer first");
    let failed = Context { failed_answers: 1, ..context };
    assert_eq!(decide(&calm(), &failed).escalation.rule, "needs_investigation");
    assert_eq!(route(&calm(), &context).queue, "technical");
}

#[test]
fn a_billing_exception_never_lands_with_technical_support() {
    for &intent in Intent::ALL {
        let triage = Triage { intent, ..touching(Topic::BillingException) };
        for has_errors in [false, true] {
            let route = route(&triage, &Context { has_errors, ..answered() });
            assert_ne!(route.queue, "technical", "{intent}");
            assert_ne!(route.queue, "support", "{intent}");
        }
    }
    let words = triage(&["The export broke, so please waive the March fee as a courtesy credit."]);
    assert_eq!(route(&words, &answered()).queue, "billing");
}

#[test]
fn an_enterprise_admins_bug_never_enters_the_how_to_flow() {
    let customer = enterprise();
    for text in [
        "The export shows an error when I click it",
        "How do I export? It fails with an error every time",
    ] {
        let context = Context { customer: Some(&customer), has_errors: true, ..answered() };
        let triage = triage(&[text]);
        assert_eq!(decide(&triage, &context).action, Action::Escalate, "{text}");
        assert_eq!(route(&triage, &context).queue, "technical", "{text}");
    }
}

#[test]
fn queues_follow_the_subject() {
    for (triage, queue) in [
        (about(Intent::Security), "security"),
        (about(Intent::PrivacyLegal), "privacy-legal"),
        (about(Intent::Refund), "billing"),
        (about(Intent::Access), "support"),
        (about(Intent::Cancel), "customer-success"),
        (about(Intent::Outage), "technical"),
        (about(Intent::Billing), "billing"),
        (about(Intent::Integration), "technical"),
        (about(Intent::Bug), "technical"),
        (about(Intent::HowTo), "support"),
        (about(Intent::Other), "support"),
        (touching(Topic::AccessDispute), "security"),
        (feeling(CustomerState::ChurnRisk), "customer-success"),
    ] {
        let route = route(&triage, &answered());
        assert_eq!(route.queue, queue, "{} {:?}", triage.intent, triage.topics);
        assert!(!route.reason.is_empty());
        assert!(route.alternatives.iter().all(|other| other.queue != queue));
    }
}

#[test]
fn a_bug_of_someone_leaving_names_customer_success_as_alternative() {
    let triage = Triage { customer_state: CustomerState::ChurnRisk, ..about(Intent::Bug) };
    let route = route(&triage, &answered());
    assert_eq!(route.queue, "technical");
    assert_eq!(route.alternatives[0].queue, "customer-success");
}

#[test]
fn priority_and_promised_time_need_a_proven_identity() {
    let triage = Triage { urgency: Urgency::High, ..about(Intent::Bug) };
    let claimed = enterprise();
    let unproven = route(&triage, &Context { customer: Some(&claimed), ..answered() });
    assert_eq!((unproven.priority, unproven.sla_minutes), (Priority::High, None));
    let signed = Customer { assurance: Assurance::Jwt, ..claimed };
    let proven = route(&triage, &Context { customer: Some(&signed), ..answered() });
    assert_eq!((proven.priority, proven.sla_minutes), (Priority::Urgent, Some(30)));
}

#[test]
fn priority_follows_urgency() {
    let expected = [Priority::Low, Priority::Normal, Priority::High, Priority::Urgent];
    for (&urgency, priority) in Urgency::ALL.iter().zip(expected) {
        assert_eq!(route(&Triage { urgency, ..calm() }, &answered()).priority, priority);
    }
}

#[test]
fn an_undecided_language_falls_back_on_the_preferred_one() {
    let triage = Triage { language: "und".to_owned(), ..calm() };
    let context = Context { locale: Some("pt-BR"), ..answered() };
    assert_eq!(route(&triage, &context).language, "pt");
    assert_eq!(route(&triage, &answered()).language, "und");
}

#[test]
fn a_report_that_says_nothing_of_urgency_is_not_idle() {
    let triage = triage(&["The invoice export fails with error 500 every time I try it."]);
    assert_eq!(triage.urgency, Urgency::Normal);
}

#[test]
fn what_breaks_at_an_invoice_is_a_bug_and_no_matter_of_billing() {
    for text in [
        "The invoice export fails with error 500 every time I try it.",
        "I clicked on an invoice and nothing happens, the page just freezes.",
        "The project page crashes with an error, it is a bug.",
        "Opening an invoice is broken: I click on it and nothing happens, I think it is a bug.",
    ] {
        let triage = triage(&[text]);
        assert_eq!(triage.intent, Intent::Bug, "{text}");
        for has_errors in [false, true] {
            let context = Context { has_errors, ..answered() };
            assert_eq!(route(&triage, &context).queue, "technical", "{text}");
            assert_eq!(decide(&triage, &context).escalation.rule, "needs_investigation", "{text}");
        }
    }
}
