//! What the rules alone say, for as long as no model has arrived.

use baton_packet::{CustomerState, Intent, Topic, Triage, Urgency};
use baton_triage::{Context, decide, route};

fn triage(text: &str) -> Triage {
    baton_triage::triage(None, &[text])
}

#[test]
fn a_person_is_still_asked_for_or_declined() {
    for text in ["Let me talk to a real person", "Ich möchte mit einem Menschen sprechen", "转人工"]
    {
        let found = triage(text);
        assert!(found.wants_human && found.confidence.wants_human >= 0.9, "{text}");
        assert_eq!(decide(&found, &Context::default()).escalation.rule, "asked_for_human");
    }
    for text in ["I don't need a human, just the link", "The agent report is empty", "hello"] {
        assert!(!triage(text).wants_human, "{text}");
    }
}

#[test]
fn every_topic_is_still_found_by_its_phrases() {
    for (topic, text) in [
        (Topic::Security, "Someone is in my account, I was hacked"),
        (Topic::Legal, "My lawyer will write to you"),
        (Topic::Privacy, "This is a GDPR request"),
        (Topic::BillingException, "Could you waive the fee, just this once?"),
        (Topic::AccessDispute, "My co-founder removed me from our organisation"),
        (Topic::Churn, "Please close my account"),
        (Topic::DataLoss, "After the crash all our notes are gone"),
        (Topic::Outage, "The whole site is down"),
    ] {
        let found = triage(text);
        assert!(found.topics.contains(&topic), "{text} {:?}", found.scores.topics);
    }
}

#[test]
fn an_intent_is_named_where_a_plain_phrase_names_it() {
    for (intent, queue, text) in [
        (Intent::Security, "security", "My account was hacked"),
        (Intent::PrivacyLegal, "privacy-legal", "Der Anwalt meldet sich, dsgvo"),
        (Intent::Refund, "billing", "I want my money back"),
        (Intent::Refund, "billing", "返金してください"),
        (Intent::Cancel, "customer-success", "Please close our account"),
        (Intent::Outage, "technical", "Seit heute ausgefallen"),
        (Intent::Access, "support", "J'ai perdu mon mot de passe"),
        (Intent::Bug, "technical", "The export fails with an error"),
    ] {
        let found = triage(text);
        assert_eq!(found.intent, intent, "{text}");
        assert_eq!(route(&found, &Context::default()).queue, queue, "{text}");
        assert!(found.reasons.iter().any(|reason| reason.about.starts_with("intent:")), "{text}");
    }
}

#[test]
fn what_no_phrase_names_is_other_and_unsure() {
    for text in ["Where do I set the working hours?", "It is urgent", "hello", "🎉", ""] {
        let found = triage(text);
        assert_eq!(found.intent, Intent::Other, "{text}");
        assert!(found.confidence.intent < 0.4, "{text}");
        assert_eq!(found.customer_state, CustomerState::Neutral, "{text}");
    }
}

#[test]
fn words_of_urgency_and_the_language_are_still_read() {
    assert_eq!(triage("Das ist dringend, bitte helfen Sie mir").urgency, Urgency::High);
    assert_eq!(triage("Production is down, nobody can work").urgency, Urgency::Critical);
    assert_eq!(triage("Where do I set the working hours?").urgency, Urgency::Normal);
    assert_eq!(triage("Ich kann die Rechnung nicht finden").language, "de");
}
