//! Checks that types alone cannot make. Every problem names its field.

use std::collections::HashSet;

use crate::{Packet, SCHEMA_VERSION, Timestamp, attachment::is_sha256_hex, limits};

/// One field that contradicts the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path of the field, for example `attachments[0].sha256`.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

/// The problems as one line of text.
#[must_use]
pub fn join(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Whether this crate can read packets of that `major.minor` version.
#[must_use]
pub fn is_readable_version(version: &str) -> bool {
    let major = |text: &str| {
        let (major, minor) = text.split_once('.')?;
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (is_number(major) && is_number(minor)).then(|| major.to_owned())
    };
    major(version).is_some_and(|found| major(SCHEMA_VERSION) == Some(found))
}

/// All problems of a packet; none if it may be delivered.
#[must_use]
pub fn validate(packet: &Packet) -> Vec<Problem> {
    let mut found = Findings(Vec::new());
    found.check(is_readable_version(&packet.schema_version), "schema_version", "unknown version");
    found.check(packet.id.is_canonical(), "id", "not a lower-case UUIDv7");
    if let Some(id) = &packet.supersedes {
        found.check(id.is_canonical(), "supersedes", "not a lower-case UUIDv7");
        found.check(*id != packet.id, "supersedes", "a packet cannot replace itself");
    }
    found.check(packet.consent.approved, "consent.approved", "must be true");
    conversation(packet, &mut found);
    probabilities(packet, &mut found);
    attachments(packet, &mut found);
    replay(packet, &mut found);
    times(packet, &mut found);
    found.0
}

struct Findings(Vec<Problem>);

impl Findings {
    fn check(&mut self, ok: bool, field: &str, message: &str) {
        if !ok {
            self.0.push(Problem { field: field.to_owned(), message: message.to_owned() });
        }
    }
}

fn conversation(packet: &Packet, found: &mut Findings) {
    let transcript = &packet.conversation.transcript;
    found.check(!transcript.is_empty(), "conversation.transcript", "must have a message");
    found.check(
        transcript.len() <= limits::MAX_MESSAGES,
        "conversation.transcript",
        "has too many messages",
    );
    for (index, message) in transcript.iter().enumerate() {
        found.check(
            message.text.len() <= limits::MAX_MESSAGE_BYTES,
            &format!("conversation.transcript[{index}].text"),
            "is too long",
        );
    }
    found.check(!packet.summary.title.is_empty(), "summary.title", "must not be empty");
    found.check(!packet.escalation.rule.is_empty(), "escalation.rule", "must not be empty");
    found.check(!packet.route.queue.is_empty(), "route.queue", "must not be empty");
    found.check(
        packet.overrides.len() <= limits::MAX_OVERRIDES,
        "overrides",
        "has too many entries",
    );
}

fn probabilities(packet: &Packet, found: &mut Findings) {
    let confidence = &packet.triage.confidence;
    for (field, value) in [
        ("triage.confidence.intent", confidence.intent),
        ("triage.confidence.urgency", confidence.urgency),
        ("triage.confidence.customer_state", confidence.customer_state),
        ("triage.confidence.wants_human", confidence.wants_human),
        ("triage.confidence.language", confidence.language),
    ] {
        found.check((0.0..=1.0).contains(&value), field, "must be between 0 and 1");
    }
}

fn attachments(packet: &Packet, found: &mut Findings) {
    found.check(
        packet.attachments.len() <= limits::MAX_ATTACHMENTS,
        "attachments",
        "has too many entries",
    );
    let mut names = HashSet::new();
    let mut total: u64 = 0;
    for (index, attachment) in packet.attachments.iter().enumerate() {
        let field = |name: &str| format!("attachments[{index}].{name}");
        found.check(is_plain_file_name(&attachment.name), &field("name"), "not a plain file name");
        found.check(names.insert(&attachment.name), &field("name"), "is there twice");
        found.check(attachment.media_type.contains('/'), &field("type"), "not a media type");
        found.check(is_sha256_hex(&attachment.sha256), &field("sha256"), "not 64 hex digits");
        found.check(
            attachment.size <= limits::MAX_ATTACHMENT_BYTES as u64,
            &field("size"),
            "is too large",
        );
        total = total.saturating_add(attachment.size);
    }
    found.check(total <= limits::MAX_TOTAL_BYTES as u64, "attachments", "are too large together");
    found.check(
        packet.evidence.screenshots.len() <= limits::MAX_SCREENSHOTS,
        "evidence.screenshots",
        "has too many entries",
    );
    for (index, screenshot) in packet.evidence.screenshots.iter().enumerate() {
        found.check(
            names.contains(&screenshot.attachment),
            &format!("evidence.screenshots[{index}].attachment"),
            "is not in the manifest",
        );
    }
}

/// Where a replay is, and that it is in one place only.
fn replay(packet: &Packet, found: &mut Findings) {
    let Some(replay) = &packet.evidence.replay else { return };
    if let Some(name) = &replay.attachment {
        let known = packet.attachments.iter().any(|file| file.name == *name);
        found.check(known, "evidence.replay.attachment", "is not in the manifest");
        found.check(replay.inline.is_empty(), "evidence.replay.inline", "is a file, too");
    }
}

/// Whether a name is that of a file in some folder, and leads nowhere else.
#[must_use]
pub fn is_plain_file_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 120
        && !name.starts_with('.')
        && !name.chars().any(|c| c.is_control() || matches!(c, '/' | '\\' | ':' | '"'))
}

fn times(packet: &Packet, found: &mut Findings) {
    let mut check = |field: String, at: &Timestamp| {
        found.check(at.is_rfc3339(), &field, "not an RFC 3339 date-time");
    };
    check("created_at".to_owned(), &packet.created_at);
    check("consent.at".to_owned(), &packet.consent.at);
    for (index, message) in packet.conversation.transcript.iter().enumerate() {
        check(format!("conversation.transcript[{index}].at"), &message.at);
    }
    for (index, attempt) in packet.attempts.iter().enumerate() {
        check(format!("attempts[{index}].at"), &attempt.at);
    }
    for (index, one) in packet.overrides.iter().enumerate() {
        check(format!("overrides[{index}].at"), &one.at);
    }
    for (index, entry) in packet.timeline.iter().enumerate() {
        check(format!("timeline[{index}].at"), &entry.at);
    }
    let evidence = &packet.evidence;
    for (index, record) in evidence.console.records.iter().enumerate() {
        check(format!("evidence.console.records[{index}].at"), &record.at);
    }
    for (index, record) in evidence.errors.records.iter().enumerate() {
        check(format!("evidence.errors.records[{index}].at"), &record.at);
    }
    for (index, record) in evidence.network.records.iter().enumerate() {
        check(format!("evidence.network.records[{index}].at"), &record.at);
    }
    for (index, record) in evidence.steps.records.iter().enumerate() {
        check(format!("evidence.steps.records[{index}].at"), &record.at);
    }
    for (index, task) in evidence.performance.iter().flat_map(|p| &p.long_tasks.records).enumerate()
    {
        check(format!("evidence.performance.long_tasks.records[{index}].at"), &task.at);
    }
    for (index, screenshot) in evidence.screenshots.iter().enumerate() {
        check(format!("evidence.screenshots[{index}].at"), &screenshot.at);
    }
}
