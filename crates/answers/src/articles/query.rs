//! A question, read with the words of a section: what it asks about.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::{Range, RangeInclusive};

use super::index::Section;
use super::stem::stem;
use super::synonyms::{Phrases, group_name};
use super::typo;
use super::words::{is_unspaced, words};

/// Words of a question that are read.
pub(crate) const WORDS: usize = 200;
/// Words of a question that are looked up as mistyped.
const CORRECTED: usize = 24;
/// Terms that a word may stand for.
const MEANT: usize = 8;

/// Bytes of a word that may be a part of others, or made of others.
const COMPOUNDS: RangeInclusive<usize> = 4..=64;

/// What a term that is not the very word counts for.
pub(crate) const SYNONYM: f32 = 0.9;
const COMPOUND: f32 = 0.7;
const ONE_SLIP: f32 = 0.8;
const TWO_SLIPS: f32 = 0.6;
/// What a word counts for that no article holds, of what one in no article would.
const UNKNOWN: f32 = 0.75;

/// A question's words, those of a phrase together.
#[derive(Debug)]
pub(crate) struct Query {
    pub concepts: Vec<Concept>,
    /// Stems and names of groups, sorted, each with its concept.
    known: Vec<(String, u8)>,
    phrases: Phrases,
    /// A bit for the first letter of each stem that is looked for.
    first_letters: u32,
}

/// One thing that is asked about.
#[derive(Debug)]
pub(crate) struct Concept {
    /// As it is written in the question.
    pub text: String,
    /// What it is worth: how rare it is.
    pub weight: f32,
    /// For each of its words: terms it may stand for, and what they count for.
    pub words: Vec<Vec<(usize, f32)>>,
    /// Terms of its groups of synonyms.
    pub groups: Vec<usize>,
}

/// A mark in a text: which concept stands where.
pub(crate) type Mark = (usize, u8);

/// How much a title and a question have in common.
pub(crate) struct Titled {
    /// Which concepts of the question the title holds.
    pub concepts: Vec<bool>,
    /// What of the title the question holds, by how rare its words are.
    pub share: f32,
}

impl Token {
    fn told(&self) -> (Cow<'_, str>, bool) {
        (Cow::from(&*self.stem), self.is_small)
    }
}

impl Titled {
    /// A tag is another title.
    pub(crate) fn join(&mut self, other: &Self) {
        self.share = self.share.max(other.share);
        self.concepts.iter_mut().zip(&other.concepts).for_each(|(held, other)| *held |= other);
    }
}

struct Token {
    place: Range<usize>,
    /// Of what was meant, if it was mistyped.
    stem: String,
    is_small: bool,
    /// In a question: terms it may stand for, and what they count for.
    meant: Vec<(usize, f32)>,
}

impl Query {
    pub(crate) fn read(text: &str, section: &Section) -> Self {
        let mut tokens = tokens(text, section);
        look_up(&mut tokens, section);
        let mut query = Self {
            concepts: Vec::new(),
            known: Vec::new(),
            phrases: Phrases::default(),
            first_letters: 0,
        };
        let mut asked_groups: Vec<u16> = Vec::new();
        let mut at = 0;
        while at < tokens.len() && query.concepts.len() < u8::MAX.into() {
            let told = |at: usize| tokens.get(at).map(Token::told);
            let (groups, end) = match section.phrases.longest(at, &told) {
                Some((phrases, end)) => (phrases.iter().map(|phrase| phrase.group).collect(), end),
                None => (Vec::new(), at + 1),
            };
            let held = &tokens[at..end];
            let is_new = groups.iter().any(|group| !asked_groups.contains(group))
                || held.iter().any(|token| {
                    !token.is_small && !query.known.iter().any(|(known, _)| *known == token.stem)
                });
            if is_new {
                let words = held[0].place.start..held[held.len() - 1].place.end;
                query.ask(&text[words], held, &groups, section);
                asked_groups.extend(groups);
            }
            at = end;
        }
        query.phrases = section.phrases.of(&asked_groups);
        query.known.sort_unstable();
        query.known.dedup_by(|next, first| next.0 == first.0);
        for word in query.known.iter().map(|(stem, _)| &**stem).chain(query.phrases.first_words()) {
            query.first_letters |= first_letter(word);
        }
        query
    }

    /// Adds what a word or a phrase asks about.
    fn ask(&mut self, text: &str, held: &[Token], groups: &[u16], section: &Section) {
        let number = self.concepts.len() as u8;
        let mut concept =
            Concept { text: text.to_owned(), weight: 0.0, words: Vec::new(), groups: Vec::new() };
        for &group in groups {
            let name = group_name(group);
            concept.groups.extend(section.terms.find(&name));
            self.known.push((name, number));
        }
        for token in held.iter().filter(|token| !token.is_small) {
            let stems = token.meant.iter().map(|(term, _)| section.terms.get(*term).to_owned());
            self.known.extend(stems.chain([token.stem.clone()]).map(|stem| (stem, number)));
            concept.words.push(token.meant.clone());
        }
        concept.weight = weight(&concept, section);
        self.concepts.push(concept);
    }

    /// What all of it is worth.
    pub(crate) fn weight(&self) -> f32 {
        self.concepts.iter().map(|concept| concept.weight).sum()
    }

    /// Where in a text stands what is asked about. Also calls `each` with the stem of
    /// every word that may be one, and its concept.
    pub(crate) fn marks(&self, text: &str, section: &Section) -> Vec<Mark> {
        let mut folded = String::new();
        let mut line: Vec<(Range<usize>, usize)> = Vec::new();
        words(text, &mut |word, place| {
            let start = folded.len();
            folded.push_str(word);
            line.push((start..folded.len(), place.start));
            true
        });
        // Stems are made only of words that may be meant: most are not.
        let told = |at: usize| {
            let word = &folded[line.get(at)?.0.clone()];
            let is_small = section.language.is_small_word(word);
            Some((stem(word, section.language).into(), is_small))
        };
        let mut marks = Vec::new();
        for (at, (word, place)) in line.iter().enumerate() {
            if first_letter(&folded[word.clone()]) & self.first_letters == 0 {
                continue;
            }
            let stem = stem(&folded[word.clone()], section.language);
            marks.extend(self.concept(&stem).map(|concept| (*place, concept)));
            if self.phrases.begins(&stem)
                && let Some((phrases, _)) = self.phrases.longest(at, &told)
            {
                let groups =
                    phrases.iter().filter_map(|phrase| self.concept(&group_name(phrase.group)));
                marks.extend(groups.map(|concept| (*place, concept)));
            }
        }
        marks
    }

    /// What a title holds of the question, and the question of the title.
    pub(crate) fn titled(&self, title: &str, section: &Section) -> Titled {
        let tokens = tokens(title, section);
        let told = |at: usize| tokens.get(at).map(Token::told);
        let mut concepts = vec![false; self.concepts.len()];
        let mut asked = vec![false; tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            if let Some(concept) = self.concept(&token.stem) {
                (concepts[usize::from(concept)], asked[at]) = (true, true);
            }
            let Some((phrases, end)) = self.phrases.longest(at, &told) else { continue };
            for concept in
                phrases.iter().filter_map(|phrase| self.concept(&group_name(phrase.group)))
            {
                concepts[usize::from(concept)] = true;
                asked[at..end].fill(true);
            }
        }
        let (mut held, mut all) = (0.0, 0.0);
        for (token, asked) in tokens.iter().zip(asked).filter(|(token, _)| !token.is_small) {
            let holding =
                section.terms.find(&token.stem).map_or(0, |term| section.postings(term).len());
            let rarity = section.rarity(holding);
            all += rarity;
            held += if asked { rarity } else { 0.0 };
        }
        Titled { concepts, share: held / all.max(f32::MIN_POSITIVE) }
    }

    fn concept(&self, stem: &str) -> Option<u8> {
        let at = self.known.binary_search_by(|(known, _)| (**known).cmp(stem)).ok()?;
        Some(self.known[at].1)
    }
}

/// Arabic stems may begin with any letter of their word.
fn first_letter(word: &str) -> u32 {
    match word.chars().next() {
        Some('\u{600}'..='\u{6FF}') => u32::MAX,
        Some(first) => 1 << (u32::from(first) & 31),
        None => 0,
    }
}

fn tokens(text: &str, section: &Section) -> Vec<Token> {
    let mut tokens = Vec::new();
    words(text, &mut |word, place| {
        let is_small = section.language.is_small_word(word);
        let stem = stem(word, section.language);
        tokens.push(Token { place, stem, is_small, meant: Vec::new() });
        tokens.len() < WORDS
    });
    tokens
}

/// Finds the terms that the words of a question may stand for. Only what neither the
/// articles nor the synonyms know is taken for mistyped.
fn look_up(tokens: &mut [Token], section: &Section) {
    let mut corrected = 0;
    for token in tokens.iter_mut().filter(|token| !token.is_small) {
        token.meant = exact(&token.stem, section);
        let stem = &*token.stem;
        if token.meant.is_empty()
            && corrected < CORRECTED
            && !stem.contains(is_unspaced)
            && !section.phrases.hold(stem)
        {
            corrected += 1;
            let (mut nearest, slips) =
                typo::nearest(stem, typo::slips(stem.chars().count()), &section.terms);
            // The most usual word is the most likely one.
            nearest.sort_unstable_by_key(|&term| (Reverse(section.postings(term).len()), term));
            nearest.truncate(MEANT);
            let worth = if slips == 1 { ONE_SLIP } else { TWO_SLIPS };
            if let Some(&likely) = nearest.first() {
                token.stem = section.terms.get(likely).to_owned();
            }
            token.meant.extend(nearest.into_iter().map(|term| (term, worth)));
        }
    }
}

/// The term itself; in languages that write several words as one, also what it is a
/// part of (`Rechnung` of `Rechnungsadresse`) or made of.
fn exact(stem: &str, section: &Section) -> Vec<(usize, f32)> {
    let terms = &section.terms;
    let mut found: Vec<(usize, f32)> =
        terms.find(stem).map(|term| (term, 1.0)).into_iter().collect();
    if section.language.has_compounds() && COMPOUNDS.contains(&stem.len()) {
        found.extend(terms.longer(stem).take(MEANT).map(|term| (term, COMPOUND)));
        if found.is_empty() {
            found = parts(stem, section);
        }
    }
    found
}

/// The two known words that an unknown one is made of, if it is.
fn parts(stem: &str, section: &Section) -> Vec<(usize, f32)> {
    for split in (3..stem.len().saturating_sub(2)).rev() {
        let Some((first, second)) = stem.split_at_checked(split) else { continue };
        let Some(second) = section.terms.find(second) else { continue };
        // With what joins them: `Rechnung-s-adresse`.
        let joined = ["", "s", "es", "n", "en"].into_iter();
        let first = joined
            .filter_map(|joint| first.strip_suffix(joint))
            .find_map(|first| section.terms.find(&super::stem::stem(first, section.language)));
        if let Some(first) = first {
            return vec![(first, COMPOUND), (second, COMPOUND)];
        }
    }
    Vec::new()
}

/// How rare it is; what no article holds is rarest, but may as well be a word that says
/// little.
fn weight(concept: &Concept, section: &Section) -> f32 {
    let rarity = |term: usize| section.rarity(section.postings(term).len());
    let group = concept.groups.iter().map(|&term| rarity(term)).reduce(f32::max);
    let word = |found: &Vec<(usize, f32)>| {
        let known = found.iter().map(|&(term, _)| rarity(term)).reduce(f32::min);
        known.unwrap_or_else(|| UNKNOWN * section.rarity(0))
    };
    group.unwrap_or_else(|| concept.words.iter().map(word).fold(0.0, f32::max))
}
