//! The embedder's own patterns. Their finders are foreign code (a regular
//! expression of the host page), so what they return is only believed as far as
//! it makes sense.

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use super::placeholder::{Kind, MOST_CUSTOM, at as placeholder_at, stand_in};
use super::rewrite::{Mask, Masks};

/// A pattern of the embedder's.
#[derive(Clone)]
pub struct Custom {
    /// What it finds, for the placeholder and the report: `order id` becomes
    /// `[order id]`. Letters, digits, spaces, `-` and `_` are kept, at most 32
    /// characters; patterns of the same kind are counted together.
    pub kind: String,
    /// Ranges of bytes to mask in a text that has been masked by everything else.
    /// Ranges that reach beyond the text are ignored; others may overlap, come in any
    /// order and cut through characters.
    pub find: Find,
}

/// Finds what to mask.
pub type Find = Rc<dyn Fn(&str) -> Vec<Range<usize>>>;

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)
    }
}

/// The patterns in use, with their kinds.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    finders: Vec<(Kind, Custom)>,
    /// Labels by the index in [`Kind::Custom`], as placeholders.
    placeholders: Vec<String>,
}

impl Patterns {
    /// Patterns beyond the first [`MOST_CUSTOM`] kinds share the last one's.
    pub fn new(customs: Vec<Custom>) -> Self {
        let mut patterns = Self::default();
        for custom in customs {
            let kind = patterns.kind(label(&custom.kind));
            patterns.finders.push((kind, custom));
        }
        patterns
    }

    fn kind(&mut self, label: String) -> Kind {
        let own = Kind::ALL.into_iter().find(|kind| kind.label() == label);
        // A card's placeholder shows digits, which others do not have.
        if let Some(kind) = own.filter(|kind| *kind != Kind::Card) {
            return kind;
        }
        let placeholder = ["[", &label, "]"].concat();
        let known = self.placeholders.iter().position(|known| *known == placeholder);
        let index = known.unwrap_or_else(|| {
            if self.placeholders.len() < MOST_CUSTOM {
                self.placeholders.push(placeholder);
            }
            self.placeholders.len() - 1
        });
        Kind::Custom(index as u8)
    }

    /// The word for the report.
    pub fn label(&self, kind: Kind) -> &str {
        match kind {
            Kind::Custom(index) => self
                .placeholders
                .get(usize::from(index))
                .map_or(kind.label(), |placeholder| &placeholder[1..placeholder.len() - 1]),
            _ => kind.label(),
        }
    }

    /// The text with stand-ins for the labels, which all scanners know.
    pub fn hide_labels(&self, mut text: String) -> String {
        for (index, placeholder) in self.placeholders.iter().enumerate() {
            if text.contains(placeholder) {
                text = text.replace(placeholder, &hidden(index));
            }
        }
        text
    }

    /// The reverse of [`Patterns::hide_labels`].
    pub fn show_labels(&self, mut text: String) -> String {
        for (index, placeholder) in self.placeholders.iter().enumerate() {
            let hidden = hidden(index);
            if text.contains(&hidden) {
                text = text.replace(&hidden, placeholder);
            }
        }
        text
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.finders.is_empty()
    }

    /// Masks what the embedder's finders find.
    pub fn mask(&self, text: &str) -> Option<String> {
        let mut current: Option<String> = None;
        for (kind, custom) in &self.finders {
            let text = current.as_deref().unwrap_or(text);
            if let Some(next) = mask_ranges(text, &(custom.find)(text), *kind) {
                current = Some(next);
            }
        }
        current
    }
}

/// Masks the characters that a range touches, except in placeholders.
fn mask_ranges(text: &str, ranges: &[Range<usize>], kind: Kind) -> Option<String> {
    if ranges.is_empty() {
        return None;
    }
    // How many ranges begin at each byte, less those that end there.
    let mut changes = vec![0i32; text.len() + 1];
    for range in ranges {
        if range.start < range.end && range.end <= text.len() {
            changes[range.start] += 1;
            changes[range.end] -= 1;
        }
    }
    let mut masks = Masks::new(text);
    // How many ranges are open, and where the mask in hand began.
    let (mut at, mut open, mut mask) = (0, 0, None);
    while at < text.len() {
        let placeholder = placeholder_at(text.as_bytes(), at).map(|(_, len)| len);
        let mut is_touched = false;
        let mut end = at;
        while end == at
            || !text.is_char_boundary(end)
            || placeholder.is_some_and(|len| end < at + len)
        {
            open += changes[end];
            is_touched |= open > 0;
            end += 1;
        }
        if is_touched && placeholder.is_none() {
            mask.get_or_insert(at);
        } else if let Some(start) = mask.take() {
            masks.add(Mask { start, end: at, kind });
        }
        at = end;
    }
    if let Some(start) = mask {
        masks.add(Mask { start, end: at, kind });
    }
    masks.finish()
}

fn hidden(index: usize) -> String {
    String::from_iter(['[', stand_in(index as u8), ']'])
}

fn label(kind: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || " -_".contains(*c) || !c.is_ascii();
    let label: String = kind.chars().filter(kept).take(32).collect();
    if label.trim().is_empty() { "custom".to_owned() } else { label }
}
