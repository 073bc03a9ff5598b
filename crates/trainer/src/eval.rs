//! `eval`: what a model is worth, as a report.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use baton_triage::learning::Triage;
use baton_triage::{Model, triage};

use crate::{
    Failure,
    crossval::said_by_others,
    data::{Corpus, Message},
    linear::Settings,
    metrics::measure,
    options::{self, ENTRIES, HELD_OUT, LEXICONS, MESSAGES},
    report::{Peer, Set, files},
    train::FOLDS,
};

/// What is known of the sets of the repository; others are named by their file.
const NOTES: [(&str, &str, &str); 3] = [
    (
        "english",
        "Held-out English",
        "Written by an author who saw none of the training messages: 30 for each intent, as an examiner would pick them from support inboxes.",
    ),
    (
        "probes",
        "Wishes for a person",
        "Half ask for a person in every manner, half only sound like it.",
    ),
    (
        "languages",
        "Held-out languages",
        "Twelve languages, 20 messages each, in a voice of their own.",
    ),
];

/// Runs the command: see [`crate::HELP`].
///
/// # Errors
/// If a file cannot be read or written, or is not as it should be.
pub fn run(arguments: Vec<OsString>) -> Result<ExitCode, Failure> {
    let names = ["model", "held-out", "out", "peer", "data", "lexicons"];
    let given = options::read(arguments, &names, &["cross-validate"])?;
    let model = options::model(options::all(&given, "model").last())?;
    let mut paths: Vec<PathBuf> = options::all(&given, "held-out").map(PathBuf::from).collect();
    if paths.is_empty() {
        paths = NOTES
            .iter()
            .map(|note| Path::new(HELD_OUT).join(format!("{}.jsonl", note.0)))
            .collect();
    }
    let corpora: Result<Vec<Corpus>, Failure> =
        paths.iter().map(|path| Corpus::read(path)).collect();
    let corpora = corpora?;
    let mut sets: Vec<Set<'_>> = corpora.iter().map(|corpus| set(&model, corpus)).collect();

    let learned = options::path(&given, "data", MESSAGES);
    let learned = match options::all(&given, "cross-validate").next() {
        Some(_) => Some((
            Corpus::read(&learned)?,
            options::lexicon(&options::path(&given, "lexicons", LEXICONS))?,
        )),
        None => None,
    };
    if let Some((corpus, lexicon)) = &learned {
        let said = said_by_others(corpus, lexicon, &Settings::default(), ENTRIES, FOLDS);
        sets.push(Set {
            name: "Across sources",
            note: "Each voice judged by a model that learned from the others only, before calibration.",
            pairs: corpus.messages.iter().zip(said).collect(),
        });
    }
    for set in &sets {
        println!("{}: {}", set.name, measure(&set.pairs));
    }
    if let Some(out) = options::all(&given, "out").last().map(Path::new) {
        let peer: Peer = match options::all(&given, "peer").last().map(Path::new) {
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).map_err(|error| options::named(path, error))?;
                serde_json::from_str(&text).map_err(|error| options::named(path, error))?
            }
            None => Peer::new(),
        };
        std::fs::create_dir_all(out).map_err(|error| options::named(out, error))?;
        for (name, text) in files(&said_of(&model), &sets, &peer) {
            let path = out.join(name);
            std::fs::write(&path, text).map_err(|error| options::named(&path, error))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn said_of(model: &Model) -> String {
    let hash: String = model.data_hash().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("the model was trained on the data with SHA-256 {hash}…, seed {}", model.seed())
}

fn set<'a>(model: &Model, corpus: &'a Corpus) -> Set<'a> {
    let source = corpus.messages.first().map_or("", |message| &*message.source);
    let known = NOTES.iter().find(|note| note.0 == source);
    let pair = |message: &'a Message| -> (&'a Message, Triage) {
        (message, triage(Some(model), &[&message.text]))
    };
    Set {
        name: known.map_or(source, |note| note.1),
        note: known.map_or("", |note| note.2),
        pairs: corpus.messages.iter().map(pair).collect(),
    }
}
