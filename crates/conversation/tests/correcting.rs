//! The customer corrects how the case is sorted, in the review.

mod support;

use std::rc::Rc;

use baton_conversation::{
    Corrected, Effect, Event, Facts, Heard, Review, Stage, State, reduce, understand,
};
use baton_packet::{Escalation, Intent, OverrideBy, OverrideField, Timestamp, Urgency};
use baton_triage::{Flows, Rules};

use support::English;

fn at(second: u32) -> Timestamp {
    Timestamp::from_unix_ms(1_795_554_320_000.0 + f64::from(second) * 1000.0)
}

fn shown(intent: &str) -> Rc<Review> {
    let (intent, urgency) = (intent.to_owned(), "normal".to_owned());
    Rc::new(Review { messages: 1, intent, urgency, ..Review::default() })
}

/// In the review of a case that was taken for a bug.
fn in_review() -> State {
    let mut state = State::default();
    let text = "The export is broken".to_owned();
    reduce(&mut state, Event::CustomerWrote { text, at: at(0) }, &English);
    state.messages.truncate(1);
    state.escalation =
        Some(Escalation { rule: "needs_investigation".to_owned(), ..Escalation::default() });
    state.stage = Stage::Review;
    state.review = Some(shown("bug"));
    state
}

fn correct(state: &mut State, field: OverrideField, to: &str) -> Vec<Effect> {
    reduce(state, Event::Corrected { field, to: to.to_owned(), at: at(1) }, &English)
}

#[test]
fn a_correction_sorts_the_draft_anew_and_stays_in_the_review() {
    let mut state = in_review();
    assert_eq!(correct(&mut state, OverrideField::Intent, "refund"), [Effect::Understand]);
    assert!(state.resorting);
    let approved = Event::Approved { at: at(2), consent_text: "I agree.".to_owned() };
    assert_eq!(reduce(&mut state, approved, &English), [], "not while it is being sorted");
    let heard = Heard {
        messages: 1,
        escalation: Escalation { rule: "refund".to_owned(), ..Escalation::default() },
        queue: "billing".to_owned(),
        escalates: true,
        says_nothing: false,
        ..Heard::default()
    };
    assert_eq!(
        reduce(&mut state, Event::Understood { at: at(2), heard }, &English),
        [Effect::Resort]
    );
    reduce(&mut state, Event::Pictured(shown("refund")), &English);
    assert_eq!((state.stage, state.resorting), (Stage::Review, false));
    assert_eq!(state.queue, "billing");
    assert_eq!(state.escalation.as_ref().map(|one| &*one.rule), Some("refund"));
    let one = &state.overrides[0];
    assert_eq!((one.field, &*one.from, &*one.to), (OverrideField::Intent, "bug", "refund"));
    assert_eq!((one.by, &one.at), (OverrideBy::Customer, &at(1)));
    assert!(state.timeline.iter().any(|entry| entry.event == "corrected"));
}

#[test]
fn of_a_field_the_first_finding_stays_known_and_going_back_is_no_override() {
    let mut state = in_review();
    correct(&mut state, OverrideField::Intent, "refund");
    reduce(&mut state, Event::Pictured(shown("refund")), &English);
    correct(&mut state, OverrideField::Urgency, "high");
    correct(&mut state, OverrideField::Intent, "billing");
    let told: Vec<_> = state.overrides.iter().map(|one| (&*one.from, &*one.to)).collect();
    assert_eq!(told, [("normal", "high"), ("bug", "billing")]);
    correct(&mut state, OverrideField::Intent, "bug");
    assert_eq!(state.overrides.len(), 1);
}

#[test]
fn outside_of_the_review_nothing_is_corrected_and_queues_never() {
    let mut state = in_review();
    assert_eq!(correct(&mut state, OverrideField::Queue, "sales"), []);
    state.stage = Stage::Chat;
    assert_eq!(correct(&mut state, OverrideField::Intent, "refund"), []);
    assert!(state.overrides.is_empty() && !state.resorting);
}

#[test]
fn what_was_corrected_holds_for_rules_and_routes() {
    let texts = ["The export is broken since the invoice"];
    let found = |corrected| {
        let facts = Facts { corrected, ..Facts::default() };
        understand(None, Rules::shipped(), Flows::shipped(), &texts, &facts)
    };
    let refund = found(Corrected {
        intent: Some(Intent::Refund),
        urgency: Some(Urgency::Critical),
        wants_human: false,
    });
    assert_eq!((&*refund.route.queue, &*refund.escalation.rule), ("billing", "refund"));
    assert_eq!(refund.route.priority.as_str(), "urgent");
    assert_eq!((refund.triage.confidence.intent, refund.triage.confidence.urgency), (1.0, 1.0));
    assert_eq!(refund.triage.reasons[0].feature, "corrected by the customer");
    assert_eq!(
        refund.triage.scores,
        found(Corrected::default()).triage.scores,
        "what was scored stays"
    );
}
