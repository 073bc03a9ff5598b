//! Example conversations: what is said, what is known, and which questions follow.

use baton_triage::{Flows, Model, Question, extract, triage};
use serde::Deserialize;

use crate::Failure;
use crate::rules::examples::{Known, Pinned, borrowed};

/// The examples of the shipped flows.
pub const SHIPPED: &str = include_str!("../../../triage/flows/default.examples.jsonl");

/// One example, one line of JSON. Facts are found in the messages as they are in the
/// widget; those of `context` are known besides.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The customer's messages, oldest first.
    pub messages: Vec<String>,
    /// What is settled of the triage, see [`crate::rules::Example`].
    #[serde(default)]
    pub triage: Pinned,
    /// What is known besides.
    #[serde(default)]
    pub context: Known,
    /// Ids of the questions that were answered or skipped.
    #[serde(default)]
    pub asked: Vec<String>,
    /// The widget's language.
    #[serde(default)]
    pub locale: String,
    /// Ids of the questions that must follow, in order.
    pub expect: Vec<String>,
}

/// What became of an example.
#[derive(Debug)]
pub struct Outcome {
    /// Its line, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// The ids that it says.
    pub expected: Vec<String>,
    /// What is asked.
    pub questions: Vec<Question>,
}

impl Outcome {
    /// Where other questions are asked than it says, in words.
    #[must_use]
    pub fn differences(&self) -> Vec<String> {
        let asked: Vec<&str> = self.questions.iter().map(|question| &*question.id).collect();
        match asked == self.expected {
            true => Vec::new(),
            false => {
                let (expected, asked) = (self.expected.join(" "), asked.join(" "));
                vec![format!("questions: expected [{expected}], found [{asked}]")]
            }
        }
    }
}

/// Tries every example, one a line; empty lines are skipped.
///
/// # Errors
/// If a line is no example.
pub fn try_examples(flows: &Flows, model: &Model, examples: &str) -> Result<Vec<Outcome>, Failure> {
    let lines = examples.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(place, line)| {
            let example: Example = serde_json::from_str(line)
                .map_err(|error| format!("examples, line {}: {error}", place + 1))?;
            Ok(tried(flows, model, place + 1, example))
        })
        .collect()
}

fn tried(flows: &Flows, model: &Model, line: usize, example: Example) -> Outcome {
    let Example { name, messages, triage: pinned, context: known, asked, locale, expect } = example;
    let messages = borrowed(&messages);
    let triage = pinned.settle(triage(Some(model), &messages));
    let found = extract(&messages, &[]);
    let (mut entities, areas) = (borrowed(&known.entities), borrowed(&known.areas));
    entities.extend(found.kinds());
    let context = known.context(&messages, &entities, &areas);
    let questions = flows.questions(&triage, &context, &asked, &locale);
    Outcome { line, name, expected: expect, questions }
}
