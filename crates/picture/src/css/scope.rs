//! Rules of one tree of the page, kept to it after shadow trees have been flattened
//! into the document.
//!
//! The copy says of its elements what the rules are made to ask for:
//!
//! | attribute | of |
//! | --- | --- |
//! | `data-baton-tree="n"` | every element of shadow tree `n` |
//! | `data-baton-host="n"` | the host of shadow tree `n`, which belongs to the tree around it |
//! | `data-baton-slotted="n m"` | a child that slots of the trees `n` and `m` show |
//!
//! A rule's weight stays what it was among the rules of its tree. Between trees, not
//! weight but the tree decides: what surrounds wins, and with `!important` what is
//! inside. That is what cascade layers do, so the sheets of each shadow tree belong in
//! an `@layer`, those of inner trees first, and those of the document in none.
//!
//! What is not followed: `exportparts`, and names of animations, which the trees now
//! share. `::part()` finds the parts of any host within the one it asks for.

use super::scan::{block_end, byte, is_name_start, is_space, name_end, piece_end, space_end};
use super::states::is_old_element;

/// Deepest nesting of selectors in selectors that is followed.
const DEEPEST: u32 = 16;

/// Child combinators of one selector, from its end, that are followed into slots: each
/// doubles it.
const MOST_DOUBLED: usize = 3;
/// Deepest nesting at which they are.
const DEEPEST_DOUBLED: u32 = 1;

/// The tree that rules belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    tree: Option<Tree>,
    /// The condition on an element of the tree, without `:where()`.
    member: String,
    has_slots: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Tree {
    host: String,
    slotted: String,
}

impl Scope {
    /// Rules of the document. With `has_slots`, children of hosts are found in the
    /// slots that show them.
    pub fn document(has_slots: bool) -> Self {
        Self { tree: None, member: ":not([data-baton-tree])".to_owned(), has_slots }
    }

    /// Rules of shadow tree `number`. With `has_slots`, some host in that tree shows
    /// children in its slots.
    pub fn shadow(number: u32, has_slots: bool) -> Self {
        let number = number.to_string();
        let attribute = |name: &str| ["[data-baton-", name, "\"", &number, "\"]"].concat();
        Self {
            tree: Some(Tree { host: attribute("host="), slotted: attribute("slotted~=") }),
            member: attribute("tree="),
            has_slots,
        }
    }

    /// Selectors of a rule, as those of the tree only.
    pub(super) fn selectors(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() * 2);
        self.list(text, Place::Rule, 0, &mut out);
        out
    }

    /// The selectors in the parentheses after `@scope`.
    pub(super) fn limits(&self, text: &str) -> String {
        let bytes = text.as_bytes();
        let (mut out, mut at) = (String::new(), 0);
        while at < bytes.len() {
            let end = piece_end(bytes, at);
            if bytes[at] == b'(' {
                self.in_parentheses(&text[at..end], Place::Rule, 0, &mut out);
            } else {
                out.push_str(&text[at..end]);
            }
            at = end;
        }
        out
    }

    /// `text` from its opening parenthesis to its closing one, if it has one.
    fn in_parentheses(&self, text: &str, place: Place, depth: u32, out: &mut String) {
        let inside = inside(text);
        let mut start = 1;
        if place == Place::Nth {
            // The selectors of `2n of .a`.
            match inside.find(" of ") {
                Some(of) => start += of + 4,
                None => return out.push_str(text),
            }
        }
        out.push_str(&text[..start]);
        self.list(&text[start..1 + inside.len()], place, depth, out);
        out.push_str(&text[1 + inside.len()..]);
    }

    fn list(&self, text: &str, place: Place, depth: u32, out: &mut String) {
        if depth > DEEPEST {
            return out.push_str(text);
        }
        let bytes = text.as_bytes();
        let mut start = 0;
        loop {
            let mut end = start;
            while end < bytes.len() && bytes[end] != b',' {
                end = piece_end(bytes, end);
            }
            self.complex(&text[start..end], place, depth, out);
            if end >= bytes.len() {
                return;
            }
            out.push(',');
            start = end + 1;
        }
    }

    /// One selector of a list: as it is, and for each child combinator once more, with
    /// the child in a slot.
    fn complex(&self, text: &str, place: Place, depth: u32, out: &mut String) {
        let compounds = split(text);
        let mut doubled = Vec::new();
        let is_has = matches!(place, Place::Has | Place::HasSlotted);
        if self.has_slots && !is_has && depth <= DEEPEST_DOUBLED {
            let may_be = |&index: &usize| self.may_be_slotted(&compounds, index, place);
            doubled.extend((0..compounds.len()).rev().filter(may_be).take(MOST_DOUBLED));
        }
        // Only slots put elements of the document under those of other trees.
        let is_each_asked = self.has_slots || self.tree.is_some();
        for variant in 0..1_usize << doubled.len() {
            if variant > 0 {
                out.push(',');
            }
            let is_slotted = |index: usize| {
                let bit = doubled.iter().position(|&doubled| doubled == index);
                bit.is_some_and(|bit| variant & 1 << bit != 0)
                    || place == Place::HasSlotted
                        && index == 0
                        && compounds.first().is_some_and(|first| first.combinator == b'>')
            };
            for (index, compound) in compounds.iter().enumerate() {
                let marks = Marks {
                    is_member: match index + 1 < compounds.len() {
                        true => is_each_asked,
                        false => !matches!(place, Place::Within | Place::Nth),
                    },
                    is_host: is_slotted(index + 1),
                    is_slotted: is_slotted(index),
                };
                if index == 0 && marks.is_slotted && place == Place::Rule {
                    out.push_str("&:where([data-baton-host])");
                }
                self.combinator(compound, index == 0, marks.is_slotted, out);
                self.compound(compound.text, marks, depth, out);
            }
        }
    }

    /// Whether a compound is of a child that a slot of its parent could show.
    fn may_be_slotted(&self, compounds: &[Compound<'_>], index: usize, place: Place) -> bool {
        let Compound { combinator, text } = compounds[index];
        let has_parent = match index.checked_sub(1) {
            // What a host's own tree has at its top is in no slot.
            Some(before) => self.tree.is_none() || !compounds[before].text.contains(":host"),
            // The parent of a nested rule's `> b` is `&`.
            None => place == Place::Rule,
        };
        combinator == b'>' && !text.is_empty() && has_parent && self.slotted(text).is_none()
    }

    fn combinator(&self, next: &Compound<'_>, is_first: bool, is_slotted: bool, out: &mut String) {
        let combinator = match next.combinator {
            _ if is_slotted => b' ',
            // The slot itself is not asked for: its place is.
            b'>' if self.slotted(next.text).is_some() => b' ',
            b'+' if self.slotted(next.text).is_some() => b'~',
            combinator => combinator,
        };
        match combinator {
            b'>' | b'+' | b'~' => {
                if !is_first {
                    out.push(' ');
                }
                out.push(char::from(combinator));
                out.push(' ');
            }
            b' ' => out.push(' '),
            _ => {}
        }
    }

    /// The position of `::slotted` in a compound of a shadow tree.
    fn slotted(&self, compound: &str) -> Option<(&Tree, usize)> {
        Some((self.tree.as_ref()?, compound.find("::slotted(")?))
    }

    fn compound(&self, text: &str, mut marks: Marks, depth: u32, out: &mut String) {
        if text.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        if let Some((tree, place)) = self.slotted(text) {
            let open = place + "::slotted".len();
            at = block_end(bytes, open);
            out.push_str(&tree.slotted);
            push_slot_names(&text[..place], out);
            out.push_str(":is");
            out.push_str(&text[open..at]);
            marks.is_member = false;
        }
        let mut is_either = false;
        while at < bytes.len() {
            if bytes[at] == b'&' {
                // What it stands for is scoped where it is written out.
                marks.is_member = false;
            }
            if bytes[at] != b':' {
                let end = piece_end(bytes, at);
                out.push_str(&text[at..end]);
                at = end;
                continue;
            }
            let is_double = byte(bytes, at + 1) == b':';
            let start = at + 1 + usize::from(is_double);
            let name_end = if is_name_start(bytes, start) { name_end(bytes, start) } else { start };
            let has_arguments = byte(bytes, name_end) == b'(';
            let end = if has_arguments { block_end(bytes, name_end) } else { name_end };
            let name = &text[start..name_end];
            let arguments = &text[name_end..end];
            if is_double && has_arguments && name.eq_ignore_ascii_case("part") {
                self.marks(&marks, is_either, out);
                push_part(inside(arguments), out);
                marks = Marks::default();
            } else if is_double || is_old_element(name) {
                self.marks(&marks, is_either, out);
                return out.push_str(&text[at..]);
            } else if let Some(tree) = self.tree.as_ref().filter(|_| is_host(name)) {
                marks.is_member = false;
                out.push_str(&tree.host);
                if has_arguments && name.eq_ignore_ascii_case("host") {
                    out.push_str(":is");
                    out.push_str(arguments);
                } else if has_arguments {
                    for part in [":is(", inside(arguments), ",", inside(arguments), " *)"] {
                        out.push_str(part);
                    }
                }
            } else if let Some(place) = Place::of(name).filter(|_| has_arguments) {
                is_either |= place == Place::Within && arguments.contains(":host");
                let is_doubled = self.has_slots && depth == 0 && has_child(arguments, place);
                out.push_str(if is_doubled { ":is(" } else { "" });
                out.push_str(&text[at..name_end]);
                self.in_parentheses(arguments, place, depth + 1, out);
                if is_doubled {
                    out.push_str(",:where([data-baton-host]):has");
                    self.in_parentheses(arguments, Place::HasSlotted, depth + 1, out);
                    out.push(')');
                }
            } else {
                out.push_str(&text[at..end]);
            }
            at = end;
        }
        self.marks(&marks, is_either, out);
    }

    /// The conditions of a compound, which count nothing in the cascade.
    fn marks(&self, marks: &Marks, is_either: bool, out: &mut String) {
        if !marks.is_member && !marks.is_host && !marks.is_slotted {
            return;
        }
        out.push_str(":where(");
        match &self.tree {
            Some(tree) if marks.is_member && is_either => {
                for part in [":is(", &self.member, ",", &tree.host, ")"] {
                    out.push_str(part);
                }
            }
            _ if marks.is_member => out.push_str(&self.member),
            _ => {}
        }
        if marks.is_host {
            out.push_str("[data-baton-host]");
        }
        if marks.is_slotted {
            out.push_str("[data-baton-slotted]");
        }
        out.push(')');
    }
}

/// What is asked of the element of a compound.
#[derive(Clone, Copy, Default)]
struct Marks {
    /// That it is of the tree.
    is_member: bool,
    /// That it is a host whose child comes next.
    is_host: bool,
    /// That it is in a slot.
    is_slotted: bool,
}

/// Where a list of selectors stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In front of a block.
    Rule,
    /// In `:is()` and the like: what a selector finds is the element of the compound
    /// around it, which has its own condition.
    Within,
    /// The same in `:nth-child(… of …)`.
    Nth,
    /// In `:has()`: what a selector finds is another element.
    Has,
    /// The same, once more for a host: its children are in slots.
    HasSlotted,
}

impl Place {
    fn of(name: &str) -> Option<Self> {
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        let within = ["is", "not", "where", "matches", "-webkit-any", "-moz-any"];
        if within.iter().any(is) {
            Some(Self::Within)
        } else if ["nth-child", "nth-last-child"].iter().any(is) {
            Some(Self::Nth)
        } else {
            is(&"has").then_some(Self::Has)
        }
    }
}

fn is_host(name: &str) -> bool {
    name.eq_ignore_ascii_case("host") || name.eq_ignore_ascii_case("host-context")
}

/// A compound selector and the combinator before it: 0 if there is none.
#[derive(Clone, Copy)]
struct Compound<'a> {
    combinator: u8,
    text: &'a str,
}

fn split(text: &str) -> Vec<Compound<'_>> {
    let bytes = text.as_bytes();
    let mut compounds = Vec::with_capacity(4);
    let mut at = space_end(bytes, 0);
    let mut combinator = 0;
    while at < bytes.len() {
        if b">+~".contains(&bytes[at]) {
            combinator = bytes[at];
            at = space_end(bytes, at + 1);
            if at < bytes.len() && !b">+~".contains(&bytes[at]) {
                continue;
            }
            // Nothing follows, or another combinator: invalid, and to stay so.
            compounds.push(Compound { combinator, text: "" });
            continue;
        }
        let start = at;
        while at < bytes.len() && !is_space(bytes[at]) && !b">+~".contains(&bytes[at]) {
            at = piece_end(bytes, at);
        }
        compounds.push(Compound { combinator, text: &text[start..at] });
        at = space_end(bytes, at);
        combinator = b' ';
    }
    compounds
}

/// Whether these are the arguments of a `:has()` that asks for a child first.
fn has_child(arguments: &str, place: Place) -> bool {
    place == Place::Has && byte(arguments.as_bytes(), space_end(arguments.as_bytes(), 1)) == b'>'
}

/// What is in the parentheses that `text` begins with.
fn inside(text: &str) -> &str {
    let inside = text.get(1..).unwrap_or_default();
    inside.strip_suffix(')').unwrap_or(inside)
}

/// The parts that `::part()` names. They count as one pseudo-element for all, so
/// nothing is lost if they count nothing for all.
fn push_part(names: &str, out: &mut String) {
    out.push_str(" :where(");
    for name in names.split_ascii_whitespace() {
        for part in ["[part~=\"", name, "\"]"] {
            out.push_str(part);
        }
    }
    out.push(')');
}

/// What a slot is asked for its name, asked of the element in it, which names the slot.
/// Anything else about slots is not known of the elements in them.
fn push_slot_names(slot: &str, out: &mut String) {
    let bytes = slot.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = piece_end(bytes, at);
        if let Some(rest) = slot[at..end].strip_prefix("[name") {
            out.push_str("[slot");
            out.push_str(rest);
        } else if let Some(rest) = slot[at..].strip_prefix(":not([name") {
            let end = rest.find(')').map_or(rest.len(), |close| close + 1);
            out.push_str(":not([slot");
            out.push_str(&rest[..end]);
            at += slot[at..].len() - rest.len() + end;
            continue;
        }
        at = end;
    }
}
