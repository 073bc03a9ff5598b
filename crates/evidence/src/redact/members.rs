//! Masks in the text of JSON by the names of its members, as text: the order, the
//! spaces and what is not masked stay as they were, and JSON that was cut off or
//! is none is read as far as it goes.

use super::keys::{self, Place, Rule};
use super::placeholder::Kind;
use super::rewrite::{Mask, Masks, run};
use super::unit::decoded;
use super::value::is_masked;
use super::{card, json};

/// Masks the values of members whose name says secret, at any depth; a secret name
/// masks all that is under it. Numbers become strings, so that JSON stays JSON.
pub fn mask(text: &str) -> Option<String> {
    let mut reader = Reader { text, stack: Vec::new(), found: Vec::new() };
    reader.read();
    let mut masks = Masks::new(text);
    for Found { start, end, is_bare, kind } in reader.found {
        if let Some(kind) = kind {
            masks.add_json(Mask { start, end, kind }, is_bare);
        }
    }
    masks.finish()
}

/// An object or a list that is open.
#[derive(Default)]
struct Level {
    /// From the name that all of it stands under.
    forced: Option<Rule>,
    /// From the name of the member in hand.
    member: Option<Rule>,
    /// `{"name": "authorization", "value": "…"}`, as header lists are written:
    /// what the name's value says, and which of those found is the value's value.
    named: Option<Rule>,
    value: Option<usize>,
    /// The member in hand is called `name` or `value`.
    is_name: bool,
    is_value: bool,
}

/// A string without its quotes, or a number.
struct Found {
    start: usize,
    end: usize,
    /// It has no quotes.
    is_bare: bool,
    /// How to mask it, once that is known.
    kind: Option<Kind>,
}

struct Reader<'a> {
    text: &'a str,
    stack: Vec<Level>,
    /// In the order of the text.
    found: Vec<Found>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                byte @ (b'{' | b'[') => {
                    let rule = self.stack.last().and_then(|level| level.forced.or(level.member));
                    let forced = rule.filter(|rule| {
                        byte == b'[' || matches!(rule, Rule::Secret(_) | Rule::Always(_))
                    });
                    self.stack.push(Level { forced, ..Level::default() });
                    at += 1;
                }
                b'}' | b']' => {
                    self.close();
                    at += 1;
                }
                b'"' => at = self.string(at + 1),
                byte if byte.is_ascii_digit() || byte == b'-' => {
                    let end = run(bytes, at, |byte| {
                        byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)
                    });
                    self.value(at, end, true);
                    at = end;
                }
                _ => at += 1,
            }
        }
        while !self.stack.is_empty() {
            self.close();
        }
    }

    /// Reads a string that begins here; returns the place after it.
    fn string(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = start;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        end = end.min(bytes.len());
        let after = run(bytes, end + 1, |byte| byte.is_ascii_whitespace());
        if bytes.get(after) == Some(&b':') {
            if let Some(level) = self.stack.last_mut() {
                let name = decoded(&bytes[start..end]);
                let mut words = String::new();
                keys::words(&name, &mut words);
                level.member = keys::rule(&words, Place::Text);
                level.is_name = matches!(words.as_str(), "name" | "key" | "header");
                level.is_value = words == "value";
            }
            return after + 1;
        }
        self.value(start, end, false);
        end + 1
    }

    fn value(&mut self, start: usize, end: usize, is_bare: bool) {
        let Some(level) = self.stack.last_mut() else { return };
        let found = Found { start, end, is_bare, kind: None };
        if level.is_name && !is_bare {
            level.named = json::rule_of(&self.text[start..end]);
        }
        let rule = level.forced.or(level.member);
        if level.is_value && rule.is_none() {
            level.value = Some(self.found.len());
            self.found.push(found);
        } else if let Some(kind) = self.judge(rule, &found) {
            self.found.push(Found { kind: Some(kind), ..found });
        }
    }

    fn close(&mut self) {
        let Some(level) = self.stack.pop() else { return };
        if let Some(index) = level.value {
            self.found[index].kind = self.judge(level.named, &self.found[index]);
        }
    }

    fn judge(&self, rule: Option<Rule>, found: &Found) -> Option<Kind> {
        let content = &self.text[found.start..found.end];
        let by_name = rule.and_then(|rule| keys::judge(rule, content, true));
        let is_card = found.is_bare && card::is_card(content.as_bytes());
        by_name.or(is_card.then_some(Kind::Card)).filter(|_| !is_masked(content))
    }
}
