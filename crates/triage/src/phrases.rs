//! Phrases, and where they occur in a text.
//!
//! A list is one string of phrases between bars. A phrase is matched at word
//! borders; `*` at an end lets the word go on there. Apostrophes are left out.

use crate::words::{fold, is_skipped, is_word_char, one_by_one, parts};

/// A list whose phrases score for an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scored<'l> {
    /// Place of the answer in a row of scores.
    pub answer: usize,
    /// What a phrase of the list adds.
    pub score: f32,
    /// The phrases.
    pub list: &'l str,
}

/// The text in the form phrases are written in: lower case, single spaces.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4096) + 2);
    out.push(' ');
    for part in parts(text) {
        for c in part.chars().map(fold) {
            if is_skipped(c) {
            } else if is_word_char(c) {
                out.push(c);
            } else if !out.ends_with(' ') {
                out.push(' ');
            }
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Where phrases of a list occur: the phrase, its start and its end.
pub(crate) fn occurrences<'l, 't>(
    list: &'l str,
    text: &'t str,
) -> impl Iterator<Item = (&'l str, usize, usize)> + use<'l, 't> {
    list.split('|').flat_map(move |entry| {
        let phrase = entry.trim_matches('*');
        let free_before = entry.starts_with('*') || phrase.chars().next().is_some_and(one_by_one);
        let free_after = entry.ends_with('*') || phrase.chars().next_back().is_some_and(one_by_one);
        text.match_indices(phrase).filter_map(move |(start, _)| {
            let end = start + phrase.len();
            let before = free_before || text[..start].ends_with(' ');
            let after = free_after || text[end..].starts_with(' ');
            (before && after).then_some((phrase, start, end))
        })
    })
}

/// A list whose phrases are looked up by their first letter: for lists that every
/// message is held against.
pub(crate) struct Shelves(Vec<Vec<&'static str>>);

const SHELVES: usize = 64;

impl Shelves {
    pub(crate) fn new(list: &'static str) -> Self {
        let mut shelves = vec![Vec::new(); SHELVES];
        for entry in list.split('|') {
            if let Some(first) = entry.trim_matches('*').chars().next() {
                shelves[first as usize % SHELVES].push(entry);
            }
        }
        Self(shelves)
    }

    /// Where phrases of the list occur, as by [`occurrences`].
    pub(crate) fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for (start, c) in text.char_indices() {
            let begins = text[..start].ends_with(' ') || one_by_one(c);
            for entry in &self.0[c as usize % SHELVES] {
                let phrase = entry.trim_matches('*');
                let rest = text[start..].strip_prefix(phrase);
                let Some(rest) = rest.filter(|_| begins || entry.starts_with('*')) else {
                    continue;
                };
                let free =
                    entry.ends_with('*') || phrase.chars().next_back().is_some_and(one_by_one);
                if free || rest.starts_with(' ') {
                    places.push((start, start + phrase.len()));
                }
            }
        }
        places
    }
}

/// The first phrase of a list that occurs.
pub(crate) fn first<'l>(list: &'l str, text: &str) -> Option<&'l str> {
    occurrences(list, text).next().map(|(phrase, ..)| phrase)
}
