//! The page that shows a packet: one HTML file that opens offline, from disk as
//! well as in the desk.
//!
//! Security: everything of a packet is hostile. Here it only becomes JSON in a
//! data block, which nothing runs; `viewer/*.js` makes text nodes of it; and the
//! page's [`policy`] stops whatever would slip through: only the page's own
//! script and sheet run, and nothing is loaded from anywhere.

use baton_packet::{Packet, sha256_hex};
use serde_json::{Value, json};

use crate::export::picture::data_url;
use crate::export::{Files, Format, base64, export};
use crate::slice::slice;
use crate::timeline::{Entry, Record, timeline};

const PAGE: &str = include_str!("../viewer/viewer.html");
const STYLE: &str = include_str!("../viewer/viewer.css");
// One module; each part uses those before it, and `main` runs them.
const SCRIPT: &str = concat!(
    include_str!("../viewer/words.js"),
    include_str!("../viewer/records.js"),
    include_str!("../viewer/timeline.js"),
    include_str!("../viewer/details.js"),
    include_str!("../viewer/waterfall.js"),
    include_str!("../viewer/pictures.js"),
    include_str!("../viewer/story.js"),
    include_str!("../viewer/context.js"),
    include_str!("../viewer/exports.js"),
    include_str!("../viewer/main.js"),
);

/// Larger rrweb events are only worth their bytes as a file of their own.
const MAX_RRWEB_BYTES: usize = 1024 * 1024;

/// The page for this packet, complete in itself.
///
/// `files` gives the pictures; one that is not at hand is named instead. The
/// proof of the customer's identity is left out.
#[must_use]
pub fn page(packet: &Packet, files: Files<'_>) -> String {
    // Fails only for maps whose keys are no text; there are none.
    page_of(packet, serde_json::to_value(packet).unwrap_or_default(), files)
}

/// The same where the packet's document is at hand: writing it once more is code
/// that a browser need not load.
pub(crate) fn page_of(packet: &Packet, document: Value, files: Files<'_>) -> String {
    let policy = policy();
    let title = escaped(&packet.summary.title);
    let data = data(packet, document, files);
    let parts = [
        ("policy", &*policy),
        ("title", &*title),
        ("style", STYLE),
        ("data", &*data),
        ("script", SCRIPT),
    ];
    // In one pass over the template: what is filled in may hold anything, other
    // placeholders, too.
    let mut page = String::with_capacity(PAGE.len() + STYLE.len() + SCRIPT.len() + data.len());
    let mut pieces = PAGE.split("{{");
    page.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        let part = parts.iter().find(|(known, _)| *known == name);
        page.push_str(part.map_or("", |(_, text)| text));
        page.push_str(rest);
    }
    page
}

/// The Content-Security-Policy that the page carries. A server that sends the
/// page should send the same as a header, as it can say more there: `sandbox`,
/// `frame-ancestors`.
#[must_use]
pub fn policy() -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        source_hash(SCRIPT),
        source_hash(STYLE)
    )
}

/// The hash of an inline script or sheet as a policy names it (CSP level 3,
/// section 2.3.1): SHA-256 in base64.
fn source_hash(text: &str) -> String {
    let hex = sha256_hex(text.as_bytes());
    let digest: Vec<u8> = (0..hex.len() / 2)
        .filter_map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok())
        .collect();
    base64::encode(&digest)
}

/// What the page's script reads: `{packet, timeline, slice, pictures, exports}`.
fn data(packet: &Packet, mut document: Value, files: Files<'_>) -> String {
    // Privacy: the proof of identity is never part of what a page shows. And the
    // events are among the exports.
    for (hidden, empty) in
        [("/customer/token", Value::Null), ("/evidence/replay/inline", Value::Array(Vec::new()))]
    {
        if let Some(value) = document.pointer_mut(hidden) {
            *value = empty;
        }
    }
    let slice = slice(packet);
    let data = json!({
        "packet": document,
        "timeline": order(packet),
        "slice": { "cause": slice.cause, "entries": slice.entries },
        "pictures": pictures(packet, files),
        "exports": exports(packet, files),
    });
    inert(&serde_json::to_string(&data).unwrap_or_default())
}

/// Every record in the order of time, as `[kind, place among its kind, words]`;
/// words only where they are not the record's own.
fn order(packet: &Packet) -> Vec<Value> {
    let row = |entry: Entry<'_>| {
        let words = matches!(entry.record, Record::Step(_)).then_some(entry.text);
        json!([entry.record.kind(), entry.index, words])
    };
    timeline(packet).into_iter().map(row).collect()
}

/// The screenshots as `data:` URLs, by the name of their file.
fn pictures(packet: &Packet, files: Files<'_>) -> Value {
    let mut pictures = serde_json::Map::new();
    for entry in &packet.attachments {
        let mut screenshots = packet.evidence.screenshots.iter();
        if screenshots.any(|screenshot| screenshot.attachment == entry.name)
            && let Some(url) = data_url(entry, files)
        {
            pictures.insert(entry.name.clone(), url.into());
        }
    }
    pictures.into()
}

/// Every format that the packet has something for.
fn exports(packet: &Packet, files: Files<'_>) -> Vec<Value> {
    let made = |&format: &Format| {
        let text = export(format, packet, files).ok()?;
        if format == Format::Rrweb && text.len() > MAX_RRWEB_BYTES {
            return None;
        }
        Some(json!({
            "format": format.as_str(),
            "name": format.file_name(),
            "type": format.media_type(),
            "text": text,
        }))
    };
    Format::ALL.iter().filter_map(made).collect()
}

/// JSON that cannot end the element it is in, nor start another. These
/// characters only occur within strings, where JSON knows an escape for each.
fn inert(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + json.len() / 16);
    for letter in json.chars() {
        match letter {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            other => text.push(other),
        }
    }
    text
}

/// Text for an element that holds text only.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
