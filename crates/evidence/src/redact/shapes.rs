//! Secrets known by their look: PEM private keys, JWTs, the vendors' key
//! prefixes, and what follows `Bearer` and its like.

use super::pem::{pem, pem_end};
use super::placeholder::{Kind, at as placeholder_at};
use super::random::{Shape, looks_random};
use super::rewrite::{Mask, Step, has_word, rewrite, run};
use super::unit::unit;
use super::vendor::{after_colon, discord, vendor};

/// Masks them all.
pub fn mask(text: &str) -> Option<String> {
    rewrite(text, &scan)
}

fn scan(bytes: &[u8], at: usize, before: u8) -> Step {
    let masked = |end: usize, kind| Step::Mask(Mask { start: at, end, kind });
    if bytes[at] == b'-' {
        if let Some(end) = pem(bytes, at) {
            return masked(end, Kind::PrivateKey);
        }
        if let Some((start, end)) = pem_end(bytes, at) {
            return Step::Mask(Mask { start, end, kind: Kind::PrivateKey });
        }
        return match user_flag(bytes, at, before) {
            Some((start, end)) => Step::Mask(Mask { start, end, kind: Kind::Password }),
            None => Step::Next,
        };
    }
    if bytes[at] == b':' && before.is_ascii_alphanumeric() {
        return match after_colon(bytes, at) {
            Some(end) => Step::Mask(Mask { start: at + 1, end, kind: Kind::Token }),
            None => Step::Next,
        };
    }
    if before.is_ascii_alphanumeric() || !bytes[at].is_ascii_alphabetic() {
        return Step::Next;
    }
    if let Some(end) = vendor(bytes, at).or_else(|| discord(bytes, at)) {
        return masked(end, Kind::Token);
    }
    if !matches!(before, b'_' | b'-')
        && let Some(end) = jwt(bytes, at)
    {
        return masked(end, Kind::Token);
    }
    match scheme(bytes, at) {
        Some((start, end)) => Step::Mask(Mask { start, end, kind: Kind::Token }),
        None => Step::Next,
    }
}

/// The password in `curl -u user:password` and `--user user:password`.
fn user_flag(bytes: &[u8], at: usize, before: u8) -> Option<(usize, usize)> {
    const LONGEST: usize = 512;
    let flag = ["-u", "--user", "--proxy-user"].into_iter().find(|flag| {
        let next = bytes.get(at + flag.len());
        bytes[at..].starts_with(flag.as_bytes()) && matches!(next, Some(b' ' | b'='))
    })?;
    if !before.is_ascii_whitespace() {
        return None;
    }
    let name = run(bytes, at + flag.len(), |byte| matches!(byte, b' ' | b'=' | b'"' | b'\''));
    let bounded = &bytes[..bytes.len().min(name + LONGEST)];
    let is_part = |byte: u8| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'');
    let start = run(bounded, name, |byte| is_part(byte) && byte != b':') + 1;
    if bounded.get(start - 1) != Some(&b':') {
        return None;
    }
    let end = run(bytes, start, is_part);
    // `docker run -u 1000:1000` names a group.
    let is_group = bytes[start..end].iter().all(u8::is_ascii_digit);
    let is_masked = placeholder_at(bytes, start).is_some_and(|(_, len)| start + len == end);
    (!is_group && !is_masked).then_some((start, end))
}

/// Header, payload and signature, each base64url; a signature may be empty or
/// cut off.
fn jwt(bytes: &[u8], at: usize) -> Option<usize> {
    let part = |from| run(bytes, from, is_base64url);
    if !bytes[at..].starts_with(b"eyJ") {
        return None;
    }
    let mut end = part(at);
    if end - at < 11 || bytes.get(end) != Some(&b'.') {
        return None;
    }
    let payload = end + 1;
    end = part(payload);
    let signed = bytes.get(end) == Some(&b'.');
    if !(bytes[payload..].starts_with(b"eyJ") || (signed && end - payload >= 8)) {
        return None;
    }
    // Five parts when encrypted.
    for _ in 0..3 {
        if bytes.get(end) == Some(&b'.')
            && bytes.get(end + 1).is_some_and(|byte| is_base64url(*byte))
        {
            end = part(end + 1);
        }
    }
    Some(run(bytes, end, |byte| byte == b'='))
}

pub fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// The credentials after `Bearer`, `Basic`, `Token` or `ApiKey`. In prose these
/// words are followed by words, so the value must not look like one.
fn scheme(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let name = ["bearer", "basic", "token", "apikey"]
        .into_iter()
        .find(|name| has_word(bytes, at, name))?;
    let mut start = at + name.len();
    let gap = start;
    while start < bytes.len() {
        let unit = unit(bytes, start);
        if !matches!(unit.byte, b' ' | b'\t' | b'+') {
            break;
        }
        start += unit.len;
    }
    if start == gap {
        return None;
    }
    let mut end = run(bytes, start, |byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'.' | b'_' | b'~' | b'+' | b'/' | b'=' | b'-' | b'%')
    });
    while end > start && bytes[end - 1] == b'.' {
        end -= 1;
    }
    let value = &bytes[start..end];
    let shape = Shape::of(value);
    let is_secret = match name {
        "bearer" => {
            value.len() >= 8 && (shape.digits > 0 || shape.longest_part >= 16 || shape.changes > 1)
        }
        "basic" => value.len() >= 8 && (value.ends_with(b"=") || is_base64(value, &shape)),
        _ => looks_random(value),
    };
    is_secret.then_some((start, end))
}

fn is_base64(value: &[u8], shape: &Shape) -> bool {
    !value.iter().any(|byte| matches!(byte, b'-' | b'_' | b'.' | b'~' | b'%'))
        && value.len().is_multiple_of(4)
        && (shape.changes >= 2 || shape.longest_part >= 21)
}
