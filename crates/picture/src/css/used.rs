//! The names that a copy has, and which rules need others: those style nothing in it
//! and can be left out. Frameworks bring thousands of rules of which a page uses some.

use super::scan::{block_end, byte, is_name_start, name_end, token_end, unescaped};
use super::states::{ATTRIBUTE, is_noted};
use crate::tree::{Element, Node};

/// In order: a page has few names, each many times.
type Set = Vec<String>;

/// The classes, ids, tags and states of the elements of a copy.
#[derive(Debug, Default)]
pub struct Names {
    classes: Set,
    ids: Set,
    /// In lower case.
    tags: Set,
    states: Set,
    /// In quirks mode, classes and ids match in any case.
    is_quirks: bool,
}

impl Names {
    /// None yet, of a document in quirks mode or not.
    pub fn new(is_quirks: bool) -> Self {
        Self { is_quirks, ..Self::default() }
    }

    /// Adds those of an element and of all that is in it.
    pub fn add(&mut self, element: &Element) {
        insert(&mut self.tags, &element.name, true);
        for (name, value) in &element.attributes {
            let (set, fold) = match name.as_str() {
                "class" => (&mut self.classes, self.is_quirks),
                "id" => {
                    insert(&mut self.ids, value, self.is_quirks);
                    continue;
                }
                ATTRIBUTE => (&mut self.states, false),
                _ => continue,
            };
            for word in value.split_ascii_whitespace() {
                insert(set, word, fold);
            }
        }
        for child in &element.children {
            if let Node::Element(child) = child {
                self.add(child);
            }
        }
    }

    /// Whether one of the selectors may match an element of the copy. What is in
    /// brackets is not looked at. Takes `CSSStyleRule.selectorText`.
    pub fn may_match(&self, selectors: &str) -> bool {
        let bytes = selectors.as_bytes();
        let (mut at, mut may) = (0, true);
        while at < bytes.len() {
            match bytes[at] {
                b',' => {
                    if may {
                        return true;
                    }
                    may = true;
                    at += 1;
                }
                mark @ (b'.' | b'#') if is_name_start(bytes, at + 1) => {
                    let end = name_end(bytes, at + 1);
                    let set = if mark == b'.' { &self.classes } else { &self.ids };
                    may = may && has(set, &selectors[at + 1..end], self.is_quirks);
                    at = end;
                }
                b':' => {
                    let is_double = byte(bytes, at + 1) == b':';
                    let start = at + 1 + usize::from(is_double);
                    at = name_end(bytes, start).max(start);
                    let is_state = !is_double && byte(bytes, at) != b'(';
                    let name = &selectors[start..at];
                    if may && is_state && is_noted(name) {
                        may = has(&self.states, name, true);
                    }
                }
                b'(' | b'[' => at = block_end(bytes, at),
                // A namespace, which is not looked at, and its element.
                b'|' => at = name_end(bytes, at + 1).max(at + 1),
                _ if is_name_start(bytes, at) => {
                    let end = name_end(bytes, at);
                    if may && byte(bytes, end) != b'|' {
                        may = has(&self.tags, &selectors[at..end], true);
                    }
                    at = end;
                }
                _ => at = token_end(bytes, at),
            }
        }
        may
    }
}

fn insert(set: &mut Set, name: &str, fold: bool) {
    if fold && name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return insert(set, &name.to_ascii_lowercase(), false);
    }
    if let Err(place) = find(set, name) {
        set.insert(place, name.to_owned());
    }
}

fn find(set: &Set, name: &str) -> Result<usize, usize> {
    set.binary_search_by(|known| known.as_str().cmp(name))
}

fn has(set: &Set, name: &str, fold: bool) -> bool {
    let plain = if name.contains('\\') { unescaped(name) } else { name.to_owned() };
    find(set, &plain).is_ok() || fold && find(set, &plain.to_ascii_lowercase()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(is_quirks: bool) -> Names {
        let mut inner = Element::html("span");
        inner.set_attribute("class", "md:flex  Big");
        inner.set_attribute(ATTRIBUTE, "hover focus-within");
        let mut outer = Element::html("linearGradient");
        outer.set_attribute("id", "Main");
        outer.children.push(Node::Element(inner));
        let mut names = Names::new(is_quirks);
        names.add(&outer);
        names
    }

    #[test]
    fn what_needs_no_other_name_may_match() {
        let names = names(false);
        for selectors in [
            "*",
            "span",
            "SPAN::before",
            "lineargradient",
            ".Big",
            ".md\\:flex",
            "#Main .Big",
            "span:hover",
            "span:HOVER > *",
            ".gone, .Big:first-child",
            "span:not(.gone):is(#gone, b)",
            "[class~=\"gone\"]",
            ":root",
            ":host(.gone)",
            "svg|span",
            "& > span",
            "span:nth-child(2n + 1 of .gone)",
            "::slotted(.gone)",
        ] {
            assert!(names.may_match(selectors), "{selectors}");
        }
    }

    #[test]
    fn what_needs_another_name_does_not() {
        let names = names(false);
        for selectors in [
            "b",
            ".gone",
            ".big",
            "#main",
            ".Big.gone",
            ".gone > .Big",
            "span:focus",
            ".gone, b, #gone",
            ".md\\:grid",
            "span:active::after",
            "b:not(.Big)",
        ] {
            assert!(!names.may_match(selectors), "{selectors}");
        }
    }

    #[test]
    fn in_quirks_mode_case_does_not_count() {
        let names = names(true);
        assert!(names.may_match(".BIG"));
        assert!(names.may_match("#MAIN"));
        assert!(!names.may_match(".gone"));
    }
}
