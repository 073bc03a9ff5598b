//! `flows`: checks a flows file, and tries it on the example conversations that are
//! kept beside it.

mod examples;
mod lint;

use std::ffi::OsString;
use std::process::ExitCode;

use baton_triage::{Flows, MODEL, Model, flows::DEFAULT};

pub use examples::{Example, Outcome, SHIPPED, try_examples};
pub use lint::lint;

use crate::Failure;
use crate::rules::{Order, check, told};

/// `flows check FILE` or `flows test [FILE] [--examples FILE]`. Fails where the
/// linter finds an error, or other questions are asked than an example says.
///
/// # Errors
/// If a file cannot be read, or is no list of examples.
pub fn run(arguments: Vec<OsString>) -> Result<ExitCode, Failure> {
    match Order::read("flows", arguments)? {
        Order::Check(file) => check(&file, lint),
        Order::Test { file, examples } => {
            let flows = Flows::read(file.as_deref().unwrap_or(DEFAULT))?;
            let examples = examples.as_deref().unwrap_or(SHIPPED);
            let outcomes = try_examples(&flows, &Model::read(MODEL)?, examples)?;
            Ok(told(outcomes.into_iter().map(|one| {
                let differences = one.differences();
                (one.line, one.name, differences)
            })))
        }
    }
}
