//! `predict`: what the model says of each message of a file.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use baton_triage::triage;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Failure,
    options::{self, named},
};

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
    let given = options::read(arguments, &["in", "out", "model"], &[])?;
    let path = |name: &str| options::all(&given, name).last().map(PathBuf::from);
    let input = path("in").ok_or("predict needs --in FILE")?;
    let output = path("out").ok_or("predict needs --out FILE")?;
    let model = options::model(options::all(&given, "model").last())?;
    let lines = BufReader::new(File::open(&input).map_err(|error| named(&input, error))?);
    let mut written =
        BufWriter::new(File::create(&output).map_err(|error| named(&output, error))?);
    for (number, line) in lines.lines().enumerate() {
        let line = line.map_err(|error| named(&input, error))?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line)
            .map_err(|error| named(&input, format!("line {}: {error}", number + 1)))?;
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
        writeln!(written, "{record}").map_err(|error| named(&output, error))?;
    }
    written.flush().map_err(|error| named(&output, error))?;
    Ok(ExitCode::SUCCESS)
}
