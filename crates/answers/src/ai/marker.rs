//! The first line of a model's answer: what the answer is worth.
//!
//! ```text
//! GROUNDED 1 3      what follows is said by the articles 1 and 3
//! INFERRED          what follows is likely, but no article says it
//! NEEDS_HUMAN       only a person can help; what follows says why
//! NOT_KNOWN         no answer
//! ```
//!
//! A line in front works while the answer is being written, which JSON around it or a
//! line behind it would not: nothing is shown until the line has ended, or cannot be
//! one. A model that writes no such line, or names no article, is not trusted: its
//! answer counts as inferred.

/// How a model is asked for the line.
pub const ASKED: &str = "\
Begin with one line that holds nothing but one of these: \
GROUNDED and the numbers of the articles that say it, for example GROUNDED 1 3; \
INFERRED if no article says it but it is very likely true; \
NEEDS_HUMAN if only a person can help or the customer asks for one, then one sentence that says why; \
NOT_KNOWN if you do not know. \
Then the answer, from the next line on. Never mention the line or the numbers in the answer.";

/// No first line that is longer is a marker.
const LONGEST: usize = 40;

/// What a model says of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// The articles say it.
    Grounded,
    /// It is likely; also where the model says nothing.
    Inferred,
    /// Only a person can help.
    NeedsHuman,
    /// There is no answer.
    NotKnown,
}

/// An answer without its first line.
#[derive(Debug, PartialEq, Eq)]
pub struct Marked<'t> {
    /// What it is worth.
    pub worth: Worth,
    /// The numbers of the articles.
    pub articles: Vec<usize>,
    /// The answer.
    pub text: &'t str,
}

/// Takes the first line off. `None` while it is not known whether there is one; never
/// `None` where the answer `is_whole`.
#[must_use]
pub fn split(written: &str, is_whole: bool) -> Option<Marked<'_>> {
    let written = without_thoughts(written.trim_start(), is_whole)?;
    let end = written.find('\n');
    if end.is_none() && written.len() <= LONGEST && !is_whole {
        return None;
    }
    let line = &written[..end.unwrap_or(written.len())];
    let mut marked = Marked { worth: Worth::Inferred, articles: Vec::new(), text: written };
    let mut left = trimmed(line);
    let Some(worth) = taken(&mut left).and_then(worth) else { return Some(marked) };
    marked.worth = worth;
    let mut after = left;
    while let Some(number) = taken(&mut after).and_then(|word| word.parse().ok()) {
        marked.articles.push(number);
        left = after;
    }
    let rest = &written[line.len() - left.len()..];
    marked.text = rest.trim_start_matches(is_trim).trim_start();
    Some(marked)
}

/// Some models think aloud first, between tags.
fn without_thoughts(written: &str, is_whole: bool) -> Option<&str> {
    const OPEN: &str = "<think>";
    const CLOSE: &str = "</think>";
    if let Some(thoughts) = written.strip_prefix(OPEN) {
        return match thoughts.find(CLOSE) {
            Some(end) => Some(thoughts[end + CLOSE.len()..].trim_start()),
            None => is_whole.then_some(""),
        };
    }
    (is_whole || !OPEN.starts_with(written) || written.is_empty()).then_some(written)
}

/// What models put around the line, though they were not asked to.
fn is_trim(c: char) -> bool {
    matches!(c, ' ' | '\t' | '*' | '`' | '[' | ']' | ':' | ',' | '.' | '#')
}

fn trimmed(text: &str) -> &str {
    text.trim_start_matches(is_trim)
}

/// Takes the next word off.
fn taken<'t>(left: &mut &'t str) -> Option<&'t str> {
    let text = trimmed(left);
    let (word, rest) = text.split_at(text.find(is_trim).unwrap_or(text.len()));
    *left = rest;
    (!word.is_empty()).then_some(word)
}

fn worth(word: &str) -> Option<Worth> {
    Some(match word {
        "GROUNDED" => Worth::Grounded,
        "INFERRED" => Worth::Inferred,
        "NEEDS_HUMAN" => Worth::NeedsHuman,
        "NOT_KNOWN" => Worth::NotKnown,
        _ => return None,
    })
}
