//! The structure of a sheet: where its selectors and declarations are.

use std::ops::Range;

use super::scan::{
    block_end, byte, is_name_start, is_space, name_end, piece_end, space_end, token_end,
};

/// What a range of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The selectors of a rule; within `@scope` or not.
    Selectors {
        /// Whether `:scope` is what an `@scope` around the rule says.
        is_scoped: bool,
    },
    /// The selectors in parentheses between `@scope` and its block.
    Limits,
    /// A declaration, without its semicolon.
    Declaration,
}

/// The block that the walk is in.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Block {
    /// Its rules have no selectors: steps of an animation.
    is_frames: bool,
    is_scoped: bool,
}

/// Calls `visit` for each part in the order of the text. Takes a sheet, one rule, or
/// declarations alone as in a `style` attribute. What follows neither grammar is passed
/// over as one of them, so that only invalid CSS can be read wrongly.
pub fn walk(css: &str, visit: &mut dyn FnMut(Part, Range<usize>)) {
    let bytes = css.as_bytes();
    let mut outer = Vec::new();
    let mut block = Block { is_frames: false, is_scoped: false };
    let mut at = 0;
    loop {
        at = space_end(bytes, at);
        match byte(bytes, at) {
            _ if at >= bytes.len() => return,
            b'}' => {
                block = outer.pop().unwrap_or(block);
                at += 1;
            }
            b';' => at += 1,
            // What hid sheets from browsers that knew none is white space to this day.
            b'<' if bytes[at..].starts_with(b"<!--") => at += 4,
            b'-' if bytes[at..].starts_with(b"-->") => at += 3,
            b'@' => {
                let end = at_rule_end(bytes, at);
                if byte(bytes, end) != b'{' {
                    at = end;
                    continue;
                }
                match inside(css, at, block) {
                    Some(inner) => {
                        if is_at_rule(css, at, "scope") {
                            visit(Part::Limits, name_end(bytes, at + 1)..end);
                        }
                        outer.push(block);
                        block = inner;
                        at = end + 1;
                    }
                    None => at = block_end(bytes, end),
                }
            }
            _ => {
                let end = if is_custom_property(bytes, at) {
                    declaration_end(bytes, at)
                } else {
                    item_end(bytes, at)
                };
                if byte(bytes, end) == b'{' {
                    if !block.is_frames {
                        let is_scoped = block.is_scoped;
                        visit(Part::Selectors { is_scoped }, at..trimmed(bytes, at, end));
                    }
                    outer.push(block);
                    at = end + 1;
                } else {
                    visit(Part::Declaration, at..end);
                    at = end;
                }
            }
        }
    }
}

/// The end of a range without white space.
fn trimmed(css: &[u8], start: usize, mut end: usize) -> usize {
    while end > start && is_space(css[end - 1]) {
        end -= 1;
    }
    end
}

/// The position of what ends the rule or declaration at `at`: `{`, `;` or `}`.
fn item_end(css: &[u8], mut at: usize) -> usize {
    while at < css.len() {
        match css[at] {
            b'{' | b';' | b'}' => return at,
            b'(' | b'[' => at = block_end(css, at),
            _ => at = token_end(css, at),
        }
    }
    css.len()
}

/// As [`item_end`], for a value that may hold blocks.
fn declaration_end(css: &[u8], mut at: usize) -> usize {
    while at < css.len() && !matches!(css[at], b';' | b'}') {
        at = piece_end(css, at);
    }
    at.min(css.len())
}

/// Past the statement, or at the brace of the block, of the at-rule at `at`.
fn at_rule_end(css: &[u8], at: usize) -> usize {
    let end = item_end(css, at + 1);
    end + usize::from(byte(css, end) == b';')
}

/// `--name:`, whose value may look like a rule.
fn is_custom_property(css: &[u8], at: usize) -> bool {
    css[at] == b'-'
        && byte(css, at + 1) == b'-'
        && is_name_start(css, at)
        && byte(css, space_end(css, name_end(css, at))) == b':'
}

/// Whether the at-rule at `at` has this name, with or without a vendor's prefix.
fn is_at_rule(css: &str, at: usize, name: &str) -> bool {
    let found = &css[at + 1..name_end(css.as_bytes(), at + 1)];
    let plain = match found.strip_prefix('-').and_then(|found| found.split_once('-')) {
        Some((_, plain)) => plain,
        None => found,
    };
    plain.eq_ignore_ascii_case(name)
}

/// What the block of an at-rule holds: nothing if it has neither rules nor
/// declarations of elements.
fn inside(css: &str, at: usize, around: Block) -> Option<Block> {
    let is = |name| is_at_rule(css, at, name);
    if ["media", "supports", "layer", "container", "starting-style"].into_iter().any(is) {
        return Some(around);
    }
    if is("scope") {
        return Some(Block { is_scoped: true, ..around });
    }
    (is("keyframes") || is("position-try")).then_some(Block { is_frames: true, ..around })
}
