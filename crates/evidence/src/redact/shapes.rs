//! Secrets known by their look: PEM private keys, JWTs, the vendors' key
//! prefixes, and what follows `Bearer` and its like.

use super::placeholder::Kind;
use super::random::{Shape, looks_random};
use super::rewrite::{Mask, Step, has_word, rewrite, run};
use super::unit::unit;

/// Masks them all.
pub fn mask(text: &str) -> Option<String> {
    rewrite(text, &scan)
}

fn scan(bytes: &[u8], at: usize, before: u8) -> Step {
    let masked = |end: usize, kind| Step::Mask(Mask { start: at, end, kind });
    if bytes[at] == b'-' {
        return match pem(bytes, at) {
            Some(end) => masked(end, Kind::PrivateKey),
            None => Step::Next,
        };
    }
    if before.is_ascii_alphanumeric() || !bytes[at].is_ascii_alphabetic() {
        return Step::Next;
    }
    if let Some(end) = vendor(bytes, at) {
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

/// From `-----BEGIN … PRIVATE KEY-----` to its end line; a key that was cut off
/// ends with the last character that may belong to one.
fn pem(bytes: &[u8], at: usize) -> Option<usize> {
    if !bytes[at..].starts_with(b"-----BEGIN ") {
        return None;
    }
    let label = at + 11;
    let label_end = run(bytes, label, |byte| byte.is_ascii_uppercase() || byte == b' ');
    let has_key = bytes[label..label_end].windows(11).any(|part| part == b"PRIVATE KEY");
    if !has_key || !bytes[label_end..].starts_with(b"-----") {
        return None;
    }
    let body = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || byte.is_ascii_whitespace()
            || matches!(byte, b'+' | b'/' | b'=' | b'\\' | b':' | b',' | b'.' | b'%' | b'_')
    };
    let mut end = run(bytes, label_end + 5, body);
    // Headers inside the body, such as `DEK-Info`, have single dashes.
    while bytes.get(end) == Some(&b'-') && !bytes[end..].starts_with(b"--") {
        end = run(bytes, end + 1, body);
    }
    if bytes[end..].starts_with(b"-----END ") {
        end = run(bytes, end + 9, |byte| byte.is_ascii_uppercase() || byte == b' ');
        end = run(bytes, end, |byte| byte == b'-');
    }
    Some(end)
}

/// Prefix, shortest tail, and the punctuation a tail may have.
const VENDORS: [(&str, u8, &[u8]); 44] = [
    ("AIza", 30, b"-_"),
    ("AKIA", 16, b""),
    ("ASIA", 16, b""),
    ("ABIA", 16, b""),
    ("ACCA", 16, b""),
    ("GOCSPX-", 20, b"-_"),
    ("dckr_pat_", 20, b"-_"),
    ("dop_v1_", 30, b""),
    ("gho_", 20, b""),
    ("ghp_", 20, b""),
    ("ghr_", 20, b""),
    ("ghs_", 20, b""),
    ("ghu_", 20, b""),
    ("github_pat_", 20, b"_"),
    ("gldt-", 16, b"-_."),
    ("glpat-", 16, b"-_."),
    ("glrt-", 16, b"-_."),
    ("hf_", 30, b""),
    ("hooks.slack.com/services/", 8, b"/_-"),
    ("hooks.slack.com/triggers/", 8, b"/_-"),
    ("hooks.slack.com/workflows/", 8, b"/_-"),
    ("hvs.", 24, b"-_"),
    ("lin_api_", 24, b""),
    ("npm_", 30, b""),
    ("pypi-", 40, b"-_"),
    ("rk_live_", 10, b""),
    ("rk_prod_", 10, b""),
    ("rk_test_", 10, b""),
    ("shpat_", 24, b""),
    ("shpss_", 24, b""),
    ("sk-", 32, b""),
    ("sk-admin-", 16, b"-_"),
    ("sk-ant-", 16, b"-_"),
    ("sk-or-", 16, b"-_"),
    ("sk-proj-", 16, b"-_"),
    ("sk-svcacct-", 16, b"-_"),
    ("sk_live_", 10, b""),
    ("sk_prod_", 10, b""),
    ("sk_test_", 10, b""),
    ("whsec_", 16, b"+/=-_"),
    ("xapp-", 10, b"-"),
    ("ya29.", 20, b"-_"),
    ("SG.", 32, b"-_."),
    ("xox", 12, b"-"),
];

/// Longer than any key of these vendors' kinds has to be to be known as one.
const LONGEST_LOOK: usize = 256;

fn vendor(bytes: &[u8], at: usize) -> Option<usize> {
    for (prefix, shortest, punctuation) in VENDORS {
        if !bytes[at..].starts_with(prefix.as_bytes()) {
            continue;
        }
        let tail = at + prefix.len();
        let belongs = |byte: u8| byte.is_ascii_alphanumeric() || punctuation.contains(&byte);
        // A tail that does not fit may be looked at again from inside itself, so
        // only its beginning is.
        let mut end = run(&bytes[..bytes.len().min(tail + LONGEST_LOOK)], tail, belongs);
        while bytes[end - 1] == b'.' {
            end -= 1;
        }
        let fits = end.saturating_sub(tail) >= usize::from(shortest)
            && match prefix {
                // Access key ids have one length and no lower case.
                "AKIA" | "ASIA" | "ABIA" | "ACCA" => {
                    end == tail + 16 && !bytes[tail..end].iter().any(u8::is_ascii_lowercase)
                }
                // `xoxb-…`, `xoxe.xoxp-…`
                "xox" => b"abceoprs".contains(&bytes[tail]) && bytes[tail + 1] == b'-',
                "SG." => bytes[tail..end].contains(&b'.') && looks_random(&bytes[tail..end]),
                "pypi-" => looks_random(&bytes[tail..end]),
                _ => true,
            };
        if fits {
            return Some(run(bytes, end, |byte| byte != b'.' && belongs(byte)));
        }
    }
    None
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
    Some(end)
}

fn is_base64url(byte: u8) -> bool {
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
