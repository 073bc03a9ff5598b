//! Raw records → the packet's evidence: redacted, cut to a bearable length,
//! oldest first.

use baton_packet::{
    ConsoleLevel, ConsoleRecord, ErrorKind, ErrorRecord, Evidence, Gap, Initiator, NetworkFailure,
    NetworkRecord, Records, StepAction, StepRecord, Timestamp,
};

use crate::raw::{RawConsole, RawError, RawRequest, RawRing, RawRings, RawStep};
use crate::redact::{Redactor, Scope};

/// Longest text of one record, in characters; what is longer ends with a marker.
pub const MAX_TEXT_CHARS: usize = 8_000;
/// Longest text that is redacted before it is cut, in characters.
const MAX_RAW_CHARS: usize = 200_000;

/// The evidence for a packet, without screenshots.
#[must_use]
pub fn normalise(raw: RawRings, redactor: &mut Redactor) -> Evidence {
    let mut clean = Normaliser { origin: raw.time_origin, redactor, gaps: raw.gaps };
    Evidence {
        console: clean.ring(raw.console, "console", Normaliser::console, |record| record.ms),
        network: clean.ring(raw.network, "network", Normaliser::request, |record| record.ms),
        steps: clean.ring(raw.steps, "steps", Normaliser::step, |record| record.ms),
        errors: clean.ring(raw.errors, "errors", Normaliser::error, |record| record.ms),
        screenshots: Vec::new(),
        gaps: clean.gaps(),
        extra: Default::default(),
    }
}

struct Normaliser<'a> {
    origin: Option<f64>,
    redactor: &'a mut Redactor,
    gaps: Vec<Gap>,
}

impl Normaliser<'_> {
    fn ring<Raw, Record>(
        &mut self,
        ring: RawRing<Raw>,
        stage: &str,
        read: fn(&mut Self, Raw) -> Option<Record>,
        ms: fn(&Record) -> f64,
    ) -> Records<Record> {
        let mut unreadable = ring.unreadable;
        let mut records: Vec<Record> = Vec::with_capacity(ring.records.len());
        for raw in ring.records {
            let Some(record) = read(self, raw) else {
                unreadable += 1;
                continue;
            };
            records.push(record);
            // Rings are nearly in order: few records move, and none far.
            let mut at = records.len() - 1;
            while at > 0 && ms(&records[at - 1]) > ms(&records[at]) {
                records.swap(at - 1, at);
                at -= 1;
            }
        }
        if unreadable > 0 {
            let mut reason = unreadable.to_string();
            reason.push_str(" records could not be read");
            self.gaps.push(Gap::new(stage, reason));
        }
        Records { records, cap: ring.cap, dropped: ring.dropped }
    }

    fn console(&mut self, raw: RawConsole) -> Option<ConsoleRecord> {
        let level = match raw.level.as_str() {
            "debug" => ConsoleLevel::Debug,
            "trace" => ConsoleLevel::Trace,
            "log" => ConsoleLevel::Log,
            "info" => ConsoleLevel::Info,
            "warn" => ConsoleLevel::Warn,
            "error" => ConsoleLevel::Error,
            "assert" => ConsoleLevel::Assert,
            _ => return None,
        };
        let (at, ms) = self.clock(raw.at, raw.ms);
        let message = self.clean("evidence.console", raw.text);
        Some(ConsoleRecord { at, ms, level, message, extra: Default::default() })
    }

    fn error(&mut self, raw: RawError) -> Option<ErrorRecord> {
        const SECTION: &str = "evidence.errors";
        let kind = match raw.kind.as_str() {
            "uncaught" => ErrorKind::Uncaught,
            "unhandled_rejection" => ErrorKind::UnhandledRejection,
            _ => return None,
        };
        let (at, ms) = self.clock(raw.at, raw.ms);
        Some(ErrorRecord {
            at,
            ms,
            kind,
            name: self.optional(SECTION, raw.name),
            message: self.clean(SECTION, raw.message.unwrap_or_default()),
            source: self.optional(SECTION, raw.source),
            line: position(raw.line),
            column: position(raw.column),
            stack: self.optional(SECTION, raw.stack),
            extra: Default::default(),
        })
    }

    fn request(&mut self, raw: RawRequest) -> Option<NetworkRecord> {
        const SECTION: &str = "evidence.network";
        let initiator = match raw.initiator.as_str() {
            "fetch" => Initiator::Fetch,
            "xhr" => Initiator::Xhr,
            _ => return None,
        };
        let failure = match raw.failure.as_deref() {
            None => None,
            Some("network") => Some(NetworkFailure::Network),
            Some("abort") => Some(NetworkFailure::Abort),
            Some("timeout") => Some(NetworkFailure::Timeout),
            Some("offline") => Some(NetworkFailure::Offline),
            Some(_) => return None,
        };
        let (at, ms) = self.clock(raw.at, raw.ms);
        let method = raw.method.unwrap_or_else(|| "GET".to_owned());
        Some(NetworkRecord {
            at,
            ms,
            initiator,
            method: self.clean(SECTION, method).to_ascii_uppercase(),
            url: self.clean(SECTION, raw.url),
            status: raw.status.filter(|status| (100.0..1000.0).contains(status)).map(|s| s as u16),
            duration_ms: raw.duration.filter(|ms| ms.is_finite() && *ms >= 0.0),
            failure,
            failure_text: self.optional(SECTION, raw.failure_text),
            extra: Default::default(),
        })
    }

    fn step(&mut self, raw: RawStep) -> Option<StepRecord> {
        const SECTION: &str = "evidence.steps";
        let action = match raw.action.as_str() {
            "click" => StepAction::Click,
            "double_click" => StepAction::DoubleClick,
            "key" => StepAction::Key,
            "input" => StepAction::Input,
            "submit" => StepAction::Submit,
            "scroll" => StepAction::Scroll,
            "navigate" => StepAction::Navigate,
            "visibility" => StepAction::Visibility,
            "resize" => StepAction::Resize,
            "breadcrumb" => StepAction::Breadcrumb,
            _ => return None,
        };
        let (at, ms) = self.clock(raw.at, raw.ms);
        let selectors = raw.selectors.unwrap_or_default();
        Some(StepRecord {
            at,
            ms,
            action,
            target: self.clean(SECTION, raw.target.unwrap_or_default()),
            selectors: selectors.into_iter().map(|text| self.clean(SECTION, text)).collect(),
            value: self.optional(SECTION, raw.value),
            url: self.optional(SECTION, raw.url),
            extra: Default::default(),
        })
    }

    /// The sensors' own gaps and those found here.
    fn gaps(self) -> Vec<Gap> {
        let (gaps, redactor) = (self.gaps, self.redactor);
        gaps.into_iter()
            .map(|gap| {
                let reason = redactor.text("evidence.gaps", &gap.reason, Scope::All);
                Gap::new(gap.stage, reason)
            })
            .collect()
    }

    fn clean(&mut self, section: &'static str, text: String) -> String {
        // Redacted before the final cut, so that no half secret escapes its
        // scanner; the first cut only bounds the work.
        let total = text.chars().count();
        let bounded = text.char_indices().nth(MAX_RAW_CHARS).map_or(&*text, |(at, _)| &text[..at]);
        let beyond = total.saturating_sub(MAX_RAW_CHARS);
        cut(self.redactor.text(section, bounded, Scope::All), beyond)
    }

    fn optional(&mut self, section: &'static str, text: Option<String>) -> Option<String> {
        text.map(|text| self.clean(section, text))
    }

    /// Wall and monotonic time; each stands in for the other where it is missing
    /// or absurd.
    fn clock(&self, at: Option<f64>, ms: Option<f64>) -> (Timestamp, f64) {
        let at = at.filter(|at| is_wall_time(*at));
        let origin = self.origin.filter(|origin| is_wall_time(*origin));
        let ms = ms.filter(|ms| ms.is_finite() && *ms >= 0.0);
        let ms = ms.or(at.zip(origin).map(|(at, origin)| (at - origin).max(0.0))).unwrap_or(0.0);
        let at = at.unwrap_or(origin.unwrap_or(0.0) + ms);
        (Timestamp::from_unix_ms(at), ms)
    }
}

/// From 2000 to 2100.
fn is_wall_time(unix_ms: f64) -> bool {
    (946_684_800_000.0..4_102_444_800_000.0).contains(&unix_ms)
}

fn position(number: Option<f64>) -> Option<u32> {
    number.filter(|number| (1.0..4_294_967_296.0).contains(number)).map(|number| number as u32)
}

/// The text with at most [`MAX_TEXT_CHARS`], and a marker saying how many
/// characters were cut, those cut before included.
fn cut(mut text: String, beyond: usize) -> String {
    let end = text.char_indices().nth(MAX_TEXT_CHARS).map(|(at, _)| at);
    if end.is_none() && beyond == 0 {
        return text;
    }
    let end = end.unwrap_or(text.len());
    let gone = text[end..].chars().count() + beyond;
    text.truncate(end);
    text.push_str("… [cut, ");
    text.push_str(&gone.to_string());
    text.push_str(" characters]");
    text
}
