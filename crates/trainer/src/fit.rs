//! From labelled messages to a model's file.

use baton_triage::learning::Draft;

use crate::{
    data::{Corpus, Message},
    lexicon::Lexicon,
    linear::{Settings, learn},
    quantise::{prune, quantise},
    sparse::Table,
};

/// A feature that fewer messages have is left out.
const LEAST_MESSAGES: u32 = 2;

/// How many models the shipped one is the mean of.
const TIMES: u64 = 3;

/// Learns from the given messages of a corpus.
#[must_use]
pub fn fit(
    messages: &[&Message],
    corpus: &Corpus,
    lexicon: &Lexicon,
    settings: &Settings,
    entries: usize,
) -> Draft {
    let table = Table::new(messages, lexicon, LEAST_MESSAGES, settings.others);
    let full = learn(&table, settings, None);
    let (table, mask) = prune(&full, table, entries);
    // The mean of linear models is one, and less a matter of chance.
    let mut learned = learn(&table, settings, Some(&mask));
    for time in 1..TIMES {
        let settings = Settings { seed: settings.seed.wrapping_add(time << 32), ..*settings };
        learned.add(&learn(&table, &settings, Some(&mask)));
    }
    learned.scale(1.0 / TIMES as f32);
    quantise(&learned, &table, &mask, lexicon, corpus, settings)
}
