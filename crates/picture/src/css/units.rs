//! Lengths that are parts of the viewport, made pixels: a picture that is larger or
//! smaller than the page's viewport has another one.

use std::ops::Range;

use super::edits::Edits;
use super::scan::{byte, is_name_start, name_end, token_end};
use crate::tree::px;

/// The size of the page's viewport in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Viewport {
    /// Pixels that a hundredth in this unit stands for. The inline axis is taken for
    /// the horizontal one; the small, large and dynamic viewports for one, as they are
    /// where no bar of the browser slides away.
    fn hundredth(self, unit: &str) -> Option<f64> {
        let start = unit.len().checked_sub(2)?;
        let has = |end: &str| unit.get(start..).is_some_and(|unit| unit.eq_ignore_ascii_case(end));
        let (length, size) = if has("vw") || has("vi") {
            (2, self.width)
        } else if has("vh") || has("vb") {
            (2, self.height)
        } else if unit.get(unit.len().checked_sub(4)?..)?.eq_ignore_ascii_case("vmin") {
            (4, self.width.min(self.height))
        } else if unit.get(unit.len() - 4..)?.eq_ignore_ascii_case("vmax") {
            (4, self.width.max(self.height))
        } else {
            return None;
        };
        let prefix = &unit[..unit.len() - length];
        let is_known = prefix.is_empty()
            || ["s", "l", "d"].into_iter().any(|known| known.eq_ignore_ascii_case(prefix));
        is_known.then_some(size / 100.0)
    }

    /// Rewrites the declaration in `range`.
    pub(super) fn declaration(self, edits: &mut Edits<'_>, css: &str, range: Range<usize>) {
        let bytes = &css.as_bytes()[..range.end];
        let mut at = range.start;
        while at < bytes.len() {
            if !is_number_start(bytes, at) {
                at = match bytes[at] {
                    b'#' => name_end(bytes, at + 1),
                    b'-' if !is_name_start(bytes, at) => at + 1,
                    _ => token_end(bytes, at),
                };
                continue;
            }
            let end = number_end(bytes, at);
            let after = if is_name_start(bytes, end) { name_end(bytes, end) } else { end };
            if let Some(hundredth) = self.hundredth(&css[end..after]) {
                let pixels = number(&bytes[at..end]) * hundredth;
                edits.replace(at..after).push_str(&px(pixels));
            }
            at = after;
        }
    }
}

/// The highest power of ten that a number has.
const MOST_POWER: u32 = 400;

/// A digit or `.5`; the sign before it needs no change.
fn is_number_start(css: &[u8], at: usize) -> bool {
    css[at].is_ascii_digit() || css[at] == b'.' && byte(css, at + 1).is_ascii_digit()
}

fn digits_end(css: &[u8], mut at: usize) -> usize {
    while byte(css, at).is_ascii_digit() {
        at += 1;
    }
    at
}

fn number_end(css: &[u8], at: usize) -> usize {
    let mut end = digits_end(css, at);
    if byte(css, end) == b'.' && byte(css, end + 1).is_ascii_digit() {
        end = digits_end(css, end + 1);
    }
    if matches!(byte(css, end), b'e' | b'E') {
        let digits = end + 1 + usize::from(matches!(byte(css, end + 1), b'+' | b'-'));
        if byte(css, digits).is_ascii_digit() {
            end = digits_end(css, digits);
        }
    }
    end
}

/// The value of an unsigned number. Rust's exact parser is kilobytes of code, and
/// pixels need no more than this gives.
fn number(text: &[u8]) -> f64 {
    let (mut value, mut scale, mut at) = (0.0, 1.0, 0);
    let mut is_fraction = false;
    while at < text.len() && !matches!(text[at], b'e' | b'E') {
        if text[at] == b'.' {
            is_fraction = true;
        } else {
            value = value * 10.0 + f64::from(text[at] - b'0');
            scale *= if is_fraction { 10.0 } else { 1.0 };
        }
        at += 1;
    }
    let is_small = byte(text, at + 1) == b'-';
    let mut power = 0;
    for digit in text.iter().skip(at + 1).filter(|digit| digit.is_ascii_digit()) {
        power = (power * 10 + u32::from(digit - b'0')).min(MOST_POWER);
    }
    value /= scale;
    for _ in 0..power {
        value = if is_small { value / 10.0 } else { value * 10.0 };
    }
    value
}
