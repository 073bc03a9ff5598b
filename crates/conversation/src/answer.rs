//! Answers before a human is brought in: tried where something can answer, never
//! instead of a person who is asked for or needed.

use baton_packet::{Attempt, Author, Timestamp};
use serde::Serialize;

use crate::reduce::{message, say};
use crate::{Effect, State, Voice};

/// What a provider answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Names the answer, so that the same one is not given again.
    pub key: String,
    /// Who answered: `articles`, `ai` or `browser_model`.
    pub provider: String,
    /// What is shown: limited Markdown, inert.
    pub text: String,
    /// Title of the article it quotes.
    pub title: Option<String>,
    /// Address of the article it quotes.
    pub url: Option<String>,
    /// What else it rests on.
    pub sources: Vec<Source>,
    /// Whether it quotes a source.
    pub grounded: bool,
    /// Whether it is a conclusion of the provider.
    pub inferred: bool,
    /// Whether the provider says that a human is needed.
    pub needs_human: bool,
}

/// A page that an answer rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}

/// An answer in the conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Which message holds it.
    pub message: usize,
    /// The answer.
    pub answer: Answer,
    /// When it was shown.
    pub at: Timestamp,
    /// Whether the customer said that it helped.
    pub helped: Option<bool>,
}

/// How the conversation stands with answers, for triage and its rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Whether something could answer.
    pub available: bool,
    /// Answers that did not help.
    pub failed: u32,
    /// Whether the last answer quotes a source.
    pub grounded: bool,
    /// Whether the last answer is a conclusion.
    pub inferred: bool,
    /// Whether its provider says that a human is needed.
    pub needs_human: bool,
}

impl State {
    /// How the conversation stands with answers, where something is set up to answer
    /// or not.
    #[must_use]
    pub fn standing(&self, is_set_up: bool) -> Standing {
        let last = self.answers.last().filter(|_| self.is_answered());
        Standing {
            available: is_set_up && !self.nobody_answers,
            failed: self.answers.iter().filter(|shown| shown.helped == Some(false)).count() as u32,
            // Nothing is held against an answer that is not there.
            grounded: last.is_none_or(|shown| shown.answer.grounded),
            inferred: last.is_some_and(|shown| shown.answer.inferred),
            needs_human: self.refers_to_human || last.is_some_and(|shown| shown.answer.needs_human),
        }
    }

    /// The answers as the packet records them.
    #[must_use]
    pub fn attempts(&self) -> Vec<Attempt> {
        let attempt = |shown: &Shown| Attempt {
            at: shown.at.clone(),
            provider: shown.answer.provider.clone(),
            text: shown.answer.text.clone(),
            url: shown.answer.url.clone(),
            grounded: shown.answer.grounded,
            helped: shown.helped,
            extra: Default::default(),
        };
        self.answers.iter().map(attempt).collect()
    }

    /// Whether the customer's last words were answered.
    pub(crate) fn is_answered(&self) -> bool {
        let spoken = self.messages.iter().rposition(|message| message.author == Author::Customer);
        self.answers.last().is_some_and(|shown| spoken.is_none_or(|at| at < shown.message))
    }
}

/// Asks whoever can answer. Until then the customer sees that it is being looked for.
pub(crate) fn ask(state: &mut State) -> Vec<Effect> {
    state.answering = Some(String::new());
    vec![Effect::Answer]
}

/// More of the answer is there.
pub(crate) fn grew(state: &mut State, text: String) {
    if let Some(answering) = &mut state.answering {
        *answering = text;
    }
}

/// The answer is complete, or nobody has one.
pub(crate) fn answered(
    state: &mut State,
    at: &Timestamp,
    messages: u32,
    answer: Option<Answer>,
) -> Vec<Effect> {
    let is_current = messages as usize == state.messages.len();
    if !is_current || state.answering.take().is_none() || state.escalation.is_some() {
        return Vec::new();
    }
    let Some(answer) = answer else {
        // The rules know what follows when nothing can answer.
        state.nobody_answers = true;
        return vec![Effect::Understand];
    };
    if answer.text.trim().is_empty() {
        // Nothing to show but that a person is needed.
        state.refers_to_human = answer.needs_human;
        state.nobody_answers = !answer.needs_human;
        return vec![Effect::Understand];
    }
    state.mark(at, "answered", Some(answer.provider.clone()));
    let rules_again = answer.needs_human || answer.inferred || !answer.grounded;
    state.messages.push(message(Author::Assistant, answer.text.clone(), at));
    let message = state.messages.len() - 1;
    state.answers.push(Shown { message, answer, at: at.clone(), helped: None });
    let mut effects = vec![Effect::TellMessage];
    if rules_again {
        effects.push(Effect::Understand);
    }
    effects
}

/// The customer says whether an answer helped. At the first that did not, a person is
/// offered: by the rules.
pub(crate) fn helped(
    state: &mut State,
    at: &Timestamp,
    index: usize,
    helped: bool,
    voice: &dyn Voice,
) -> Vec<Effect> {
    let Some(shown) = state.answers.get_mut(index).filter(|shown| shown.helped.is_none()) else {
        return Vec::new();
    };
    shown.helped = Some(helped);
    let detail = if helped { "yes" } else { "no" };
    state.mark(at, "helped", Some(detail.to_owned()));
    if helped {
        state.offer = None;
        return say(state, &voice.say("say_helped", &[]), at);
    }
    vec![Effect::Understand]
}
