//! An answer as it was understood.

use super::{Citation, MOST_CHARS, clean};
use crate::json::{self, Json};

/// Most citations of one answer.
const MOST_CITATIONS: usize = 10;

/// An answer of a model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// Limited Markdown, cleaned; empty only where a human is needed.
    pub text: String,
    /// 0 to 1, if the endpoint says so.
    pub confidence: Option<f64>,
    /// Where it comes from.
    pub citations: Vec<Citation>,
    /// Whether only a person can help.
    pub needs_human: bool,
    /// Whether it is likely rather than said by a source.
    pub inferred: bool,
    /// Why a person is needed, or why this is the answer.
    pub reason: Option<String>,
    /// What the developer should know, although there is an answer.
    pub problem: Option<String>,
}

impl Reply {
    /// The text and what an endpoint of ours says of it.
    pub(super) fn described(text: &str, said: Option<&impl Json>) -> Self {
        let member = |name| said.and_then(|said| said.get(name));
        let flag = |name| member(name).and_then(|flag| flag.flag());
        let confidence = member("confidence").and_then(|number| number.number());
        let citations = said.map(|said| json::entries(said, "citations")).unwrap_or_default();
        let citations: Vec<_> =
            citations.iter().filter_map(citation).take(MOST_CITATIONS).collect();
        let reason = member("reason").and_then(|reason| reason.text());
        Self {
            text: clean::cut(text.trim(), MOST_CHARS).to_owned(),
            confidence: confidence.filter(|n| n.is_finite()).map(|n| n.clamp(0.0, 1.0)),
            needs_human: flag("needs_human") == Some(true),
            inferred: flag("inferred").unwrap_or(citations.is_empty()),
            citations,
            reason: reason.map(|reason| clean::line(&reason, 300)).filter(|r| !r.is_empty()),
            problem: None,
        }
    }

    /// The reply, unless it says nothing.
    pub(super) fn known(self) -> Option<Self> {
        (self.needs_human || !self.text.is_empty()).then_some(self)
    }
}

fn citation(value: &impl Json) -> Option<Citation> {
    let url = clean::url(&json::text(value, "url")).unwrap_or_default();
    let title = clean::line(&json::text(value, "title"), 200);
    let title = if title.is_empty() { url.clone() } else { title };
    (!title.is_empty()).then_some(Citation { title, url })
}

/// A short name of a text: the same words have the same name, whatever stands between
/// them. FNV-1a of 64 bits (draft-eastlake-fnv); no secret, only a name.
#[must_use]
pub fn key(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for word in text.split_whitespace() {
        for byte in word.bytes().chain([b' ']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let digit = |shift: u32| char::from_digit(((hash >> shift) & 15) as u32, 16).unwrap_or('0');
    (0..64).step_by(4).map(digit).collect()
}
