//! What triage is told of the conversation, and what it gives back besides the words:
//! whether a person is offered, what to ask, when somebody is there.

use std::sync::OnceLock;

use baton_conversation::{Corrected, Facts, Standing, Understanding, understand};
use baton_packet::{Customer, Intent};
use baton_triage::{Flows, MODEL, Model, Rules};

const HOW: &str = "Where do I set the working hours of my team?";
const BUG: &str = "The export makes an empty file when I click Download";

fn found(texts: &[&str], facts: &Facts) -> Understanding {
    found_by(Rules::shipped(), texts, facts)
}

fn found_by(rules: &Rules, texts: &[&str], facts: &Facts) -> Understanding {
    static MODEL_READ: OnceLock<Model> = OnceLock::new();
    let model = MODEL_READ.get_or_init(|| Model::read(MODEL).unwrap());
    understand(Some(model), rules, Flows::shipped(), texts, facts)
}

fn ids(understanding: &Understanding) -> Vec<&str> {
    understanding.questions.iter().map(|question| &*question.id).collect()
}

/// Something can answer, and has not yet.
fn answering() -> Facts {
    Facts {
        answers: Standing { available: true, grounded: true, ..Standing::default() },
        ..Facts::default()
    }
}

#[test]
fn a_clear_question_is_answered_before_anybody_is_brought_in() {
    for has_errors in [false, true] {
        let understanding = found(&[HOW], &Facts { has_errors, ..answering() });
        assert_eq!(understanding.triage.intent, Intent::HowTo);
        assert!(!understanding.escalates && !understanding.offers, "{understanding:?}");
    }
    let alone = found(&[HOW], &Facts::default());
    assert!(alone.escalates, "nothing here can answer");
    assert_eq!(alone.escalation.rule, "no_answer_source");
}

#[test]
fn how_answers_went_offers_a_person_or_brings_one_in() {
    let said = |change: fn(&mut Standing)| {
        let mut facts = answering();
        change(&mut facts.answers);
        found(&[HOW], &facts)
    };
    let told = |one: &Understanding| (one.escalates, one.offers, one.escalation.rule.clone());
    let offered = |rule: &str| (false, true, rule.to_owned());
    let brought = |rule: &str| (true, false, rule.to_owned());
    assert_eq!(told(&said(|answers| answers.failed = 1)), offered("answer_did_not_help"));
    assert_eq!(told(&said(|answers| answers.failed = 2)), brought("answers_keep_failing"));
    assert_eq!(told(&said(|answers| answers.inferred = true)), offered("answer_not_grounded"));
    assert_eq!(told(&said(|answers| answers.grounded = false)), offered("answer_not_grounded"));
    assert_eq!(told(&said(|answers| answers.needs_human = true)), brought("answer_needs_human"));
}

#[test]
fn who_asks_for_a_person_by_a_button_gets_one() {
    let corrected = Corrected { wants_human: true, ..Corrected::default() };
    let understanding = found(&[HOW], &Facts { corrected, ..answering() });
    assert!(understanding.escalates && understanding.triage.wants_human);
    assert_eq!(understanding.escalation.rule, "asked_for_human");
    assert!(understanding.questions.is_empty(), "{:?}", ids(&understanding));
    assert!(!understanding.says_nothing);
}

#[test]
fn what_was_asked_or_is_known_is_not_asked() {
    let all = found(&[BUG], &answering());
    assert_eq!(ids(&all), ["bug.expected", "bug.since", "bug.often", "bug.where"]);
    let asked = vec!["bug.expected".to_owned(), "bug.often".to_owned()];
    let fewer = found(&[BUG, "Since yesterday"], &Facts { asked, ..answering() });
    assert_eq!(ids(&fewer), ["bug.where", "bug.message"]);

    let locked = "I cannot log in, my password is refused";
    let unknown = found(&[locked], &answering());
    assert_eq!(unknown.triage.intent, Intent::Access);
    assert!(ids(&unknown).contains(&"access.account"));
    let customer = Customer { email: Some("ana@acme.example".to_owned()), ..Customer::default() };
    let known = found(&[locked], &Facts { customer, ..answering() });
    let said = found(&[locked, "It is ana@acme.example"], &answering());
    for understanding in [known, said] {
        assert!(!ids(&understanding).contains(&"access.account"), "{:?}", ids(&understanding));
    }
}

#[test]
fn the_customer_is_told_when_the_queue_is_there() {
    let rules = Rules::read(
        r#"{ "version": 1, "extends": "default", "routing": { "routes": [], "queues": [
            { "queue": "technical", "hours": { "utc_offset_minutes": 0, "closed_on": ["2026-12-01"],
              "open": [{ "days": ["mon", "tue", "wed"], "from": "09:00", "to": "17:00" }] } }] } }"#,
    )
    .unwrap();
    // Monday, 2026-11-30, at this hour.
    let at = |hour: f64| 20_787.0 * 86_400_000.0 + hour * 3_600_000.0;
    let opens = |now_ms| found_by(&rules, &[BUG], &Facts { now_ms, ..Facts::default() }).opens;
    let open = opens(Some(at(10.0))).unwrap();
    assert_eq!((open.now, open.at_ms), (true, None));
    let closed = opens(Some(at(17.0))).unwrap();
    assert_eq!((closed.now, closed.at_ms), (false, Some(at(48.0 + 9.0))), "Tuesday is off");
    assert_eq!(opens(None), None, "without a clock nobody knows");
    let elsewhere = Facts { now_ms: Some(at(10.0)), ..Facts::default() };
    assert_eq!(
        found_by(&rules, &[HOW], &elsewhere).opens,
        None,
        "no hours of this queue are known"
    );
}
