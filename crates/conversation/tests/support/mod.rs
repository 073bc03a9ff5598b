//! English, as it is shipped.
#![allow(dead_code, missing_docs)]

use std::sync::LazyLock;

use baton_conversation::Voice;
use serde_json::Value;

pub struct English;

static WORDS: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../www/locales/en.json");
    serde_json::from_str(text).unwrap()
});

/// The English words for a key.
pub fn words(key: &str) -> &'static str {
    WORDS[key].as_str().unwrap_or_else(|| panic!("no words for {key}"))
}

impl Voice for English {
    fn words(&self, key: &str) -> Option<String> {
        WORDS[key].as_str().map(str::to_owned)
    }

    fn shipped(&self, key: &str) -> Option<String> {
        self.words(key)
    }

    fn plural(&self, number: u32) -> String {
        if number == 1 { "one" } else { "other" }.to_owned()
    }

    fn number(&self, number: u32) -> String {
        number.to_string()
    }

    fn list(&self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        }
    }

    fn moment(&self, unix_ms: f64) -> String {
        format!("at {unix_ms}")
    }
}
