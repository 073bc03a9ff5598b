//! Amounts with their currency.

use baton_packet::FactKind;

use super::{
    Scan,
    lexicon::{ALL, CURRENCY, Piece, is_latin, one_of},
};
use crate::words::is_word_char;

/// Codes in the order of the list of words.
const CODES: [&str; 24] = [
    "USD", "EUR", "GBP", "JPY", "INR", "PLN", "CHF", "TRY", "BRL", "CNY", "CAD", "AUD", "SEK",
    "NOK", "DKK", "AED", "SAR", "EGP", "MXN", "NZD", "SGD", "ZAR", "HUF", "CZK",
];
/// Signs, the longer ones first. A bare dollar sign is taken for the American
/// one; the yen sign is also the yuan's.
const SIGNS: [(&str, &str); 15] = [
    ("US$", "USD"),
    ("R$", "BRL"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("A$", "AUD"),
    ("NZ$", "NZD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₺", "TRY"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("¥", ""),
    ("￥", ""),
];

pub(super) fn read(scan: &mut Scan<'_>, at: usize) {
    let token = scan.tokens[at];
    let said = scan.said(at);
    let letters = said.run(is_latin).len();
    let start = token.start + letters;
    let rest = scan.text.within(start, ALL);
    let length = number(rest);
    if length == 0 {
        return;
    }
    let mut end = start + length;
    let thousands = scan.text.within(end, ALL).begins("kK");
    end += usize::from(thousands);
    let behind = scan.text.within(end, ALL);
    let closed = |text: &str| text.run(is_word_char).is_empty();
    // "EUR1200", "US$49.99", "EUR 1.200"
    let before = scan.text.within(0, start);
    let near = before.strip_suffix([' ', '\u{a0}', '\u{202f}']).unwrap_or(before);
    let sign = SIGNS.iter().find(|(sign, _)| near.ends_with(sign));
    let (from, code) = if let Some((sign, code)) = sign {
        (near.len() - sign.len(), *code)
    } else if let Some(code) = code_of(said.within(0, letters)) {
        (token.start, code)
    } else if letters == 0
        && at > 0
        && one_of(scan.gap(at - 1), " |.|. |\u{a0}")
        && let Some(code) = code_of(scan.said(at - 1))
    {
        (scan.tokens[at - 1].start, code)
    } else if letters > 0 {
        return;
    } else {
        // "49,99 €", "30 USD", "49 dollars", "5000円"
        let far = behind.skip(" \u{a0}\u{202f}-");
        let skipped = behind.len() - far.len();
        let next = scan.token_from(end + skipped);
        let word = scan.tokens.get(next).filter(|t| t.start == end + skipped && t.is(CURRENCY));
        if let Some((sign, code)) = SIGNS.iter().find(|(sign, _)| far.starts_with(sign)) {
            end += skipped + sign.len();
            (start, *code)
        } else if let Some(word) = word.filter(|_| skipped < 3) {
            let spelled = scan.text.within(word.start, word.end);
            if one_of(spelled, "try|cad|aud|sek|tl") {
                return;
            }
            end = word.end;
            (start, CODES.get(usize::from(word.which)).copied().unwrap_or(""))
        } else if let Some(code) =
            code_of(far.get(..3).unwrap_or("")).filter(|_| closed(far.within(3, ALL)))
        {
            end += skipped + 3;
            (start, code)
        } else {
            return;
        }
    };
    if !closed(scan.text.within(end, ALL)) && end == start + length {
        return;
    }
    let digits = decimal(rest.within(0, length), thousands);
    let normalized = (!code.is_empty()).then(|| [&digits, " ", code].concat());
    scan.claim(FactKind::Amount, from, end, normalized);
}

/// The currency that a word before a number names.
fn code_of(word: &str) -> Option<&'static str> {
    if word.eq_ignore_ascii_case("rs") {
        return Some("INR");
    }
    CODES.iter().find(|code| **code == word).copied()
}

/// Bytes of a number with its separators.
fn number(text: &str) -> usize {
    let digits = |from: usize| text.within(from, ALL).digits();
    let mut end = digits(0);
    while end > 0 && end < 24 {
        let gap = match text.within(end, ALL).chars().next() {
            Some(c @ ('.' | ',' | '\'' | '’')) => c.len_utf8(),
            Some(c @ (' ' | '\u{a0}' | '\u{202f}')) if digits(end + c.len_utf8()) == 3 => {
                c.len_utf8()
            }
            _ => break,
        };
        match digits(end + gap) {
            0 => break,
            more => end += gap + more,
        }
    }
    end
}

/// The number as `1200.50`: the last separator is decimal before one or two
/// digits, the others part thousands.
fn decimal(number: &str, thousands: bool) -> String {
    let separator = number.rfind(|c: char| !c.is_ascii_digit());
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (mut whole, mut part) = match separator {
        Some(at) if number.within(at, ALL).begins(".,") && number.len() - at <= 3 => {
            (digits(number.within(0, at)), digits(number.within(at, ALL)))
        }
        _ => (digits(number), String::new()),
    };
    if thousands {
        part.push_str(&"000"[..3 - part.len().min(3)]);
        whole.push_str(&part);
        part.clear();
    }
    let kept = whole.trim_start_matches('0');
    let whole = if kept.is_empty() { "0" } else { kept };
    if part.is_empty() { whole.to_owned() } else { [whole, ".", &part].concat() }
}
