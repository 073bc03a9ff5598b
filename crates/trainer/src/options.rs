//! What the commands' options have in common.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use baton_triage::{MODEL, Model};

use crate::{Failure, lexicon::Lexicon};

/// The labelled messages of the repository, from its root.
pub const MESSAGES: &str = "crates/trainer/data/messages";
/// Messages that are never learned from.
pub const HELD_OUT: &str = "crates/trainer/data/held-out";
/// Lists of phrases.
pub const LEXICONS: &str = "crates/trainer/data/lexicons.txt";
/// The model that ships.
pub const SHIPPED: &str = "crates/triage/model/triage.model";
/// Weights in a model: what fits into the download's budget.
pub const ENTRIES: usize = 150_000;

/// Reads options of the form `--name VALUE` and flags, in any order.
///
/// # Errors
/// If one is not among `names`, or a value is missing.
pub fn read(
    arguments: Vec<OsString>,
    names: &[&str],
    flags: &[&str],
) -> Result<Vec<(String, OsString)>, Failure> {
    let mut options = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long(name) if names.contains(&name) => {
                let name = name.to_owned();
                options.push((name, parser.value()?));
            }
            lexopt::Arg::Long(name) if flags.contains(&name) => {
                options.push((name.to_owned(), OsString::new()));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

/// The values given for an option.
pub fn all<'a>(options: &'a [(String, OsString)], name: &str) -> impl Iterator<Item = &'a OsString> {
    options.iter().filter(move |option| option.0 == name).map(|option| &option.1)
}

/// The last path given for an option, or the default.
#[must_use]
pub fn path(options: &[(String, OsString)], name: &str, default: &str) -> PathBuf {
    all(options, name).last().map_or_else(|| PathBuf::from(default), PathBuf::from)
}

/// The last number given for an option, or the default.
///
/// # Errors
/// If it is no number.
pub fn number<T: std::str::FromStr>(
    options: &[(String, OsString)],
    name: &str,
    default: T,
) -> Result<T, Failure> {
    let Some(value) = all(options, name).last() else { return Ok(default) };
    let number = value.to_str().and_then(|value| value.parse().ok());
    number.ok_or_else(|| format!("--{name} takes a number, not {}", value.display()).into())
}

/// Names the file in a failure.
pub fn named(path: &Path, error: impl std::fmt::Display) -> Failure {
    format!("{}: {error}", path.display()).into()
}

/// A model's file, or the one that ships.
///
/// # Errors
/// If it cannot be read or is no model.
pub fn model(path: Option<&OsString>) -> Result<Model, Failure> {
    let Some(path) = path.map(Path::new) else { return Ok(Model::read(MODEL)?) };
    let bytes = std::fs::read(path).map_err(|error| named(path, error))?;
    Model::read(&bytes).map_err(|error| named(path, error))
}

/// The lists of phrases of a file.
///
/// # Errors
/// If it cannot be read or a line is not as it should be.
pub fn lexicon(path: &Path) -> Result<Lexicon, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| named(path, error))?;
    Lexicon::parse(&text).map_err(|error| named(path, error))
}
