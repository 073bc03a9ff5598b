//! The part of a timeline that explains what went wrong.

use baton_packet::{ConsoleLevel, ErrorKind, Packet, StepAction};

use crate::timeline::{Entry, Record, is_failed, timeline};

/// Without a navigation the story begins this long before the failure, in milliseconds.
const STORY_MS: f64 = 60_000.0;
/// A click makes the page go elsewhere within this time, in milliseconds.
const CAUSE_MS: f64 = 1_000.0;
/// An answer may break the page, and a failure be logged, this much later, in
/// milliseconds.
const EFFECT_MS: f64 = 1_000.0;

/// What explains the last failure; places in the packet's [`timeline`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slice {
    /// What went wrong, or where nothing did, the last step; `None` in a packet
    /// without records.
    pub cause: Option<usize>,
    /// What belongs to it, the cause included, oldest first.
    pub entries: Vec<usize>,
}

/// The last failure with the steps and requests that led to it.
///
/// The failure is the last JavaScript error, unless the customer went on and a later
/// step ended in a refused request; without either, a logged error, a file that did
/// not load, at last the last step. To it belong the steps since the page last went
/// elsewhere (with the click that caused that), the step right before it, requests
/// that failed, and those in flight or just answered when it happened, other errors
/// and warnings of that time.
#[must_use]
pub fn slice(packet: &Packet) -> Slice {
    let entries = timeline(packet);
    let Some(cause) = cause(&entries) else { return Slice::default() };
    let failed_at = end(&entries[cause]);
    let start = start(&entries, cause);
    let before = entries[..cause].iter().rposition(is_action);
    let belongs = |(at, entry): &(usize, &Entry<'_>)| {
        let is_in_story = entry.ms >= start && entry.ms <= failed_at;
        let is_effect = entry.ms >= start && entry.ms <= failed_at + EFFECT_MS;
        *at == cause
            || Some(*at) == before
            || match entry.record {
                Record::Step(step) => {
                    is_in_story
                        && !matches!(step.action, StepAction::Visibility | StepAction::Resize)
                }
                Record::Network(request) => {
                    let was_open = entry.ms <= failed_at && end(entry) + EFFECT_MS >= failed_at;
                    is_in_story && (was_open || is_failed(request) || request.slow)
                }
                Record::Console(line) => {
                    is_effect && (entry.record.is_failure() || line.level == ConsoleLevel::Warn)
                }
                Record::Error(_) => is_effect,
                Record::LongTask(_) => false,
            }
    };
    let entries = entries.iter().enumerate().filter(belongs).map(|(at, _)| at).collect();
    Slice { cause: Some(cause), entries }
}

fn cause(entries: &[Entry<'_>]) -> Option<usize> {
    let last = |wanted: &dyn Fn(&Record<'_>) -> bool| {
        entries.iter().rposition(|entry| wanted(&entry.record))
    };
    let thrown = last(&|record| {
        matches!(record, Record::Error(error)
            if matches!(error.kind, ErrorKind::Uncaught | ErrorKind::UnhandledRejection))
    });
    let refused = last(&|record| matches!(record, Record::Network(request) if is_failed(request)));
    match (thrown, refused) {
        (Some(thrown), Some(refused)) if refused > thrown => {
            let went_on = entries[thrown..refused].iter().any(is_action);
            // An answer with an error status: requests that a blocker of the browser
            // stops fail at any time and explain nothing.
            let is_answer = matches!(entries[refused].record,
                Record::Network(request) if request.status.is_some());
            Some(if went_on && is_answer { refused } else { thrown })
        }
        (Some(thrown), _) => Some(thrown),
        (None, Some(refused)) => Some(refused),
        (None, None) => last(&|record| record.is_failure())
            .or_else(|| entries.iter().rposition(is_action))
            .or_else(|| entries.len().checked_sub(1)),
    }
}

/// Where the story begins.
fn start(entries: &[Entry<'_>], cause: usize) -> f64 {
    let went = entries[..cause].iter().rev().find(
        |entry| matches!(entry.record, Record::Step(step) if step.action == StepAction::Navigate),
    );
    match went {
        Some(went) => {
            let click = entries[..cause].iter().find(|entry| {
                is_action(entry) && entry.ms <= went.ms && entry.ms >= went.ms - CAUSE_MS
            });
            click.map_or(went.ms, |click| click.ms)
        }
        None => entries[cause].ms - STORY_MS,
    }
}

/// When it was over: of a request its answer.
fn end(entry: &Entry<'_>) -> f64 {
    match entry.record {
        Record::Network(request) => entry.ms + request.duration_ms.unwrap_or(f64::INFINITY),
        _ => entry.ms,
    }
}

/// Whether the customer did something that can have an effect.
fn is_action(entry: &Entry<'_>) -> bool {
    use StepAction::{Click, DoubleClick, Input, Key, Submit};
    matches!(entry.record, Record::Step(step)
        if matches!(step.action, Click | DoubleClick | Key | Input | Submit))
}
