//! A bug report for an issue tracker.

use baton_packet::Packet;

use super::plan::title;
use super::quote::{block, code, markdown as text};
use super::{curl, document, steps};
use crate::slice::slice;
use crate::timeline::{Entry, Record, timeline};
use crate::words;

/// Most lines of the part that is folded.
const MORE_LINES: usize = 200;
/// Longest stack, in characters.
const STACK_CHARS: usize = 4_000;
/// Most calls repeated as `curl`.
const CALLS: usize = 3;

/// The report.
pub fn markdown(packet: &Packet) -> String {
    let summary = &packet.summary;
    let entries = timeline(packet);
    let slice = slice(packet);
    let cause = slice.cause.map(|at| &entries[at]).filter(|cause| cause.record.is_failure());
    let mut out = Report(String::new());
    out.line(&format!("# {}", text(title(packet))));
    out.line(&format!(
        "**Severity:** {} · **Kind:** {} · **Report:** {}",
        packet.triage.urgency,
        packet.triage.intent,
        code(packet.id.as_str())
    ));
    out.section("What happens", &text(&summary.problem));
    if let Some(expected) = &summary.expected {
        out.section("What was expected", &text(expected));
    }
    out.section("Asked before the hand-over", &answers(packet));
    out.section("Steps to reproduce", &numbered(packet));
    if let Some(cause) = cause {
        out.section("Error", &error(cause));
    }
    let calls: Vec<String> =
        curl::failed(packet).take(CALLS).map(|call| curl::command(call, packet)).collect();
    if !calls.is_empty() {
        out.section("Failing requests", &block("sh", &calls.join("\n")));
    }
    out.section("Screenshots", &screenshots(packet));
    out.section("Environment", &environment(packet));
    let lines: Vec<String> = slice.entries.iter().map(|at| line(&entries[*at])).collect();
    if !lines.is_empty() {
        out.section("What led to it", &block("text", &lines.join("\n")));
    }
    let rest = entries.iter().enumerate().filter(|(at, _)| !slice.entries.contains(at));
    let rest: Vec<String> = rest.map(|(_, entry)| line(entry)).collect();
    if !rest.is_empty() {
        let kept = &rest[rest.len().saturating_sub(MORE_LINES)..];
        let summary = format!("The other {} records", rest.len());
        // The empty lines make trackers read the block as Markdown.
        out.line(&format!(
            "<details><summary>{summary}</summary>\n\n{}\n</details>",
            block("text", &kept.join("\n"))
        ));
    }
    out.0
}

struct Report(String);

impl Report {
    fn line(&mut self, line: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }

    fn section(&mut self, heading: &str, body: &str) {
        if !body.trim().is_empty() {
            self.line(&format!("## {heading}"));
            self.line(body);
        }
    }
}

/// What was asked and answered; skipped questions say nothing.
fn answers(packet: &Packet) -> String {
    let fields = packet.conversation.fields.iter();
    let answered = fields.filter_map(|field| Some((&field.question, field.answer.as_ref()?)));
    answered.map(|(question, answer)| format!("- {} {}\n", text(question), text(answer))).collect()
}

fn numbered(packet: &Packet) -> String {
    let mut out = String::new();
    let mut number = 0;
    for group in steps::groups(packet) {
        for (index, step) in group.steps.iter().enumerate() {
            number += 1;
            let place =
                if index == 0 { format!(" — {}", code(&group.page)) } else { String::new() };
            out.push_str(&format!("{number}. {}{place}\n", text(step)));
        }
    }
    out
}

fn error(cause: &Entry<'_>) -> String {
    let mut out = cause.text.clone();
    let mut fingerprint = String::new();
    if let Record::Error(error) = cause.record {
        // V8 begins a stack with the message.
        match &error.stack {
            Some(stack) if stack.starts_with(&cause.text) => out.clone_from(stack),
            Some(stack) => out = [out.as_str(), "\n", stack].concat(),
            None => {}
        }
        if let Some(reason) = &error.cause {
            out = [out.as_str(), "\ncaused by: ", reason].concat();
        }
        if let Some(found) = &error.fingerprint {
            fingerprint = format!("\nFingerprint: {}\n", code(found));
        }
    }
    if let Some((end, _)) = out.char_indices().nth(STACK_CHARS) {
        out.truncate(end);
        out.push('…');
    }
    [block("text", &out), fingerprint].concat()
}

/// Every picture with what is known of it. Files cannot travel in an issue's text.
fn screenshots(packet: &Packet) -> String {
    let mut out = String::new();
    for shot in &packet.evidence.screenshots {
        let size = format!("{} × {} px", shot.width, shot.height);
        let facts =
            [shot.method.in_words().to_owned(), size, shot.drawn(), shot.removed_in_words()];
        let gaps = shot.gaps.iter().map(|gap| ["not shown truly: ", &gap.reason].concat());
        let facts: Vec<String> =
            facts.into_iter().chain(gaps).filter(|fact| !fact.is_empty()).collect();
        out.push_str(&format!(
            "- {}: {} ({})\n",
            code(&shot.attachment),
            text(&shot.label),
            text(&facts.join("; "))
        ));
    }
    out
}

fn environment(packet: &Packet) -> String {
    let environment = &packet.environment;
    let app = &packet.app;
    let with_version = |name: &str, version: Option<&str>| {
        [name, " ", version.unwrap_or_default()].concat().trim().to_owned()
    };
    let viewport = &environment.viewport;
    let size = format!(
        "{:.0} × {:.0} at {}×",
        viewport.width, viewport.height, viewport.device_pixel_ratio
    );
    let flags =
        app.feature_flags.iter().map(|(name, value)| format!("{name}: {}", document::line(value)));
    let rows = [
        ("Page", environment.page_url.clone()),
        ("Time", packet.created_at.to_string()),
        ("Browser", with_version(&environment.browser.name, Some(&environment.browser.version))),
        ("System", with_version(&environment.os.name, environment.os.version.as_deref())),
        ("Viewport", size),
        ("Languages", environment.languages.join(", ")),
        ("Time zone", environment.time_zone.clone().unwrap_or_default()),
        (
            "Application",
            with_version(app.name.as_deref().unwrap_or_default(), app.version.as_deref()),
        ),
        ("Release", app.release.clone().unwrap_or_default()),
        ("Feature flags", flags.collect::<Vec<_>>().join(", ")),
        ("On the page", environment.visible_errors.join(" · ")),
    ];
    let mut out = String::from("| | |\n| --- | --- |\n");
    for (name, value) in rows {
        if !value.is_empty() {
            out.push_str(&format!("| {name} | {} |\n", text(&value)));
        }
    }
    out
}

/// `+12.345 s  error    TypeError: …`
fn line(entry: &Entry<'_>) -> String {
    let kind = match entry.record {
        Record::Console(line) => line.level.as_str(),
        record => record.kind(),
    };
    format!("{:>+10.3} s  {kind:<9}  {}", entry.ms / 1000.0, words::one_line(&entry.text, 300))
}
