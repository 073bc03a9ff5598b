//! Messages as lists of numbered features, and what is to be learned of them.

use std::collections::{BTreeMap, HashSet};

use baton_triage::learning::{
    ANSWERS, Intent, Kind, LIST_SCALE, PAIR_SCALE, Topic, each_feature, list_key, pair_key,
};

use crate::{data::Message, lexicon::Lexicon};

/// The answers that exclude each other, and those that stand alone.
pub const HEADS: [std::ops::Range<usize>; 3] = [0..14, 14..18, 18..22];
/// The first answer that is a yes or no of its own.
pub const SINGLE: usize = 22;

/// One message, ready to be learned from.
#[derive(Debug, Clone)]
pub struct Example {
    /// Numbers of its features, each once, rising.
    pub features: Vec<u32>,
    /// The right place within each head.
    pub classes: [Option<u8>; 3],
    /// The right answer of each yes or no.
    pub yes: [Option<bool>; ANSWERS - SINGLE],
}

/// Features that are worth a row, and the examples that have them.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The key of each feature, by number.
    pub keys: Vec<u32>,
    /// How many examples have each feature, those in other languages than English
    /// counting several times.
    pub counts: Vec<f32>,
    /// How much larger the weights of each feature are than its units say; more than
    /// 1 for lists and pairs of lists.
    pub scales: Vec<f32>,
    /// The examples.
    pub examples: Vec<Example>,
}

/// The keys of a text, each once, rising.
fn keys(text: &str, lexicon: &Lexicon) -> Vec<u32> {
    let mut keys = Vec::new();
    let mut lists = Vec::new();
    each_feature(text, |feature| match feature.kind {
        Kind::Phrase => lists.extend(lexicon.lists_of(feature.key)),
        _ => keys.push(feature.key),
    });
    lists.sort_unstable();
    lists.dedup();
    for (place, list) in lists.iter().enumerate() {
        keys.push(list_key(*list));
        keys.extend(lists[..place].iter().map(|lower| pair_key(*lower, *list)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

impl Table {
    /// Numbers the features that at least `least` messages have.
    #[must_use]
    pub fn new(messages: &[&Message], lexicon: &Lexicon, least: u32, others: f32) -> Self {
        let keyed: Vec<Vec<u32>> =
            messages.iter().map(|message| keys(&message.text, lexicon)).collect();
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for key in keyed.iter().flatten() {
            *counts.entry(*key).or_default() += 1;
        }
        let numbers = 0..lexicon.names.len() as u8;
        let lists: HashSet<u32> = numbers.clone().map(list_key).collect();
        let pairs =
            numbers.clone().flat_map(|upper| (0..upper).map(move |lower| pair_key(lower, upper)));
        let pairs: HashSet<u32> = pairs.collect();
        counts.retain(|key, count| *count >= least || lists.contains(key));
        let keys: Vec<u32> = counts.keys().copied().collect();
        let mut effective = vec![0.0; keys.len()];
        for (message, own) in messages.iter().zip(&keyed) {
            let count = if message.language() == "en" { 1.0 } else { others };
            own.iter()
                .filter_map(|key| keys.binary_search(key).ok())
                .for_each(|at| effective[at] += count);
        }
        let examples = messages.iter().zip(keyed).map(|(message, own)| Example {
            features: own
                .iter()
                .filter_map(|key| keys.binary_search(key).ok().map(|place| place as u32))
                .collect(),
            classes: [
                message.intent.map(|intent| intent as u8),
                message.urgency.map(|urgency| urgency as u8),
                message.state.map(|state| state as u8),
            ],
            yes: yes(message),
        });
        let examples = examples.collect();
        let scale = |key| match key {
            key if lists.contains(key) => LIST_SCALE,
            key if pairs.contains(key) => PAIR_SCALE,
            _ => 1.0,
        };
        let scales = keys.iter().map(scale).collect();
        Self { keys, counts: effective, scales, examples }
    }
}

fn yes(message: &Message) -> [Option<bool>; ANSWERS - SINGLE] {
    let mut yes = [None; ANSWERS - SINGLE];
    yes[0] = message.wants_human;
    if let Some(topics) = &message.topics {
        for (place, topic) in Topic::ALL.iter().enumerate() {
            yes[place + 1] = Some(topics.contains(topic));
        }
    } else if message.intent.is_some_and(|intent| intent == Intent::Other) {
        yes[1..].fill(Some(false));
    }
    yes
}
