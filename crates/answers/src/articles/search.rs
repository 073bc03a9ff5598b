//! A question to the articles that may answer it: BM25 with fields, as in Robertson and
//! Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), 3.6: the
//! counts of title and body are weighted and normalised each, then added, then damped.

use std::ops::Range;

use super::article::Article;
use super::confidence::Evidence;
use super::index::{Document, Index, Posting, Section};
use super::language::base;
use super::passage::passage;
use super::query::{Query, SYNONYM, WORDS};
use super::words::words;

/// Within the range that Robertson and Zaragoza found good (1.2 to 2).
const K1: f32 = 1.2;
/// How much the length of a title and of a body counts. Titles are all short.
const B: (f32, f32) = (0.3, 0.75);
/// What a word of the title counts for, in words of the body.
const TITLE: f32 = 4.0;
/// Hits that are looked at closely, at most: each costs reading its article.
const CLOSELY: usize = 8;
/// What a hit in another language than the question's counts for.
const FOREIGN: f32 = 0.7;

/// An article that may answer.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// The article.
    pub article: &'a Article,
    /// BM25's score: comparable within one search only.
    pub score: f32,
    /// How probable it is that it answers, 0 to 1; see [`super::THRESHOLD`].
    pub confidence: f32,
    /// What the confidence was made from.
    pub evidence: Evidence,
    /// What to quote of the body, in bytes: whole sentences or items, at most
    /// [`super::PASSAGE`] characters. Empty if the body is.
    pub passage: Range<usize>,
    /// What of the question the article holds, as it is written there.
    pub matched: Vec<String>,
}

impl Hit<'_> {
    /// The passage.
    #[must_use]
    pub fn quote(&self) -> &str {
        &self.article.body[self.passage.clone()]
    }
}

impl Index {
    /// The articles that may answer `query`, the most probable first, at most `limit`
    /// and eight. `language` is the question's; without it, it is
    /// taken to be the one with the most small words in it. Articles in others stand
    /// back. Of the question, the first 200 words are read.
    #[must_use]
    pub fn search(&self, query: &str, language: Option<&str>, limit: usize) -> Vec<Hit<'_>> {
        let told = language.map(base).filter(|tag| !tag.is_empty());
        let wanted = told.or_else(|| self.likely_language(query));
        let mut hits = Vec::new();
        for section in &self.sections {
            let foreign = wanted.as_ref().is_some_and(|wanted| *wanted != section.tag);
            for mut hit in self.search_section(query, section, limit) {
                if foreign {
                    hit.confidence *= FOREIGN;
                }
                hits.push(hit);
            }
        }
        hits.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        hits.truncate(limit.min(CLOSELY));
        hits
    }

    /// The language whose small words are the most in a text; none without any.
    fn likely_language(&self, text: &str) -> Option<String> {
        let counted = self.sections.iter().map(|section| {
            let (mut read, mut small) = (0, 0);
            words(text, &mut |word, _| {
                read += 1;
                small += usize::from(section.language.is_small_word(word));
                read < WORDS
            });
            (small, section)
        });
        let most = counted.filter(|(small, _)| *small > 0).max_by_key(|(small, _)| *small)?;
        Some(most.1.tag.clone())
    }

    fn search_section<'a>(&'a self, text: &str, section: &Section, limit: usize) -> Vec<Hit<'a>> {
        let closely = limit.min(CLOSELY);
        let query = Query::read(text, section);
        let mut found = scores(&query, section);
        found.sort_unstable_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
        found.truncate(closely.max(1) + 1);
        let all = query.weight();
        let close = found.iter().enumerate().take(closely);
        let hits = close.map(|(place, (document, sums))| {
            let article = &self.articles[usize::from(section.documents[*document].article)];
            // The best is compared with the second, the others with the best.
            let rival = found.get(usize::from(place == 0)).map_or(0.0, |rival| rival.1.score);
            self.hit(article, &query, section, *sums, rival, all)
        });
        hits.collect()
    }

    fn hit<'a>(
        &self,
        article: &'a Article,
        query: &Query,
        section: &Section,
        sums: Sums,
        rival: f32,
        all: f32,
    ) -> Hit<'a> {
        let weights: Vec<f32> = query.concepts.iter().map(|concept| concept.weight).collect();
        let worth = |concepts: &[bool]| -> f32 {
            let held = weights.iter().zip(concepts).filter(|(_, held)| **held);
            held.map(|(weight, _)| weight).sum::<f32>() / all.max(f32::MIN_POSITIVE)
        };
        let mut marks = query.marks(&article.body, section);
        let mut held = vec![false; weights.len()];
        marks.iter().for_each(|(_, concept)| held[usize::from(*concept)] = true);
        // A passage tells 64 concepts apart: a longer question is judged by its first.
        marks.retain(|(_, concept)| *concept < 64);
        let quoted = passage(&article.body, &marks, &weights[..weights.len().min(64)]);
        let mut titled = query.titled(&article.title, section);
        article.tags.iter().for_each(|tag| titled.join(&query.titled(tag, section)));
        let mut close = titled.concepts.clone();
        for (concept, close) in close.iter_mut().enumerate().take(64) {
            *close |= quoted.kinds >> concept & 1 == 1;
        }
        held.iter_mut().zip(&titled.concepts).for_each(|(held, titled)| *held |= titled);
        let margin = match rival {
            0.0 => 1.0,
            rival => ((sums.score - rival) / sums.score.max(rival)).clamp(-1.0, 1.0),
        };
        let evidence = Evidence {
            coverage: sums.coverage / all.max(f32::MIN_POSITIVE),
            title: sums.title / all.max(f32::MIN_POSITIVE),
            passage: worth(&close),
            titled: titled.share,
            margin,
        };
        let matched = query.concepts.iter().zip(&held).filter(|(_, held)| **held);
        Hit {
            article,
            score: sums.score,
            confidence: evidence.confidence(),
            evidence,
            passage: quoted.place,
            matched: matched.map(|(concept, _)| concept.text.clone()).collect(),
        }
    }
}

/// What was added up for an article.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    score: f32,
    /// Weights of the concepts it holds, less for what is only alike.
    coverage: f32,
    /// The same for its title and tags.
    title: f32,
}

/// Every document that holds something of the question.
fn scores(query: &Query, section: &Section) -> Vec<(usize, Sums)> {
    let mut sums = vec![Sums::default(); section.documents.len()];
    // What the concept at hand adds to each document.
    let mut added = sums.clone();
    let mut touched = Vec::new();
    for concept in &query.concepts {
        let share = 1.0 / concept.words.len().max(1) as f32;
        for found in &concept.words {
            for &(term, worth) in found {
                let rarity = section.rarity(section.postings(term).len());
                for posting in section.postings(term) {
                    let sum = &mut added[usize::from(posting.document)];
                    if sum.coverage == 0.0 {
                        touched.push(posting.document);
                    }
                    let worth = worth * share;
                    sum.score += rarity * worth * damped(posting, section);
                    sum.coverage = (sum.coverage + worth).min(1.0);
                    sum.title = (sum.title + if posting.title > 0 { worth } else { 0.0 }).min(1.0);
                }
            }
        }
        for &term in &concept.groups {
            let rarity = section.rarity(section.postings(term).len());
            for posting in section.postings(term) {
                let sum = &mut added[usize::from(posting.document)];
                if sum.coverage == 0.0 {
                    touched.push(posting.document);
                }
                sum.score = sum.score.max(rarity * SYNONYM * damped(posting, section));
                sum.coverage = sum.coverage.max(SYNONYM);
                sum.title = sum.title.max(if posting.title > 0 { SYNONYM } else { 0.0 });
            }
        }
        for document in touched.drain(..) {
            let sum = &mut sums[usize::from(document)];
            let added = std::mem::take(&mut added[usize::from(document)]);
            sum.score += added.score;
            sum.coverage += added.coverage * concept.weight;
            sum.title += added.title * concept.weight;
        }
    }
    sums.into_iter().enumerate().filter(|(_, sum)| sum.score > 0.0).collect()
}

/// How much a term's counts speak for an article: 0 to `K1` + 1.
fn damped(posting: &Posting, section: &Section) -> f32 {
    let Document { title, body, .. } = section.documents[usize::from(posting.document)];
    let normal = |b: f32, words: u16, mean: f32| 1.0 - b + b * f32::from(words) / mean;
    let count = TITLE * f32::from(posting.title) / normal(B.0, title, section.mean.0)
        + f32::from(posting.body) / normal(B.1, body, section.mean.1);
    count * (K1 + 1.0) / (count + K1)
}
