//! `rules`: checks a rules file, and tries it on the example conversations that
//! are kept beside it.

pub(crate) mod examples;
pub(crate) mod lint;
pub(crate) mod meaning;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use baton_triage::{MODEL, Model, Rules, rules::DEFAULT};
use lexopt::prelude::*;

pub use examples::{Example, Outcome, SHIPPED, try_examples};
pub use lint::{Finding, Severity, lint};

use crate::Failure;

/// `rules check FILE` or `rules test [FILE] [--examples FILE]`. Fails where the
/// linter finds an error, or an example ends otherwise than it says.
///
/// # Errors
/// If a file cannot be read, or is no list of examples.
pub fn run(arguments: Vec<OsString>) -> Result<ExitCode, Failure> {
    match Order::read("rules", arguments)? {
        Order::Check(file) => check(&file, lint),
        Order::Test { file, examples } => {
            let rules = Rules::read(file.as_deref().unwrap_or(DEFAULT))?;
            let examples = examples.as_deref().unwrap_or(SHIPPED);
            let outcomes = try_examples(&rules, &Model::read(MODEL)?, examples)?;
            Ok(told(outcomes.into_iter().map(|one| (one.line, one.name, one.differences))))
        }
    }
}

/// What is to be done with a file of rules or of flows.
pub(crate) enum Order {
    Check(PathBuf),
    /// The texts of the file and of its examples; without a file the shipped ones,
    /// without examples those that stand beside the file, `NAME.examples.jsonl`.
    Test {
        file: Option<String>,
        examples: Option<String>,
    },
}

impl Order {
    pub(crate) fn read(what: &str, arguments: Vec<OsString>) -> Result<Self, Failure> {
        let (mut command, mut file, mut examples) = (None, None, None);
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            match argument {
                Value(value) if command.is_none() => command = Some(value.string()?),
                Value(value) if file.is_none() => file = Some(PathBuf::from(value)),
                Long("examples") => examples = Some(PathBuf::from(parser.value()?)),
                other => return Err(other.unexpected().into()),
            }
        }
        match command.as_deref() {
            Some("check") => {
                Ok(Self::Check(file.ok_or_else(|| format!("{what} check needs a FILE"))?))
            }
            Some("test") => {
                let beside = || file.as_ref().map(|file| file.with_extension("examples.jsonl"));
                let examples = examples.or_else(beside).map(|path| read(&path)).transpose()?;
                Ok(Self::Test { file: file.map(|path| read(&path)).transpose()?, examples })
            }
            _ => Err(format!("{what} needs one of: check, test").into()),
        }
    }
}

/// Prints what the linter finds.
pub(crate) fn check(file: &Path, lint: fn(&str) -> Vec<Finding>) -> Result<ExitCode, Failure> {
    let findings = lint(&read(file)?);
    for finding in &findings {
        println!("{}: {finding}", file.display());
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    println!("{errors} errors, {} warnings", findings.len() - errors);
    Ok(ExitCode::from(u8::from(errors > 0)))
}

/// Prints which examples, each with its line, name and differences, ended otherwise
/// than they say.
pub(crate) fn told(outcomes: impl Iterator<Item = (usize, String, Vec<String>)>) -> ExitCode {
    let (mut tried, mut failed) = (0, 0);
    for (line, name, differences) in outcomes {
        tried += 1;
        if !differences.is_empty() {
            failed += 1;
            println!("line {line}, {name}:");
            differences.iter().for_each(|difference| println!("  {difference}"));
        }
    }
    println!("{tried} examples, {failed} failed");
    ExitCode::from(u8::from(failed > 0))
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}
