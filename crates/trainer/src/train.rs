//! `train`: from labelled messages to the model's file, the same bytes for the
//! same seed.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use baton_triage::learning::{Draft, Triage};

use crate::{
    Failure, calibrate,
    crossval::said_by_others,
    data::{Corpus, Message},
    fit::fit,
    lexicon::Lexicon,
    linear::Settings,
    metrics::measure,
    options::{self, ENTRIES, LEXICONS, MESSAGES, SHIPPED},
};

/// Sources are dealt to this many folds.
pub const FOLDS: usize = 6;

/// What training made.
#[derive(Debug)]
pub struct Trained {
    /// The model.
    pub draft: Draft,
    /// What models that did not know a message's source said of it.
    pub said: Vec<Triage>,
}

/// Trains on all messages, and calibrates on what cross-validation by source says
/// of the English ones. The file's hash is that of the messages' files.
#[must_use]
pub fn train(
    corpus: &Corpus,
    lexicon: &Lexicon,
    settings: &Settings,
    entries: usize,
    folds: usize,
) -> Trained {
    let said = said_by_others(corpus, lexicon, settings, entries, folds);
    let english: Vec<(&Message, &Triage)> = corpus
        .messages
        .iter()
        .zip(&said)
        .filter(|(message, _)| message.language() == "en")
        .collect();
    let all: Vec<&Message> = corpus.messages.iter().collect();
    let mut draft = fit(&all, corpus, lexicon, settings, entries);
    calibrate::apply(&calibrate::cautious(&english), &mut draft);
    Trained { draft, said }
}

/// Runs the command: see [`crate::HELP`].
///
/// # Errors
/// If a file cannot be read or written, or is not as it should be.
pub fn run(arguments: Vec<OsString>) -> Result<ExitCode, Failure> {
    let names = ["data", "lexicons", "out", "seed", "entries", "folds"];
    let given = options::read(arguments, &names, &[])?;
    let corpus = Corpus::read(&options::path(&given, "data", MESSAGES))?;
    let lexicon = options::lexicon(&options::path(&given, "lexicons", LEXICONS))?;
    let out = options::path(&given, "out", SHIPPED);
    let default = Settings::default();
    let settings = Settings { seed: options::number(&given, "seed", default.seed)?, ..default };
    let entries = options::number(&given, "entries", ENTRIES)?;
    let folds = options::number(&given, "folds", FOLDS)?;
    if folds < 2 || folds > corpus.sources().len() {
        return Err("--folds must be 2 or more, and at most the number of sources".into());
    }
    println!("{} messages of {} sources", corpus.messages.len(), corpus.sources().len());
    let trained = train(&corpus, &lexicon, &settings, entries, folds);
    let pairs: Vec<(&Message, Triage)> = corpus.messages.iter().zip(trained.said).collect();
    println!("by models that did not know the source, before calibration:\n{}", measure(&pairs));
    write(&out, &trained.draft.write())?;
    println!("{}: {} rows", out.display(), trained.draft.rows.len());
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the file first, so that a model is never half there.
///
/// # Errors
/// If it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let beside = path.with_extension("part");
    std::fs::write(&beside, bytes).map_err(|error| options::named(&beside, error))?;
    std::fs::rename(&beside, path).map_err(|error| options::named(path, error))
}
