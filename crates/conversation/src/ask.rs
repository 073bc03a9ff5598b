//! The pre-triage: what a human would ask anyway, one question at a time, while the
//! evidence is gathered. Every question can be skipped, and none stands in the way of
//! the hand-over.

use baton_packet::{Author, FormField, Timestamp};

use crate::reduce::{bounded, message, say};
use crate::{Effect, Stage, State, Voice, speech};

/// A question of a flow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// `flow.question`.
    pub id: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question in words.
    pub text: String,
    /// What the field says while it is empty.
    pub hint: String,
    /// What can be chosen.
    pub options: Vec<Choice>,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum QuestionKind {
    /// In words.
    #[default]
    Text,
    /// By one of its options, or in words.
    Choice,
    /// By files.
    File,
    /// By a picture of the page.
    Screenshot,
    /// By pointing at a part of the page.
    Element,
}

impl QuestionKind {
    /// The kind by its name in a flows file; what is not known is answered in words.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name {
            "choice" => Self::Choice,
            "file" => Self::File,
            "screenshot" => Self::Screenshot,
            "element" => Self::Element,
            _ => Self::Text,
        }
    }
}

/// An option of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Names it in the flow.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Takes over what is still to be asked, and asks the first of it unless a question is
/// open.
pub(crate) fn plan(
    state: &mut State,
    questions: Vec<Question>,
    at: &Timestamp,
    voice: &dyn Voice,
) -> Vec<Effect> {
    // The answers may sound like another matter: the flow that began is asked to its end.
    let goes_on = match (state.asked.first(), questions.first()) {
        (Some(begun), Some(question)) => flow(&begun.id) == flow(&question.id),
        _ => true,
    };
    if goes_on {
        state.questions = questions.into_iter().map(|question| spoken(question, voice)).collect();
    }
    next(state, at, voice)
}

/// The flow of a question, by the question's id.
fn flow(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

/// A question of a shipped flow in the customer's language; one of the embedder's own
/// stays as it is.
fn spoken(mut question: Question, voice: &dyn Voice) -> Question {
    let key = ["flow_", &question.id.replace('.', "_")].concat();
    let say = |text: &mut String, key: &str| {
        if voice.shipped(key).as_ref() == Some(text) {
            *text = voice.say(key, &[]);
        }
    };
    say(&mut question.text, &key);
    say(&mut question.hint, &[&key, "_hint"].concat());
    for option in &mut question.options {
        say(&mut option.text, &[&key, "_", &option.id].concat());
    }
    question
}

fn next(state: &mut State, at: &Timestamp, voice: &dyn Voice) -> Vec<Effect> {
    if state.question.is_some() {
        return Vec::new();
    }
    let asked = |id: &str| state.asked.iter().any(|field| field.id == id);
    let Some(place) = state.questions.iter().position(|question| !asked(&question.id)) else {
        return Vec::new();
    };
    let question = state.questions.remove(place);
    let first = state.asked.is_empty();
    let mut words = question.text.clone();
    if first {
        words = speech::paragraph(&[voice.say("say_question_first", &[]), words]);
    }
    state.question = Some(question);
    say(state, &words, at)
}

/// What the customer wrote or chose is the answer to the question that is open. Returns
/// whether there was one.
pub(crate) fn answered(state: &mut State, answer: &str) -> bool {
    let Some(question) = state.question.take() else { return false };
    state.asked.push(FormField {
        id: question.id,
        question: question.text,
        answer: Some(bounded(answer.to_owned())),
    });
    true
}

/// The customer skips the question, or all that may follow.
pub(crate) fn skipped(
    state: &mut State,
    at: &Timestamp,
    all: bool,
    voice: &dyn Voice,
) -> Vec<Effect> {
    let Some(question) = state.question.take() else { return Vec::new() };
    state.asked.push(FormField { id: question.id, question: question.text, answer: None });
    if all {
        state.questions.clear();
        state.asks_no_more = true;
    }
    let mut effects = next(state, at, voice);
    effects.extend(drafted_anew(state));
    effects
}

/// The customer answered by a picture, a file or a part of the page: the case has it, the
/// conversation says so.
pub(crate) fn shown(
    state: &mut State,
    at: &Timestamp,
    words: String,
    voice: &dyn Voice,
) -> Vec<Effect> {
    if !answered(state, &words) {
        return Vec::new();
    }
    state.messages.push(message(Author::Customer, bounded(words), at));
    let mut effects = vec![Effect::TellMessage];
    effects.extend(next(state, at, voice));
    effects.extend(drafted_anew(state));
    effects
}

/// The draft lacks what was said since.
fn drafted_anew(state: &mut State) -> Option<Effect> {
    let is_drafting = matches!(state.stage, Stage::Gathering | Stage::Ready);
    is_drafting.then(|| {
        state.review = None;
        state.stage = Stage::Gathering;
        Effect::Gather
    })
}
