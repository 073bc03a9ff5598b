//! Console and errors as JSON lines with the keys of WebDriver BiDi's `log.Entry`.

use baton_packet::{ConsoleLevel, Packet};
use serde_json::json;

use super::document::object;
use super::{ExportError, document, place};
use crate::timeline::{Record, timeline};
use crate::words;

/// One entry a line, oldest first.
pub fn console(packet: &Packet) -> Result<String, ExportError> {
    let mut out = String::new();
    for entry in timeline(packet) {
        let line = match entry.record {
            Record::Console(line) => json!({
                "type": "console", "level": level(line.level), "method": line.level,
                "text": line.message, "args": [{"type": "string", "value": line.message}],
            }),
            Record::Error(error) => json!({
                "type": "javascript", "level": "error", "text": words::error(error),
                "stack": error.stack, "cause": error.cause, "kind": error.kind,
                "url": error.source, "line": error.line, "column": error.column,
                "fingerprint": error.fingerprint,
            }),
            _ => continue,
        };
        let mut line = object(line);
        line.insert("timestamp".to_owned(), json!(place::unix_ms(entry.at)));
        line.insert("ms".to_owned(), json!(entry.ms));
        out.push_str(&document::line(&line.into()));
        out.push('\n');
    }
    if out.is_empty() {
        return Err(ExportError::Nothing("the packet holds no console line and no error"));
    }
    Ok(out)
}

/// BiDi's four levels.
fn level(level: ConsoleLevel) -> &'static str {
    match level {
        ConsoleLevel::Debug | ConsoleLevel::Trace => "debug",
        ConsoleLevel::Log | ConsoleLevel::Info => "info",
        ConsoleLevel::Warn => "warn",
        ConsoleLevel::Error | ConsoleLevel::Assert => "error",
    }
}
