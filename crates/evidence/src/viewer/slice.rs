//! What led to the last error: the records worth reading first.

use baton_packet::{ConsoleLevel, ErrorKind, ErrorRecord, Evidence, NetworkRecord};
use serde_json::{Value, json};

/// Requests and console lines are looked at this far back from the error, in milliseconds.
const WINDOW_MS: f64 = 10_000.0;
/// Requests and console lines may be a little later: a rejected call is logged
/// by whoever catches it.
const AFTER_MS: f64 = 250.0;
const LAST_STEPS: usize = 10;

/// Indexes into each kind's records; empty where nothing went wrong.
pub fn of(evidence: &Evidence) -> Value {
    let errors = &evidence.errors.records;
    let requests = &evidence.network.records;
    let lines = &evidence.console.records;
    let last = errors.iter().rposition(is_exception).or(errors.len().checked_sub(1));
    let failed = requests.iter().rposition(has_failed);
    let end = last.map(|at| errors[at].ms).or(failed.map(|at| requests[at].ms));
    let Some(end) = end else { return json!({}) };
    let is_near = |ms: f64| ms >= end - WINDOW_MS && ms <= end + AFTER_MS;
    let before: Vec<usize> = places(&evidence.steps.records, |step| step.ms <= end);
    json!({
        "errors": last.into_iter().collect::<Vec<_>>(),
        "network": places(requests, |request| {
            is_near(request.ms + request.duration_ms.unwrap_or_default()) && has_failed(request)
        }),
        "console": places(lines, |line| {
            is_near(line.ms)
                && matches!(line.level, ConsoleLevel::Warn | ConsoleLevel::Error | ConsoleLevel::Assert)
        }),
        "steps": before[before.len().saturating_sub(LAST_STEPS)..],
    })
}

fn places<T>(records: &[T], is_part: impl Fn(&T) -> bool) -> Vec<usize> {
    records.iter().enumerate().filter(|(_, record)| is_part(record)).map(|(at, _)| at).collect()
}

fn is_exception(error: &ErrorRecord) -> bool {
    matches!(error.kind, ErrorKind::Uncaught | ErrorKind::UnhandledRejection)
}

fn has_failed(request: &NetworkRecord) -> bool {
    request.failure.is_some() || request.status.is_some_and(|status| status >= 400)
}
