//! What tells who somebody is or how to reach them: e-mail addresses, telephone
//! numbers in international form, bank accounts (IBAN).

use super::placeholder::{Kind, opaque_at};
use super::rewrite::{Mask, Masks, Step, rewrite};
use super::unit::unit;

/// Masks e-mail addresses.
pub fn mask_email(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut masks = Masks::new(text);
    // Where the run of characters began that may stand before an `@`.
    let (mut at, mut local, mut before) = (0, 0, b' ');
    while at < bytes.len() {
        if let Some(len) = opaque_at(bytes, at) {
            at += len;
            local = at;
            continue;
        }
        let next = unit(bytes, at);
        if next.byte == b'@'
            && local < at
            && let Some(end) = domain(bytes, at + next.len)
            && is_address(bytes, local, at, before)
        {
            let start = local + bytes[local..at].iter().take_while(|byte| is_edge(**byte)).count();
            masks.add(Mask { start, end, kind: Kind::Email });
            (at, local, before) = (end, end, b']');
            continue;
        }
        // Letters of Latin scripts take two bytes with these lead bytes.
        let latin = (0xC3..=0xC9).contains(&next.byte) && next.len == 1 && at + 1 < bytes.len();
        at += if latin { 2 } else { next.len };
        if !(latin || next.byte.is_ascii_alphanumeric() || b"._+'-%".contains(&next.byte)) {
            local = at;
            before = next.byte;
        }
    }
    masks.finish()
}

fn is_edge(byte: u8) -> bool {
    matches!(byte, b'.' | b'-' | b'\'')
}

fn is_address(bytes: &[u8], local: usize, at: usize, before: u8) -> bool {
    let name = &bytes[local..at];
    // `git@host:path`, `ssh://user@host`
    let is_remote = name == b"git" || (before == b'/' && bytes[..local].ends_with(b"//"));
    !is_remote && name.iter().any(|byte| !is_edge(*byte))
}

/// Endings of files that look like a domain after an `@`: `logo@2x.png`.
const FILES: &str = " png jpg jpeg gif svg webp avif ico js mjs cjs ts tsx jsx css scss map json html \
    htm vue wasm tgz zip gz md txt pdf min bundle prod dev ";

/// The end of a domain name that begins here.
fn domain(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut label, mut end) = (start, start, None);
    let mut only_digits = true;
    while at < bytes.len() && at - start <= 253 {
        let byte = bytes[at];
        if byte == b'.' && at > label {
            // `pkg@1.2.3-beta.x`
            if label == start && only_digits {
                return None;
            }
            label = at + 1;
        } else if byte.is_ascii_alphanumeric()
            || byte == b'-'
            || (0xC3..=0xC9).contains(&byte)
            || (0x80..=0xBF).contains(&byte)
        {
            only_digits &= byte.is_ascii_digit();
            let tld = &bytes[label..=at];
            let next = bytes.get(at + 1).copied().unwrap_or(b' ');
            let is_whole = !(next.is_ascii_alphanumeric() || next == b'-');
            if is_whole && label > start && (2..=24).contains(&tld.len()) {
                let is_name = tld.iter().all(u8::is_ascii_alphabetic) && !is_file(tld);
                end = is_name.then_some(at + 1);
            } else if is_whole && label > start {
                end = None;
            }
        } else {
            break;
        }
        at += 1;
    }
    end
}

fn is_file(ending: &[u8]) -> bool {
    FILES.split(' ').any(|file| file.as_bytes().eq_ignore_ascii_case(ending))
}

/// Masks telephone numbers that begin with `+` and after `tel:`.
pub fn mask_phone(text: &str) -> Option<String> {
    rewrite(text, &scan_phone)
}

fn scan_phone(bytes: &[u8], at: usize, before: u8) -> Step {
    let first = unit(bytes, at);
    if before.is_ascii_alphanumeric() {
        return Step::Next;
    }
    let (start, digits_from, fewest) = if first.byte == b'+' {
        (at, at + first.len, 9)
    } else if bytes[at..].starts_with(b"tel:") {
        (at + 4, at + 4, 6)
    } else {
        return Step::Next;
    };
    if fewest == 9 && !matches!(bytes.get(digits_from), Some(b'1'..=b'9')) {
        return Step::Next;
    }
    let (mut place, mut end, mut digits, mut gap) = (digits_from, digits_from, 0, 0);
    while place < bytes.len() && digits <= 15 && gap <= 2 {
        match bytes[place] {
            b'0'..=b'9' => {
                digits += 1;
                gap = 0;
                end = place + 1;
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' => gap += 1,
            b'+' if place == digits_from => {}
            _ => break,
        }
        place += 1;
    }
    let goes_on = bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric());
    if (fewest..=15).contains(&digits) && !goes_on {
        Step::Mask(Mask { start, end, kind: Kind::Phone })
    } else {
        Step::Next
    }
}

/// Masks bank accounts.
pub fn mask_iban(text: &str) -> Option<String> {
    rewrite(text, &scan_iban)
}

/// Length of an IBAN by country, SWIFT's registry.
const IBAN_LENGTHS: &str = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29CH21CR22CY28CZ24DE22DK18DO28EE20\
    ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IS26IT27JO30KW30KZ20LB28LI21LT20LU20\
    LV21MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SE24SI19SK24SM27TN24\
    TR26UA29XK20";

fn scan_iban(bytes: &[u8], at: usize, before: u8) -> Step {
    if before.is_ascii_alphanumeric() || !bytes[at].is_ascii_alphabetic() {
        return Step::Next;
    }
    match iban(bytes, at) {
        Some(end) => Step::Mask(Mask { start: at, end, kind: Kind::Iban }),
        None => Step::Next,
    }
}

fn iban(bytes: &[u8], start: usize) -> Option<usize> {
    let head = bytes.get(start..start + 4)?;
    if !head[2..].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let length = IBAN_LENGTHS.as_bytes().chunks_exact(4).find_map(|entry| {
        let fits = entry[..2].eq_ignore_ascii_case(&head[..2]);
        fits.then(|| usize::from(entry[2] - b'0') * 10 + usize::from(entry[3] - b'0'))
    })?;
    // ISO 13616: the first four characters go to the end, letters count from 10,
    // and the number modulo 97 is 1.
    let (mut at, mut count, mut rest, mut head_rest) = (start, 0, 0u32, [0u32; 4]);
    while count < length {
        let byte = *bytes.get(at)?;
        at += 1;
        if matches!(byte, b' ' | b'-') && count > 0 && bytes[at - 2].is_ascii_alphanumeric() {
            continue;
        }
        let value = char::from(byte).to_digit(36)?;
        if count < 4 {
            head_rest[count] = value;
        } else {
            rest = append(rest, value);
        }
        count += 1;
    }
    let rest = head_rest.into_iter().fold(rest, append);
    let goes_on = bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    (rest == 1 && !goes_on).then_some(at)
}

fn append(rest: u32, value: u32) -> u32 {
    (rest * if value > 9 { 100 } else { 10 } + value) % 97
}
