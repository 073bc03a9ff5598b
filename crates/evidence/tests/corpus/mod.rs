//! The secrets that redaction is measured by, shared with the end-to-end tests.
//!
//! `{a36}` stands for 36 letters `a`, and other letters for that many characters of
//! an alphabet in [`alphabet`]: no real key is written down.

const SECRETS: &str = include_str!("secrets.jsonl");

/// A line that holds secrets, and what must be left of it.
#[derive(serde::Deserialize)]
pub struct Case {
    /// As a page writes it.
    pub text: String,
    /// With placeholders for the secrets.
    pub want: String,
}

/// All lines, written out.
pub fn secrets() -> Vec<Case> {
    let read = |line| serde_json::from_str::<Case>(line).expect("a line of the corpus");
    SECRETS
        .lines()
        .map(read)
        .map(|case| Case { text: expand(&case.text), want: expand(&case.want) })
        .collect()
}

/// Replaces `{a36}` and its like.
pub fn expand(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let size = after.split_once('}').and_then(|(inside, tail)| {
            let name = inside.chars().next()?;
            Some((alphabet(name)?, inside[1..].parse::<usize>().ok()?, tail))
        });
        match size {
            Some(((alphabet, is_shuffled), size, tail)) => {
                let mut random = Random(size as u64);
                let of = |at: usize| char::from(alphabet.as_bytes()[at % alphabet.len()]);
                out.extend((0..size).map(|at| of(if is_shuffled { random.next() } else { at })));
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

/// The characters that a letter stands for, and whether they come in random order.
fn alphabet(name: char) -> Option<(&'static str, bool)> {
    const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Some(match name {
        'a' => ("a", false),
        'r' => ("A1b2C3d4E5f6G7h8", false),
        'h' => ("0a1b2c3d4e5f", false),
        'K' => ("A2B3C4D5", false),
        'd' => ("10", false),
        'x' => (&BASE64[..62], true),
        'B' => (BASE64, true),
        'u' => ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", true),
        'l' => (&BASE64[26..62], true),
        'H' => ("0123456789abcdef", true),
        'C' => ("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", true),
        _ => return None,
    })
}

/// The same numbers each time (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next one.
    pub fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 32) as usize
    }
}
