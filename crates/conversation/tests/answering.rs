//! Answers before a person: tried where something can answer, and never instead of a
//! person who is asked for or needed.

mod support;

use baton_conversation::{Answer, Effect, Event, Heard, Stage, State, reduce};
use baton_packet::{Author, Escalation, Timestamp};
use support::{English, words};

fn at(second: u32) -> Timestamp {
    Timestamp::from_unix_ms(1_795_554_320_000.0 + f64::from(second) * 1000.0)
}

fn tell(state: &mut State, event: Event) -> Vec<Effect> {
    reduce(state, event, &English)
}

fn wrote(state: &mut State, text: &str) -> Vec<Effect> {
    tell(state, Event::CustomerWrote { text: text.to_owned(), at: at(1) })
}

/// What triage makes of it, where the rules come to this.
fn heard(state: &State, rule: &str, escalates: bool, offers: bool) -> Heard {
    Heard {
        messages: state.messages.len() as u32,
        escalation: Escalation {
            rule: rule.to_owned(),
            reason: words(&format!("reason_{rule}")).to_owned(),
            ..Escalation::default()
        },
        queue: "support".to_owned(),
        escalates,
        offers,
        can_answer: !state.nobody_answers,
        ..Heard::default()
    }
}

fn understood(state: &mut State, rule: &str, escalates: bool, offers: bool) -> Vec<Effect> {
    let heard = heard(state, rule, escalates, offers);
    tell(state, Event::Understood { at: at(2), heard })
}

fn answered(state: &mut State, answer: Option<Answer>) -> Vec<Effect> {
    let messages = state.messages.len() as u32;
    tell(state, Event::Answered { at: at(3), messages, answer })
}

fn quote() -> Answer {
    Answer {
        key: "articles:rename".to_owned(),
        provider: "articles".to_owned(),
        text: "Open **Settings** and choose *Rename*.".to_owned(),
        title: Some("Rename a project".to_owned()),
        url: Some("https://help.example/rename".to_owned()),
        grounded: true,
        ..Answer::default()
    }
}

fn asked() -> State {
    let mut state = State::default();
    tell(&mut state, Event::Opened { at: at(0) });
    wrote(&mut state, "How do I rename a project?");
    assert_eq!(understood(&mut state, "customer_choice", false, false), [Effect::Answer]);
    assert_eq!(state.answering.as_deref(), Some(""), "the customer sees that it is looked for");
    state
}

#[test]
fn a_question_is_answered_and_no_person_is_brought_in() {
    let mut state = asked();
    tell(&mut state, Event::Answering("Open".to_owned()));
    assert_eq!(state.answering.as_deref(), Some("Open"));
    assert_eq!(answered(&mut state, Some(quote())), [Effect::TellMessage]);
    assert_eq!((state.stage, &state.answering), (Stage::Chat, &None));
    let last = state.messages.last().unwrap();
    assert_eq!((last.author, &*last.text), (Author::Assistant, &*quote().text));
    let attempts = state.attempts();
    assert_eq!(
        (&*attempts[0].provider, attempts[0].grounded, attempts[0].helped),
        ("articles", true, None)
    );

    assert_eq!(
        tell(&mut state, Event::Helped { answer: 0, helped: true, at: at(4) }),
        [Effect::TellMessage]
    );
    assert_eq!(state.messages.last().unwrap().text, words("say_helped"));
    assert_eq!(state.attempts()[0].helped, Some(true));
    let again = Event::Helped { answer: 0, helped: false, at: at(5) };
    assert_eq!(tell(&mut state, again), [], "it is said once");
}

#[test]
fn a_person_is_offered_at_the_first_answer_that_did_not_help() {
    let mut state = asked();
    answered(&mut state, Some(quote()));
    let not = Event::Helped { answer: 0, helped: false, at: at(4) };
    assert_eq!(tell(&mut state, not), [Effect::Understand]);
    assert_eq!(state.standing(true).failed, 1);
    assert_eq!(understood(&mut state, "answer_did_not_help", false, true), []);
    assert_eq!(state.offer.as_ref().unwrap().rule, "answer_did_not_help");
    assert_eq!(state.stage, Stage::Chat, "offered, not decided");

    tell(&mut state, Event::OfferDeclined);
    assert!(state.offer.is_none() && state.escalation.is_none());
    let effects = tell(&mut state, Event::AskedForPerson { at: at(6) });
    assert_eq!(effects, [Effect::TellMessage, Effect::Understand]);
    assert!(state.wants_person, "whatever the words on the button are");
}

#[test]
fn what_nobody_can_answer_is_the_rules_affair() {
    let mut state = asked();
    assert_eq!(answered(&mut state, None), [Effect::Understand]);
    assert!(!state.standing(true).available);
    let effects = understood(&mut state, "no_answer_source", true, false);
    assert!(effects.contains(&Effect::Gather), "{effects:?}");
    assert_eq!(state.escalation.unwrap().rule, "no_answer_source");
}

#[test]
fn new_words_get_a_new_try() {
    let mut state = asked();
    answered(&mut state, None);
    wrote(&mut state, "And how do I delete one?");
    assert!(state.standing(true).available);
    assert_eq!(understood(&mut state, "customer_choice", false, false), [Effect::Answer]);
}

#[test]
fn an_answer_to_earlier_words_is_not_shown() {
    let mut state = asked();
    let messages = state.messages.len() as u32;
    wrote(&mut state, "Wait, I want a refund.");
    let late = Event::Answered { at: at(5), messages, answer: Some(quote()) };
    assert_eq!(tell(&mut state, late), []);
    assert!(state.answers.is_empty());
}

#[test]
fn a_conclusion_is_held_against_the_rules_and_needs_human_too() {
    let mut state = asked();
    let inferred = Answer { grounded: false, inferred: true, provider: "ai".to_owned(), ..quote() };
    assert_eq!(answered(&mut state, Some(inferred)), [Effect::TellMessage, Effect::Understand]);
    let standing = state.standing(true);
    assert!(standing.inferred && !standing.grounded && !standing.needs_human);
    assert_eq!(understood(&mut state, "answer_not_grounded", false, true), []);
    assert!(state.offer.is_some());

    let mut state = asked();
    let unsure = Answer { needs_human: true, provider: "ai".to_owned(), ..quote() };
    answered(&mut state, Some(unsure));
    assert!(state.standing(true).needs_human);
    // The next words are not judged by the last answer.
    wrote(&mut state, "How do I rename a folder?");
    let standing = state.standing(true);
    assert!(standing.grounded && !standing.needs_human);
}

#[test]
fn an_answer_that_only_refers_to_a_person_shows_nothing() {
    let mut state = asked();
    let said = state.messages.len();
    let refers = Answer { text: String::new(), needs_human: true, ..quote() };
    assert_eq!(answered(&mut state, Some(refers)), [Effect::Understand]);
    assert_eq!((state.messages.len(), state.answers.len()), (said, 0));
    assert!(state.standing(true).needs_human);
    understood(&mut state, "answer_needs_human", true, false);
    assert_eq!(state.escalation.unwrap().rule, "answer_needs_human");
}

#[test]
fn rules_that_know_nothing_of_that_leave_nobody_in_silence() {
    let mut state = asked();
    let refers = Answer { text: String::new(), needs_human: true, ..quote() };
    answered(&mut state, Some(refers));
    let effects = understood(&mut state, "customer_choice", false, false);
    assert!(effects.contains(&Effect::Gather), "{effects:?}");
}

#[test]
fn an_answer_that_nobody_waits_for_is_stopped() {
    let mut state = asked();
    let effects = tell(&mut state, Event::AskedForPerson { at: at(4) });
    assert_eq!(effects, [Effect::TellMessage, Effect::StopAnswer, Effect::Understand]);
}

#[test]
fn who_needs_a_person_gets_no_answer_first() {
    let mut state = State::default();
    wrote(&mut state, "Somebody else is logged in to my account");
    let effects = understood(&mut state, "security", true, false);
    assert!(!effects.contains(&Effect::Answer) && effects.contains(&Effect::Gather), "{effects:?}");
    let said = &state.messages.last().unwrap().text;
    for part in [
        words("reason_security"),
        words("more_security"),
        "our support team",
        words("say_gathering"),
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
}

#[test]
fn the_bot_is_silent_after_the_hand_over_was_decided() {
    let mut state = asked();
    let messages = state.messages.len() as u32;
    tell(&mut state, Event::AskedForPerson { at: at(4) });
    understood(&mut state, "asked_for_human", true, false);
    let late = Event::Answered { at: at(5), messages, answer: Some(quote()) };
    assert_eq!(tell(&mut state, late), []);
    wrote(&mut state, "How do I rename a folder?");
    let effects = understood(&mut state, "customer_choice", false, false);
    assert!(!effects.contains(&Effect::Answer), "{effects:?}");
}
