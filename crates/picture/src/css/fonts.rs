//! `@font-face` rules.

use std::ops::Range;

use super::scan::{name_end, piece_end, space_end, unescaped};
use super::walk::{Part, walk};

/// A face of a web font, with its descriptors as the sheet has them: empty if it has
/// none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FontFace<'a> {
    /// The whole rule.
    pub range: Range<usize>,
    /// The family without quotes and escapes.
    pub family: String,
    /// `font-weight`: one or two, such as `400` or `100 900`.
    pub weight: &'a str,
    /// `font-style`
    pub style: &'a str,
    /// `font-stretch`
    pub stretch: &'a str,
    /// `src`
    pub src: &'a str,
    /// First and last code points of `unicode-range`; none stands for all.
    pub unicode_range: Vec<(u32, u32)>,
}

impl FontFace<'_> {
    /// Whether the face may be used for a character.
    pub fn covers(&self, character: char) -> bool {
        let code = u32::from(character);
        self.unicode_range.is_empty()
            || self.unicode_range.iter().any(|&(first, last)| (first..=last).contains(&code))
    }
}

/// The faces of a sheet, those within `@media` and the like too.
pub fn font_faces(css: &str) -> Vec<FontFace<'_>> {
    let mut faces = Vec::new();
    walk(css, &mut |part, range| {
        if part == Part::FontFace {
            faces.push(font_face(css, range));
        }
    });
    faces
}

fn font_face(css: &str, range: Range<usize>) -> FontFace<'_> {
    let end = range.end;
    let open = css[range.clone()].find('{').map_or(end, |open| range.start + open + 1);
    let mut face = FontFace { range, ..FontFace::default() };
    let bytes = &css.as_bytes()[..end];
    let mut at = open;
    while at < end {
        let start = space_end(bytes, at);
        let colon = space_end(bytes, name_end(bytes, start));
        at = start;
        while at < end && !matches!(bytes[at], b';' | b'}') {
            at = piece_end(bytes, at);
        }
        if bytes.get(colon) == Some(&b':') && colon < at {
            let value = css[colon + 1..at].trim();
            match css[start..name_end(bytes, start)].to_ascii_lowercase().as_str() {
                "font-family" => face.family = unescaped(value),
                "font-weight" => face.weight = value,
                "font-style" => face.style = value,
                "font-stretch" | "font-width" => face.stretch = value,
                "src" => face.src = value,
                "unicode-range" => face.unicode_range = ranges(value),
                _ => {}
            }
        }
        at += 1;
    }
    face
}

/// `U+26, U+0-7F, U+4??` as code points.
fn ranges(value: &str) -> Vec<(u32, u32)> {
    let code = |digits: &str, wild| {
        let digits: String = digits.chars().map(|c| if c == '?' { wild } else { c }).collect();
        u32::from_str_radix(&digits, 16).ok()
    };
    let range = |text: &str| {
        let digits = text.trim().strip_prefix(['U', 'u'])?.strip_prefix('+')?;
        let (first, last) = digits.split_once('-').unwrap_or((digits, digits));
        Some((code(first, '0')?, code(last, 'F')?))
    };
    value.split(',').filter_map(range).collect()
}
