//! Questions of a flow: one at a time, each may be skipped, none is in the way.

mod support;

use std::rc::Rc;

use baton_conversation::{
    Choice, Effect, Event, Heard, Question, QuestionKind, Review, Stage, State, reduce,
};
use baton_packet::{Author, Escalation, Timestamp};
use support::{English, words};

fn at(second: u32) -> Timestamp {
    Timestamp::from_unix_ms(1_795_554_320_000.0 + f64::from(second) * 1000.0)
}

fn tell(state: &mut State, event: Event) -> Vec<Effect> {
    reduce(state, event, &English)
}

fn question(id: &str, kind: QuestionKind) -> Question {
    let option = |id: &str| Choice { id: id.to_owned(), text: id.to_owned() };
    Question {
        id: id.to_owned(),
        kind,
        text: format!("What about {id}?"),
        hint: String::new(),
        options: vec![option("always"), option("once")],
    }
}

fn understood(state: &mut State, questions: &[(&str, QuestionKind)]) -> Vec<Effect> {
    let heard = Heard {
        messages: state.messages.len() as u32,
        escalation: Escalation { rule: "needs_investigation".to_owned(), ..Escalation::default() },
        queue: "technical".to_owned(),
        escalates: true,
        questions: questions.iter().map(|(id, kind)| question(id, *kind)).collect(),
        ..Heard::default()
    };
    tell(state, Event::Understood { at: at(2), heard })
}

fn drafted(state: &mut State) {
    let review = Review { messages: state.messages.len() as u32, ..Review::default() };
    tell(state, Event::Drafted(Rc::new(review)));
}

const BOTH: [(&str, QuestionKind); 2] =
    [("bug.often", QuestionKind::Choice), ("bug.expected", QuestionKind::Text)];

fn escalated() -> State {
    let mut state = State::default();
    tell(&mut state, Event::CustomerWrote { text: "It is broken".to_owned(), at: at(1) });
    let effects = understood(&mut state, &BOTH);
    assert_eq!(effects.last(), Some(&Effect::Gather), "evidence is gathered meanwhile");
    state
}

fn last(state: &State) -> &str {
    &state.messages.last().unwrap().text
}

#[test]
fn one_question_is_asked_at_a_time_and_the_answer_is_on_record() {
    let mut state = escalated();
    let said = last(&state).to_owned();
    assert!(
        said.starts_with(words("say_question_first")) && said.ends_with("What about bug.often?")
    );
    drafted(&mut state);
    assert_eq!(state.stage, Stage::Ready, "an open question is not in the way");

    tell(&mut state, Event::CustomerWrote { text: "always".to_owned(), at: at(3) });
    understood(&mut state, &[BOTH[1]]);
    assert_eq!(last(&state), "What about bug.expected?");
    tell(&mut state, Event::CustomerWrote { text: "That it saves.".to_owned(), at: at(4) });
    understood(&mut state, &[]);
    assert!(state.question.is_none());
    let asked: Vec<_> =
        state.asked.iter().map(|field| (&*field.id, field.answer.as_deref())).collect();
    assert_eq!(asked, [("bug.often", Some("always")), ("bug.expected", Some("That it saves."))]);
}

#[test]
fn a_question_that_was_asked_is_not_asked_again() {
    let mut state = escalated();
    tell(&mut state, Event::CustomerWrote { text: "always".to_owned(), at: at(3) });
    // Triage may not have heard yet that it was asked.
    understood(&mut state, &BOTH);
    assert_eq!(last(&state), "What about bug.expected?");
}

#[test]
fn one_or_all_can_be_skipped() {
    let mut state = escalated();
    drafted(&mut state);
    let effects = tell(&mut state, Event::QuestionSkipped { all: false, at: at(3) });
    assert_eq!(effects, [Effect::TellMessage, Effect::Gather]);
    assert_eq!(last(&state), "What about bug.expected?");
    assert_eq!(state.asked[0].answer, None);

    let mut state = escalated();
    tell(&mut state, Event::QuestionSkipped { all: true, at: at(3) });
    assert!(state.question.is_none());
    tell(&mut state, Event::CustomerWrote { text: "And it is slow".to_owned(), at: at(4) });
    understood(&mut state, &BOTH);
    assert!(state.question.is_none(), "no more questions means none");
    assert_eq!(state.messages.last().unwrap().author, Author::Customer);
}

#[test]
fn a_picture_can_be_the_answer() {
    let mut state = State::default();
    tell(&mut state, Event::CustomerWrote { text: "It is broken".to_owned(), at: at(1) });
    understood(&mut state, &[("bug.where", QuestionKind::Element)]);
    drafted(&mut state);
    let words = "Look at the picture I added.".to_owned();
    let effects = tell(&mut state, Event::QuestionShown { words: words.clone(), at: at(3) });
    assert_eq!(effects, [Effect::TellMessage, Effect::Gather]);
    assert_eq!(state.asked[0].answer, Some(words));
    let none = Event::QuestionShown { words: String::new(), at: at(4) };
    assert_eq!(tell(&mut state, none), [], "there is no question open");
}

#[test]
fn the_flow_that_began_is_asked_to_its_end() {
    let mut state = escalated();
    tell(&mut state, Event::CustomerWrote { text: "On every invoice".to_owned(), at: at(3) });
    understood(&mut state, &[("billing.invoice", QuestionKind::Text)]);
    assert_eq!(last(&state), "What about bug.expected?");
}

#[test]
fn what_the_page_says_while_it_is_gathered_is_in_the_draft() {
    let mut state = escalated();
    assert_eq!(state.stage, Stage::Gathering);
    // A file, or that somebody signed out: what is gathered already may not know it.
    assert_eq!(tell(&mut state, Event::PageChanged), [Effect::Gather]);
    assert_eq!(state.stage, Stage::Gathering);
}
