//! Tables of words: one that numbers them as they come, one that is sorted.

use std::ops::Range;

/// Numbers words in the order in which they are first seen.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    text: String,
    ends: Vec<u32>,
    /// One more than a word's number at the place of its hash or after it, 0 for none.
    slots: Vec<u32>,
}

impl Interner {
    /// The word's number, and whether it is new.
    pub(crate) fn number(&mut self, word: &str) -> (u32, bool) {
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(word);
        match self.slots[slot] {
            0 => {
                self.text.push_str(word);
                self.ends.push(self.text.len() as u32);
                self.slots[slot] = self.ends.len() as u32;
                (self.ends.len() as u32 - 1, true)
            }
            found => (found - 1, false),
        }
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        nth(&self.text, &self.ends, number as usize)
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    fn slot(&self, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (fnv1a(word.as_bytes()) as usize) & mask;
        while self.slots[slot] != 0 && self.get(self.slots[slot] - 1) != word {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(64)];
        for number in 0..self.ends.len() as u32 {
            let slot = self.slot(self.get(number));
            self.slots[slot] = number + 1;
        }
    }
}

/// FNV-1a, 64 bits, folded to spread well in its lower bits.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash ^ (hash >> 32)
}

fn nth<'a>(text: &'a str, ends: &[u32], number: usize) -> &'a str {
    let start = number.checked_sub(1).map_or(0, |before| ends[before] as usize);
    &text[start..ends[number] as usize]
}

/// Words in rising order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    text: String,
    ends: Vec<u32>,
    /// For each word, a bit for each letter it has (by the letter's lower five bits):
    /// a word that is one slip away differs in two bits at most.
    letters: Vec<u32>,
}

impl Terms {
    /// Adds a word; it must come after the last.
    pub(crate) fn push(&mut self, word: &str) {
        debug_assert!(self.ends.is_empty() || self.get(self.len() - 1) < word);
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        self.letters.push(letters(word));
    }

    pub(crate) fn get(&self, number: usize) -> &str {
        nth(&self.text, &self.ends, number)
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn find(&self, word: &str) -> Option<usize> {
        let at = self.first_from(word);
        (at < self.len() && self.get(at) == word).then_some(at)
    }

    /// The words that begin so, but are longer.
    pub(crate) fn longer(&self, beginning: &str) -> Range<usize> {
        let mut start = self.first_from(beginning);
        if start < self.len() && self.get(start) == beginning {
            start += 1;
        }
        let mut end = start;
        while end < self.len() && self.get(end).starts_with(beginning) {
            end += 1;
        }
        start..end
    }

    /// Words whose letters differ from these in at most so many.
    pub(crate) fn alike(&self, letters: u32, most: u32) -> impl Iterator<Item = usize> {
        let alike = move |other: &u32| (letters ^ other).count_ones() <= most;
        self.letters.iter().enumerate().filter(move |(_, other)| alike(other)).map(|(at, _)| at)
    }

    fn first_from(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle) < word {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }
}

pub(crate) fn letters(word: &str) -> u32 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) & 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept() {
        let mut words = Interner::default();
        for round in [true, false] {
            for number in 0..1000 {
                let word = format!("w{}", number * 7);
                assert_eq!(words.number(&word), (number, round));
                assert_eq!(words.get(number), word);
            }
        }
        assert_eq!(words.number(""), (1000, true));
        assert_eq!(words.len(), 1001);
    }

    #[test]
    fn sorted_words_are_found() {
        let mut terms = Terms::default();
        for word in ["ab", "abc", "abd", "b", "ba"] {
            terms.push(word);
        }
        assert_eq!(terms.find("abd"), Some(2));
        assert_eq!(terms.find("a"), None);
        assert_eq!(terms.find("c"), None);
        assert_eq!(terms.longer("ab"), 1..3);
        assert_eq!(terms.longer("c"), 5..5);
        assert_eq!(terms.alike(letters("ac"), 1).collect::<Vec<_>>(), [1]);
    }
}
