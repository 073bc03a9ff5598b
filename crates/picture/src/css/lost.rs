//! Values that a browser's serialisation has lost.

use std::ops::Range;

use super::scan::{is_space, name_end, piece_end, space_end};
use super::walk::{Part, walk};

/// Whether the text of a rule, as Chromium serialises it, no longer says what its
/// author wrote, so that only the author's own text will do. It happens in two ways:
///
/// - The longhands of a shorthand with `var()` in it have no value once the rule sets
///   one of them again: `border-top-style: ; border-top-width: 2px`.
/// - A shorthand is put together from longhands of which some were left out:
///   `border-inline: 0px initial initial`, which is invalid.
///
/// A custom property may be empty.
pub fn has_lost_values(css: &str) -> bool {
    !lost_values(css).is_empty()
}

/// The properties that have lost theirs; see [`has_lost_values`].
pub fn lost_values(css: &str) -> Vec<&str> {
    let mut lost = Vec::new();
    walk(css, &mut |part, range| {
        if part == Part::Declaration
            && !css[range.clone()].starts_with("--")
            && is_without_value(css, range.clone())
        {
            let name = name_end(css.as_bytes(), range.start);
            lost.push(&css[range.start..name]);
        }
    });
    lost
}

fn is_without_value(css: &str, range: Range<usize>) -> bool {
    let bytes = &css.as_bytes()[..range.end];
    let colon = space_end(bytes, name_end(bytes, range.start));
    if bytes.get(colon) != Some(&b':') {
        return false;
    }
    let (mut at, mut pieces, mut has_initial) = (space_end(bytes, colon + 1), 0, false);
    while at < bytes.len() && bytes[at] != b'!' {
        let end = piece_end(bytes, at);
        if !is_space(bytes[at]) {
            pieces += 1;
            has_initial |= &bytes[at..end] == b"initial";
        }
        at = end;
    }
    pieces == 0 || has_initial && pieces > 1
}
