//! The words that facts are read by, in all languages, and the tokens of a text
//! with what each may mean.
//!
//! A list is one string of phrases between bars. A phrase begins and ends with a
//! word; `*` at its end lets the word go on. Apostrophes are left out.

use crate::words::{fold, is_skipped, is_word_char, one_by_one};

/// What a token may mean: a set of the bits below.
pub(crate) type Class = u64;

macro_rules! classes {
    ($($name:ident)*) => { classes!(0; $($name)*); };
    ($at:expr; $name:ident $($rest:ident)*) => {
        pub(crate) const $name: Class = 1 << $at;
        classes!($at + 1; $($rest)*);
    };
    ($at:expr;) => {};
}

pub(crate) use classes;

classes!(
    ERROR STATUS NUMBERED ORDER INVOICE TICKET VERSION BROWSER SYSTEM MONTH WEEKDAY DAY UNIT EVENT
    GLUE LAST AGO AGO_BEFORE SINCE AFTER SINCE_BEHIND FOR CURRENCY EVERYONE ONLY_ME PEOPLE AFFECTED
    SAYS FAILURE EXPECTED SHOULD ACTUAL CLICK WE COUNT SECRET GETS STOP ADDRESSED AREA PART NOBODY ABLE ACT WHEN
);

/// A piece of text with what it may mean: a word, or a phrase of the lists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub class: Class,
    /// Which of the names, months, currencies or numbers it is.
    pub which: u8,
}

impl Token {
    #[inline(never)]
    pub(crate) fn is(&self, class: Class) -> bool {
        self.class & class != 0
    }
}

/// All phrases, by a hash of their first two letters; those of one letter, on a
/// shelf by it alone.
#[derive(Clone)]
pub(crate) struct Lexicon<'a> {
    shelves: Vec<Vec<(&'a str, Class, u8)>>,
}

const SHELVES: usize = 512;

impl<'a> Lexicon<'a> {
    /// The phrases of lists: what they mean, which of its kind the first part of a
    /// list is, and the list.
    pub(crate) fn new(lists: &'static [(Class, u8, &'static str)]) -> Lexicon<'a> {
        let mut lexicon = Lexicon { shelves: vec![Vec::new(); SHELVES] };
        for (class, which, list) in lists {
            // Each part between semicolons is the next of its kind.
            for (place, list) in list.split(';').enumerate() {
                for phrase in list.split('|') {
                    lexicon.add(phrase, *class, which + place as u8);
                }
            }
        }
        lexicon
    }

    /// Takes one phrase more.
    pub(crate) fn add(&mut self, phrase: &'a str, class: Class, which: u8) {
        let (first, second) = two(phrase);
        let second = second.filter(|second| *second != '*');
        if let Some(first) = first {
            self.shelves[shelf(first, second)].push((phrase, class, which));
        }
    }

    /// The longest phrase that begins there: where it ends, and all it may mean.
    fn at(&self, text: &str, start: usize) -> Option<Token> {
        let (first, second) = two(&text[start..]);
        let first = first?;
        let mut best: Option<Token> = None;
        let longer = second.map_or(&[][..], |second| &self.shelves[shelf(first, Some(second))]);
        for &(phrase, class, which) in self.shelves[shelf(first, None)].iter().chain(longer) {
            let Some(end) = phrase_end(&text[start..], phrase).map(|end| start + end) else {
                continue;
            };
            match &mut best {
                Some(best) if best.end > end => {}
                Some(best) if best.end == end => {
                    best.class |= class;
                    best.which = best.which.max(which);
                }
                _ => best = Some(Token { start, end, class, which }),
            }
        }
        best
    }
}

/// The first two characters that count.
fn two(text: &str) -> (Option<char>, Option<char>) {
    let mut chars = text.chars().filter(|c| !is_skipped(*c));
    (chars.next(), chars.next())
}

/// The even shelves hold phrases of one letter.
fn shelf(first: char, second: Option<char>) -> usize {
    // Whatever parts words is one to a phrase.
    let second = second.map(|c| if is_word_char(c) { fold(c) } else { ' ' });
    let letters = fold(first) as usize * 31 + second.map_or(0, |c| c as usize);
    (2 * letters + usize::from(second.is_some())) % SHELVES
}

/// Where the phrase ends, if the text begins with it.
#[inline(never)]
fn phrase_end(text: &str, phrase: &str) -> Option<usize> {
    let goes_on = phrase.ends_with('*');
    let mut chars = text.char_indices().filter(|(_, c)| !is_skipped(*c)).peekable();
    let mut last = ' ';
    for want in phrase.trim_end_matches('*').chars().filter(|c| !is_skipped(*c)) {
        if want == ' ' {
            // A line's end or a hyphen parts words as well.
            chars.next_if(|(_, c)| is_gap(*c))?;
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        chars.next_if(|(_, c)| fold(*c) == fold(want))?;
        last = want;
    }
    if goes_on {
        while chars.next_if(|(_, c)| is_word_char(*c)).is_some() {}
    }
    let next = chars.peek();
    let open = next.is_some_and(|(_, c)| is_word_char(*c)) && !one_by_one(last);
    (!open).then(|| next.map_or(text.len(), |(at, _)| *at))
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == '-'
}

/// The tokens of a text, in order.
pub(crate) fn tokens(text: &str, lexicon: &Lexicon<'_>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if !is_word_char(c) {
            at += c.len_utf8();
            continue;
        }
        let mut end = at + c.len_utf8();
        if !one_by_one(c) {
            for (place, c) in text[at..].char_indices() {
                if is_word_char(c) && !one_by_one(c) {
                    end = at + place + c.len_utf8();
                } else if !is_skipped(c) {
                    break;
                }
            }
        }
        let mut token = Token { start: at, end, class: 0, which: 0 };
        if let Some(found) = lexicon.at(text, at) {
            token = found;
            // What was skipped behind a phrase is not part of it.
            let trimmed = text[at..found.end].trim_end_matches(|c| !is_word_char(c)).len();
            token.end = (at + trimmed).max(at + c.len_utf8());
        }
        tokens.push(token);
        at = token.end;
    }
    tokens
}

// One function each for what many places ask: inlined, they are half the code.

/// Whether the list, with bars between, has the word.
#[inline(never)]
pub(crate) fn one_of(word: &str, list: &str) -> bool {
    list.split('|').any(|other| other == word)
}

/// What is asked of a piece of text; sets of characters are written as a text.
pub(super) trait Piece {
    /// Whether it begins with one of these characters.
    fn begins(&self, set: &str) -> bool;
    /// Whether it has one of these characters.
    fn has(&self, set: &str) -> bool;
    /// All of it behind these characters.
    fn skip(&self, set: &str) -> &str;
    /// All of it before these characters at its end.
    fn shed(&self, set: &str) -> &str;
    /// The characters of a kind that it begins with.
    fn run(&self, kind: fn(char) -> bool) -> &str;
    /// How many digits it begins with.
    fn digits(&self) -> usize;
    /// The piece between two places, as far as there is one.
    fn within(&self, from: usize, to: usize) -> &str;
}

/// The end of a text, wherever that is.
pub(super) const ALL: usize = usize::MAX;

impl Piece for str {
    #[inline(never)]
    fn begins(&self, set: &str) -> bool {
        self.chars().next().is_some_and(|c| set.contains(c))
    }
    #[inline(never)]
    fn has(&self, set: &str) -> bool {
        self.chars().any(|c| set.contains(c))
    }
    #[inline(never)]
    fn skip(&self, set: &str) -> &str {
        self.trim_start_matches(|c| set.contains(c))
    }
    #[inline(never)]
    fn shed(&self, set: &str) -> &str {
        self.trim_end_matches(|c| set.contains(c))
    }
    #[inline(never)]
    fn run(&self, kind: fn(char) -> bool) -> &str {
        &self[..self.find(|c| !kind(c)).unwrap_or(self.len())]
    }
    #[inline(never)]
    fn digits(&self) -> usize {
        self.run(is_digit).len()
    }
    #[inline(never)]
    fn within(&self, from: usize, to: usize) -> &str {
        self.get(from..to.min(self.len())).unwrap_or("")
    }
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

pub(super) fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase()
}

pub(super) fn is_sign(c: char) -> bool {
    c.is_ascii_alphanumeric()
}
