//! The index: for each language, which word stands in which article how often.

use super::article::Article;
use super::language::Language;
use super::synonyms::Phrases;
use super::terms::Terms;

/// Articles and where their words stand. Made by [`super::Builder`] or read from a
/// file by [`Index::from_bytes`].
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    pub(crate) articles: Vec<Article>,
    /// The feed's own groups of synonyms.
    pub(crate) synonyms: Vec<Vec<String>>,
    pub(crate) sections: Vec<Section>,
}

impl Index {
    /// The articles, as they were taken: cut to the limits, without tags of HTML.
    #[must_use]
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }
}

/// The articles of one language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// The base of the language's tag.
    pub tag: String,
    pub language: Language,
    pub phrases: Phrases,
    pub terms: Terms,
    /// Where the postings of each term begin; one more than there are terms.
    pub starts: Vec<u32>,
    pub postings: Vec<Posting>,
    pub documents: Vec<Document>,
    /// Words of the mean title and the mean body.
    pub mean: (f32, f32),
}

/// A section counts as one of this many articles at least.
const FEW: usize = 50;

/// How often a term stands in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    /// The article's place among those of the section.
    pub document: u16,
    pub title: u8,
    pub body: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Document {
    /// The article's place in the index.
    pub article: u16,
    /// Words of the title and tags, and of the body; small words are not counted.
    pub title: u16,
    pub body: u16,
}

impl Section {
    pub(crate) fn postings(&self, term: usize) -> &[Posting] {
        &self.postings[self.starts[term] as usize..self.starts[term + 1] as usize]
    }

    /// How much a term says that so many articles hold: the inverse document
    /// frequency of Robertson and Zaragoza's BM25, never negative. A few articles are
    /// taken for some of many: what all three of three hold is not usual yet.
    pub(crate) fn rarity(&self, holding: usize) -> f32 {
        let (all, holding) = (self.documents.len().max(FEW) as f32, holding as f32);
        (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln()
    }

    pub(crate) fn means(documents: &[Document]) -> (f32, f32) {
        let mean = |words: fn(&Document) -> u16| {
            let sum: u32 = documents.iter().map(|document| u32::from(words(document))).sum();
            (sum as f32 / documents.len().max(1) as f32).max(1.0)
        };
        (mean(|document| document.title), mean(|document| document.body))
    }
}
