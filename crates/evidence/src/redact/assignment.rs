//! Values that their name gives away: `password=…`, `"apiKey": "…"`,
//! `Authorization: …`, `?access_token=…`, at any depth of JSON in text and under
//! any encoding that [`super::unit`] reads.

use super::keys::{self, Place, Rule};
use super::placeholder::{Kind, opaque_at};
use super::random::looks_random;
use super::rewrite::{Mask, Masks, run};
use super::separator::{Separator, separator};
use super::unit::{decoded, unit};
use super::value::{Value, is_masked, line_end, value};

/// Longest name worth reading.
const LONGEST_NAME: usize = 64;

/// Masks values whose name says secret; with `personal` also e-mail addresses
/// and telephone numbers that an address names.
pub fn mask(text: &str, personal: bool) -> Option<String> {
    let bytes = text.as_bytes();
    let mut masks = Masks::new(text);
    let (mut at, mut before, mut in_tag) = (0, b' ', false);
    let (mut name, mut words, mut earlier) = (Vec::new(), String::new(), String::new());
    while at < bytes.len() {
        if let Some(len) = opaque_at(bytes, at) {
            (at, before) = (at + len, b']');
            earlier.clear();
            continue;
        }
        let first = unit(bytes, at);
        if !is_name(first.byte) {
            // Only one space joins two words to one name: `API key: …`.
            if first.byte != b' ' || before == b' ' {
                earlier.clear();
            }
            (at, before) = (at + first.len, first.byte);
            continue;
        }
        // `<soap:Password>` is a tag like `<Password>`.
        let lead = if in_tag && before == b':' { b'<' } else { before };
        in_tag = lead == b'<';
        name.clear();
        while at < bytes.len() {
            let next = unit(bytes, at);
            if !is_name(next.byte) {
                break;
            }
            if name.len() <= LONGEST_NAME {
                name.push(next.byte);
            }
            (at, before) = (at + next.len, next.byte);
        }
        if name.len() > LONGEST_NAME {
            earlier.clear();
            continue;
        }
        keys::words(&name, &mut words);
        let name = Name {
            end: at,
            lead,
            words: &words,
            earlier: &earlier,
            is_flag: name.starts_with(b"--"),
        };
        let found = secret(text, &name, personal).or_else(|| pair(text, &name, personal));
        if let Some(mask) = found {
            masks.add(mask);
            (at, before) = (mask.end, b']');
            earlier.clear();
        } else {
            std::mem::swap(&mut earlier, &mut words);
        }
    }
    masks.finish()
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80
}

/// A name found in text.
struct Name<'a> {
    end: usize,
    /// The byte before it.
    lead: u8,
    words: &'a str,
    /// The words of the name one space before.
    earlier: &'a str,
    /// Begins with two dashes.
    is_flag: bool,
}

/// The value to mask after a name, if it is one.
fn secret(text: &str, name: &Name, personal: bool) -> Option<Mask> {
    let bytes = text.as_bytes();
    let separator = separator(bytes, name.end, name.lead, name.is_flag)?;
    let place = if matches!(name.lead, b'?' | b'&' | b'#') && separator.is_equals {
        Place::Url
    } else {
        Place::Text
    };
    let mut rule = joined_rule(name.words, name.earlier, place);
    // “Your code is 482913”, but not “error code is …”.
    let is_number = matches!(name.earlier, "error" | "status" | "exit" | "country");
    if rule.is_none() && separator.is_verb && name.words == "code" && !is_number {
        let digits = bytes[separator.value..].iter().take_while(|byte| byte.is_ascii_digit());
        rule = (digits.count() == 6).then_some(Rule::Digits(Kind::Token));
    }
    let rule = rule?;
    let is_digits = matches!(rule, Rule::Digits(_));
    let fits = if rule.is_personal() {
        personal && !separator.is_verb
    } else if separator.is_gap {
        is_digits || matches!(rule, Rule::Secret(_) | Rule::Named(_))
    } else {
        let is_said = matches!(rule, Rule::Secret(Kind::Password) | Rule::Cookie);
        !separator.is_verb || is_digits || is_said
    };
    if !fits {
        return None;
    }
    let found = value(bytes, &separator, rule)?;
    let content = text.get(found.start..found.end)?;
    if is_masked(content) {
        return None;
    }
    // `pwd` also prints the working directory.
    let is_short = content.len() <= keys::LONGEST_WORD;
    if name.words.ends_with("pwd") && content.starts_with('/') && is_short {
        return None;
    }
    // With so little between them, name and value may be two words of a sentence, or two
    // names in a list.
    if separator.is_gap && !(is_digits || looks_random(content.as_bytes())) {
        return None;
    }
    let kind = judged(rule, content, &separator, &found)?;
    Some(Mask { start: found.start, end: found.end, kind })
}

/// The value of a pair that tells its name apart: `name="csrf_token" value="…"` of
/// markup and header lists, `name="password"` and two line ends of multipart forms.
fn pair(text: &str, name: &Name, personal: bool) -> Option<Mask> {
    const LONGEST_GAP: usize = 120;
    if !matches!(name.words, "name" | "key" | "header" | "id" | "property") {
        return None;
    }
    let bytes = text.as_bytes();
    let separator = separator(bytes, name.end, name.lead, false)?;
    let named = value(bytes, &separator, Rule::Secret(Kind::Token)).filter(|found| {
        found.is_quoted && found.end - found.start <= LONGEST_NAME && found.end > found.start
    })?;
    let mut words = String::new();
    keys::words(&decoded(&bytes[named.start..named.end]), &mut words);
    let rule = keys::rule(&words, Place::Text).filter(|rule| !rule.is_personal() || personal)?;
    let (mut at, mut line_ends, mut word) = (named.end, 0, None);
    while at < bytes.len() && at - named.end <= LONGEST_GAP {
        let next = unit(bytes, at);
        if line_ends >= 2 && next.byte != b'\n' && next.byte != b'\r' {
            // Written out, the form stands in a string, which ends with a quote.
            let is_line = bytes[at - 1] == b'\n';
            let end = if is_line {
                run(bytes, at, |byte| !matches!(byte, b'\r' | b'\n'))
            } else {
                line_end(bytes, at)
            };
            return judged_mask(rule, text, at, end);
        }
        match next.byte {
            b'<' | b'>' | b'{' | b'}' => return None,
            b'\r' => {}
            // `\r` in JSON is read as a line end, too.
            b'\n' => line_ends += usize::from(next.len == 1 || bytes[at + 1] != b'r'),
            byte if is_name(byte) => {
                line_ends = 0;
                word.get_or_insert(at);
            }
            _ => {
                if let Some(start) = word.take()
                    && matches!(&bytes[start..at], b"value" | b"content")
                {
                    let separator = self::separator(bytes, at, b' ', false)?;
                    let found = value(bytes, &separator, rule)?;
                    return judged_mask(rule, text, found.start, found.end);
                }
            }
        }
        at += next.len;
    }
    None
}

fn judged_mask(rule: Rule, text: &str, start: usize, end: usize) -> Option<Mask> {
    let content = text.get(start..end).filter(|content| !is_masked(content))?;
    Some(Mask { start, end, kind: keys::judge(rule, content, true)? })
}

fn judged(rule: Rule, content: &str, separator: &Separator, found: &Value) -> Option<Kind> {
    let exact = found.is_quoted || separator.is_tight;
    let kind = keys::judge(rule, content, exact)?;
    if separator.is_verb && kind == Kind::Password {
        // “My password is …”: only what no sentence would go on with.
        let is_word = content.bytes().all(|byte| byte.is_ascii_alphabetic() || byte >= 0x80);
        let has_letter = content.bytes().any(|byte| byte.is_ascii_alphabetic());
        return (!is_word && has_letter && content.len() >= 5 && !content.contains('\''))
            .then_some(kind);
    }
    Some(kind)
}

fn joined_rule(words: &str, earlier: &str, place: Place) -> Option<Rule> {
    let joins = matches!(words, "key" | "token" | "code" | "codes" | "id" | "number" | "passe")
        && !earlier.is_empty();
    if place == Place::Url || !joins {
        return keys::rule(words, place);
    }
    let mut joined = String::from(earlier.rsplit(' ').next().unwrap_or(earlier));
    joined.push(' ');
    joined.push_str(words);
    keys::rule(&joined, place)
}
