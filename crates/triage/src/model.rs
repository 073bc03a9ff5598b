//! The learned model, and how a text is scored with it.
//!
//! A linear model over the words and word pairs that occur, and plain cues in
//! many languages. It is a download unit of its own: without it the rules of
//! [`crate::untaught`] carry on. How the file is laid out is told in [`read`].

mod read;

pub use read::ModelError;

use crate::{
    phrases::Scored,
    words::{each_word, is_letter, lower, parts},
};

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

/// The learned model, read from its file by [`Model::read`].
#[derive(Debug)]
pub struct Model {
    /// The body of the file. All else points into it.
    body: Box<str>,
    /// Scores of a text that says nothing.
    bias: Scores,
    /// Features in byte order, and one row more that ends the last.
    rows: Vec<Row>,
    cues: Vec<Cue>,
}

/// Where a feature stands in the body.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// Its name, up to the line's end.
    name: u32,
    /// The letters of the answers it weighs for, up to the line's end.
    letters: u32,
    /// The weights, one byte for each letter.
    weights: u32,
}

/// A list of phrases that score for an answer.
#[derive(Debug, Clone, Copy)]
struct Cue {
    answer: usize,
    score: f32,
    start: usize,
    end: usize,
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
    /// Scores of a text that says nothing.
    pub(crate) fn bias(&self) -> Scores {
        self.bias
    }

    /// The lists of phrases that score.
    pub(crate) fn cues(&self) -> impl Iterator<Item = Scored<'_>> {
        self.cues.iter().map(|cue| Scored {
            answer: cue.answer,
            score: cue.score,
            list: self.body.get(cue.start..cue.end).unwrap_or_default(),
        })
    }

    /// The features of the text that the table knows, each once.
    pub(crate) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut seen = vec![false; self.rows.len()];
        let mut note = |feature: &str, part: usize, start: usize, end: usize| {
            let Some(row) = self.find(feature) else { return };
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
        let row = usize::from(hit.row);
        let bytes = self.body.as_bytes();
        let (letters, weights) = match (self.rows.get(row), self.rows.get(row + 1)) {
            (Some(row), Some(next)) => (
                bytes.get(row.letters as usize..next.letters as usize - 1).unwrap_or_default(),
                bytes.get(row.weights as usize..next.weights as usize).unwrap_or_default(),
            ),
            _ => Default::default(),
        };
        letters.iter().zip(weights).filter_map(|(letter, weight)| {
            let answer = usize::from(letter.wrapping_sub(b'A'));
            let units = f32::from(*weight) - f32::from(b'P');
            (answer < ANSWERS).then_some((answer, units * STEP))
        })
    }

    /// Whether the feature is a word, and not the length of the text or a sign.
    pub(crate) fn is_word(&self, hit: &Hit) -> bool {
        let name = self.name(usize::from(hit.row));
        name.chars().any(is_letter) || name.len() == 3 && name.starts_with(['4', '5'])
    }

    /// The feature as the customer wrote it; its stem where the rest of the word
    /// could be a secret or is long.
    pub(crate) fn spelled(&self, hit: &Hit, text: &str) -> String {
        let written = parts(text)[usize::from(hit.part.min(1))]
            .get(hit.start as usize..hit.end as usize)
            .unwrap_or_default();
        let plain = |c: char| is_letter(c) || matches!(c, ' ' | '\'' | '\u{2019}');
        if !written.is_empty() && written.len() <= 30 && written.chars().all(plain) {
            return lower(written);
        }
        self.name(usize::from(hit.row)).trim_start_matches(['^', ' ']).to_owned()
    }

    fn name(&self, row: usize) -> &str {
        match (self.rows.get(row), self.rows.get(row + 1)) {
            (Some(row), Some(next)) => {
                self.body.get(row.name as usize..next.name as usize - 1).unwrap_or_default()
            }
            _ => "",
        }
    }

    fn find(&self, feature: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.rows.len().saturating_sub(1));
        while low < high {
            let middle = (low + high) / 2;
            match self.name(middle).cmp(feature) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
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
