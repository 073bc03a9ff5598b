//! Customers of other companies: what they write to support is answered by no article
//! of the demo's help centre, but for a happy few.

use super::*;

pub const TRAINING: &[&str] = &[
    include_str!("../../../trainer/data/messages/everyday-a.jsonl"),
    include_str!("../../../trainer/data/messages/emotional.jsonl"),
    include_str!("../../../trainer/data/messages/languages-train.jsonl"),
];
const HELD_OUT: &[&str] = &[
    include_str!("../../../trainer/data/held-out/english.jsonl"),
    include_str!("../../../trainer/data/held-out/languages.jsonl"),
];

/// What articles are rarely for.
const INTENTS: [&str; 6] = ["bug", "outage", "security", "feedback", "feature_request", "other"];

/// One in `every` of the messages that articles are rarely for.
pub fn strangers(files: &'static [&'static str], every: usize) -> Vec<Question> {
    let lines = files.iter().flat_map(|file| file.lines());
    let messages = lines.filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| message[name].as_str().map(str::to_owned);
        let (intent, words) = text("intent").zip(text("text"))?;
        let language = text("language").unwrap_or_default();
        INTENTS.contains(&&*intent).then_some(Question {
            answers: Vec::new(),
            language: language.leak(),
            text: words.leak(),
        })
    });
    messages.step_by(every).collect()
}

#[test]
fn customers_of_other_companies_are_rarely_answered() {
    let index = help();
    let messages = strangers(HELD_OUT, 1);
    let answered: Vec<String> = messages
        .iter()
        .filter_map(|message| {
            let hits = index.search(message.text, Some(message.language), 1);
            let hit = hits.first().filter(|hit| hit.confidence >= THRESHOLD)?;
            Some(format!("{} {:.2} {}", hit.article.id, hit.confidence, message.text))
        })
        .collect();
    let share = answered.len() as f32 / messages.len() as f32;
    println!("strangers: {} of {} answered: {answered:#?}", answered.len(), messages.len());
    assert!(messages.len() > 200 && share <= 0.05, "{share}");
}
