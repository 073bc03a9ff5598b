//! Pseudo-classes that a copy of the page is not in by itself, because it has no
//! pointer, no focus, no history, no players and no custom elements. The engine asks
//! the page which elements match and lists the states of each in the attribute
//! [`ATTRIBUTE`]; here the sheets are made to ask for that attribute.

use std::ops::Range;

use super::edits::Edits;
use super::scan::{block_end, byte, is_name_start, is_space, name_end, token_end};
use super::walk::{Part, walk};

/// The attribute of the copy that lists the states of an element, separated by spaces.
pub const ATTRIBUTE: &str = "data-baton-is";

/// The attribute of the copied `<html>`, which is not the root of a picture.
pub const ROOT: &str = "data-baton-root";

/// The names, and whether the copy could be in the state by itself, wrongly: then it
/// must be rewritten even if no element of the page is in it.
const TABLE: [(&str, bool); 30] = [
    ("hover", false),
    ("active", false),
    ("focus", false),
    ("focus-visible", false),
    ("focus-within", false),
    ("target", false),
    ("modal", false),
    ("popover-open", false),
    ("fullscreen", false),
    ("-webkit-full-screen", false),
    ("picture-in-picture", false),
    ("autofill", false),
    ("-webkit-autofill", false),
    ("user-valid", false),
    ("user-invalid", false),
    ("playing", false),
    ("paused", false),
    ("seeking", false),
    ("buffering", false),
    ("stalled", false),
    ("muted", false),
    ("state", false),
    // A script may have set these, or said why a field is invalid.
    ("indeterminate", true),
    ("valid", true),
    ("invalid", true),
    ("in-range", true),
    ("out-of-range", true),
    ("visited", true),
    ("target-within", false),
    ("defined", true),
];

const STATE: usize = 21;
const DEFINED: usize = TABLE.len() - 1;

/// A set of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct States(u32);

impl States {
    /// Those that the copy could be in by itself, wrongly.
    pub fn of_the_copy() -> Self {
        let mut states = Self::default();
        for (index, (_, is_of_the_copy)) in TABLE.iter().enumerate() {
            states.0 |= u32::from(*is_of_the_copy) << index;
        }
        states
    }

    /// Adds the state of a pseudo-class, without its colon; `state` stands for
    /// `:state(…)`. Unknown names are none.
    pub fn insert(&mut self, name: &str) {
        self.0 |= index_of(name).map_or(0, |index| 1 << index);
    }

    /// Whether the state is in the set.
    pub fn contains(self, name: &str) -> bool {
        index_of(name).is_some_and(|index| self.0 & 1 << index != 0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those in both sets.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those in either set.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        TABLE
            .iter()
            .enumerate()
            .filter(move |(index, _)| self.0 & 1 << index != 0)
            .map(|(_, (name, _))| *name)
    }
}

fn index_of(name: &str) -> Option<usize> {
    TABLE.iter().position(|(known, _)| known.eq_ignore_ascii_case(name))
}

/// Whether every element in the state of that name has the word in its [`ATTRIBUTE`].
pub(super) fn is_noted(name: &str) -> bool {
    index_of(name).is_some_and(|index| index != STATE && index != DEFINED)
}

/// What an element of the page must match to have a word in its [`ATTRIBUTE`]: the
/// selector for the page, and the word. `name` is one of [`States::names`] or of
/// [`custom`].
pub fn question(name: &str) -> (String, String) {
    match name {
        "defined" => (":not(:defined)".to_owned(), "undefined".to_owned()),
        _ => ([":", name].concat(), name.to_owned()),
    }
}

/// The states that the selectors of a sheet ask for.
pub fn used(css: &str) -> States {
    let mut used = States::default();
    each_selector(css, &mut |name, _| used.insert(name));
    used
}

/// The states of custom elements that a sheet asks for, as `state(name)`, each once.
pub fn custom(css: &str) -> Vec<&str> {
    let mut found = Vec::new();
    each_selector(css, &mut |name, range| {
        let whole = &css[range.start + 1..range.end];
        if index_of(name) == Some(STATE) && whole.ends_with(')') && !found.contains(&whole) {
            found.push(whole);
        }
    });
    found
}

fn each_selector(css: &str, visit: &mut dyn FnMut(&str, Range<usize>)) {
    walk(css, &mut |part, range| {
        if matches!(part, Part::Selectors { .. } | Part::Limits) {
            pseudo_classes(css, range, false, visit);
        }
    });
}

/// How the pseudo-classes of selectors are rewritten.
pub(super) struct PseudoClasses {
    pub states: States,
    /// Whether `:root` is the copied `<html>`.
    pub root: bool,
    /// Whether `::part()` is rewritten too, so that an attribute may follow it.
    pub has_parts: bool,
}

impl PseudoClasses {
    /// Rewrites the selectors in `range`.
    pub fn selectors(&self, edits: &mut Edits<'_>, css: &str, range: Range<usize>, scoped: bool) {
        pseudo_classes(css, range, self.has_parts, &mut |name: &str, range: Range<usize>| {
            if let Some(index) = index_of(name) {
                if self.states.0 & 1 << index != 0 {
                    write(edits, css, index, range);
                }
            } else if self.root
                && (name.eq_ignore_ascii_case("root")
                    || !scoped && name.eq_ignore_ascii_case("scope"))
            {
                let new = edits.replace(range);
                new.push('[');
                new.push_str(ROOT);
                new.push(']');
            }
        });
    }
}

/// An attribute counts as much as a pseudo-class, so that the cascade stays.
fn write(edits: &mut Edits<'_>, css: &str, index: usize, range: Range<usize>) {
    let name = match index {
        STATE => &css[range.start + 1..range.end],
        DEFINED => "undefined",
        _ => TABLE[index].0,
    };
    let new = edits.replace(range);
    let (open, close) = if index == DEFINED { (":not([", "\"])") } else { ("[", "\"]") };
    for part in [open, ATTRIBUTE, "~=\"", name, close] {
        new.push_str(part);
    }
}

/// Calls `visit` with the name and the range of each pseudo-class that has no
/// selectors in it, with colon and arguments. Those of pseudo-elements are left out: no
/// attribute may follow there.
fn pseudo_classes(
    css: &str,
    range: Range<usize>,
    has_parts: bool,
    visit: &mut dyn FnMut(&str, Range<usize>),
) {
    let bytes = &css.as_bytes()[..range.end];
    let mut at = range.start;
    let mut is_element = false;
    while at < bytes.len() {
        if bytes[at] != b':' {
            match bytes[at] {
                b'[' => at = block_end(bytes, at),
                next => {
                    // Another compound begins.
                    is_element &= !is_space(next) && !b",>+~()".contains(&next);
                    at = token_end(bytes, at);
                }
            }
            continue;
        }
        let is_double = byte(bytes, at + 1) == b':';
        let start = at + 1 + usize::from(is_double);
        if !is_name_start(bytes, start) {
            at = start;
            continue;
        }
        let end = name_end(bytes, start);
        let name = &css[start..end];
        let has_arguments = byte(bytes, end) == b'(';
        let after = |is_skipped| if is_skipped { block_end(bytes, end) } else { end };
        if is_double || is_old_element(name) {
            let is_slotted = name.eq_ignore_ascii_case("slotted");
            is_element |= !(has_parts && name.eq_ignore_ascii_case("part"));
            at = after(has_arguments && !is_slotted);
        } else {
            let is_state = has_arguments && name.eq_ignore_ascii_case("state");
            let whole = at..after(is_state);
            at = whole.end;
            // Of the arguments, only a plain word may stand in an attribute's value.
            let is_plain = is_state && !css[whole.clone()].contains(['"', '\'', '\\']);
            if !is_element && (is_plain || !has_arguments) {
                visit(name, whole);
            }
        }
    }
}

/// Whether this is a pseudo-element that is written with one colon, too.
pub(super) fn is_old_element(name: &str) -> bool {
    let names = ["before", "after", "first-line", "first-letter"];
    names.into_iter().any(|old| old.eq_ignore_ascii_case(name))
}
