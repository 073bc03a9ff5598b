//! Where the weights of a hit's confidence come from.

use super::measured::half;
use super::strangers::{TRAINING, strangers};
use super::*;

/// Logistic regression by gradient descent, with a little of ridge: bias, weights.
fn learn(examples: &[([f32; 5], bool)]) -> [f64; 6] {
    let mut learned = [0.0_f64; 6];
    for _ in 0..4_000 {
        let mut slope = [0.0_f64; 6];
        for (features, is_right) in examples {
            let features = features.map(f64::from);
            let sum: f64 = features.iter().zip(&learned[1..]).map(|(x, weight)| x * weight).sum();
            let error = 1.0 / (1.0 + (-(learned[0] + sum)).exp()) - f64::from(u8::from(*is_right));
            slope[0] += error;
            slope[1..].iter_mut().zip(features).for_each(|(slope, x)| *slope += error * x);
        }
        for (place, (weight, slope)) in learned.iter_mut().zip(slope).enumerate() {
            let ridge = if place == 0 { 0.0 } else { 0.002 * *weight };
            *weight -= 2.0 * (slope / examples.len() as f64 + ridge);
        }
    }
    learned
}

#[test]
fn the_shipped_confidence_is_the_learned_one() {
    let index = help();
    let questions: Vec<Question> = half(false).into_iter().chain(strangers(TRAINING, 12)).collect();
    let mut examples = Vec::new();
    let mut shipped = Vec::new();
    for question in &questions {
        for hit in index.search(question.text, Some(question.language), 3) {
            // Those in other languages are judged by a factor of their own.
            if ["", &*hit.article.language].contains(&question.language) {
                examples.push((hit.evidence.features(), is_right(&hit, question)));
                shipped.push(hit.evidence.confidence());
            }
        }
    }
    let learned = learn(&examples);
    println!("bias and weights: {learned:.2?} of {} examples", examples.len());
    let furthest = examples.iter().zip(shipped).map(|((features, _), shipped)| {
        let sum: f64 =
            features.iter().zip(&learned[1..]).map(|(x, weight)| f64::from(*x) * weight).sum();
        (1.0 / (1.0 + (-(learned[0] + sum)).exp()) - f64::from(shipped)).abs()
    });
    let furthest = furthest.fold(0.0, f64::max);
    assert!(furthest < 0.05, "put these into confidence.rs: {learned:.2?}; off by {furthest:.2}");
}
