//! Secrets that an address carries outside its query: credentials before the
//! host, and one-time links (`/reset/…`, `/invite/…`).

use super::placeholder::{Kind, at as placeholder_at};
use super::random::{Shape, looks_random};
use super::rewrite::{Mask, Step, has_word, rewrite};
use super::unit::{Unit, unit};

/// Masks them.
pub fn mask(text: &str) -> Option<String> {
    rewrite(text, &scan)
}

fn scan(bytes: &[u8], at: usize, before: u8) -> Step {
    let first = unit(bytes, at);
    match first.byte {
        b':' if before.is_ascii_alphanumeric() => user_info(bytes, at + first.len, first.depth),
        b'/' => one_time_link(bytes, at, first),
        _ => Step::Next,
    }
}

/// After the colon of `scheme://user:password@host`.
fn user_info(bytes: &[u8], at: usize, depth: u8) -> Step {
    let Some(start) = slash(bytes, at).and_then(|next| slash(bytes, next)) else {
        return Step::Next;
    };
    let (mut end, mut at_sign, mut colon) = (start, None, false);
    while end < bytes.len() {
        if let Some((_, len)) = placeholder_at(bytes, end) {
            end += len;
            continue;
        }
        let unit = unit(bytes, end);
        if unit.depth <= depth {
            match unit.byte {
                b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'`' | b'\\' => break,
                byte if byte.is_ascii_whitespace() => break,
                b'@' => at_sign = Some((end, colon)),
                b':' => colon = true,
                _ => {}
            }
        }
        end += unit.len;
    }
    let Some((sign, has_password)) = at_sign.filter(|(sign, _)| *sign > start) else {
        return Step::Skip(end);
    };
    let is_masked = placeholder_at(bytes, start).is_some_and(|(_, len)| start + len == sign);
    if is_masked || !(has_password || looks_random(&bytes[start..sign])) {
        return Step::Skip(end);
    }
    Step::Mask(Mask { start, end: sign, kind: Kind::Password })
}

/// The place after a slash, which JSON may write as `\/`.
fn slash(bytes: &[u8], at: usize) -> Option<usize> {
    let escaped = usize::from(bytes.get(at) == Some(&b'\\') && bytes.get(at + 1) == Some(&b'/'));
    let next = at + escaped;
    let unit = (next < bytes.len()).then(|| unit(bytes, next))?;
    (unit.byte == b'/').then_some(next + unit.len)
}

/// The path segment after one that names a one-time link.
fn one_time_link(bytes: &[u8], at: usize, slash: Unit) -> Step {
    // Longer names before those that they begin with.
    const NAMES: &str = "reset-password reset_password reset password-reset password_reset \
        password-resets password_resets invitations invitation invites invite accept-invitation \
        accept-invite join magic-link magic_link magiclink magic login-link verify-email \
        verify_email verify verification email-verification confirm-email confirmation confirm \
        activate activation unsubscribe set-password";
    let name = at + slash.len;
    let found = NAMES.split(' ').find_map(|word| {
        let end = name + word.len();
        let is_whole = has_word(bytes, name, word) && end < bytes.len();
        let next = is_whole.then(|| unit(bytes, end))?;
        (next.byte == b'/').then_some((end, end + next.len))
    });
    let Some((next_slash, mut start)) = found else { return Step::Next };
    let mut end = segment_end(bytes, start);
    // `/verify/42/…`: whose link it is comes first.
    let is_id = end - start <= 10 && bytes[start..end].iter().all(u8::is_ascii_digit);
    if is_id && end < bytes.len() && unit(bytes, end).byte == b'/' {
        start = end + unit(bytes, end).len;
        end = segment_end(bytes, start);
    }
    let shape = Shape::of(&bytes[start..end]);
    let is_secret = end - start >= 8
        && ((shape.digits > 0 && shape.letters > 0)
            || shape.longest_part >= 16
            || looks_random(&bytes[start..end]));
    if is_secret {
        Step::Mask(Mask { start, end, kind: Kind::Token })
    } else {
        Step::Skip(next_slash)
    }
}

fn segment_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len() {
        let unit = unit(bytes, end);
        if !(unit.byte.is_ascii_alphanumeric() || b"-_~.=:".contains(&unit.byte)) {
            break;
        }
        end += unit.len;
    }
    // The end of a sentence.
    while end > start && bytes[end - 1] == b'.' {
        end -= 1;
    }
    end
}
