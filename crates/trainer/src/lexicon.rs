//! Lists of phrases: `[name]`, then phrases between bars; `#` begins a comment. A
//! phrase is matched word by word; `*` at its end lets the last word go on, `*`
//! before it lets Arabic particles stand before its first word.

use std::collections::BTreeSet;

use baton_triage::learning::{TOPIC_LISTS, phrase_key};

/// Particles that Arabic writes together with the next word.
const PARTICLES: [&str; 12] = ["", "و", "ال", "ب", "ل", "لل", "ف", "ك", "وال", "بال", "فال", "ول"];
/// Lists are numbered by a byte.
const MOST_LISTS: usize = 250;

/// Lists of phrases, by number.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Names of the lists, in order.
    pub names: Vec<String>,
    /// Keys of phrases, each with a list it is of.
    pub phrases: BTreeSet<(u32, u8)>,
}

impl Lexicon {
    /// The lists that a phrase is of.
    pub fn lists_of(&self, phrase: u32) -> impl Iterator<Item = u8> {
        self.phrases.range((phrase, 0)..=(phrase, u8::MAX)).map(|(_, list)| *list)
    }

    /// Reads the lists from their text.
    ///
    /// # Errors
    /// A sentence naming the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut lexicon = Self::default();
        // The topics' lists come first: triage asks for them by number.
        for (number, list) in TOPIC_LISTS.iter().enumerate() {
            lexicon.names.push(format!("topic {number}"));
            lexicon.add(list, number as u8);
        }
        for (number, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(name) = line.strip_prefix('[') {
                let name = name.strip_suffix(']').ok_or(format!("line {}: no `]`", number + 1))?;
                if lexicon.names.len() == MOST_LISTS {
                    return Err(format!("line {}: too many lists", number + 1));
                }
                lexicon.names.push(name.to_owned());
                continue;
            }
            if line.is_empty() {
                continue;
            }
            let list = lexicon.names.len() - 1;
            if list < TOPIC_LISTS.len() {
                return Err(format!("line {}: a phrase before a list", number + 1));
            }
            lexicon.add(line, list as u8);
        }
        Ok(lexicon)
    }

    fn add(&mut self, list: &str, number: u8) {
        let phrases = list.split('|').map(str::trim).filter(|phrase| !phrase.is_empty());
        for phrase in phrases {
            let (open, plain) = match phrase.strip_suffix('*') {
                Some(plain) => (true, plain),
                None => (false, phrase),
            };
            let particles = if plain.starts_with('*') { &PARTICLES[..] } else { &[""] };
            for particle in particles {
                let phrase = format!("{particle}{}", plain.trim_start_matches('*'));
                self.phrases.insert((phrase_key(&phrase, open), number));
            }
        }
    }
}
