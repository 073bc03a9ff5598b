//! Numbers by which states know people. Each has a written form and a check; what
//! passes by chance too often is believed only in groups or after its name.

use super::placeholder::Kind;
use super::rewrite::{Mask, Step, has_word, rewrite};

/// Masks them.
pub fn mask(text: &str) -> Option<String> {
    rewrite(text, &scan)
}

/// How a number is written: `d` is a digit, `l` a letter, `x` either, `?` perhaps
/// one separator, `-` one separator.
struct Scheme {
    form: &'static str,
    /// Words before it, one of which must be there; none if the check is enough.
    names: &'static str,
    /// Over letters and digits in upper case, separators removed.
    check: fn(&[u8]) -> bool,
}

const SCHEMES: [Scheme; 20] = [
    // United States, social security number.
    Scheme { form: "ddd-dd-dddd", names: "", check: us_ssn },
    // United Kingdom, national insurance number.
    Scheme { form: "ll?dd?dd?dd?l", names: "", check: uk_nino },
    // Spain, DNI and NIE.
    Scheme { form: "dddddddd?l", names: "", check: es_dni },
    Scheme { form: "l?ddddddd?l", names: "", check: es_nie },
    // Italy, codice fiscale.
    Scheme { form: "llllll?xxlxx?lxxxl", names: "", check: it_codice },
    // France, NIR with its key.
    Scheme { form: "d?dd?dd?dx?ddd?ddd?dd", names: "", check: fr_nir },
    // Germany, tax identification number.
    Scheme { form: "dd?ddd?ddd?ddd", names: "", check: de_tax },
    // Brazil, CPF.
    Scheme { form: "ddd?ddd?ddd?dd", names: "", check: br_cpf },
    // Norway, birth number.
    Scheme { form: "dddddd?ddddd", names: "", check: no_birth },
    // Poland, PESEL.
    Scheme { form: "ddddddddddd", names: "", check: pl_pesel },
    // Belgium, national register number.
    Scheme { form: "dd?dd?dd?ddd?dd", names: "", check: be_register },
    // Switzerland, AHV number.
    Scheme { form: "ddd?dddd?dddd?dd", names: "", check: ch_ahv },
    // Sweden, personal identity number.
    Scheme { form: "dddddd-dddd", names: "", check: se_personal },
    Scheme { form: "dddddddd-dddd", names: "", check: |n| se_personal(&n[2..]) },
    // India, Aadhaar.
    Scheme { form: "dddd-dddd-dddd", names: "", check: in_aadhaar },
    Scheme { form: "dddddddddddd", names: "aadhaar aadhar uid", check: in_aadhaar },
    // Canada, social insurance number.
    Scheme { form: "ddd-ddd-ddd", names: "", check: ca_sin },
    Scheme { form: "ddddddddd", names: "sin nas insurance", check: ca_sin },
    // Netherlands, BSN.
    Scheme { form: "dddd-dd-ddd", names: "", check: nl_bsn },
    Scheme { form: "ddddddddd", names: "bsn burgerservicenummer sofi", check: nl_bsn },
];

/// Longest of them, without separators.
const LONGEST: usize = 16;

fn scan(bytes: &[u8], at: usize, before: u8) -> Step {
    if before.is_ascii_alphanumeric() || before == b'_' || !bytes[at].is_ascii_alphanumeric() {
        return Step::Next;
    }
    for scheme in &SCHEMES {
        if let Some(end) = scheme.matches(bytes, at) {
            return Step::Mask(Mask { start: at, end, kind: Kind::NationalId });
        }
    }
    Step::Next
}

impl Scheme {
    fn matches(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let is_separator = |byte: &u8| matches!(byte, b' ' | b'-' | b'.' | b'/');
        let (mut plain, mut count, mut at) = ([0u8; LONGEST], 0, start);
        for form in self.form.bytes() {
            let byte = bytes.get(at)?;
            let fits = match form {
                b'd' => byte.is_ascii_digit(),
                b'l' => byte.is_ascii_alphabetic(),
                b'x' => byte.is_ascii_alphanumeric(),
                _ => {
                    let found = is_separator(byte);
                    at += usize::from(found);
                    if !found && form == b'-' {
                        return None;
                    }
                    continue;
                }
            };
            if !fits {
                return None;
            }
            plain[count] = byte.to_ascii_uppercase();
            count += 1;
            at += 1;
        }
        let next = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
        let goes_on = next(at).is_ascii_alphanumeric()
            || (matches!(next(at), b'-' | b'.') && next(at + 1).is_ascii_digit());
        (!goes_on && self.is_named(bytes, start) && (self.check)(&plain[..count])).then_some(at)
    }

    fn is_named(&self, bytes: &[u8], at: usize) -> bool {
        const FARTHEST: usize = 32;
        let from = at.saturating_sub(FARTHEST);
        self.names.is_empty()
            || self.names.split(' ').any(|name| {
                (from..at).any(|place| {
                    let is_begin = place == 0 || !bytes[place - 1].is_ascii_alphanumeric();
                    let end = place + name.len();
                    is_begin && has_word(bytes, place, name) && !bytes[end].is_ascii_alphanumeric()
                })
            })
    }
}

fn digit(byte: u8) -> u32 {
    u32::from(byte.wrapping_sub(b'0'))
}

fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, byte| number * 10 + u64::from(digit(*byte)))
}

/// The sum of digits, each times its weight; digits without a weight count nothing.
fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(byte, weight)| digit(*byte) * weight).sum()
}

fn are_equal(digits: &[u8]) -> bool {
    digits.iter().all(|digit| *digit == digits[0])
}

/// A day and a month, as two digits each; in some countries with something added.
fn is_date(month: u64, day: u64) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Areas 000, 666 and 900–999, group 00 and serial 0000 were never given out.
fn us_ssn(n: &[u8]) -> bool {
    let area = number(&n[..3]);
    !matches!(area, 0 | 666 | 900..) && number(&n[3..5]) > 0 && number(&n[5..]) > 0
}

/// No prefix with D, F, I, Q, U, V or a second O, nor one of the reserved ones.
fn uk_nino(n: &[u8]) -> bool {
    const RESERVED: [&[u8]; 7] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
    !n[..2].iter().any(|letter| b"DFIQUV".contains(letter))
        && n[1] != b'O'
        && !RESERVED.contains(&&n[..2])
        && (b'A'..=b'D').contains(&n[8])
}

fn es_letter(number: u64, letter: u8) -> bool {
    b"TRWAGMYFPDXBNJZSQVHLCKE"[(number % 23) as usize] == letter
}

fn es_dni(n: &[u8]) -> bool {
    es_letter(number(&n[..8]), n[8])
}

/// X, Y and Z stand for 0, 1 and 2.
fn es_nie(n: &[u8]) -> bool {
    (b'X'..=b'Z').contains(&n[0])
        && es_letter(u64::from(n[0] - b'X') * 10_000_000 + number(&n[1..8]), n[8])
}

/// Decreto ministeriale of 23 December 1976: odd places by table, even ones by
/// value, modulo 26. Digits may be written as letters where two people collide.
fn it_codice(n: &[u8]) -> bool {
    const ODD: [u8; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let value = |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' };
    let sum: u32 = n[..15]
        .iter()
        .enumerate()
        .map(|(place, byte)| {
            let value = value(*byte);
            u32::from(if place % 2 == 0 { ODD[usize::from(value)] } else { value })
        })
        .sum();
    let is_month = b"ABCDEHLMPRST".contains(&n[8]);
    is_month && (sum % 26) as u8 == n[15] - b'A'
}

/// 13 digits and 97 minus their rest; Corsica's departments are 2A and 2B.
fn fr_nir(n: &[u8]) -> bool {
    let mut digits = [0; 13];
    digits.copy_from_slice(&n[..13]);
    let less = match n[6] {
        b'A' => 1_000_000,
        b'B' => 2_000_000,
        byte if byte.is_ascii_digit() => 0,
        _ => return false,
    };
    if less > 0 {
        digits[6] = b'0';
    }
    matches!(n[0], b'1'..=b'4' | b'7' | b'8')
        && 97 - (number(&digits) - less) % 97 == number(&n[13..])
}

/// ISO 7064, MOD 11,10; among the first ten digits one is there two or three times.
fn de_tax(n: &[u8]) -> bool {
    let most = (b'0'..=b'9').map(|d| n[..10].iter().filter(|byte| **byte == d).count()).max();
    n[0] != b'0' && matches!(most, Some(2 | 3)) && {
        let product = n[..10].iter().fold(10, |product, byte| {
            let sum = (digit(*byte) + product) % 10;
            let product = if sum == 0 { 20 } else { sum * 2 };
            product % 11
        });
        (11 - product) % 10 == digit(n[10])
    }
}

/// Two check digits modulo 11.
fn br_cpf(n: &[u8]) -> bool {
    let check = |length: usize| {
        let weights = (2..=length as u32 + 1).rev();
        let sum: u32 = n.iter().zip(weights).map(|(byte, weight)| digit(*byte) * weight).sum();
        sum * 10 % 11 % 10 == digit(n[length])
    };
    !are_equal(n) && check(9) && check(10)
}

/// A date of birth and two check digits modulo 11.
fn no_birth(n: &[u8]) -> bool {
    is_date(number(&n[2..4]) % 40, number(&n[..2]) % 40)
        && weighted(n, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(n, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// A date of birth, the century added to its month, and a check digit.
fn pl_pesel(n: &[u8]) -> bool {
    is_date(number(&n[2..4]) % 20, number(&n[4..6]))
        && weighted(n, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
}

/// 97 minus the rest of the first nine digits, since 2000 with a 2 before them.
fn be_register(n: &[u8]) -> bool {
    let (first, check) = (number(&n[..9]), number(&n[9..]));
    is_date(number(&n[2..4]), number(&n[4..6]))
        && [first, first + 2_000_000_000].iter().any(|number| 97 - number % 97 == check)
}

/// The country's number 756 and EAN-13.
fn ch_ahv(n: &[u8]) -> bool {
    n.starts_with(b"756")
        && weighted(n, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10)
}

fn luhn(n: &[u8]) -> bool {
    let sum: u32 = n
        .iter()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let doubled = digit(*byte) << (place % 2);
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10) && !are_equal(n)
}

fn se_personal(n: &[u8]) -> bool {
    is_date(number(&n[2..4]), number(&n[4..6]) % 60) && luhn(n)
}

/// 8 is for temporary residents as 9 is; 0 was never given out.
fn ca_sin(n: &[u8]) -> bool {
    n[0] != b'0' && n[0] != b'8' && luhn(n)
}

/// Verhoeff's check digit, in the dihedral group of order ten.
fn in_aadhaar(n: &[u8]) -> bool {
    const PERMUTATION: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    // Rotations are 0 to 4, reflections 5 to 9.
    let product = |a: u8, b: u8| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let rest = n.iter().rev().enumerate().fold(0, |rest, (place, byte)| {
        let permuted = (0..place % 8).fold(byte - b'0', |d, _| PERMUTATION[usize::from(d)]);
        product(rest, permuted)
    });
    n[0] >= b'2' && rest == 0
}

/// The eleven test, the last digit counting against.
fn nl_bsn(n: &[u8]) -> bool {
    let sum = weighted(n, &[9, 8, 7, 6, 5, 4, 3, 2]);
    !are_equal(n) && sum % 11 == digit(n[8])
}
