//! All records of a packet on one clock.

use baton_packet::{
    ConsoleLevel, ConsoleRecord, ErrorKind, ErrorRecord, LongTask, NetworkFailure, NetworkRecord,
    Packet, StepRecord, Timestamp,
};

use crate::words;

/// One record in the order of time.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The record itself.
    pub record: Record<'a>,
    /// Its place among the records of its kind.
    pub index: usize,
    /// Monotonic time, milliseconds since the page's time origin.
    pub ms: f64,
    /// Wall time.
    pub at: &'a Timestamp,
    /// One line for people.
    pub text: String,
}

/// A record of any kind. Where times are equal, the order of kinds is that of this
/// list: a click before the request it starts, a request before the error that
/// follows.
#[derive(Debug, Clone, Copy)]
pub enum Record<'a> {
    /// What the customer did.
    Step(&'a StepRecord),
    /// A request, at the time of its start.
    Network(&'a NetworkRecord),
    /// A task that blocked the page.
    LongTask(&'a LongTask),
    /// A console line.
    Console(&'a ConsoleRecord),
    /// An error.
    Error(&'a ErrorRecord),
}

impl Record<'_> {
    /// `step`, `network`, `long_task`, `console` or `error`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Record::Step(_) => "step",
            Record::Network(_) => "network",
            Record::LongTask(_) => "long_task",
            Record::Console(_) => "console",
            Record::Error(_) => "error",
        }
    }

    /// Whether something went wrong here.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        match self {
            Record::Step(_) | Record::LongTask(_) => false,
            Record::Network(request) => is_failed(request),
            Record::Console(line) => {
                matches!(line.level, ConsoleLevel::Error | ConsoleLevel::Assert)
            }
            Record::Error(error) => error.kind != ErrorKind::Report,
        }
    }
}

/// Whether a request ended badly: an error status, or no answer although nobody
/// called it off.
#[must_use]
pub fn is_failed(request: &NetworkRecord) -> bool {
    request.status.is_some_and(|status| status >= 400)
        || request.failure.is_some_and(|failure| failure != NetworkFailure::Abort)
}

/// Every record, oldest first, by the monotonic clock: the wall clock may jump.
#[must_use]
pub fn timeline(packet: &Packet) -> Vec<Entry<'_>> {
    let evidence = &packet.evidence;
    let mut entries = Vec::new();
    for (index, step) in evidence.steps.records.iter().enumerate() {
        let (ms, at, text) = (step.ms, &step.at, words::step(step));
        entries.push(Entry { record: Record::Step(step), index, ms, at, text });
    }
    for (index, request) in evidence.network.records.iter().enumerate() {
        let (ms, at, text) = (request.ms, &request.at, words::request(request));
        entries.push(Entry { record: Record::Network(request), index, ms, at, text });
    }
    let tasks = evidence.performance.iter().flat_map(|found| &found.long_tasks.records);
    for (index, task) in tasks.enumerate() {
        let text = format!("The page was blocked for {:.0} ms", task.duration_ms);
        entries.push(Entry {
            record: Record::LongTask(task),
            index,
            ms: task.ms,
            at: &task.at,
            text,
        });
    }
    for (index, line) in evidence.console.records.iter().enumerate() {
        let (ms, at, text) = (line.ms, &line.at, words::one_line(&line.message, usize::MAX));
        entries.push(Entry { record: Record::Console(line), index, ms, at, text });
    }
    for (index, error) in evidence.errors.records.iter().enumerate() {
        let (ms, at, text) = (error.ms, &error.at, words::error(error));
        entries.push(Entry { record: Record::Error(error), index, ms, at, text });
    }
    // Stable: equal times keep the order of kinds.
    entries.sort_by(|a, b| a.ms.total_cmp(&b.ms));
    entries
}
