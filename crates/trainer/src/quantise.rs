//! From learned weights to the few units a file holds.

use baton_triage::learning::{ANSWERS, Draft};

use crate::{data::Corpus, lexicon::Lexicon, linear::{Linear, Settings}, sparse::Table};

/// Worth of the eight units of a weight.
const UNITS: [i8; 8] = [-8, -4, -2, -1, 1, 2, 4, 8];

/// Rounds the weights so that about `entries` of them are left, the largest
/// ones, and makes a draft of the file.
#[must_use]
pub fn quantise(
    learned: &Linear,
    table: &Table,
    lexicon: &Lexicon,
    corpus: &Corpus,
    settings: &Settings,
    entries: usize,
) -> Draft {
    let mut sizes: Vec<f32> =
        learned.rows.iter().flatten().map(|weight| weight.abs()).filter(|w| *w > 0.0).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let least = sizes.get(entries).or(sizes.last()).copied().unwrap_or(1.0);
    // What is less than half the smallest unit is nothing.
    let step = 2.0 * least.max(f32::MIN_POSITIVE);
    let rows = table.keys.iter().zip(&learned.rows).filter_map(|(key, row)| {
        let row: Vec<(u8, u8)> = row
            .iter()
            .enumerate()
            .filter_map(|(answer, weight)| Some((answer as u8, unit(weight / step)?)))
            .collect();
        (!row.is_empty()).then_some((*key, row))
    });
    Draft {
        data_hash: corpus.hash,
        seed: settings.seed,
        full_length: settings.full_length,
        units: UNITS,
        bias: learned.bias,
        steps: [step; ANSWERS],
        rows: rows.collect(),
        phrases: lexicon.phrases.clone(),
    }
}

/// The unit nearest to a weight in steps; none if that is nothing.
fn unit(weight: f32) -> Option<u8> {
    if weight.abs() < 0.5 {
        return None;
    }
    let distance = |unit: i8| (f32::from(unit) - weight).abs();
    (0..UNITS.len() as u8)
        .min_by(|a, b| distance(UNITS[usize::from(*a)]).total_cmp(&distance(UNITS[usize::from(*b)])))
}
