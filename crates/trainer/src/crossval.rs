//! Cross-validation by source: what is said of a voice was learned from the
//! others only, so that transfer is measured, not memory.

use baton_triage::learning::Triage;
use baton_triage::{Model, triage};

use crate::{
    data::{Corpus, Message},
    fit::fit,
    lexicon::Lexicon,
    linear::Settings,
};

/// What was said of each message of the corpus by a model that knows nothing of
/// its source. Sources are dealt to `folds` folds, the largest first, each to the
/// smallest fold.
#[must_use]
pub fn said_by_others(
    corpus: &Corpus,
    lexicon: &Lexicon,
    settings: &Settings,
    entries: usize,
    folds: usize,
) -> Vec<Triage> {
    let fold_of = deal(corpus, folds);
    let fold = |number: usize| {
        let (held, learned): (Vec<_>, Vec<_>) =
            corpus.messages.iter().zip(&fold_of).partition(|(_, fold)| **fold == number);
        let learned: Vec<&Message> = learned.into_iter().map(|(message, _)| message).collect();
        let bytes = fit(&learned, corpus, lexicon, settings, entries).write();
        let model = Model::read(&bytes).expect("what was written can be read");
        held.iter().map(|(message, _)| triage(Some(&model), &[&message.text])).collect::<Vec<_>>()
    };
    let fold = &fold;
    let mut said: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..folds).map(|number| scope.spawn(move || fold(number).into_iter())).collect();
        threads.into_iter().map(|thread| thread.join().expect("a fold is learned")).collect()
    });
    fold_of.iter().map(|fold| said[*fold].next().expect("one for each message")).collect()
}

/// The fold of each message.
fn deal(corpus: &Corpus, folds: usize) -> Vec<usize> {
    let mut sources: Vec<(usize, &str)> = corpus
        .sources()
        .into_iter()
        .map(|source| {
            (corpus.messages.iter().filter(|message| message.source == source).count(), source)
        })
        .collect();
    sources.sort_by(|a, b| b.cmp(a));
    let mut sizes = vec![0; folds];
    let mut dealt: Vec<(&str, usize)> = Vec::new();
    for (size, source) in sources {
        let fold = (0..folds).min_by_key(|fold| sizes[*fold]).unwrap_or_default();
        sizes[fold] += size;
        dealt.push((source, fold));
    }
    let fold = |message: &Message| dealt.iter().find(|(source, _)| *source == message.source);
    corpus.messages.iter().map(|message| fold(message).map_or(0, |(_, fold)| *fold)).collect()
}
