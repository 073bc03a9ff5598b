//! `rules`: checks a rules file, and tries it on the example conversations that
//! are kept beside it.

mod examples;
mod lint;
mod meaning;

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
    let passed = match command.as_deref() {
        Some("check") => check(&file.ok_or("rules check needs a FILE")?)?,
        Some("test") => test(file.as_deref(), examples.as_deref())?,
        _ => return Err("rules needs one of: check, test".into()),
    };
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(file: &Path) -> Result<bool, Failure> {
    let findings = lint(&read(file)?);
    for finding in &findings {
        println!("{}: {finding}", file.display());
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    println!("{errors} errors, {} warnings", findings.len() - errors);
    Ok(errors == 0)
}

/// Without a file the shipped rules are tried; without examples those that stand
/// beside the file, `NAME.examples.jsonl`.
fn test(file: Option<&Path>, examples: Option<&Path>) -> Result<bool, Failure> {
    let text = file.map_or_else(|| Ok(DEFAULT.to_owned()), read)?;
    let rules = Rules::read(&text)?;
    let examples = match (examples, file) {
        (Some(path), _) => read(path)?,
        (None, Some(file)) => read(&file.with_extension("examples.jsonl"))?,
        (None, None) => SHIPPED.to_owned(),
    };
    let outcomes = try_examples(&rules, &Model::read(MODEL)?, &examples)?;
    let failed = outcomes.iter().filter(|outcome| !outcome.differences.is_empty());
    for outcome in failed.clone() {
        println!("line {}, {}:", outcome.line, outcome.name);
        outcome.differences.iter().for_each(|difference| println!("  {difference}"));
    }
    let failed = failed.count();
    println!("{} examples, {failed} failed", outcomes.len());
    Ok(failed == 0)
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}
