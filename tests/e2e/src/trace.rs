//! Whether a secret has left a trace in what arrived, however it is written there.

use std::collections::BTreeMap;

use serde_json::Value;

/// Longest secret that is only looked for with what stands before it: `123` is
/// part of many a number.
const SHORT: usize = 7;
const LEAD: usize = 6;
/// A part of a secret is one, too: of 16 characters or more, the middle 12.
const LONG: usize = 16;
const PART: usize = 12;
/// How many layers of encoding are taken off.
const LAYERS: usize = 4;

/// A secret that was put somewhere, as what must not be found.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The line or the field that it was in.
    pub source: String,
    /// Texts that give it away.
    pub needles: Vec<String>,
}

impl Trace {
    /// A secret that stands for itself.
    #[must_use]
    pub fn of(source: &str, secret: &str) -> Self {
        Self { source: source.to_owned(), needles: needles("", secret) }
    }

    /// What a line has and must not keep: the places of the placeholders in `want`.
    #[must_use]
    pub fn of_line(text: &str, want: &str) -> Vec<Self> {
        let mut found = Vec::new();
        let is_read = align(text, 0, &literals(want), &mut found);
        assert!(is_read, "{want:?} is not what is left of {text:?}");
        found
            .into_iter()
            .map(|(start, end)| Self {
                source: text.to_owned(),
                needles: needles(&text[..start], &text[start..end]),
            })
            .collect()
    }
}

fn needles(before: &str, secret: &str) -> Vec<String> {
    let chars: Vec<char> = secret.chars().collect();
    if chars.len() <= SHORT {
        let skipped = before.chars().count().saturating_sub(LEAD);
        return vec![before.chars().skip(skipped).collect::<String>() + secret];
    }
    let mut needles = vec![secret.to_owned()];
    if chars.len() >= LONG {
        let start = (chars.len() - PART) / 2;
        needles.push(chars[start..start + PART].iter().collect());
    }
    needles
}

/// The text around the placeholders of a line.
fn literals(want: &str) -> Vec<&str> {
    const KINDS: [&str; 8] =
        ["e-mail", "iban", "national id", "password", "phone", "private key", "session", "token"];
    let (mut literals, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(open) = want[at..].find('[').map(|found| at + found) {
        at = open + 1;
        let Some(close) = want[at..].find(']').map(|found| at + found) else { break };
        if KINDS.contains(&&want[at..close]) || want[at..close].starts_with("card ••") {
            literals.push(&want[from..open]);
            from = close + 1;
            at = from;
        }
    }
    literals.push(&want[from..]);
    literals
}

/// Finds the ranges of `text` between its literals; each holds something.
fn align(text: &str, at: usize, literals: &[&str], found: &mut Vec<(usize, usize)>) -> bool {
    let Some(rest) = text[at..].strip_prefix(literals[0]) else { return false };
    let start = text.len() - rest.len();
    let Some(next) = literals.get(1) else { return rest.is_empty() };
    let ends = rest.char_indices().map(|(end, _)| start + end).chain([text.len()]);
    for end in ends.skip(1).filter(|end| text[*end..].starts_with(next)) {
        found.push((start, end));
        if align(text, end, &literals[1..], found) {
            return true;
        }
        found.pop();
    }
    false
}

/// What arrived, in every way to read it: as it is, as the strings of its JSON, and
/// those with percent-encoding, backslashes and HTML entities taken off.
#[derive(Debug, Default)]
pub struct Arrived(Vec<String>);

impl Arrived {
    /// Reads one more file.
    pub fn read(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            let mut strings = String::new();
            collect(&value, &mut strings);
            self.0.extend(Self::from_iter([strings.as_str()]).0);
        }
        self.0.push(text);
    }

    /// Whether a text is in it.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        self.0.iter().any(|read| read.contains(text))
    }

    /// How many bytes were read, all layers together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.iter().map(String::len).sum()
    }

    /// The places where something was found: what stands there, the text that gives
    /// a secret away, and the source of that.
    #[must_use]
    pub fn leaks(&self, traces: &[Trace]) -> Vec<String> {
        let mut places = BTreeMap::new();
        for trace in traces {
            for needle in &trace.needles {
                // As it was written, and with as many layers off as what arrived.
                let mut forms = vec![needle.clone()];
                for _ in 1..LAYERS {
                    forms.push(peel(&forms[forms.len() - 1]));
                }
                forms.dedup();
                // The first way to read it says the most.
                let text = self.0.iter().find(|text| forms.iter().any(|form| text.contains(form)));
                for (text, form) in
                    text.iter().flat_map(|text| forms.iter().map(move |f| (text, f)))
                {
                    for (at, found) in text.match_indices(form.as_str()) {
                        places.entry(line(text, at)).or_insert((found, &trace.source));
                    }
                }
            }
        }
        let told = |(place, (found, source))| format!("{place}\n    {found:?} of {source:?}");
        places.into_iter().map(told).collect()
    }
}

impl<'a> FromIterator<&'a str> for Arrived {
    fn from_iter<T: IntoIterator<Item = &'a str>>(texts: T) -> Self {
        let mut layers = vec![texts.into_iter().collect::<Vec<_>>().join("\n")];
        for _ in 1..LAYERS {
            layers.push(peel(&layers[layers.len() - 1]));
        }
        Self(layers)
    }
}

/// The line around a place, as far as one can read it.
fn line(text: &str, at: usize) -> &str {
    const SIDE: usize = 200;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1).max(at.saturating_sub(SIDE));
    let end = text[at..].find('\n').map_or(text.len(), |len| at + len).min(at + SIDE);
    &text[text.floor_char_boundary(start)..text.floor_char_boundary(end)]
}

fn collect(value: &Value, to: &mut String) {
    match value {
        Value::String(text) => {
            to.push_str(text);
            to.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, to)),
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            to.push_str(name);
            to.push('\n');
            collect(value, to);
        }),
        _ => {}
    }
}

/// One layer of encoding less.
fn peel(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let (byte, len) = match &bytes[at..] {
            [b'%', high, low, ..] => match hex(&[*high, *low]) {
                Some(byte) => (byte, 3),
                None => (b'%', 1),
            },
            [b'\\', b'u', b'0', b'0', high, low, ..] => (hex(&[*high, *low]).unwrap_or(b'?'), 6),
            [b'\\', b'n', ..] => (b'\n', 2),
            [b'\\', next, ..] => (*next, 2),
            rest => [("&quot;", b'"'), ("&#39;", b'\''), ("&amp;", b'&'), ("&lt;", b'<')]
                .into_iter()
                .find(|(entity, _)| rest.starts_with(entity.as_bytes()))
                .map_or((rest[0], 1), |(entity, byte)| (byte, entity.len())),
        };
        plain.push(byte);
        at += len;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn hex(digits: &[u8; 2]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
