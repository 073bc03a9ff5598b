//! What a set of answers is worth: the measures of the report's table.

use baton_triage::learning::{CustomerState, Intent, Topic, Triage, Urgency};

use crate::data::Message;

/// Bins of the calibration error.
const BINS: usize = 10;
/// Intents that must not be missed, looked at together.
const SENSITIVE: [Intent; 4] =
    [Intent::Security, Intent::PrivacyLegal, Intent::Refund, Intent::Access];
/// Precision at which their recall is read.
const PRECISION: f64 = 0.8;

/// The measures. Each is a share between 0 and 1 unless said otherwise.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measures {
    /// Messages measured.
    pub messages: usize,
    /// Right intents.
    pub accuracy: f64,
    /// Mean F1 of the intents.
    pub macro_f1: f64,
    /// Expected calibration error of the intent, ten bins of equal width.
    pub calibration_error: f64,
    /// Right intents among the half of the messages with the surest ones.
    pub surest_half: f64,
    /// Recall of the sensitive intents, pooled, at a precision of 0.8.
    pub sensitive_recall: f64,
    /// Mean F1 of the urgencies.
    pub urgency_f1: f64,
    /// Messages of high or critical urgency that were said to be such.
    pub high_recall: f64,
    /// Mean F1 of the states.
    pub state_f1: f64,
    /// How many wishes for a person were missed.
    pub missed_wishes: usize,
    /// How many were seen where there was none.
    pub false_wishes: usize,
    /// F1 of all topics of all messages together.
    pub topics_f1: f64,
}

/// Measures answers against labels; a label that is missing is passed over.
#[must_use]
pub fn measure(pairs: &[(&Message, Triage)]) -> Measures {
    let intents: Vec<(Intent, &Triage)> =
        pairs.iter().filter_map(|(message, said)| Some((message.intent?, said))).collect();
    let count = intents.len().max(1) as f64;
    let right = |(wanted, said): &&(Intent, &Triage)| *wanted == said.intent;
    let mut by_confidence = intents.clone();
    by_confidence.sort_by(|a, b| b.1.confidence.intent.total_cmp(&a.1.confidence.intent));
    let half = &by_confidence[..intents.len() / 2];
    let mut measures = Measures {
        messages: pairs.len(),
        accuracy: intents.iter().filter(right).count() as f64 / count,
        macro_f1: macro_f1(Intent::ALL, intents.iter().map(|(wanted, said)| (*wanted, said.intent))),
        calibration_error: calibration_error(
            &intents.iter().map(|(wanted, said)| (said.confidence.intent, *wanted == said.intent)).collect::<Vec<_>>(),
        ),
        surest_half: half.iter().filter(right).count() as f64 / half.len().max(1) as f64,
        sensitive_recall: sensitive_recall(&intents),
        ..Measures::default()
    };
    let urgencies = || pairs.iter().filter_map(|(message, said)| Some((message.urgency?, said.urgency)));
    measures.urgency_f1 = macro_f1(Urgency::ALL, urgencies());
    let pressing = || urgencies().filter(|(wanted, _)| *wanted >= Urgency::High);
    measures.high_recall = pressing().filter(|(_, said)| *said >= Urgency::High).count() as f64
        / pressing().count().max(1) as f64;
    measures.state_f1 = macro_f1(
        CustomerState::ALL,
        pairs.iter().filter_map(|(message, said)| Some((message.state?, said.customer_state))),
    );
    let (mut hits, mut misses, mut alarms) = (0, 0, 0);
    for (message, said) in pairs {
        match (message.wants_human, said.wants_human) {
            (Some(true), false) => measures.missed_wishes += 1,
            (Some(false), true) => measures.false_wishes += 1,
            _ => {}
        }
        let Some(wanted) = &message.topics else { continue };
        for topic in Topic::ALL {
            match (wanted.contains(topic), said.topics.contains(topic)) {
                (true, true) => hits += 1,
                (true, false) => misses += 1,
                (false, true) => alarms += 1,
                (false, false) => {}
            }
        }
    }
    measures.topics_f1 = f1(hits, misses, alarms);
    measures
}

fn f1(hits: usize, misses: usize, alarms: usize) -> f64 {
    2.0 * hits as f64 / (2 * hits + misses + alarms).max(1) as f64
}

/// F1 of each class that occurs.
pub fn class_f1<T: Copy + PartialEq>(
    classes: &[T],
    pairs: impl Iterator<Item = (T, T)>,
) -> Vec<(T, usize, f64)> {
    let pairs: Vec<(T, T)> = pairs.collect();
    let of = |class: T| {
        let count = |wanted: bool, said: bool| {
            pairs.iter().filter(|p| (p.0 == class) == wanted && (p.1 == class) == said).count()
        };
        (count(true, true), count(true, false), count(false, true))
    };
    classes
        .iter()
        .map(|class| {
            let (hits, misses, alarms) = of(*class);
            (*class, hits + misses, f1(hits, misses, alarms))
        })
        .filter(|(_, support, _)| *support > 0)
        .collect()
}

fn macro_f1<T: Copy + PartialEq>(classes: &[T], pairs: impl Iterator<Item = (T, T)>) -> f64 {
    let each = class_f1(classes, pairs);
    each.iter().map(|(.., f1)| f1).sum::<f64>() / each.len().max(1) as f64
}

/// Bins of equal width: how many, their mean confidence, the share that was
/// right.
#[must_use]
pub fn bins(pairs: &[(f64, bool)]) -> Vec<(usize, f64, f64)> {
    let mut bins = vec![(0usize, 0.0, 0.0); BINS];
    for (confidence, right) in pairs {
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += confidence;
        bin.2 += f64::from(u8::from(*right));
    }
    for (count, confidence, right) in &mut bins {
        *confidence /= (*count).max(1) as f64;
        *right /= (*count).max(1) as f64;
    }
    bins
}

/// The expected calibration error (Naeini, Cooper and Hauskrecht 2015).
fn calibration_error(pairs: &[(f64, bool)]) -> f64 {
    let gap = |(count, confidence, right): (usize, f64, f64)| {
        count as f64 * f64::abs(confidence - right)
    };
    bins(pairs).into_iter().map(gap).sum::<f64>() / pairs.len().max(1) as f64
}

fn sensitive_recall(intents: &[(Intent, &Triage)]) -> f64 {
    let mut scored: Vec<(f64, bool)> = Vec::new();
    for (wanted, said) in intents {
        for class in SENSITIVE {
            let score = said.scores.intent.get(class.as_str()).unwrap_or(0.0);
            scored.push((score, *wanted == class));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = scored.iter().filter(|(_, right)| *right).count();
    let (mut hits, mut best) = (0usize, 0usize);
    for (place, (_, right)) in scored.iter().enumerate() {
        hits += usize::from(*right);
        if hits as f64 >= PRECISION * (place + 1) as f64 {
            best = hits;
        }
    }
    best as f64 / all.max(1) as f64
}

impl std::fmt::Display for Measures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "n {} acc {:.4} f1 {:.4} ece {:.3} half {:.3} sens {:.3} | u {:.3} hi {:.3} | s {:.3} | h -{} +{} | t {:.3}",
            self.messages, self.accuracy, self.macro_f1, self.calibration_error, self.surest_half,
            self.sensitive_recall, self.urgency_f1, self.high_recall, self.state_f1,
            self.missed_wishes, self.false_wishes, self.topics_f1
        )
    }
}
