//! What a human would ask first: questions as data, each only where its answer is
//! missing. The shipped ones are `flows/default.json`; an embedder may have others.

mod read;
#[cfg(feature = "schema")]
mod schema;

use baton_packet::Triage;
use serde::{Serialize, Serializer};

#[cfg(feature = "schema")]
pub use schema::schema;

use crate::{
    Context,
    rules::{Case, Condition, name},
};

/// The shipped flows, as they are read.
pub const DEFAULT: &str = include_str!("../flows/default.json");

/// What is asked before a human takes over, and how much of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// Questions of one conversation at most.
    pub most: u32,
    /// Where fewer are asked; the least of those that hold counts.
    pub limits: Vec<Limit>,
    /// By precedence: the first that fits asks.
    pub flows: Vec<Flow>,
}

/// Where fewer questions are asked.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Limit {
    /// When it holds.
    pub when: Condition,
    /// Questions at most.
    #[cfg_attr(feature = "schema", schemars(range(max = 20)))]
    pub most: u32,
}

/// The questions of one kind of case.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Flow {
    /// Stable id, lower case with underscores.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_-]{1,64}$")))]
    pub id: String,
    /// When it fits. Without it, always.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Condition,
    /// The questions, in order; none are an answer, too: nothing is asked.
    pub ask: Vec<Ask>,
    /// Whether Baton ships it, so that its words are translated by their keys.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub shipped: bool,
}

/// A question as a file has it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Ask {
    /// Id within the flow; `flow.question` stands in packets.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_-]{1,64}$")))]
    pub id: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question.
    pub text: Wording,
    /// What helps to answer it.
    pub hint: Option<Wording>,
    /// What a `choice` offers, and only a `choice`.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub options: Vec<AskOption>,
    /// When it is asked. Without it, always.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Condition,
    /// When its answer is known, so that it is not asked.
    pub unless: Option<Condition>,
}

/// One answer of a choice, as a file has it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct AskOption {
    /// Id within the question.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_-]{1,64}$")))]
    pub id: String,
    /// The answer, as the customer would say it.
    pub text: Wording,
}

/// Words by the tag of their language; one text for all has the tag `""`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording(pub Vec<(String, String)>);

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum QuestionKind {
    /// In a line.
    Text,
    /// In some lines.
    LongText,
    /// By one of the options.
    Choice,
    /// By a file.
    File,
    /// By a picture of the page.
    Screenshot,
    /// By showing a part of the page.
    Element,
    /// By an e-mail address.
    Email,
}

impl QuestionKind {
    /// Each kind with its name.
    pub const NAMED: [(Self, &str); 7] = [
        (Self::Text, "text"),
        (Self::LongText, "long_text"),
        (Self::Choice, "choice"),
        (Self::File, "file"),
        (Self::Screenshot, "screenshot"),
        (Self::Element, "element"),
        (Self::Email, "email"),
    ];
}

impl Serialize for QuestionKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(name(&Self::NAMED, *self))
    }
}

/// A question to put to the customer, who may skip it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// `flow.question`.
    pub id: String,
    /// The flow that asks it.
    pub flow: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question, in the language asked for, else in English, else in the first.
    pub text: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// The answers of a choice.
    pub options: Vec<QuestionOption>,
    /// Whether it is one of Baton's own, whose words are English here and translated
    /// by the keys `flow_<flow>_<question>`, the same with `_hint`, and with
    /// `_<option>`.
    pub shipped: bool,
}

/// One answer of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionOption {
    /// Id within the question.
    pub id: String,
    /// The answer, as the customer would say it.
    pub text: String,
}

impl Flows {
    /// The questions of the first flow that fits, in order, without those that were
    /// asked and those whose answer is known. `asked` holds the ids of all that the
    /// customer answered or skipped in this conversation; they count towards the
    /// most. `locale` is the BCP 47 tag of the language to ask in.
    #[must_use]
    pub fn questions(
        &self,
        triage: &Triage,
        context: &Context<'_>,
        asked: &[String],
        locale: &str,
    ) -> Vec<Question> {
        let case = Case { triage, context };
        let Some(flow) = self.flows.iter().find(|flow| flow.when.holds(case)) else {
            return Vec::new();
        };
        let limits = self.limits.iter().filter(|limit| limit.when.holds(case));
        let most = limits.fold(self.most, |most, limit| most.min(limit.most));
        let mut left = (most as usize).saturating_sub(asked.len());
        let mut questions = Vec::new();
        for ask in &flow.ask {
            let known = ask.unless.as_ref().is_some_and(|known| known.holds(case));
            let id = [&*flow.id, ".", &*ask.id].concat();
            if left > 0 && !known && ask.when.holds(case) && !asked.contains(&id) {
                questions.push(flow.question(id, ask, locale));
                left -= 1;
            }
        }
        questions
    }
}

impl Flow {
    fn question(&self, id: String, ask: &Ask, locale: &str) -> Question {
        let option = |option: &AskOption| QuestionOption {
            id: option.id.clone(),
            text: option.text.within(locale).to_owned(),
        };
        Question {
            id,
            flow: self.id.clone(),
            kind: ask.kind,
            text: ask.text.within(locale).to_owned(),
            hint: ask.hint.as_ref().map(|hint| hint.within(locale).to_owned()),
            options: ask.options.iter().map(option).collect(),
            shipped: self.shipped,
        }
    }
}

impl Wording {
    /// The words for this tag: its own, those of its language, the English ones, or
    /// the first.
    #[must_use]
    pub fn within(&self, locale: &str) -> &str {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        let find = |tag: &str| self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
        let found = find(locale).or_else(|| find(language)).or_else(|| find("en"));
        found.or(self.0.first()).map_or("", |(_, words)| words)
    }
}
