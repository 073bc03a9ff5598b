//! Makes probabilities true: of what is said with 0.8, eight in ten shall be
//! right. One temperature a head (Guo et al. 2017), and for each yes or no a
//! slope and an offset (Platt 1999), fitted on answers of models that did not know
//! the messages, and put into the model's steps and biases.

use std::collections::BTreeMap;

use baton_triage::learning::{ANSWERS, CustomerState, Draft, Intent, Topic, Triage, Urgency};

use crate::{
    data::Message,
    sparse::{HEADS, SINGLE},
};

/// Scales of every answer: a score becomes `slope * score + offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scales {
    /// By answer.
    pub slope: [f32; ANSWERS],
    /// By answer.
    pub offset: [f32; ANSWERS],
}

/// Probabilities are kept this far from 0 and 1.
const EDGE: f64 = 1e-6;
/// With fewer positive examples the offset of a yes or no is left alone.
const FEWEST: usize = 20;
/// A source with fewer messages says nothing of its own.
const FEWEST_OF_SOURCE: usize = 100;

/// The scales for messages of a source that is harder than most: of the slopes
/// that each source asks for, the lower quartile. Real customers are such a
/// source. Offsets are those of all messages together.
#[must_use]
pub fn cautious(pairs: &[(&Message, &Triage)]) -> Scales {
    let mut sources: BTreeMap<&str, Vec<(&Message, &Triage)>> = BTreeMap::new();
    for pair in pairs {
        sources.entry(&pair.0.source).or_default().push(*pair);
    }
    let mut cautious = scales(pairs);
    let each: Vec<Scales> =
        sources.values().filter(|own| own.len() >= FEWEST_OF_SOURCE).map(|own| scales(own)).collect();
    for head in HEADS {
        let mut slopes: Vec<f32> = each.iter().map(|scales| scales.slope[head.start]).collect();
        slopes.sort_unstable_by(f32::total_cmp);
        if let Some(slope) = slopes.get(slopes.len() / 4) {
            cautious.slope[head].fill(*slope);
        }
    }
    cautious
}

/// Finds the scales under which the answers would have been likeliest.
#[must_use]
pub fn scales(pairs: &[(&Message, &Triage)]) -> Scales {
    let mut scales = Scales { slope: [1.0; ANSWERS], offset: [0.0; ANSWERS] };
    for (place, head) in HEADS.iter().enumerate() {
        let rows: Vec<(Vec<f64>, usize)> = pairs
            .iter()
            .filter_map(|(message, said)| Some((logits(said, place), class(message, place)?)))
            .collect();
        let slope = best(0.2, 5.0, |slope| {
            rows.iter().map(|(logits, right)| surprise(logits, *right, slope)).sum()
        });
        scales.slope[head.clone()].fill(slope as f32);
    }
    for answer in SINGLE..ANSWERS {
        let rows: Vec<(f64, bool)> = pairs
            .iter()
            .filter_map(|(message, said)| yes(message, said, answer - SINGLE))
            .map(|(chance, yes)| (logit(chance), yes))
            .collect();
        if rows.iter().filter(|(_, yes)| *yes).count() < FEWEST {
            continue;
        }
        let (slope, offset) = platt(&rows);
        scales.slope[answer] = slope as f32;
        scales.offset[answer] = offset as f32;
    }
    scales
}

/// Puts the scales into a draft.
pub fn apply(scales: &Scales, draft: &mut Draft) {
    for answer in 0..ANSWERS {
        draft.steps[answer] *= scales.slope[answer];
        draft.bias[answer] = draft.bias[answer] * scales.slope[answer] + scales.offset[answer];
    }
}

fn class(message: &Message, head: usize) -> Option<usize> {
    match head {
        0 => message.intent.map(|class| class as usize),
        1 => message.urgency.map(|class| class as usize),
        _ => message.state.map(|class| class as usize),
    }
}

fn logits(said: &Triage, head: usize) -> Vec<f64> {
    let labels: Vec<&str> = match head {
        0 => Intent::ALL.iter().map(|class| class.as_str()).collect(),
        1 => Urgency::ALL.iter().map(|class| class.as_str()).collect(),
        _ => CustomerState::ALL.iter().map(|class| class.as_str()).collect(),
    };
    let scores = match head {
        0 => &said.scores.intent,
        1 => &said.scores.urgency,
        _ => &said.scores.customer_state,
    };
    labels.iter().map(|label| scores.get(label).unwrap_or(0.0).max(EDGE).ln()).collect()
}

fn yes(message: &Message, said: &Triage, place: usize) -> Option<(f64, bool)> {
    if place == 0 {
        return Some((said.scores.wants_human, message.wants_human?));
    }
    let topic = Topic::ALL[place - 1];
    let chance = said.scores.topics.get(topic.as_str()).unwrap_or(0.0);
    Some((chance, message.topics.as_ref()?.contains(&topic)))
}

fn logit(chance: f64) -> f64 {
    let chance = chance.clamp(EDGE, 1.0 - EDGE);
    (chance / (1.0 - chance)).ln()
}

fn surprise(logits: &[f64], right: usize, slope: f64) -> f64 {
    let top = logits.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = logits.iter().map(|logit| ((logit - top) * slope).exp()).sum();
    sum.ln() - (logits[right] - top) * slope
}

/// The place of the least value between two, by golden section; `of` has one dip.
fn best(mut low: f64, mut high: f64, of: impl Fn(f64) -> f64) -> f64 {
    let golden = (5f64.sqrt() - 1.0) / 2.0;
    for _ in 0..60 {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if of(left) < of(right) { high = right } else { low = left }
    }
    (low + high) / 2.0
}

/// Slope and offset, by Newton's method on the log loss, damped a little so that
/// answers that are all right do not run away.
fn platt(rows: &[(f64, bool)]) -> (f64, f64) {
    const DAMPING: f64 = 1e-3;
    let (mut slope, mut offset) = (1.0, 0.0);
    for _ in 0..50 {
        let (mut g, mut h) = ([DAMPING * (slope - 1.0), DAMPING * offset], [DAMPING, 0.0, DAMPING]);
        for (x, yes) in rows {
            let chance = 1.0 / (1.0 + (-(slope * x + offset)).exp());
            let (error, bend) = (chance - f64::from(u8::from(*yes)), chance * (1.0 - chance));
            g[0] += error * x;
            g[1] += error;
            h[0] += bend * x * x;
            h[1] += bend * x;
            h[2] += bend;
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        if determinant.abs() < 1e-12 {
            break;
        }
        slope -= (h[2] * g[0] - h[1] * g[1]) / determinant;
        offset -= (h[0] * g[1] - h[1] * g[0]) / determinant;
    }
    if slope.is_finite() && slope > 0.0 { (slope, offset) } else { (1.0, 0.0) }
}
