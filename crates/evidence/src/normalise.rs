//! Raw records → the packet's evidence: redacted, cut to a bearable length,
//! oldest first.

use baton_packet::{
    ConsoleLevel, ConsoleRecord, Content, ErrorKind, ErrorRecord, Evidence, Field, Gap, Header,
    Initiator, LongTask, NetworkFailure, NetworkRecord, Performance, Point, Records, Size,
    StepAction, StepRecord, Timestamp,
};
use serde_json::Value;

use crate::fingerprint::fingerprint;
use crate::raw::Raw;
use crate::redact::{Redactor, Scope};

/// Longest text of one record, in characters; what is longer ends with a marker.
pub const MAX_TEXT_CHARS: usize = 8_000;
/// Longest body, in characters. The sensors' own limit is the embedder's choice;
/// this one keeps a packet bearable.
pub const MAX_BODY_CHARS: usize = 65_536;
/// Longest name of an element in the words for a step, in characters.
const MAX_NAME_CHARS: usize = 79;
/// Longest text that is redacted before it is cut, in characters.
const MAX_RAW_CHARS: usize = 200_000;

/// The evidence for a packet, without screenshots, from what `drain()` returned.
/// A record that cannot be read is counted in a gap, and never costs the others.
#[must_use]
pub fn normalise(drained: &Value, redactor: &mut Redactor) -> Evidence {
    let raw = Raw(drained);
    let mut gaps = raw.gaps();
    if !drained.is_object() {
        gaps.push(Gap::new("sensors", "the records could not be read"));
    }
    let mut clean = Normaliser { origin: raw.number("time_origin"), redactor, gaps };
    Evidence {
        console: clean.ring(raw, "console", Normaliser::console, |record| record.ms),
        network: clean.ring(raw, "network", Normaliser::request, |record| record.ms),
        steps: clean.ring(raw, "steps", Normaliser::step, |record| record.ms),
        errors: clean.ring(raw, "errors", Normaliser::error, |record| record.ms),
        performance: Some(clean.performance(raw)),
        screenshots: Vec::new(),
        replay: None,
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
    fn ring<Record>(
        &mut self,
        raw: Raw<'_>,
        name: &str,
        read: fn(&mut Self, Raw<'_>) -> Option<Record>,
        ms: fn(&Record) -> f64,
    ) -> Records<Record> {
        let ring = raw.ring(name);
        let mut unreadable = ring.unreadable;
        let mut records: Vec<Record> = Vec::with_capacity(ring.records.len());
        for raw in ring.records {
            let Some(record) = read(self, Raw(raw)) else {
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
            self.gaps.push(Gap::new(name, reason));
        }
        Records { records, cap: ring.cap, dropped: ring.dropped }
    }

    fn console(&mut self, raw: Raw<'_>) -> Option<ConsoleRecord> {
        let level = ConsoleLevel::parse(raw.text("level")?)?;
        let message = self.clean("evidence.console", raw.text("text")?);
        let (at, ms) = self.clock(raw);
        Some(ConsoleRecord { at, ms, level, message, extra: Default::default() })
    }

    fn error(&mut self, raw: Raw<'_>) -> Option<ErrorRecord> {
        const SECTION: &str = "evidence.errors";
        let kind = ErrorKind::parse(raw.text("kind")?)?;
        let (at, ms) = self.clock(raw);
        let mut record = ErrorRecord {
            at,
            ms,
            kind,
            name: self.optional(SECTION, raw.text("name")),
            message: self.clean(SECTION, raw.text("message").unwrap_or_default()),
            source: self.optional(SECTION, raw.text("source")),
            line: position(raw.number("line")),
            column: position(raw.number("column")),
            stack: self.optional(SECTION, raw.text("stack")),
            cause: self.optional(SECTION, raw.text("cause")),
            fingerprint: None,
            extra: Default::default(),
        };
        record.fingerprint = Some(fingerprint(&record));
        Some(record)
    }

    fn request(&mut self, raw: Raw<'_>) -> Option<NetworkRecord> {
        const SECTION: &str = "evidence.network";
        let initiator = Initiator::parse(raw.text("initiator")?)?;
        let url = raw.text("url")?;
        let failure = match raw.text("failure") {
            Some(failure) => Some(NetworkFailure::parse(failure)?),
            None => None,
        };
        let (at, ms) = self.clock(raw);
        let status = raw.number("status").filter(|status| (100.0..1000.0).contains(status));
        Some(NetworkRecord {
            at,
            ms,
            initiator,
            method: self.clean(SECTION, raw.text("method").unwrap_or("GET")).to_ascii_uppercase(),
            url: self.clean(SECTION, url),
            status: status.map(|status| status as u16),
            duration_ms: raw.length("duration"),
            failure,
            failure_text: self.optional(SECTION, raw.text("failure_text")),
            slow: raw.flag("slow"),
            wait_ms: raw.length("wait"),
            receive_ms: raw.length("receive"),
            protocol: self.optional(SECTION, raw.text("protocol")),
            transfer_bytes: raw.length("transfer_bytes").map(|bytes| bytes as u64),
            request: self.content(raw.object("request")),
            response: self.content(raw.object("response")),
            close_code: raw.number("close_code").map(|code| code as u16),
            extra: Default::default(),
        })
    }

    fn content(&mut self, raw: Option<Raw<'_>>) -> Option<Content> {
        const SECTION: &str = "evidence.network";
        let raw = raw?;
        let headers = raw.list("headers").filter_map(|header| {
            let name = header.text("name")?.to_ascii_lowercase();
            let value = header.text("value")?;
            let value = self.cut_by(value, MAX_TEXT_CHARS, &|redactor, value| {
                redactor.header(SECTION, &name, value)
            });
            Some(Header { name: self.clean(SECTION, &name), value })
        });
        let headers = headers.collect();
        let media_type = raw.text("type").unwrap_or_default();
        let body = raw.text("body").map(|body| {
            self.cut_by(body, MAX_BODY_CHARS, &|redactor, body| {
                redactor.body(SECTION, media_type, body)
            })
        });
        Some(Content {
            headers,
            bytes: raw.length("bytes").map(|bytes| bytes as u64),
            media_type: self.optional(SECTION, raw.text("type")),
            body,
            omitted: self.optional(SECTION, raw.text("omitted")),
        })
    }

    fn performance(&mut self, raw: Raw<'_>) -> Performance {
        let vitals = raw.object("vitals").unwrap_or(Raw(&Value::Null));
        Performance {
            long_tasks: self.ring(raw, "long_tasks", Normaliser::long_task, |task| task.ms),
            lcp_ms: vitals.length("lcp"),
            cls: vitals.length("cls"),
            inp_ms: vitals.length("inp"),
        }
    }

    fn long_task(&mut self, raw: Raw<'_>) -> Option<LongTask> {
        let duration_ms = raw.length("duration")?;
        let (at, ms) = self.clock(raw);
        Some(LongTask { at, ms, duration_ms })
    }

    fn step(&mut self, raw: Raw<'_>) -> Option<StepRecord> {
        const SECTION: &str = "evidence.steps";
        let action = StepAction::parse(raw.text("action")?)?;
        let (at, ms) = self.clock(raw);
        let target = raw.text("target").unwrap_or_default();
        let selectors = raw.texts("selectors").unwrap_or_default();
        let value = raw.text("value").map(|value| {
            let kind = raw.object("field").and_then(|field| field.text("kind")).unwrap_or_default();
            let names: Vec<&str> = quoted(target).into_iter().chain(selectors.clone()).collect();
            self.cut_by(value, MAX_TEXT_CHARS, &|redactor, value| {
                redactor.field(SECTION, kind, &names, value)
            })
        });
        Some(StepRecord {
            at,
            ms,
            action,
            target: shortened(self.clean(SECTION, target)),
            selectors: selectors.into_iter().map(|text| self.selector(SECTION, text)).collect(),
            frame: raw.numbers("frame").map(|index| index as u32).collect(),
            key: self.optional(SECTION, raw.text("key")),
            field: raw.object("field").and_then(|field| {
                Some(Field {
                    kind: self.clean(SECTION, field.text("kind")?),
                    length: field.length("length")? as u32,
                    private: field.flag("private"),
                })
            }),
            point: raw
                .object("point")
                .and_then(|point| Some(Point { x: point.number("x")?, y: point.number("y")? })),
            size: raw.object("size").and_then(|size| {
                Some(Size { width: size.length("width")?, height: size.length("height")? })
            }),
            value,
            url: self.optional(SECTION, raw.text("url")),
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

    fn clean(&mut self, section: &'static str, text: &str) -> String {
        self.cut_by(text, MAX_TEXT_CHARS, &|redactor, text| {
            redactor.text(section, text, Scope::All)
        })
    }

    /// Redacted before the final cut, so that no half secret escapes its scanner;
    /// the first cut only bounds the work.
    fn cut_by(
        &mut self,
        text: &str,
        most_chars: usize,
        redact: &dyn Fn(&mut Redactor, &str) -> String,
    ) -> String {
        let total = text.chars().count();
        let bounded = text.char_indices().nth(MAX_RAW_CHARS).map_or(text, |(at, _)| &text[..at]);
        let beyond = total.saturating_sub(MAX_RAW_CHARS);
        cut(redact(self.redactor, bounded), most_chars, beyond)
    }

    /// A selector without its backslashes where those would hide a secret, as in
    /// `css=#ann\@example\.com`; masked, it finds nothing any more in any case.
    fn selector(&mut self, section: &'static str, text: &str) -> String {
        let plain = text.replace('\\', "");
        let clean = self.clean(section, &plain);
        if clean == plain { self.clean(section, text) } else { clean }
    }

    fn optional(&mut self, section: &'static str, text: Option<&str>) -> Option<String> {
        text.map(|text| self.clean(section, text))
    }

    /// Wall and monotonic time; each stands in for the other where it is missing
    /// or absurd.
    fn clock(&self, raw: Raw<'_>) -> (Timestamp, f64) {
        let at = raw.number("at").filter(|at| is_wall_time(*at));
        let origin = self.origin.filter(|origin| is_wall_time(*origin));
        let ms = raw.length("ms");
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

/// What a target has in quotes, the name of the element: `field “E-mail” (email)`.
fn quoted(target: &str) -> Option<&str> {
    let (_, rest) = target.split_once('“')?;
    Some(rest.rsplit_once('”').map_or(rest, |(name, _)| name))
}

/// A target whose name has at most [`MAX_NAME_CHARS`] characters. The sensors leave it
/// longer, so that no half secret escapes its scanner.
fn shortened(target: String) -> String {
    let Some(name) = quoted(&target) else { return target };
    let Some((end, _)) = name.char_indices().nth(MAX_NAME_CHARS) else { return target };
    let start = target.len() - target.split_once('“').map_or(0, |(_, rest)| rest.len());
    [&target[..start + end], "…", &target[start + name.len()..]].concat()
}

/// The text with at most so many characters, and a marker saying how many were
/// cut, those cut before included.
fn cut(mut text: String, most_chars: usize, beyond: usize) -> String {
    let end = text.char_indices().nth(most_chars).map(|(at, _)| at);
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
