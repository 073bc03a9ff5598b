//! The URLs of a sheet.

use std::borrow::Cow;
use std::ops::Range;

use super::edits::Edits;
use super::scan::{
    byte, name_end, piece_end, space_end, string_end, token_end, unescaped, url_end,
};

/// A URL in a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    /// Where it is: all of `url(…)` or `src(…)`, or a string in `image-set()`.
    pub range: Range<usize>,
    /// What it is, without quotes and escapes; relative as the sheet has it.
    pub url: String,
}

/// The URLs of a sheet in the order of its text. Left out are those of `@import` and
/// `@namespace`, `data:` URLs and those of the document itself (`#fragment`).
pub fn urls(css: &str) -> Urls<'_> {
    Urls { css, at: 0, depth: 0, set: None }
}

/// Replaces each URL that `resolve` knows another for. Modifiers in `url()` go with it.
pub fn replace_urls(css: &str, mut resolve: impl FnMut(&str) -> Option<String>) -> Cow<'_, str> {
    let mut edits = Edits::new(css);
    for Url { range, url } in urls(css) {
        if let Some(resolved) = resolve(&url) {
            let new = edits.replace(range);
            new.push_str("url(\"");
            for c in resolved.chars() {
                match c {
                    '"' | '\\' => new.extend(['\\', c]),
                    '\n' => new.push_str("\\a "),
                    c => new.push(c),
                }
            }
            new.push_str("\")");
        }
    }
    edits.finish()
}

/// See [`urls`].
pub struct Urls<'a> {
    css: &'a str,
    at: usize,
    /// Open parentheses.
    depth: usize,
    /// How many are open right inside the `image-set()` around this place.
    set: Option<usize>,
}

impl Iterator for Urls<'_> {
    type Item = Url;

    fn next(&mut self) -> Option<Url> {
        let bytes = self.css.as_bytes();
        while self.at < bytes.len() {
            let start = self.at;
            let end = token_end(bytes, start);
            self.at = end;
            let found = match bytes[start] {
                b'(' => {
                    self.depth += 1;
                    None
                }
                b')' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.set = self.set.filter(|set| *set <= self.depth);
                    None
                }
                b'"' | b'\'' if self.set == Some(self.depth) => Some(start..end),
                b'@' => {
                    self.at = self.past_import(start);
                    None
                }
                b'u' | b'U' if is_url(bytes, start) => {
                    let ((from, to), _) = url_end(bytes, start + 3);
                    Some(from..to)
                }
                b's' | b'S' if is_function(self.css, start, end, "src") => {
                    let quote = space_end(bytes, end + 1);
                    let is_string = matches!(byte(bytes, quote), b'"' | b'\'');
                    is_string.then(|| {
                        self.at = piece_end(bytes, end);
                        quote..string_end(bytes, quote)
                    })
                }
                _ => {
                    if is_function(self.css, start, end, "image-set")
                        || is_function(self.css, start, end, "-webkit-image-set")
                    {
                        self.depth += 1;
                        self.set = Some(self.depth);
                        self.at = end + 1;
                    }
                    None
                }
            };
            let Some(inside) = found else { continue };
            let url = unescaped(&self.css[inside]);
            if is_fetched(&url) {
                return Some(Url { range: start..self.at, url });
            }
        }
        None
    }
}

impl Urls<'_> {
    /// Past an at-rule whose URL is no picture or font.
    fn past_import(&self, start: usize) -> usize {
        let bytes = self.css.as_bytes();
        let mut at = name_end(bytes, start + 1);
        let name = &self.css[start + 1..at];
        if name.eq_ignore_ascii_case("import") || name.eq_ignore_ascii_case("namespace") {
            while at < bytes.len() && !matches!(bytes[at], b';' | b'{' | b'}') {
                at = piece_end(bytes, at);
            }
        }
        at
    }
}

fn is_url(css: &[u8], at: usize) -> bool {
    css.get(at..at + 4).is_some_and(|name| name.eq_ignore_ascii_case(b"url("))
}

fn is_function(css: &str, start: usize, end: usize, name: &str) -> bool {
    byte(css.as_bytes(), end) == b'(' && css[start..end].eq_ignore_ascii_case(name)
}

/// Whether a URL stands for bytes elsewhere.
fn is_fetched(url: &str) -> bool {
    let is_data = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    !url.is_empty() && !url.starts_with('#') && !is_data
}
