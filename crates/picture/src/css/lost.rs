//! Values that a browser's serialisation has lost.

use super::scan::{name_end, space_end};
use super::walk::{Part, walk};

/// Whether a declaration has no value. Chromium serialises the longhands of a shorthand
/// with `var()` in it so once another rule text needs them one by one
/// (`border-top-width: ;`): then only what the author wrote says what is meant. A custom
/// property may be empty.
pub fn has_lost_values(css: &str) -> bool {
    let mut is_lost = false;
    walk(css, |part, range| {
        if part == Part::Declaration && !css[range.clone()].starts_with("--") {
            let bytes = &css.as_bytes()[..range.end];
            let colon = space_end(bytes, name_end(bytes, range.start));
            is_lost |= bytes.get(colon) == Some(&b':') && space_end(bytes, colon + 1) >= range.end;
        }
    });
    is_lost
}
