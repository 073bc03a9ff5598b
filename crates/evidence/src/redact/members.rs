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
    let mut found = reader.found;
    found.sort_by_key(|(mask, _)| mask.start);
    let mut masks = Masks::new(text);
    for (mask, is_bare) in found {
        masks.add_json(mask, is_bare);
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
    /// what the name's value says, and where the value's value is.
    named: Option<Rule>,
    value: Option<(usize, usize, bool)>,
    /// The member in hand is called `name` or `value`.
    is_name: bool,
    is_value: bool,
}

struct Reader<'a> {
    text: &'a str,
    stack: Vec<Level>,
    /// Masks, and whether they replace something without quotes.
    found: Vec<(Mask, bool)>,
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
        let content = &self.text[start..end];
        if level.is_name && !is_bare {
            level.named = json::rule_of(content);
        } else if level.is_value {
            level.value = Some((start, end, is_bare));
            return;
        }
        let rule = level.forced.or(level.member);
        self.judge(rule, start, end, is_bare);
    }

    fn close(&mut self) {
        let Some(level) = self.stack.pop() else { return };
        if let Some((start, end, is_bare)) = level.value {
            self.judge(level.forced.or(level.named), start, end, is_bare);
        }
    }

    fn judge(&mut self, rule: Option<Rule>, start: usize, end: usize, is_bare: bool) {
        let content = &self.text[start..end];
        let by_name = rule.and_then(|rule| keys::judge(rule, content, true));
        let is_card = is_bare && card::is_card(content.as_bytes());
        if let Some(kind) = by_name.or(is_card.then_some(Kind::Card))
            && !is_masked(content)
        {
            self.found.push((Mask { start, end, kind }, is_bare));
        }
    }
}
