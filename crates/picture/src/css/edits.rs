//! A text with some ranges replaced, copied only if there are any.

use std::borrow::Cow;
use std::ops::Range;

/// Replacements made from the front of a text to its end.
pub struct Edits<'a> {
    source: &'a str,
    /// The new text up to `copied` of the old one.
    new: String,
    copied: usize,
}

impl<'a> Edits<'a> {
    pub fn new(source: &'a str) -> Self {
        Self { source, new: String::new(), copied: 0 }
    }

    /// The new text, for what is to stand in place of `range`, which lies behind all
    /// ranges before.
    pub fn replace(&mut self, range: Range<usize>) -> &mut String {
        if self.copied == 0 {
            // A guess: most rewritten sheets grow by less.
            self.new.reserve(self.source.len() + self.source.len() / 8);
        }
        self.new.push_str(&self.source[self.copied..range.start]);
        self.copied = range.end;
        &mut self.new
    }

    pub fn finish(mut self) -> Cow<'a, str> {
        if self.copied == 0 {
            return Cow::Borrowed(self.source);
        }
        self.new.push_str(&self.source[self.copied..]);
        Cow::Owned(self.new)
    }
}
