//! Where a value ends.

use super::keys::{self, Rule};
use super::placeholder::{Kind, at as placeholder_at};
use super::rewrite::{has_word, run};
use super::separator::Separator;
use super::unit::unit;

/// A value's content, without its quotes.
pub struct Value {
    pub start: usize,
    pub end: usize,
    pub is_quoted: bool,
}

/// The value after a separator.
pub fn value(bytes: &[u8], separator: &Separator, rule: Rule) -> Option<Value> {
    let start = separator.value;
    if separator.is_tag {
        let end = run(bytes, start, |byte| byte != b'<');
        return Some(Value { start, end, is_quoted: true });
    }
    let written_out = unit(bytes, start).len > 1;
    let slashes = if written_out { 0 } else { run(bytes, start, |byte| byte == b'\\') - start };
    let quote_at = start + slashes;
    if quote_at < bytes.len() && slashes <= MOST_BACKSLASHES {
        let quote = unit(bytes, quote_at);
        if matches!(quote.byte, b'"' | b'\'' | b'`') && quote.depth <= separator.depth {
            let start = quote_at + quote.len;
            let end = closing(bytes, start, quote.byte, quote.depth, slashes);
            return Some(Value { start, end, is_quoted: true });
        }
    }
    if bytes[start] == b'[' && placeholder_at(bytes, start).is_none() {
        return list(bytes, start + 1);
    }
    // Templates, and objects whose members are read by name.
    if bytes[start] == b'{' {
        return None;
    }
    let end = match rule {
        Rule::Cookie => line_end(bytes, start),
        Rule::Phone => {
            let end = run(bytes, start, keys::is_dialled);
            let is_edge = |byte: &&u8| !byte.is_ascii_digit();
            end - bytes[start..end].iter().rev().take_while(is_edge).count()
        }
        Rule::Digits(_) => {
            // `731 902`, as codes are shown.
            let end = plain_end(bytes, start, separator.depth);
            let is_group = |at: usize| run(bytes, at, |byte| byte.is_ascii_digit()) == at + 3;
            let goes_on = end == start + 3 && bytes.get(end) == Some(&b' ');
            if goes_on && is_group(start) && is_group(end + 1) { end + 4 } else { end }
        }
        Rule::Authorization => return Some(credentials(bytes, start, separator.depth)),
        Rule::Always(_) | Rule::Opaque(_) | Rule::Secret(Kind::Session) => {
            // A value of an address also ends where its fragment begins, and one of
            // its path (`;jsessionid=…`) where its query begins.
            let is_query = !matches!(rule, Rule::Secret(_));
            let end = plain_end(bytes, start, separator.depth);
            run(&bytes[..end], start, |byte| byte != b'#' && (byte != b'?' || is_query))
        }
        _ => plain_end(bytes, start, separator.depth),
    };
    (end > start).then_some(Value { start, end, is_quoted: false })
}

/// Whether nothing but placeholders is left of a value, after an
/// authentication scheme perhaps, or in a list.
pub fn is_masked(content: &str) -> bool {
    let bytes = content.as_bytes();
    let mut at = 0;
    if let Some(scheme) = SCHEMES.iter().find(|scheme| has_word(bytes, 0, scheme))
        && bytes.get(scheme.len()) == Some(&b' ')
    {
        at = scheme.len() + 1;
    }
    let mut found = false;
    while at < bytes.len() {
        match placeholder_at(bytes, at) {
            Some((_, len)) => (at, found) = (at + len, true),
            None => {
                let unit = unit(bytes, at);
                if !b" \n\t,\\\"'[]".contains(&unit.byte) {
                    return false;
                }
                at += unit.len;
            }
        }
    }
    found
}

/// The authentication scheme that a value begins with.
pub fn scheme(value: &str) -> Option<&str> {
    let (scheme, _) = value.split_once(' ')?;
    SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)).then_some(scheme)
}

/// JSON in JSON, five times: a bound that keeps hostile text linear.
const MOST_BACKSLASHES: usize = 31;

const SCHEMES: [&str; 10] = [
    "bearer",
    "basic",
    "token",
    "apikey",
    "digest",
    "negotiate",
    "ntlm",
    "hawk",
    "oauth",
    "aws4-hmac-sha256",
];

/// The closing quote: with as many backslashes before it as the opening one has,
/// more of them are quotes inside; text that was cut off ends with the line.
fn closing(bytes: &[u8], start: usize, quote: u8, depth: u8, slashes: usize) -> usize {
    let (mut at, mut seen) = (start, 0);
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            let written_out = unit(bytes, at);
            if written_out.len >= 6 && written_out.byte == quote {
                return at;
            }
            seen += 1;
            at += 1;
            continue;
        }
        if bytes[at] == b'\n' {
            return at;
        }
        let unit = unit(bytes, at);
        if unit.byte == quote && unit.depth <= depth {
            let closes = seen < slashes || seen % (2 * (slashes + 1)) == slashes;
            if closes {
                return at - seen.min(slashes);
            }
        }
        seen = 0;
        at += unit.len;
    }
    at
}

/// Quoted strings or numbers in brackets; objects in them are read by name.
fn list(bytes: &[u8], start: usize) -> Option<Value> {
    let first = run(bytes, start, |byte| matches!(byte, b' ' | b'\\'));
    if !matches!(bytes.get(first)?, b'"' | b'\'' | b'0'..=b'9' | b'[') {
        return None;
    }
    // Masked one by one, since this was read as JSON before.
    if placeholder_at(bytes, first + 1).is_some() {
        return None;
    }
    let mut end = start;
    while end < bytes.len() && !matches!(bytes[end], b']' | b'\n') {
        end += placeholder_at(bytes, end).map_or(1, |(_, len)| len);
    }
    Some(Value { start, end, is_quoted: true })
}

/// Scheme and credentials of an `Authorization` header; of the schemes with
/// parameters, to the end of the line.
fn credentials(bytes: &[u8], start: usize, depth: u8) -> Value {
    let scheme = SCHEMES.iter().position(|scheme| {
        has_word(bytes, start, scheme) && bytes.get(start + scheme.len()) == Some(&b' ')
    });
    let (start, end) = match scheme {
        Some(index) => {
            let start = run(bytes, start + SCHEMES[index].len(), |byte| byte == b' ');
            (start, if index < 4 { plain_end(bytes, start, depth) } else { line_end(bytes, start) })
        }
        None => (start, plain_end(bytes, start, depth)),
    };
    // After a scheme, whatever follows are credentials.
    Value { start, end, is_quoted: scheme.is_some() }
}

/// The end of the line, or of the string that the line stands in: a quote ends it
/// unless it is a parameter's, `nonce="…"`.
pub fn line_end(bytes: &[u8], start: usize) -> usize {
    let is_quote = |byte: u8| matches!(byte, b'"' | b'\'' | b'`');
    let mut at = start;
    while at < bytes.len() {
        let unit = unit(bytes, at);
        let is_encoded_quote = unit.len > 1 && is_quote(unit.byte);
        if unit.depth == 0 && (matches!(unit.byte, b'\n' | b'\r') || is_encoded_quote) {
            break;
        }
        // Inside another string, quotes have backslashes.
        let quote_at = run(bytes, at, |byte| unit.len == 1 && byte == b'\\');
        match bytes.get(quote_at) {
            Some(&quote) if unit.len == 1 && is_quote(quote) => {
                let close = run(bytes, quote_at + 1, |byte| byte != quote && byte != b'\n');
                let is_closed = bytes.get(close) == Some(&quote)
                    && (bytes[close - 1] == b'\\') == (quote_at > at);
                if at == start || bytes[at - 1] != b'=' || !is_closed {
                    break;
                }
                at = close + 1;
            }
            _ => at = quote_at.max(at + unit.len),
        }
    }
    at
}

/// The end of a value without quotes.
fn plain_end(bytes: &[u8], start: usize, depth: u8) -> usize {
    let mut at = start;
    while at < bytes.len() {
        if let Some((_, len)) = placeholder_at(bytes, at) {
            at += len;
            continue;
        }
        let unit = unit(bytes, at);
        if unit.depth <= depth {
            match unit.byte {
                b'&' | b'"' | b'\'' | b'`' | b'<' | b'>' => break,
                byte if byte.is_ascii_whitespace() => break,
                // A password may have these inside; they end it where something
                // else begins.
                b',' | b';' | b')' | b']' | b'}' | b'|' | b'#' | b'.' | b'?'
                    if ends_before(bytes, at + unit.len, depth, unit.byte) =>
                {
                    break;
                }
                _ => {}
            }
        }
        at += unit.len;
    }
    // They belong to the quote that ends the string.
    while at > start && at < bytes.len() && bytes[at - 1] == b'\\' {
        at -= 1;
    }
    at
}

/// Whether after this sign comes the end, a gap, a closing sign or a new name.
fn ends_before(bytes: &[u8], mut at: usize, depth: u8, sign: u8) -> bool {
    const LONGEST_NAME: usize = 32;
    let is_gap = |at: usize| {
        at >= bytes.len() || {
            let byte = unit(bytes, at).byte;
            byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`' | b'<')
        }
    };
    if is_gap(at) {
        return true;
    }
    let next = unit(bytes, at);
    match next.byte {
        b',' | b';' | b')' | b']' | b'}' | b'&' => return true,
        b':' | b'.' | b'!' | b'?' => return is_gap(at + next.len),
        _ => {}
    }
    if matches!(sign, b'.' | b'?') {
        return false;
    }
    let first = at;
    for _ in 0..LONGEST_NAME {
        if at >= bytes.len() {
            return false;
        }
        let unit = unit(bytes, at);
        if unit.depth > depth {
            return false;
        }
        if matches!(unit.byte, b':' | b'=') {
            return at > first;
        }
        if !(unit.byte.is_ascii_alphanumeric() || b"_-\"'".contains(&unit.byte)) {
            return false;
        }
        at += unit.len;
    }
    false
}
