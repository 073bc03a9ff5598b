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
    let learned = learn(&table, settings, Some(&mask));
    quantise(&learned, &table, &mask, lexicon, corpus, settings)
}
