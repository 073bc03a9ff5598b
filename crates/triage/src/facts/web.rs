//! Addresses; and what must not become a fact: mail addresses, paths, phone
//! numbers, cards, tokens.

use baton_packet::FactKind;

use super::{
    Scan,
    lexicon::{ALL, Piece, SECRET},
};
use crate::words::one_by_one;

/// Names in a query that promise a secret.
const SECRET_NAMES: &str = "token|key|secret|password|pass|code|sig|auth|session|otp|invite|jwt";
/// Digits from which on a run of them is a card, an account or a phone.
const MANY_DIGITS: usize = 13;

pub(super) fn read(scan: &mut Scan<'_>, at: usize) {
    let start = scan.tokens[at].start;
    let rest = scan.text.within(start, ALL);
    let scheme = ["https://", "http://", "www."].iter().find(|scheme| begins(rest, scheme));
    // A run is read once, and not again from each word in it.
    if scheme.is_some() || start >= scan.run {
        let run = rest.run(|c| !ends_address(c));
        scan.run = start + run.len();
        if address(scan, start, run, scheme.is_some()) {
            return;
        }
    }
    let plus = scan.text.within(0, start).ends_with('+');
    let digits = digits(rest);
    if plus && digits.0 > 6 || digits.0 >= MANY_DIGITS {
        scan.claimed = start + digits.1;
    }
    // "my password is hunter2": the word, what links, and the secret.
    if scan.is(at, SECRET) {
        let linked = [":", "is", "=", "ist", "est", "es"];
        let behind = scan.text.within(scan.tokens[at].end, ALL).trim_start();
        if let Some(link) = linked.iter().find(|link| begins(behind, link)) {
            let value = behind.within(link.len(), ALL).trim_start();
            let from = scan.text.len() - value.len();
            let value = &value[..value.find(char::is_whitespace).unwrap_or(value.len())];
            if value.contains(|c: char| c.is_ascii_digit()) {
                scan.claimed = scan.claimed.max(from + value.len());
            }
        }
    }
}

/// Takes the run if it is an address, or what must not become a fact.
fn address(scan: &mut Scan<'_>, start: usize, run: &str, scheme: bool) -> bool {
    let named = scheme || is_bare_address(run);
    let hidden = run.contains('@') && run.contains('.') || run.contains('\\') || is_secret(run);
    if named {
        let address = run.shed(".,;:!?)]'*…");
        let authority = address.find("//").map_or(0, |at| at + 2);
        let host = address.within(authority, ALL);
        let host = host.within(0, host.find('/').unwrap_or(host.len()));
        if !host.contains('@') && (host.contains('.') || host.starts_with("localhost")) {
            let shown = without_secret(address);
            scan.claim(FactKind::Url, start, start + shown.len(), None);
        }
    }
    if named || hidden {
        scan.claimed = scan.claimed.max(start + run.len());
    }
    named || hidden
}

fn begins(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || one_by_one(c)
        || matches!(
            c,
            '<' | '>'
                | '"'
                | '`'
                | '|'
                | '{'
                | '}'
                | '“'
                | '”'
                | '«'
                | '»'
                | '、'
                | '。'
                | '（'
                | '）'
                | '，'
                | '」'
        )
}

/// `app.example.com/settings`: a host with a path, and nothing a file could be.
fn is_bare_address(run: &str) -> bool {
    let Some((host, path)) = run.split_once('/') else { return false };
    let last = host.rsplit('.').next().unwrap_or("");
    let letters = |text: &str| text.bytes().all(|b| b.is_ascii_alphabetic());
    path.len() > 1
        && host.contains('.')
        && (2..=6).contains(&last.len())
        && letters(last)
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}

/// The address without a query or fragment that carries a secret.
fn without_secret(address: &str) -> &str {
    let Some(place) = address.find(['?', '#']) else { return address };
    let query = address.within(place + 1, ALL).to_ascii_lowercase();
    let named = query.split(['&', '?', '#']).any(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        SECRET_NAMES.split('|').any(|secret| name.contains(secret)) || is_secret(value)
    });
    if named { address.within(0, place) } else { address }
}

/// Long and of mixed signs, as nobody writes words.
fn is_secret(run: &str) -> bool {
    let longest = run.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').map(str::len).max();
    let mixed =
        run.bytes().any(|b| b.is_ascii_digit()) && run.bytes().any(|b| b.is_ascii_lowercase());
    longest.is_some_and(|longest| longest >= 20) && mixed
}

/// How many digits follow, with single spaces, dots and hyphens between them,
/// and the bytes they take.
fn digits(text: &str) -> (usize, usize) {
    let (mut count, mut end, mut gaps) = (0, 0, 0);
    for (at, b) in text.bytes().enumerate().take(40) {
        if b.is_ascii_digit() {
            (count, end, gaps) = (count + 1, at + 1, 0);
        } else if matches!(b, b' ' | b'-' | b'.' | b'(' | b')' | b'/') && gaps == 0 && count > 0 {
            gaps = 1;
        } else {
            break;
        }
    }
    (count, end)
}
