//! `chat/completions`, as many servers speak it.

use super::{MOST_TEXT_CHARS, Question, clean, marker, prompt};
use crate::json::{Object, list};

/// The body of the request. `model` is left out if it is empty: some servers have only
/// one. `system` is the embedder's own words, after ours.
#[must_use]
pub fn request(question: &Question, model: &str, system: &str) -> String {
    let mut told = [prompt::RULES, "\n\n", marker::ASKED].concat();
    if !system.is_empty() {
        told.extend(["\n\n", system]);
    }
    told.extend(["\n\nData of this conversation, as JSON:\n", &prompt::context(question)]);
    let turn = |role: &str, text: &str| {
        let text = clean::cut(text, MOST_TEXT_CHARS);
        Object::default().text("role", role).text("content", text).end()
    };
    let said = question.newest().iter();
    let said = said
        .map(|said| turn(if said.author == "customer" { "user" } else { "assistant" }, &said.text));
    let system = Object::default().text("role", "system").text("content", &told).end();
    let messages = std::iter::once(system)
        .chain(said)
        .chain(std::iter::once(turn("user", &question.question)));
    Object::default()
        .known("model", model)
        .flag("stream", true)
        .member("messages", &list(messages))
        .end()
}
