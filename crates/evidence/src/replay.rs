//! The events of a replay, as JSON text: redacted without building a tree of them,
//! because a page nests as deep as it likes.

use crate::redact::{Redactor, Scope};

/// The section whose counts the redactions of a replay go to.
pub const SECTION: &str = "evidence.replay";

/// Redacted events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events {
    /// The same JSON with placeholders for what is secret.
    pub json: String,
    /// How deep its lists and objects nest.
    pub depth: usize,
}

/// Redacts every text of the events (rrweb's, as `JSON.stringify` writes them), an
/// attribute by its name, too: all personal data, in style sheets only secrets, whose numbers are no telephone
/// numbers. Names of members and embedded pictures stay as they are.
#[must_use]
pub fn redact_events(json: &str, redactor: &mut Redactor) -> Events {
    let bytes = json.as_bytes();
    let mut out = String::with_capacity(json.len());
    let (mut copied, mut at, mut open, mut depth) = (0, 0, 0_usize, 0);
    let mut name = "";
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => {
                open += 1;
                depth = depth.max(open);
            }
            b'}' | b']' => open = open.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                let end = end_of_string(bytes, start);
                let content = &json[start..end];
                at = end;
                if bytes.get(end + 1) == Some(&b':') {
                    name = content;
                } else if let Some(clean) = redact(name, content, redactor) {
                    out.push_str(&json[copied..start]);
                    escape(&clean, &mut out);
                    copied = end;
                }
            }
            _ => {}
        }
        at += 1;
    }
    out.push_str(&json[copied..]);
    Events { json: out, depth }
}

/// The place of the closing quote, or the end.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

/// The redacted text, `None` where nothing is secret in it.
fn redact(name: &str, content: &str, redactor: &mut Redactor) -> Option<String> {
    if content.starts_with("data:image/") {
        return None;
    }
    let clean = |text: &str, redactor: &mut Redactor| {
        if name == "_cssText" {
            redactor.text(SECTION, text, Scope::Secrets)
        } else {
            redactor.named(SECTION, name, text)
        }
    };
    if !content.contains('\\') {
        let clean = clean(content, redactor);
        return (clean != content).then_some(clean);
    }
    let text = unescape(content);
    let clean = clean(&text, redactor);
    (clean != text).then_some(clean)
}

/// The text of a JSON string (RFC 8259, section 7); half a surrogate pair, as a page
/// may hold it, is U+FFFD.
fn unescape(content: &str) -> String {
    let mut units = Vec::with_capacity(content.len());
    let mut rest = content.chars();
    while let Some(c) = rest.next() {
        let escaped = if c == '\\' { rest.next() } else { None };
        let unit = match escaped {
            None => {
                units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
                continue;
            }
            Some('n') => 0x0a,
            Some('r') => 0x0d,
            Some('t') => 0x09,
            Some('b') => 0x08,
            Some('f') => 0x0c,
            Some('u') => {
                let digits: String = rest.by_ref().take(4).collect();
                u16::from_str_radix(&digits, 16).unwrap_or(0xfffd)
            }
            // A quote or a slash.
            Some(other) => other as u16,
        };
        units.push(unit);
    }
    String::from_utf16_lossy(&units)
}

/// Only what must be escaped.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                out.push_str("\\u00");
                out.push(char::from(HEX[c as usize >> 4]));
                out.push(char::from(HEX[c as usize & 15]));
            }
            c => out.push(c),
        }
    }
}
