//! The learned model: a linear classifier over the features of a text. It has a
//! row of weights for every word, pair of words and piece of a word worth one,
//! and for lists of phrases. It is a download unit of its own: without it the
//! rules of [`crate::untaught`] carry on. How the file is laid out is told in
//! [`file`].

pub(crate) mod file;

pub use file::ModelError;

use crate::{
    features::{Feature, KEY_BITS, Kind, LIST_SCALE, PAIR_SCALE, each_feature, list_key, pair_key},
    words::{is_letter, lower, parts},
};

/// Places of the answers in a row of scores.
pub(crate) const INTENT: std::ops::Range<usize> = 0..14;
pub(crate) const URGENCY: std::ops::Range<usize> = 14..18;
pub(crate) const STATE: std::ops::Range<usize> = 18..22;
pub(crate) const WANTS_HUMAN: usize = 22;
pub(crate) const TOPICS: std::ops::Range<usize> = 23..31;
/// How many answers are scored.
pub const ANSWERS: usize = 31;

/// Lists whose phrases are told: those of the topics.
const FIRST: usize = crate::topics::LISTS.len();

/// Bits of a key that choose its bucket; the others are kept beside the row.
const BUCKET_BITS: u32 = 13;
const BUCKETS: usize = 1 << BUCKET_BITS;
/// Bits of a key that are kept beside its row.
const REST_BITS: u32 = KEY_BITS - BUCKET_BITS;

/// One score per answer.
pub(crate) type Scores = [f32; ANSWERS];

/// The learned model, read from its file by [`Model::read`].
#[derive(Debug)]
pub struct Model {
    /// The file. All else points into it.
    bytes: Box<[u8]>,
    sections: file::Sections,
    /// Scores of a text that says nothing.
    bias: Scores,
    /// Worth of each of the eight units, by answer.
    weights: [[f32; 8]; ANSWERS],
    /// A text with more features than this counts each for less.
    full_length: f32,
    /// Where the rows of each bucket begin, and one more that ends the last.
    buckets: Box<[Place]>,
}

/// A row, and where its weights begin.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    row: u32,
    entry: u32,
}

/// A feature of a text that the model has a row for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    entry: u32,
    mask: u32,
    /// What its weights are multiplied with.
    scale: f32,
    pub(crate) feature: Feature,
}

impl Model {
    /// SHA-256 of the data it was trained on.
    #[must_use]
    pub fn data_hash(&self) -> &[u8] {
        &self.bytes[file::DATA_HASH]
    }

    /// Seed of its training.
    #[must_use]
    pub fn seed(&self) -> u64 {
        let seed = self.bytes[file::SEED].try_into();
        u64::from_le_bytes(seed.unwrap_or_default())
    }

    /// Scores of a text that says nothing.
    pub(crate) fn bias(&self) -> Scores {
        self.bias
    }

    /// The features of the text that the model knows, each once, and a phrase of each
    /// of its first lists.
    pub(crate) fn hits(&self, text: &str) -> (Vec<Hit>, [Option<Feature>; FIRST]) {
        let mut hits = Vec::new();
        let mut seen = vec![0u8; self.sections.rests.len() / 8 + 1];
        let mut note = |key, scale, feature| {
            let Some((place, mask)) = self.find(key) else { return };
            let (byte, bit) = (place.row as usize / 8, 1 << (place.row % 8));
            if seen[byte] & bit == 0 {
                seen[byte] |= bit;
                hits.push(Hit { entry: place.entry, mask, scale, feature });
            }
        };
        let mut first = [None; 256];
        each_feature(text, |feature| match feature.kind {
            Kind::Phrase => {
                for list in self.lists_of(feature.key) {
                    first[usize::from(*list)].get_or_insert(feature);
                }
            }
            _ => note(feature.key, 1.0, feature),
        });
        let mut lists: Vec<u8> = Vec::new();
        for (list, feature) in first.iter().enumerate() {
            let Some(feature) = *feature else { continue };
            note(list_key(list as u8), LIST_SCALE, feature);
            let shape = Feature { kind: Kind::Shape, ..feature };
            lists.iter().for_each(|lower| note(pair_key(*lower, list as u8), PAIR_SCALE, shape));
            lists.push(list as u8);
        }
        (hits, std::array::from_fn(|list| first[list]))
    }

    /// How much each feature of a text with that many counts.
    pub(crate) fn share(&self, hits: usize) -> f32 {
        (self.full_length / (hits as f32).max(self.full_length)).sqrt()
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
        let (mut mask, mut entry, scale) = (hit.mask, hit.entry as usize, hit.scale);
        std::iter::from_fn(move || {
            let answer = mask.trailing_zeros() as usize;
            let weight = self.worth(answer, entry)?;
            mask &= mask - 1;
            entry += 1;
            Some((answer, weight * scale))
        })
    }

    /// The weight of a feature for one answer.
    pub(crate) fn weight(&self, hit: &Hit, answer: usize) -> Option<f32> {
        let bit = 1u32.checked_shl(answer as u32).filter(|bit| hit.mask & bit != 0)?;
        let entry = hit.entry as usize + (hit.mask & (bit - 1)).count_ones() as usize;
        Some(self.worth(answer, entry)? * hit.scale)
    }

    /// What the unit at a place is worth for an answer; nothing for no answer.
    fn worth(&self, answer: usize, entry: usize) -> Option<f32> {
        let weights = self.weights.get(answer)?;
        let units = self.bytes.get(self.sections.units.clone())?;
        let unit = units.get(entry / 2)? >> (4 * (entry % 2)) & 7;
        Some(weights[usize::from(unit)])
    }

    /// Whether the feature can be shown to people: words, not their shape.
    pub(crate) fn is_word(&self, hit: &Hit) -> bool {
        hit.feature.kind != Kind::Shape
    }

    /// The feature as the customer wrote it; nothing where it could be a secret
    /// or is long.
    pub(crate) fn spelled(&self, feature: &Feature, text: &str) -> Option<String> {
        let Feature { part, start, end, .. } = *feature;
        let written = parts(text)[usize::from(part.min(1))].get(start as usize..end as usize)?;
        let status = written.len() == 3 && written.starts_with(['4', '5']);
        let plain =
            |c: char| is_letter(c) || matches!(c, ' ' | '\'' | '\u{2019}' | ',' | '?' | '!');
        let shown = !written.is_empty()
            && written.len() <= 60
            && (written.chars().all(plain)
                || status && written.bytes().all(|b| b.is_ascii_digit()));
        shown.then(|| lower(written))
    }

    /// The row of a key: where it stands, and the answers it has weights for.
    fn find(&self, key: u32) -> Option<(Place, u32)> {
        let bucket = (key >> REST_BITS) as usize;
        let rest = (key & ((1 << REST_BITS) - 1)) as u8;
        let (first, end) = (*self.buckets.get(bucket)?, self.buckets.get(bucket + 1)?.row as usize);
        let rests = self.bytes.get(self.sections.rests.clone())?.get(first.row as usize..end)?;
        let place = rests.iter().position(|known| *known == rest)?;
        let masks = self.bytes.get(self.sections.masks.clone())?.get(4 * first.row as usize..)?;
        let (before, from) = masks.split_at_checked(4 * place)?;
        Some((
            Place {
                row: first.row + place as u32,
                entry: first.entry + before.iter().map(|byte| byte.count_ones()).sum::<u32>(),
            },
            u32::from_le_bytes(*from.first_chunk()?),
        ))
    }

    /// The lists that a phrase is of.
    fn lists_of(&self, phrase: u32) -> &[u8] {
        let keys = self.bytes.get(self.sections.phrases.clone()).unwrap_or_default();
        let key = |at: usize| {
            let four = keys.get(4 * at..4 * at + 4).and_then(|four| four.try_into().ok());
            u32::from_be_bytes(four.unwrap_or_default())
        };
        let (mut low, mut high) = (0, keys.len() / 4);
        while low < high {
            let middle = (low + high) / 2;
            if key(middle) < phrase { low = middle + 1 } else { high = middle }
        }
        let known = (low..keys.len() / 4).take_while(|at| key(*at) == phrase).count();
        let lists = self.bytes.get(self.sections.lists.clone()).unwrap_or_default();
        lists.get(low..low + known).unwrap_or_default()
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
