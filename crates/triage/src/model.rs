//! The learned weights, and how a text is scored with them.
//!
//! A linear model over the words and word pairs that occur. `data/train.py`
//! writes the table; the format is described there.

use crate::words::{each_word, lower, parts};

const TABLE: &str = include_str!("../data/weights.txt");
/// Size of one unit of a stored weight.
const STEP: f32 = 0.2;

/// Places of the answers in a row of scores.
pub(crate) const INTENT: std::ops::Range<usize> = 0..14;
pub(crate) const URGENCY: std::ops::Range<usize> = 14..18;
pub(crate) const STATE: std::ops::Range<usize> = 18..22;
pub(crate) const WANTS_HUMAN: usize = 22;
/// How many answers are scored.
pub(crate) const ANSWERS: usize = 23;

/// One score per answer.
pub(crate) type Scores = [f32; ANSWERS];

/// The table, indexed.
pub(crate) struct Model {
    /// Scores of a text that says nothing.
    pub bias: Scores,
    /// Features in byte order, each with its weights.
    rows: Vec<(&'static str, &'static str)>,
}

/// A feature of the table that a text has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    row: u16,
    /// Where it stands in the part it was found in.
    part: u8,
    start: u32,
    end: u32,
}

impl Model {
    pub(crate) fn new() -> Self {
        let mut lines = TABLE.lines();
        let mut bias = [0.0; ANSWERS];
        let first = lines.next().unwrap_or_default();
        for (slot, units) in bias.iter_mut().zip(first.split(' ')) {
            *slot = units.parse::<i8>().map_or(0.0, f32::from) * STEP;
        }
        Self { bias, rows: lines.filter_map(|line| line.split_once('\t')).collect() }
    }

    /// The features of the text that the table knows, each once.
    pub(crate) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut seen = vec![false; self.rows.len()];
        let mut note = |feature: &str, part: usize, start: usize, end: usize| {
            let Ok(row) = self.rows.binary_search_by(|(name, _)| (*name).cmp(feature)) else {
                return;
            };
            if !std::mem::replace(&mut seen[row], true) {
                let (start, end) = (start as u32, end as u32);
                hits.push(Hit { row: row as u16, part: part as u8, start, end });
            }
        };
        let mut count = 0;
        let mut pair = String::new();
        for (part, text) in parts(text).into_iter().enumerate() {
            let mut before = String::from("^");
            let mut before_start = 0;
            each_word(text, |word| {
                count += usize::from(!matches!(word.stem.as_str(), "?" | "!"));
                note(&word.stem, part, word.start, word.end);
                pair.clear();
                pair.push_str(&before);
                pair.push(' ');
                pair.push_str(&word.stem);
                note(&pair, part, before_start, word.end);
                before.clear();
                before.push_str(&word.stem);
                before_start = word.start;
            });
        }
        let length = match count {
            0 => "^0",
            1..=2 => "^1",
            3..=5 => "^3",
            6..=12 => "^6",
            13..=30 => "^13",
            _ => "^31",
        };
        note(length, 0, 0, 0);
        hits
    }

    /// Adds the weights of the features to the scores.
    pub(crate) fn add(&self, hits: &[Hit], share: f32, scores: &mut Scores) {
        for hit in hits {
            for (answer, weight) in self.weights(hit) {
                scores[answer] += weight * share;
            }
        }
    }

    /// The weights of a feature: answer and weight.
    pub(crate) fn weights(&self, hit: &Hit) -> impl Iterator<Item = (usize, f32)> {
        let pairs = self.rows.get(usize::from(hit.row)).map_or("", |(_, pairs)| *pairs);
        pairs.as_bytes().chunks_exact(2).filter_map(|pair| {
            let answer = usize::from(pair[0].wrapping_sub(b'A'));
            let units = f32::from(pair[1]) - f32::from(b'P');
            (answer < ANSWERS).then_some((answer, units * STEP))
        })
    }

    /// Whether the feature is a word, and not the length of the text or a sign.
    pub(crate) fn is_word(&self, hit: &Hit) -> bool {
        self.rows.get(usize::from(hit.row)).is_some_and(|(name, _)| {
            let letters = name.chars().any(char::is_alphabetic);
            letters || name.len() == 3 && name.starts_with(['4', '5'])
        })
    }

    /// The feature as the customer wrote it; its stem where the rest of the word
    /// could be a secret or is long.
    pub(crate) fn spelled(&self, hit: &Hit, text: &str) -> String {
        let written = parts(text)[usize::from(hit.part.min(1))]
            .get(hit.start as usize..hit.end as usize)
            .unwrap_or_default();
        let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '\u{2019}');
        if !written.is_empty() && written.len() <= 30 && written.chars().all(plain) {
            return lower(written);
        }
        let name = self.rows.get(usize::from(hit.row)).map_or("", |(name, _)| *name);
        name.trim_start_matches(['^', ' ']).to_owned()
    }
}

/// Turns scores into probabilities that sum to 1.
pub(crate) fn softmax(scores: &[f32]) -> Vec<f64> {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f64> = scores.iter().map(|score| f64::from(score - top).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// Turns one score into the probability of yes.
pub(crate) fn sigmoid(score: f32) -> f64 {
    1.0 / (1.0 + f64::from(-score).exp())
}
