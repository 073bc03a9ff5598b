//! Which keys of words the sources name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where words are asked for.
const PLACES: [&str; 4] =
    ["src/widget", "src/annotate", "crates/conversation/src", "www/fallback.js"];

/// Ways of asking for words by a key that is written out, and what comes before it in
/// the files.
const ASKING: [(&str, &str); 9] = [
    ("labels.get(\"", ""),
    ("labels().get(\"", ""),
    (".say(\"", ""),
    ("labels.count(\"", ""),
    ("voice.count(\"", ""),
    ("self.count(\"", ""),
    ("voice.words(\"", ""),
    ("words.get(\"", "annotate_"),
    ("text('", "fallback_"),
];

/// Beginnings of keys whose ends are put to them when they are asked for: a rule, a
/// queue, an item of the review, a provider …
pub const BUILT: [&str; 14] = [
    "annotate_",
    "answer_",
    "csat_",
    "fallback_",
    "flow_",
    "intent_",
    "more_",
    "picture_",
    "qa_",
    "reason_",
    "seen_",
    "talk_status_",
    "team_",
    "urgency_",
];

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut paths: Vec<PathBuf> = PLACES.iter().map(|place| root().join(place)).collect();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == "rs" || end == "js") {
            let text = std::fs::read_to_string(&path).unwrap();
            texts.push((path.strip_prefix(root()).unwrap().display().to_string(), text));
        }
    }
    texts
}

/// Keys that are written out where words are asked for, each with its file.
pub fn keys_asked_for() -> BTreeSet<(String, String)> {
    let mut keys = BTreeSet::new();
    for (name, text) in texts() {
        for (way, before) in ASKING {
            for rest in text.split(way).skip(1) {
                let end = rest.find(['"', '\'']).unwrap();
                keys.insert((format!("{before}{}", &rest[..end]), name.clone()));
            }
        }
    }
    keys
}

/// Everything that stands in quotes.
pub fn literals() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in texts() {
        let within = text.split(['"', '\'']).map(str::to_owned);
        found.extend(within);
    }
    found
}
