//! Text to words.

pub(crate) use crate::letters::{fold, is_letter, is_word_char};

/// How much of a message is read at either end. A packet's message is at most
/// 64 KiB, so that only pasted logs are cut, and those in the middle.
const END_BYTES: usize = 32 * 1024;
/// Characters of a word's stem.
const STEM_CHARS: usize = 6;
/// Characters of a word that count; what is longer is no word.
const MOST_CHARS: usize = 48;

/// The readable parts of a message: all of it, or both ends of a long one.
pub(crate) fn parts(text: &str) -> [&str; 2] {
    if text.len() <= 2 * END_BYTES {
        return [text, ""];
    }
    let head = text.floor_char_boundary(END_BYTES);
    let tail = text.ceil_char_boundary(text.len() - END_BYTES);
    [&text[..head], &text[tail..]]
}

/// Scripts without spaces: each character stands alone.
pub(crate) fn one_by_one(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}

/// Accents piled on a letter, and apostrophes inside a word, are passed over.
pub(crate) fn is_skipped(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{0300}'..='\u{036F}')
}

/// One word, lower-cased, with its place in the text.
#[derive(Debug, Default)]
pub(crate) struct Word {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

impl Word {
    /// Its first letters: a cheap stem in many languages.
    pub(crate) fn stem(&self) -> &str {
        let end = self.text.char_indices().nth(STEM_CHARS).map_or(self.text.len(), |(at, _)| at);
        &self.text[..end]
    }
}

/// Calls `found` with each word of the text, in order.
pub(crate) fn each_word(text: &str, mut found: impl FnMut(&Word)) {
    let mut word = Word::default();
    let mut chars = 0;
    let mut all_digits = true;
    for (at, c) in text.char_indices() {
        let c = fold(c);
        if is_skipped(c) {
            continue;
        }
        let alone = one_by_one(c);
        if is_word_char(c) && !alone {
            if chars == 0 {
                word.start = at;
            }
            if chars < MOST_CHARS {
                word.text.push(c);
            }
            all_digits &= c.is_ascii_digit();
            chars += 1;
            word.end = at + c.len_utf8();
            continue;
        }
        finish(&mut word, &mut chars, &mut all_digits, &mut found);
        if alone || matches!(c, '?' | '!') {
            word.text.push(c);
            (word.start, word.end) = (at, at + c.len_utf8());
            found(&word);
            word.text.clear();
        }
    }
    finish(&mut word, &mut chars, &mut all_digits, &mut found);
}

fn finish(
    word: &mut Word,
    chars: &mut usize,
    all_digits: &mut bool,
    found: &mut impl FnMut(&Word),
) {
    if *chars == 0 {
        return;
    }
    // Status codes speak for themselves; of other numbers it only matters that
    // there is one.
    if *all_digits && !(*chars == 3 && word.text.starts_with(['4', '5'])) {
        word.text.clear();
        word.text.push('0');
    }
    found(word);
    word.text.clear();
    *chars = 0;
    *all_digits = true;
}

/// Lower case, letter by letter.
pub(crate) fn lower(text: &str) -> String {
    text.chars().map(fold).collect()
}
