//! Values the packet does not hold: samples of the same kind stand in for them.

use baton_packet::{Field, Packet, Redaction};

/// What stands where a value was masked, and a sample of its kind.
const SAMPLES: [(&str, &str); 10] = [
    ("[e-mail]", "ann.sample@example.com"),
    ("[phone]", "+1 555 0100"),
    ("[iban]", "DE89370400440532013000"),
    ("[password]", "Sample-Passw0rd"),
    ("[private key]", "sample-private-key"),
    ("[session]", "sample-session"),
    ("[national id]", "123456789"),
    ("[token]", "sample-token"),
    // What the sensors write where a body held the value of a private field.
    ("[private field]", "sample"),
    ("[card ••", "4242424242424242"),
];

/// The placeholders of one packet: Baton's own, and those of the kinds that its
/// embedder named.
#[derive(Debug, Clone, Copy)]
pub struct Masks<'a>(&'a [Redaction]);

impl<'a> Masks<'a> {
    /// Those of this packet.
    pub fn of(packet: &'a Packet) -> Self {
        Self(&packet.redactions)
    }

    /// The placeholder at the beginning of the text: its sample and its length in bytes.
    pub fn placeholder(self, text: &str) -> Option<(&'static str, usize)> {
        let inside = text.strip_prefix('[')?;
        if let Some((label, sample)) = SAMPLES.iter().find(|(label, _)| text.starts_with(label)) {
            // A card's placeholder goes on with its last digits.
            let len = if label.ends_with(']') { label.len() } else { text.find(']')? + 1 };
            return Some((sample, len));
        }
        let mut kinds = self.0.iter().map(|redaction| redaction.kind.as_str());
        let is_here = |kind: &&str| {
            !kind.is_empty() && inside.strip_prefix(*kind).is_some_and(|rest| rest.starts_with(']'))
        };
        let kind = kinds.find(is_here)?;
        Some(("sample", kind.len() + 2))
    }

    /// Whether something in the text was masked.
    pub fn is_in(self, text: &str) -> bool {
        text.match_indices('[').any(|(at, _)| self.placeholder(&text[at..]).is_some())
    }

    /// The text cut into what is known (`None`) and placeholders (with a sample).
    pub fn pieces(self, text: &str) -> Vec<(&str, Option<&'static str>)> {
        let mut pieces = Vec::new();
        let (mut known, mut at) = (0, 0);
        while let Some(found) = text[at..].find('[') {
            at += found;
            match self.placeholder(&text[at..]) {
                Some((sample, len)) => {
                    pieces.push((&text[known..at], None));
                    pieces.push((&text[at..at + len], Some(sample)));
                    at += len;
                    known = at;
                }
                None => at += 1,
            }
        }
        pieces.push((&text[known..], None));
        pieces.retain(|(text, _)| !text.is_empty());
        pieces
    }

    /// The text with samples in the place of placeholders.
    pub fn with_samples(self, text: &str) -> String {
        self.pieces(text).into_iter().map(|(text, sample)| sample.unwrap_or(text)).collect()
    }
}

/// The name of the variable that can hold the masked value: `[private key]` →
/// `BATON_PRIVATE_KEY`.
pub fn variable(placeholder: &str) -> String {
    let label = placeholder.split(" •").next().unwrap_or_default();
    let letters = label.chars().filter(|char| char.is_ascii_alphabetic() || *char == ' ');
    let upper = |char: char| if char == ' ' { '_' } else { char.to_ascii_uppercase() };
    ["BATON_", &letters.map(upper).collect::<String>()].concat()
}

/// Most characters of a sample.
const MAX_CHARS: usize = 200;

/// A value that a field of this kind accepts, where it can have a length of the same
/// length.
pub fn sample(field: Option<&Field>) -> String {
    let Some(field) = field else { return "sample".to_owned() };
    let letters = |alphabet: &str| -> String {
        let length = (field.length as usize).clamp(1, MAX_CHARS);
        alphabet.chars().cycle().take(length).collect()
    };
    match field.kind.as_str() {
        "email" => "ann.sample@example.com".to_owned(),
        "tel" => "+15550100".to_owned(),
        "url" => "https://example.com/".to_owned(),
        "number" | "range" => letters("1234567890").chars().take(9).collect(),
        "date" => "2026-01-15".to_owned(),
        "month" => "2026-01".to_owned(),
        "week" => "2026-W03".to_owned(),
        "time" => "10:30".to_owned(),
        "datetime-local" => "2026-01-15T10:30".to_owned(),
        "color" => "#336699".to_owned(),
        "password" => letters("Sample-Passw0rd"),
        _ => letters("sample text "),
    }
}
