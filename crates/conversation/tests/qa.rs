//! A tester's report from the first click to the receipt, without a browser.

mod support;

use std::rc::Rc;

use baton_conversation::qa::{Field, Kept, LONGEST_TITLE, OWN_COPY, RULE};
use baton_conversation::{
    Effect, Event, Gathered, Item, QaEvent, Report, Review, ReviewItem, Stage, State, approve,
    assemble, reduce, review,
};
use baton_packet::{Intent, PacketId, Priority, Timestamp, Urgency, validate};

use support::English;

fn at(second: u32) -> Timestamp {
    Timestamp::from_unix_ms(1_795_554_320_000.0 + f64::from(second) * 1000.0)
}

fn qa(state: &mut State, event: QaEvent) -> Vec<Effect> {
    reduce(state, Event::Qa(event), &English)
}

fn open(state: &mut State) -> Vec<Effect> {
    let title = "Bug on Invoices".to_owned();
    qa(state, QaEvent::Opened { at: at(0), title, language: Some("de".to_owned()) })
}

fn typed(state: &mut State, field: Field, text: &str) {
    qa(state, QaEvent::Typed(field, text.to_owned()));
}

fn captured(lines: &[&str]) -> Rc<Review> {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let items = match lines.is_empty() {
        true => Vec::new(),
        false => {
            vec![ReviewItem {
                item: Item::Errors,
                label: "errors".to_owned(),
                count: lines.len() as u32,
                masked: 0,
                lines,
            }]
        }
    };
    Rc::new(Review { messages: 1, items, ..Review::default() })
}

fn ready() -> State {
    let mut state = State::default();
    open(&mut state);
    reduce(&mut state, Event::Drafted(captured(&[])), &English);
    state
}

fn report(state: &State) -> &Report {
    state.report.as_ref().expect("a report")
}

#[test]
fn opening_captures_before_anything_is_typed() {
    let mut state = State::default();
    assert_eq!(open(&mut state), [Effect::Gather]);
    assert_eq!(state.stage, Stage::Gathering);
    assert_eq!(report(&state).title, "Bug on Invoices");
    assert!(report(&state).is_complete(), "one click is enough");
    reduce(
        &mut state,
        Event::Drafted(captured(&["TypeError: first", "TypeError: last\n at x"])),
        &English,
    );
    assert_eq!(state.stage, Stage::Ready);
    assert_eq!(report(&state).title, "TypeError: last", "the last error, in one line");
}

#[test]
fn a_title_that_was_typed_is_nobody_elses_business() {
    let mut state = State::default();
    open(&mut state);
    typed(&mut state, Field::Title, "Mine");
    reduce(&mut state, Event::Drafted(captured(&["TypeError: last"])), &English);
    assert_eq!(report(&state).title, "Mine");
}

#[test]
fn what_was_typed_goes_into_a_packet_that_is_valid() {
    let mut state = ready();
    typed(&mut state, Field::Title, " Export fails ");
    typed(&mut state, Field::Actual, "Error 500");
    typed(&mut state, Field::Expected, "A file");
    qa(&mut state, QaEvent::Rated(Urgency::Critical));
    let words = report(&state).words(at(1));
    let mut draft = assemble(words, Gathered::default(), PacketId::new(1, [1; 10]), at(1));
    draft.environment.page_url = "https://app.example/".to_owned();
    let packet = approve(draft, PacketId::new(2, [2; 10]), state.own_copy(at(2)));
    assert_eq!(validate::validate(&packet), []);
    assert_eq!(packet.summary.title, "Export fails");
    assert_eq!(packet.summary.problem, "Error 500");
    assert_eq!(packet.summary.expected.as_deref(), Some("A file"));
    assert_eq!(packet.conversation.transcript[0].text, "Export fails\n\nError 500");
    assert_eq!((packet.triage.intent, packet.triage.urgency), (Intent::Bug, Urgency::Critical));
    assert_eq!(packet.triage.scores.urgency.get("critical"), Some(1.0));
    let reasons = &packet.triage.reasons;
    let reason = reasons.iter().find(|reason| reason.about == "urgency:critical");
    assert!(reason.is_some_and(|reason| reason.feature.contains("set by the reporter")));
    assert_eq!(packet.escalation.rule, RULE);
    assert_eq!(packet.route.queue, "technical");
    assert_eq!((packet.route.priority, &*packet.route.language), (Priority::Urgent, "de"));
    assert_eq!(packet.consent.text, OWN_COPY);
    assert_eq!(review(&packet).sees[0].what, "report");
}

#[test]
fn a_title_alone_is_the_problem_too_and_stays_within_its_limit() {
    let mut state = ready();
    typed(&mut state, Field::Title, &"ä".repeat(300));
    let words = report(&state).words(at(1));
    assert_eq!(words.summary.title.chars().count(), LONGEST_TITLE);
    assert_eq!(words.summary.problem.chars().count(), 300);
    assert_eq!(words.summary.expected, None);
}

#[test]
fn sending_needs_a_title_and_goes_the_way_of_any_case() {
    let mut state = ready();
    let approved = || Event::Approved { at: at(3), consent_text: "yes".to_owned() };
    typed(&mut state, Field::Title, "  ");
    assert_eq!(reduce(&mut state, approved(), &English), []);
    typed(&mut state, Field::Title, "Export fails");
    reduce(&mut state, Event::ItemToggled(Item::Console), &English);
    let effects = reduce(&mut state, approved(), &English);
    let [Effect::Freeze(approval)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(approval.struck, [Item::Console]);
    assert!(approval.timeline.iter().any(|entry| entry.detail.as_deref() == Some(RULE)));
    assert_eq!(state.stage, Stage::Sending);
    typed(&mut state, Field::Title, "Too late");
    assert_eq!(report(&state).title, "Export fails", "what is on its way does not change");
}

#[test]
fn what_was_written_is_not_replaced_by_a_new_report() {
    let mut state = ready();
    assert!(state.may_report(), "nothing was typed yet");
    typed(&mut state, Field::Actual, "Error 500");
    assert!(!state.may_report());
    assert_eq!(open(&mut state), []);
    assert_eq!(report(&state).actual, "Error 500");
    qa(&mut state, QaEvent::Kept(Kept::Copied));
    assert!(state.may_report(), "it was kept");
    typed(&mut state, Field::Expected, "A file");
    assert_eq!(report(&state).kept, None, "and then changed");
    assert!(!state.may_report());
}

#[test]
fn a_report_does_not_take_the_place_of_a_conversation() {
    let mut state = State::default();
    reduce(&mut state, Event::CustomerWrote { text: "Help".to_owned(), at: at(0) }, &English);
    assert_eq!(open(&mut state), []);
    assert_eq!(state.report, None);
}

#[test]
fn nothing_is_said_into_a_report() {
    let mut state = ready();
    let said = Event::CustomerWrote { text: "Help".to_owned(), at: at(0) };
    assert_eq!(reduce(&mut state, said, &English), []);
    assert!(state.messages.is_empty());
}

#[test]
fn a_capture_that_failed_is_tried_again() {
    let mut state = State::default();
    open(&mut state);
    typed(&mut state, Field::Actual, "Error 500");
    assert_eq!(reduce(&mut state, Event::PartMissing { at: at(1) }, &English), []);
    assert_eq!(reduce(&mut state, Event::PageChanged, &English), [Effect::Gather]);
    assert_eq!(report(&state).actual, "Error 500");
}

#[test]
fn the_form_is_left_only_if_nothing_is_lost() {
    let mut state = ready();
    typed(&mut state, Field::Actual, "Error 500");
    qa(&mut state, QaEvent::Left);
    assert!(state.report.is_some());
    qa(&mut state, QaEvent::Kept(Kept::Copied));
    qa(&mut state, QaEvent::Left);
    assert_eq!(state, State::default());
}
