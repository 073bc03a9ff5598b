//! From learned weights to the few units a file holds.

use baton_triage::learning::{ANSWERS, Draft};

use crate::{
    data::Corpus,
    lexicon::Lexicon,
    linear::{Linear, Settings},
    sparse::{SINGLE, Table},
};

/// Worth of the eight units of a weight.
const UNITS: [i8; 8] = [-16, -8, -4, -2, 2, 4, 8, 16];
/// How much the number of examples with a feature counts for its effect.
const EFFECT: f32 = 0.5;
/// How many times a weight for a wish for a person counts: it may not be missed,
/// and it is said in more ways than its share of messages tells.
const WISH: f32 = 1.6;

/// Chooses about `entries` weights, those that change the scores of the examples
/// most, and leaves out the features that keep none: the smaller table, and a bit
/// for each weight that stays.
#[must_use]
pub fn prune(learned: &Linear, table: Table, entries: usize) -> (Table, Vec<u32>) {
    let effect = |row: usize, answer: usize, weight: f32| {
        let wish = if answer == SINGLE { WISH } else { 1.0 };
        weight.abs() * wish * table.counts[row].powf(EFFECT)
    };
    let mut effects: Vec<f32> = Vec::new();
    for (row, weights) in learned.rows.iter().enumerate() {
        effects.extend(
            weights.iter().enumerate().map(|(answer, weight)| effect(row, answer, *weight)),
        );
    }
    effects.sort_unstable_by(|a, b| b.total_cmp(a));
    let least = effects.get(entries).copied().unwrap_or(0.0);
    let mask = |row: usize| {
        learned.rows[row].iter().enumerate().fold(0u32, |mask, (answer, weight)| {
            mask | u32::from(effect(row, answer, *weight) > least) << answer
        })
    };
    let masks: Vec<u32> = (0..table.keys.len()).map(mask).collect();
    let places: Vec<Option<u32>> = masks
        .iter()
        .scan(0, |next, mask| {
            let place = (*mask != 0).then_some(*next);
            *next += u32::from(*mask != 0);
            Some(place)
        })
        .collect();
    let kept = |row: &usize| masks[*row] != 0;
    let examples = table.examples.into_iter().map(|mut example| {
        example.features =
            example.features.iter().filter_map(|row| places[*row as usize]).collect();
        example
    });
    let small = Table {
        examples: examples.collect(),
        keys: (0..masks.len()).filter(kept).map(|row| table.keys[row]).collect(),
        counts: (0..masks.len()).filter(kept).map(|row| table.counts[row]).collect(),
        scales: (0..masks.len()).filter(kept).map(|row| table.scales[row]).collect(),
    };
    (small, masks.into_iter().filter(|mask| *mask != 0).collect())
}

/// Rounds the weights that the mask names, and makes a draft of the file.
#[must_use]
pub fn quantise(
    learned: &Linear,
    table: &Table,
    masks: &[u32],
    lexicon: &Lexicon,
    corpus: &Corpus,
    settings: &Settings,
) -> Draft {
    let mut steps = [0.0; ANSWERS];
    for (answer, step) in steps.iter_mut().enumerate() {
        let rows = (0..masks.len()).filter(|row| masks[*row] & (1 << answer) != 0);
        let weights =
            rows.map(|row| (learned.rows[row][answer] / table.scales[row], table.counts[row]));
        *step = best_step(&weights.collect::<Vec<_>>());
    }
    let rows = (0..masks.len()).map(|row| {
        let named = (0..ANSWERS).filter(|answer| masks[row] & (1 << answer) != 0);
        let units = named.map(|answer| {
            let weight = learned.rows[row][answer] / table.scales[row];
            (answer as u8, unit(weight / steps[answer]))
        });
        (table.keys[row], units.collect())
    });
    Draft {
        data_hash: corpus.hash,
        seed: settings.seed,
        full_length: settings.full_length,
        units: UNITS,
        bias: learned.bias,
        steps,
        rows: rows.collect(),
        phrases: lexicon.phrases.clone(),
    }
}

/// The step with the least square of what rounding changes in the scores of the
/// examples; each weight comes with how many have its feature.
fn best_step(weights: &[(f32, f32)]) -> f32 {
    let largest = weights.iter().fold(0.0f32, |most, (weight, _)| most.max(weight.abs()));
    let loss = |step: f32| -> f64 {
        let off = |weight: f32| {
            f64::from(f32::from(UNITS[usize::from(unit(weight / step))]) * step - weight)
        };
        weights.iter().map(|(weight, count)| off(*weight).powi(2) * f64::from(*count)).sum()
    };
    let steps = (1..=48).map(|part| largest * part as f32 / 12.0 / 48.0);
    steps.min_by(|a, b| loss(*a).total_cmp(&loss(*b))).filter(|step| *step > 0.0).unwrap_or(1.0)
}

/// The unit nearest to a weight in steps.
fn unit(weight: f32) -> u8 {
    let distance = |unit: i8| (f32::from(unit) - weight).abs();
    (0..UNITS.len() as u8)
        .min_by(|a, b| {
            distance(UNITS[usize::from(*a)]).total_cmp(&distance(UNITS[usize::from(*b)]))
        })
        .unwrap_or_default()
}
