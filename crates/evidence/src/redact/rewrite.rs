//! One pass over a text: a scanner says what to mask, the rest is copied.
//!
//! A scanner's work at a place must be bounded, or be covered by what it masks
//! or skips: that keeps a pass linear on any input.

use super::placeholder::{Kind, opaque_at};
use super::unit::unit;

/// A range of bytes to mask.
#[derive(Clone, Copy)]
pub struct Mask {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

/// What a scanner says about a place.
pub enum Step {
    /// Nothing here.
    Next,
    /// Nothing up to there.
    Skip(usize),
    /// Mask this; it starts here or later.
    Mask(Mask),
}

/// Copies a text with masks applied; allocates with the first one.
pub struct Masks<'a> {
    text: &'a str,
    out: String,
    copied: usize,
}

impl<'a> Masks<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, out: String::new(), copied: 0 }
    }

    /// Adds a mask; they must come in order.
    pub fn add(&mut self, mask: Mask) {
        let start = self.boundary(mask.start).max(self.copied);
        let end = self.boundary(mask.end).max(start);
        self.out.push_str(&self.text[self.copied..start]);
        mask.kind.write(&self.text[start..end], &mut self.out);
        self.copied = end;
    }

    /// Adds a mask in JSON; in quotes, if what it replaces has none.
    pub fn add_json(&mut self, mask: Mask, is_bare: bool) {
        if !is_bare {
            return self.add(mask);
        }
        self.out.push_str(&self.text[self.copied..mask.start]);
        self.out.push('"');
        self.copied = mask.start;
        self.add(mask);
        self.out.push('"');
    }

    /// The new text, or nothing if it is the old one.
    pub fn finish(mut self) -> Option<String> {
        if self.copied == 0 {
            return None;
        }
        self.out.push_str(&self.text[self.copied..]);
        Some(self.out)
    }

    fn boundary(&self, mut at: usize) -> usize {
        while at < self.text.len() && !self.text.is_char_boundary(at) {
            at += 1;
        }
        at.min(self.text.len())
    }
}

/// Asks the scanner at every place outside placeholders. It gets the text, the
/// place and the decoded byte before it.
pub fn rewrite(text: &str, scan: &dyn Fn(&[u8], usize, u8) -> Step) -> Option<String> {
    let bytes = text.as_bytes();
    let mut masks = Masks::new(text);
    let (mut at, mut before) = (0, b' ');
    while at < bytes.len() {
        if let Some(len) = opaque_at(bytes, at) {
            at += len;
            before = b']';
            continue;
        }
        match scan(bytes, at, before) {
            Step::Mask(mask) if mask.end > at => {
                masks.add(mask);
                at = mask.end;
                before = b']';
            }
            Step::Skip(to) if to > at => {
                at = to;
                before = bytes[to - 1];
            }
            _ => {
                let unit = unit(bytes, at);
                at += unit.len;
                before = unit.byte;
            }
        }
    }
    masks.finish()
}

/// The end of the run of bytes that belong, from this place on.
pub fn run(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let mut at = from;
    while at < bytes.len() && belongs(bytes[at]) {
        at += 1;
    }
    at
}

/// Whether the text at this place begins with the word, whatever its case.
pub fn has_word(bytes: &[u8], at: usize, word: &str) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}
