//! Error codes: of systems, of HTTP, and whatever is called one.

use baton_packet::FactKind;

use super::{Scan, lexicon::*};

/// Parts of a name in capitals that make it an error's.
const TELLING: &str = "ERR|ERROR|FAIL|FAILED|FAILURE|INVALID|DENIED|TIMEOUT|TIMED|EXCEPTION|REFUSED|BUSY|UNAUTHORIZED|FORBIDDEN|EXPIRED|EXCEEDED|MISMATCH|UNAVAILABLE|CONFLICT|DECLINED";
/// Error codes of operating systems without a digit.
const SYSTEM_CODES: &str = "ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|ENOTFOUND|ENOENT|EACCES|EPERM|EPIPE|EHOSTUNREACH|EADDRINUSE|ENOSPC|EBUSY|EEXIST|ERESOLVE";

pub(super) fn read(scan: &mut Scan<'_>, at: usize) {
    let token = scan.tokens[at];
    if let Some(end) = shouted(scan, at) {
        scan.claim(FactKind::ErrorCode, token.start, end, None);
        return;
    }
    if !scan.begins_with_digit(at) {
        coded(scan, at);
        return;
    }
    let rest = scan.text.within(token.start, ALL);
    let said = scan.said(at);
    if rest.starts_with("0x")
        && said.len() >= 6
        && said.len() <= 18
        && said.within(2, ALL).bytes().all(|b| b.is_ascii_hexdigit())
    {
        scan.claim(FactKind::ErrorCode, token.start, token.end, None);
        return;
    }
    // "502s", "401's"
    let digits = said.digits();
    let plural = one_of(said.within(digits, ALL), "s|er");
    if !(2..=6).contains(&digits) || digits < said.len() && !plural {
        return;
    }
    let behind = rest.within(digits, ALL);
    let decimal = behind.begins(".,:/-%") && behind.within(1, ALL).digits() > 0;
    let before = scan.text.within(0, token.start).chars().next_back();
    if decimal
        || behind.starts_with('%')
        || before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '.' | ',' | '/' | '-' | '+'))
    {
        return;
    }
    let http = digits == 3 && is_status(said.within(0, 3));
    let next = scan.precedes(at, FAILURE | ERROR) || scan.precedes(at, STATUS);
    let alone = plural || !scan.precedes(at, !0) && !has_word(scan, at) || scan.precedes(at, STOP);
    let counted = scan.precedes(at, PEOPLE | UNIT | CURRENCY);
    let tells = named(scan, at) && !counted
        || http && (next || alone && !counted && (scan.follows(at, GETS | STATUS) || plural));
    if tells {
        scan.claim(FactKind::ErrorCode, token.start, token.start + digits, None);
    }
}

/// Whether a word follows at once.
fn has_word(scan: &Scan<'_>, at: usize) -> bool {
    at + 1 < scan.tokens.len() && scan.gap(at).trim().is_empty() && !scan.gap(at).contains('\n')
}

/// A name in capitals with underscores, or a code of the system.
fn shouted(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let rest = scan.text.within(scan.tokens[at].start, ALL);
    let run = rest
        .within(0, rest.floor_char_boundary(80))
        .run(|c| is_capital(c) || is_digit(c) || c == '_');
    let open = !rest.within(run.len(), ALL).run(is_sign).is_empty();
    if run.len() < 4 || run.len() > 64 || open {
        return None;
    }
    let parts = run.split('_');
    let told = run.contains('_')
        && parts.clone().any(|part| TELLING.split('|').any(|other| other == part));
    let called = run.contains('_') && !run.ends_with('_') && named(scan, at);
    (told || called || SYSTEM_CODES.split('|').any(|code| code == run))
        .then_some(scan.tokens[at].start + run.len())
}

/// `E1234`, and `PGRST116` or `TS-2304` where they are called a code.
fn coded(scan: &mut Scan<'_>, at: usize) {
    let start = scan.tokens[at].start;
    let rest = scan.text.within(start, ALL);
    let letters = rest.run(is_capital).len();
    let gap = usize::from(rest.within(letters, ALL).begins("-_"));
    let run = rest.within(letters + gap, ALL);
    let run = run.run(is_digit);
    let end = letters + gap + run.len();
    let open = !rest.within(end, ALL).run(|c| is_sign(c) || c == '-').is_empty();
    if !(1..=6).contains(&letters) || !(2..=6).contains(&run.len()) || open {
        return;
    }
    let alone =
        one_of(rest.within(0, letters), "E|ERR") && run.len() >= 3 || rest.starts_with("ORA-");
    if alone || named(scan, at) || scan.precedes(at, ERROR) {
        scan.claim(FactKind::ErrorCode, start, start + end, None);
    }
}

/// Whether what is said before calls it an error's code: "error code: 17", "Fehler (403".
fn named(scan: &Scan<'_>, at: usize) -> bool {
    let mut place = at;
    for _ in 0..3 {
        let Some(before) = place.checked_sub(1) else { return false };
        let gap = scan.gap(before);
        if gap.len() > 4
            || gap.contains('\n')
            || gap.chars().any(|c| matches!(c, ',' | '.' | ';' | '!' | '?'))
        {
            return false;
        }
        if scan.is(before, ERROR) || scan.is(before, STATUS) && !scan.is(before, FAILURE) {
            return true;
        }
        if !(scan.is(before, NUMBERED) || scan.said(before) == "with") {
            return false;
        }
        place = before;
    }
    false
}

/// The statuses of HTTP that tell an error.
fn is_status(digits: &str) -> bool {
    matches!(
        digits.as_bytes(),
        [b'4', b'0', _]
            | [b'4', b'1', b'0'..=b'8']
            | [b'5', b'0', b'0'..=b'8']
            | [b'5', b'2', b'0'..=b'7']
    ) || one_of(digits, "422|423|424|426|428|429|431|451|511|530")
}
