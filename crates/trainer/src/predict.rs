//! `predict`: what the model says of each message of a file.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use baton_triage::{MODEL, Model, triage};
use lexopt::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Failure;

/// One line that is read. Other keys are let alone.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    text: String,
}

/// Reads `{"id","text"}` lines from `--in`, writes a line for each to `--out`:
/// `{"id","intent","urgency","customer_state","wants_human","topics","language",
/// "confidence","scores"}`. An empty line is skipped.
///
/// # Errors
/// If a file cannot be read or written, or a line is not of that form.
pub fn run(arguments: Vec<OsString>) -> Result<ExitCode, Failure> {
    let (mut input, mut output, mut model) = (None, None, None);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("in") => input = Some(PathBuf::from(parser.value()?)),
            Long("out") => output = Some(PathBuf::from(parser.value()?)),
            Long("model") => model = Some(PathBuf::from(parser.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    let input = input.ok_or("predict needs --in FILE")?;
    let output = output.ok_or("predict needs --out FILE")?;
    let bytes = match model {
        Some(path) => read(&path)?,
        None => MODEL.to_vec(),
    };
    let model = Model::read(&bytes)?;
    let named = |path: &PathBuf, error: &dyn std::fmt::Display| {
        Failure::from(format!("{}: {error}", path.display()))
    };
    let lines = BufReader::new(File::open(&input).map_err(|error| named(&input, &error))?);
    let mut written =
        BufWriter::new(File::create(&output).map_err(|error| named(&output, &error))?);
    for (number, line) in lines.lines().enumerate() {
        let line = line.map_err(|error| named(&input, &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line)
            .map_err(|error| named(&input, &format!("line {}: {error}", number + 1)))?;
        let said = triage(Some(&model), &[&line.text]);
        let record = json!({
            "id": line.id,
            "intent": said.intent,
            "urgency": said.urgency,
            "customer_state": said.customer_state,
            "wants_human": said.wants_human,
            "topics": said.topics,
            "language": said.language,
            "confidence": said.confidence,
            "scores": said.scores,
        });
        writeln!(written, "{record}").map_err(|error| named(&output, &error))?;
    }
    written.flush().map_err(|error| named(&output, &error))?;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &PathBuf) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()).into())
}
