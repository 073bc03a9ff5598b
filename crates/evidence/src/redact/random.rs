//! Whether a value looks made by a machine rather than written by a person.

/// True for keys, hashes and random ids; false for words, even joined ones
/// (`validation-service-unavailable`, `LoadBalancer`).
pub fn looks_random(value: &[u8]) -> bool {
    let shape = Shape::of(value);
    value.len() >= 8
        && (shape.changes >= 2
            || shape.longest_part >= 21
            || (shape.digits > 0 && shape.letters > 0 && value.len() >= 16))
}

/// What a value is made of.
#[derive(Default)]
pub struct Shape {
    /// Letters.
    pub letters: usize,
    /// Digits.
    pub digits: usize,
    /// How often letters turn into digits and back, or lower case into upper.
    pub changes: usize,
    /// Length of the longest part without punctuation.
    pub longest_part: usize,
}

impl Shape {
    /// Counts once over the value.
    pub fn of(value: &[u8]) -> Self {
        let mut shape = Self::default();
        let (mut last, mut part) = (b' ', 0);
        for &byte in value {
            let class = match byte {
                b'a'..=b'z' => b'a',
                b'A'..=b'Z' => b'A',
                b'0'..=b'9' => b'0',
                _ => b'.',
            };
            shape.letters += usize::from(class == b'a' || class == b'A');
            shape.digits += usize::from(class == b'0');
            if class == b'.' {
                part = 0;
            } else {
                part += 1;
                shape.longest_part = shape.longest_part.max(part);
                // A capital that begins a word is no sign of chance, nor is
                // punctuation: `v-2` changes once.
                let capital = last == b'A' && class == b'a';
                if last != b' ' && class != last && !capital {
                    shape.changes += 1;
                }
                last = class;
            }
        }
        shape
    }
}
