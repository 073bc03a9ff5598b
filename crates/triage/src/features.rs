//! What the model looks at in a text: its words, pairs of neighbours, pieces of
//! four letters, its length, and phrases of lists. Each is a number of
//! [`KEY_BITS`] bits, so that no name has to be kept; two features that fall on
//! one number are one to the trainer as well.

use crate::words::{Word, each_word, parts};

/// Bits of a feature's key.
pub const KEY_BITS: u32 = 21;
/// Letters of a piece, with `<` and `>` standing for the ends of its word.
const PIECE: usize = 4;
/// Pieces are cut from this many letters of a word at most.
const PIECES_FROM: usize = 40;
/// Words of the longest phrase of a list. A character of a script without spaces
/// counts as a word.
const PHRASE_WORDS: usize = 6;
/// Words of the longest phrase that ends in an open word.
const OPEN_PHRASE_WORDS: usize = 3;
/// Letters an open word of a list has before its `*`.
const OPEN_LETTERS: std::ops::RangeInclusive<usize> = 3..=10;

/// How many times larger the weights of a list are than its units say: lists are
/// few, and each says much.
pub const LIST_SCALE: f32 = 4.0;
/// The same for a pair of lists.
pub const PAIR_SCALE: f32 = 2.0;

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One word, or two neighbours.
    Words,
    /// A piece of a word, or the length of the text: nothing to show to people.
    Shape,
    /// A phrase of a list.
    Phrase,
}

/// A feature of a text.
#[derive(Debug, Clone, Copy)]
pub struct Feature {
    /// Its number: of [`KEY_BITS`] bits, or, for a phrase, all 32.
    pub key: u32,
    /// What it is made of.
    pub kind: Kind,
    /// Which of the text's [`parts`] it stands in.
    pub part: u8,
    /// First byte in the part.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// FNV-1a of 32 bits.
#[derive(Clone, Copy)]
struct Hash(u32);

impl Hash {
    fn of(kind: u8) -> Self {
        Self(0x811C_9DC5).with(kind)
    }

    fn with(self, byte: u8) -> Self {
        Self((self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    fn text(self, text: &str) -> Self {
        text.bytes().fold(self, Hash::with)
    }

    /// Mixed as in `MurmurHash3`'s end, for FNV leaves the upper bits of short
    /// texts alike.
    fn mixed(self) -> u32 {
        let mut hash = self.0;
        hash = (hash ^ (hash >> 16)).wrapping_mul(0x85EB_CA6B);
        hash = (hash ^ (hash >> 13)).wrapping_mul(0xC2B2_AE35);
        hash ^ (hash >> 16)
    }

    fn key(self) -> u32 {
        self.mixed() >> (32 - KEY_BITS)
    }
}

/// The key of what a list of phrases adds as a whole.
#[must_use]
pub fn list_key(list: u8) -> u32 {
    Hash::of(b'x').with(list).key()
}

/// The key of two lists that a text has phrases of, the lower number first.
#[must_use]
pub fn pair_key(lower: u8, upper: u8) -> u32 {
    Hash::of(b'y').with(lower).with(upper).key()
}

/// The number by which a phrase is found, all 32 bits of it. `open` phrases let
/// their last word go on.
#[must_use]
#[cfg(feature = "learning")]
pub fn phrase_key(phrase: &str, open: bool) -> u32 {
    let mut hash = Hash::of(b'p');
    let mut first = true;
    each_word(phrase, |word| {
        if !std::mem::take(&mut first) {
            hash = hash.with(b' ');
        }
        hash = hash.text(&word.text);
    });
    if open { hash.with(b'*').mixed() } else { hash.mixed() }
}

/// Calls `found` with each feature of the text, in order; one that occurs twice
/// is told twice. Work is linear in the text's length.
pub fn each_feature(text: &str, mut found: impl FnMut(Feature)) {
    let mut words = 0usize;
    for (part, text) in parts(text).into_iter().enumerate() {
        let mut tell = |hash: u32, kind, start: usize, end: usize| {
            found(Feature {
                key: hash,
                kind,
                part: part as u8,
                start: start as u32,
                end: end as u32,
            });
        };
        let mut before = Word { text: "^".to_owned(), ..Word::default() };
        // The phrases that are still open, longest first: hash and start.
        let mut phrases: Vec<(Hash, usize)> = Vec::with_capacity(PHRASE_WORDS);
        each_word(text, |word| {
            words += usize::from(!matches!(&*word.text, "?" | "!"));
            tell(Hash::of(b'w').text(&word.text).key(), Kind::Words, word.start, word.end);
            let pair = Hash::of(b'b').text(&before.text).with(b' ').text(&word.text);
            let from = if before.end == 0 { word.start } else { before.start };
            tell(pair.key(), Kind::Words, from, word.end);
            pieces(&word.text, |piece| tell(piece, Kind::Shape, word.start, word.end));

            if phrases.len() == PHRASE_WORDS {
                phrases.remove(0);
            }
            for (hash, _) in &mut phrases {
                *hash = hash.with(b' ');
            }
            phrases.push((Hash::of(b'p'), word.start));
            let shortest = phrases.len().saturating_sub(OPEN_PHRASE_WORDS);
            for (hash, start) in &phrases[shortest..] {
                let mut open = *hash;
                for (letters, (at, c)) in word.text.char_indices().enumerate() {
                    if letters >= *OPEN_LETTERS.end() {
                        break;
                    }
                    open = open.text(&word.text[at..at + c.len_utf8()]);
                    if OPEN_LETTERS.contains(&(letters + 1)) {
                        tell(open.with(b'*').mixed(), Kind::Phrase, *start, word.end);
                    }
                }
            }
            for (hash, start) in &mut phrases {
                *hash = hash.text(&word.text);
                tell(hash.mixed(), Kind::Phrase, *start, word.end);
            }
            before.text.clear();
            before.text.push_str(&word.text);
            (before.start, before.end) = (word.start, word.end);
        });
        if before.end > 0 {
            let pair = Hash::of(b'b').text(&before.text).text(" $");
            tell(pair.key(), Kind::Words, before.start, before.end);
        }
    }
    let length = match words {
        0 => b'0',
        1..=2 => b'1',
        3..=5 => b'2',
        6..=12 => b'3',
        13..=30 => b'4',
        31..=70 => b'5',
        _ => b'6',
    };
    let key = Hash::of(b'l').with(length).key();
    found(Feature { key, kind: Kind::Shape, part: 0, start: 0, end: 0 });
}

/// The pieces of a word of three letters or more.
fn pieces(word: &str, mut tell: impl FnMut(u32)) {
    let mut window = ['\0'; PIECE];
    let mut filled = 0;
    let ends = word.chars().take(PIECES_FROM).chain(['>']);
    for c in std::iter::once('<').chain(ends) {
        window.rotate_left(1);
        window[PIECE - 1] = c;
        filled += 1;
        if filled >= PIECE {
            let mut hash = Hash::of(b'c');
            for c in window {
                hash = hash.text(c.encode_utf8(&mut [0; 4]));
            }
            tell(hash.key());
        }
    }
}
