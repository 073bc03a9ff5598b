//! A question, read with the words of a section: what it asks about.

use std::ops::Range;

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

/// What a term that is not the very word counts for.
pub(crate) const SYNONYM: f32 = 0.9;
const COMPOUND: f32 = 0.7;
const ONE_SLIP: f32 = 0.8;
const TWO_SLIPS: f32 = 0.6;

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

struct Token {
    place: Range<usize>,
    stem: String,
    is_small: bool,
}

impl Query {
    pub(crate) fn read(text: &str, section: &Section) -> Self {
        let tokens = tokens(text, section);
        let mut query = Self {
            concepts: Vec::new(),
            known: Vec::new(),
            phrases: Phrases::default(),
            first_letters: 0,
        };
        let mut asked_groups: Vec<u16> = Vec::new();
        let mut corrected = 0;
        let mut at = 0;
        while at < tokens.len() && query.concepts.len() < u8::MAX.into() {
            let told = |at: usize| tokens.get(at).map(|token| (&*token.stem, token.is_small));
            let (groups, end) = match section.phrases.longest(at, told) {
                Some((phrases, end)) => (phrases.iter().map(|phrase| phrase.group).collect(), end),
                None => (Vec::new(), at + 1),
            };
            let held = &tokens[at..end];
            at = end;
            let content = || held.iter().filter(|token| !token.is_small);
            if groups.is_empty() && content().next().is_none() {
                continue;
            }
            let number = query.concepts.len() as u8;
            let new = content()
                .any(|token| !query.known.iter().any(|(known, _)| *known == token.stem))
                || groups.iter().any(|group| !asked_groups.contains(group));
            if !new {
                continue;
            }
            let mut concept = Concept {
                text: text[held[0].place.start..held[held.len() - 1].place.end].to_owned(),
                weight: 0.0,
                words: Vec::new(),
                groups: Vec::new(),
            };
            for &group in &groups {
                let name = group_name(group);
                concept.groups.extend(section.terms.find(&name));
                query.known.push((name, number));
            }
            asked_groups.extend(groups);
            for token in content() {
                let found = meant(token, section, concept.groups.is_empty(), &mut corrected);
                let stems = found.iter().map(|(term, _)| section.terms.get(*term).to_owned());
                query.known.extend(stems.chain([token.stem.clone()]).map(|stem| (stem, number)));
                concept.words.push(found);
            }
            concept.weight = weight(&concept, section);
            query.concepts.push(concept);
        }
        query.phrases = section.phrases.of(&asked_groups);
        query.known.sort();
        query.known.dedup_by(|next, first| next.0 == first.0);
        for word in query.known.iter().map(|(stem, _)| &**stem).chain(query.phrases.first_words()) {
            query.first_letters |= first_letter(word);
        }
        query
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
        words(text, |word, place| {
            let start = folded.len();
            folded.push_str(word);
            line.push((start..folded.len(), place.start));
            true
        });
        // Stems are made only of words that may be meant: most are not.
        let told = |at: usize| {
            let word = &folded[line.get(at)?.0.clone()];
            Some((stem(word, section.language), section.language.is_small_word(word)))
        };
        let mut marks = Vec::new();
        for (at, (word, place)) in line.iter().enumerate() {
            if first_letter(&folded[word.clone()]) & self.first_letters == 0 {
                continue;
            }
            let stem = stem(&folded[word.clone()], section.language);
            marks.extend(self.concept(&stem).map(|concept| (*place, concept)));
            if self.phrases.begins(&stem)
                && let Some((phrases, _)) = self.phrases.longest(at, told)
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
        let told = |at: usize| tokens.get(at).map(|token| (&*token.stem, token.is_small));
        let mut concepts = vec![false; self.concepts.len()];
        let mut asked = vec![false; tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            if let Some(concept) = self.concept(&token.stem) {
                (concepts[usize::from(concept)], asked[at]) = (true, true);
            }
            let Some((phrases, end)) = self.phrases.longest(at, told) else { continue };
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
    words(text, |word, place| {
        let is_small = section.language.is_small_word(word);
        tokens.push(Token { place, stem: stem(word, section.language), is_small });
        tokens.len() < WORDS
    });
    tokens
}

/// The terms that a word may stand for. Only what the section does not know is taken
/// for a compound or for mistyped.
fn meant(
    token: &Token,
    section: &Section,
    may_be_mistyped: bool,
    corrected: &mut usize,
) -> Vec<(usize, f32)> {
    let stem = &*token.stem;
    let terms = &section.terms;
    let mut found: Vec<(usize, f32)> =
        terms.find(stem).map(|term| (term, 1.0)).into_iter().collect();
    if section.language.has_compounds() && stem.len() >= 4 {
        // `Rechnung` is in `Rechnungsadresse`.
        found.extend(terms.longer(stem).take(MEANT).map(|term| (term, COMPOUND)));
    }
    if found.is_empty() && section.language.has_compounds() {
        found = parts(stem, section);
    }
    if found.is_empty() && may_be_mistyped && *corrected < CORRECTED && !stem.contains(is_unspaced)
    {
        *corrected += 1;
        let letters = token.place.len().min(stem.chars().count() + 2);
        let (nearest, slips) = typo::nearest(stem, typo::slips(letters), terms);
        let worth = if slips == 1 { ONE_SLIP } else { TWO_SLIPS };
        found.extend(nearest.into_iter().take(MEANT).map(|term| (term, worth)));
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

/// How rare it is; what no article holds is rarest.
fn weight(concept: &Concept, section: &Section) -> f32 {
    let rarity = |term: usize| section.rarity(section.postings(term).len());
    let group = concept.groups.iter().map(|&term| rarity(term)).reduce(f32::max);
    let word = |found: &Vec<(usize, f32)>| {
        let known = found.iter().map(|&(term, _)| rarity(term)).reduce(f32::min);
        known.unwrap_or_else(|| section.rarity(0))
    };
    group.unwrap_or_else(|| concept.words.iter().map(word).fold(0.0, f32::max))
}
