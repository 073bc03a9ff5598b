//! Learns the weights: logistic regression of every answer at once, by AdaGrad
//! (Duchi, Hazan and Singer 2011), with features left out at random, and the
//! mean of the last rounds kept.

use baton_triage::learning::ANSWERS;
use fastrand::Rng;

use crate::sparse::{Example, HEADS, SINGLE, Table};

/// How learning goes. The default is what the shipped model was learned with.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Order and choice of what is left out follow from it.
    pub seed: u64,
    /// Times that every example is seen.
    pub rounds: u32,
    /// Rounds whose mean is kept.
    pub kept: u32,
    /// Step size.
    pub rate: f32,
    /// Share of a weight that is lost whenever its feature is seen.
    pub decay: f32,
    /// Share of the features left out each time.
    pub dropout: f32,
    /// Share of the times that only lists of phrases are seen, so that they learn
    /// to speak for words that no example has.
    pub lists_only: f32,
    /// What the wrong classes of a head share among them.
    pub smoothing: f32,
    /// 0 counts every example alike, 1 every class.
    pub balance: f32,
    /// Features from which on each counts for less.
    pub full_length: u8,
    /// How many times a message in another language than English counts when it is
    /// chosen which weights stay.
    pub others: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            rounds: 16,
            kept: 6,
            rate: 0.03,
            decay: 1e-4,
            dropout: 0.3,
            lists_only: 0.2,
            smoothing: 0.02,
            balance: 0.5,
            full_length: 20,
            others: 6.0,
        }
    }
}

/// Share of the lists left out where only lists are seen: one alone has to speak.
const LISTS_DROPOUT: f32 = 0.6;

/// A row of weights or of scores.
pub type Row = [f32; ANSWERS];

/// What was learned.
#[derive(Debug, Clone)]
pub struct Linear {
    /// Scores of a text that says nothing.
    pub bias: Row,
    /// Weights of each feature, by its number in the [`Table`].
    pub rows: Vec<Row>,
}

impl Linear {
    /// Adds another model of the same table, weight by weight.
    pub fn add(&mut self, other: &Self) {
        add(&mut self.bias, &other.bias, 1.0);
        self.rows.iter_mut().zip(&other.rows).for_each(|(row, other)| add(row, other, 1.0));
    }

    /// Multiplies every weight.
    pub fn scale(&mut self, factor: f32) {
        let rows = self.rows.iter_mut().chain([&mut self.bias]);
        rows.flatten().for_each(|weight| *weight *= factor);
    }
}

/// Learns from the examples of a table. With a mask, a bit for each answer of each
/// feature, only the weights it names.
#[must_use]
pub fn learn(table: &Table, settings: &Settings, mask: Option<&[u32]>) -> Linear {
    let mut rng = Rng::with_seed(settings.seed);
    let weights = class_weights(&table.examples, settings.balance);
    let zero = || Linear { bias: [0.0; ANSWERS], rows: vec![[0.0; ANSWERS]; table.keys.len()] };
    let (mut learned, mut squares, mut mean) = (zero(), zero(), zero());
    let mut order: Vec<usize> = (0..table.examples.len()).collect();
    let mut active = Vec::new();
    for round in 0..settings.rounds {
        rng.shuffle(&mut order);
        for &place in &order {
            let example = &table.examples[place];
            active.clear();
            let lists_only = rng.f32() < settings.lists_only;
            active.extend(example.features.iter().copied().filter(|feature| match lists_only {
                true => table.scales[*feature as usize] > 1.0 && rng.f32() >= LISTS_DROPOUT,
                false => rng.f32() >= settings.dropout,
            }));
            let known = example.features.len();
            let left_out = if lists_only { LISTS_DROPOUT } else { settings.dropout };
            let share = share(known, settings.full_length) / (1.0 - left_out);
            let mut scores = learned.bias;
            for feature in &active {
                let row = &learned.rows[*feature as usize];
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += weight * share;
                }
            }
            let error = errors(&scores, example, &weights, settings.smoothing);
            step(&mut learned.bias, &mut squares.bias, &error, 1.0, settings.rate, 0.0);
            for feature in &active {
                let at = *feature as usize;
                let error = match mask {
                    Some(mask) => only(&error, mask[at]),
                    None => error,
                };
                step(
                    &mut learned.rows[at],
                    &mut squares.rows[at],
                    &error,
                    share,
                    settings.rate,
                    settings.decay,
                );
            }
        }
        if round + settings.kept >= settings.rounds {
            let part = 1.0 / settings.kept as f32;
            add(&mut mean.bias, &learned.bias, part);
            for (mean, row) in mean.rows.iter_mut().zip(&learned.rows) {
                add(mean, row, part);
            }
        }
    }
    mean
}

/// How much each feature counts in a text with that many known ones.
#[must_use]
pub fn share(known: usize, full_length: u8) -> f32 {
    let full = f32::from(full_length);
    (full / (known as f32).max(full)).sqrt()
}

fn only(error: &Row, mask: u32) -> Row {
    let mut kept = *error;
    for (answer, error) in kept.iter_mut().enumerate() {
        if mask & (1 << answer) == 0 {
            *error = 0.0;
        }
    }
    kept
}

fn add(sum: &mut Row, row: &Row, part: f32) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += value * part;
    }
}

fn step(row: &mut Row, squares: &mut Row, error: &Row, share: f32, rate: f32, decay: f32) {
    for ((weight, square), error) in row.iter_mut().zip(squares).zip(error) {
        let slope = error * share;
        *square += slope * slope;
        *weight -= rate * slope / (*square + 1e-2).sqrt() + decay * *weight;
    }
}

/// The slope of the loss by each score.
fn errors(scores: &Row, example: &Example, weights: &Row, smoothing: f32) -> Row {
    let mut errors = [0.0; ANSWERS];
    for (head, class) in HEADS.iter().zip(example.classes) {
        let Some(class) = class else { continue };
        let chances = softmax(&scores[head.clone()]);
        let right = head.start + usize::from(class);
        let rest = smoothing / (head.len() - 1) as f32;
        for (answer, chance) in head.clone().zip(chances) {
            let wanted = if answer == right { 1.0 - smoothing } else { rest };
            errors[answer] = (chance - wanted) * weights[right];
        }
    }
    for (answer, yes) in (SINGLE..).zip(example.yes) {
        let Some(yes) = yes else { continue };
        let chance = 1.0 / (1.0 + (-scores[answer]).exp());
        let weight = if yes { weights[answer] } else { 1.0 };
        errors[answer] = (chance - f32::from(u8::from(yes))) * weight;
    }
    errors
}

/// Turns scores into chances that sum to 1.
#[must_use]
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// What an example of each class counts: the rarer, the more.
fn class_weights(examples: &[Example], balance: f32) -> Row {
    let mut weights = [1.0; ANSWERS];
    for (place, head) in HEADS.iter().enumerate() {
        let mut counts = vec![0.0f32; head.len()];
        for class in examples.iter().filter_map(|example| example.classes[place]) {
            counts[usize::from(class)] += 1.0;
        }
        let mean = counts.iter().sum::<f32>() / head.len() as f32;
        for (answer, count) in head.clone().zip(counts) {
            weights[answer] = (mean / count.max(1.0)).powf(balance);
        }
    }
    for (place, weight) in weights[SINGLE..].iter_mut().enumerate() {
        let of = |wanted| examples.iter().filter(|e| e.yes[place] == Some(wanted)).count();
        *weight = (of(false) as f32 / of(true).max(1) as f32).max(1.0).powf(balance);
    }
    weights
}
