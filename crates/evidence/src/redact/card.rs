//! Payment card numbers: issuer's prefix, length and check digit (Luhn) must all
//! fit, because one in ten random numbers passes the check digit alone.

use super::placeholder::Kind;
use super::rewrite::{Mask, Step, rewrite};

/// Masks them.
pub fn mask(text: &str) -> Option<String> {
    rewrite(text, &scan)
}

/// Whether the digits are a card number written without gaps.
pub fn is_card(digits: &[u8]) -> bool {
    let Some(numbers) = numbers(digits) else { return false };
    has_issuer(&numbers[..digits.len()], false) && passes_luhn(&numbers[..digits.len()])
}

const LONGEST: usize = 19;
const SHORTEST: usize = 12;

fn numbers(digits: &[u8]) -> Option<[u8; LONGEST]> {
    if !(SHORTEST..=LONGEST).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut numbers = [0; LONGEST];
    for (number, digit) in numbers.iter_mut().zip(digits) {
        *number = digit - b'0';
    }
    Some(numbers)
}

fn scan(bytes: &[u8], at: usize, before: u8) -> Step {
    if !bytes[at].is_ascii_digit() {
        return Step::Next;
    }
    let first_group = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_fraction = before == b'.' && at >= 2 && bytes[at - 2].is_ascii_digit();
    // After a `+` it is a telephone number.
    let is_part = before.is_ascii_alphanumeric() || matches!(before, b'_' | b'+') || is_fraction;
    if is_part || first_group > LONGEST {
        return Step::Skip(at + first_group);
    }
    match card(bytes, at) {
        Some(end) => Step::Mask(Mask { start: at, end, kind: Kind::Card }),
        None => Step::Skip(at + first_group),
    }
}

/// The end of the longest card number that begins here.
fn card(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut numbers, mut count) = ([0; LONGEST], 0);
    let (mut at, mut group, mut gap, mut best) = (start, 0, None, None);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_digit() {
            if count == LONGEST {
                break;
            }
            numbers[count] = byte - b'0';
            count += 1;
            group += 1;
            at += 1;
            if count >= SHORTEST
                && ends_number(bytes, at)
                && has_issuer(&numbers[..count], gap.is_some())
                && passes_luhn(&numbers[..count])
            {
                best = Some(at);
            }
        } else if matches!(byte, b' ' | b'-') && group >= 3 && gap.is_none_or(|gap| gap == byte) {
            gap = Some(byte);
            group = 0;
            at += 1;
        } else {
            break;
        }
    }
    // Only the first of two numbers in a row was read to its end here.
    best.filter(|end| !(gap.is_none() && bytes.get(*end).is_some_and(u8::is_ascii_digit)))
}

fn ends_number(bytes: &[u8], at: usize) -> bool {
    let next = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let goes_on = next(at).is_ascii_alphanumeric() || next(at) == b'_';
    let is_fraction = next(at) == b'.' && next(at + 1).is_ascii_digit();
    // A group of hexadecimal digits, as in a UUID.
    let is_group = next(at) == b'-' && next(at + 1).is_ascii_alphabetic();
    !(goes_on || is_fraction || is_group)
}

/// Prefixes and lengths of the issuers. Maestro's prefixes and the rarer lengths
/// are so wide that ids would match: those only in groups, as cards are written.
fn has_issuer(numbers: &[u8], grouped: bool) -> bool {
    let prefix =
        numbers.iter().take(4).fold(0u16, |prefix, number| prefix * 10 + u16::from(*number));
    let length = numbers.len();
    match prefix {
        4000..=4999 => length == 16 || (length == 13 && !grouped),
        5100..=5599 | 2221..=2720 => length == 16,
        3400..=3499 | 3700..=3799 => length == 15,
        6011 | 6440..=6599 | 3528..=3589 | 6200..=6299 => length == 16 || (grouped && length == 19),
        3000..=3059 | 3600..=3699 | 3800..=3999 => length == 14 || (grouped && length == 16),
        5000..=5099 | 5600..=5899 | 6000..=6999 => length == 16 || (grouped && length >= 18),
        _ => false,
    }
}

/// Luhn's check digit, ISO/IEC 7812-1.
fn passes_luhn(numbers: &[u8]) -> bool {
    let mut sum = 0u32;
    for (place, number) in numbers.iter().rev().enumerate() {
        let doubled = u32::from(*number) << (place % 2);
        sum += if doubled > 9 { doubled - 9 } else { doubled };
    }
    sum.is_multiple_of(10) && numbers.iter().any(|number| *number != numbers[0])
}
