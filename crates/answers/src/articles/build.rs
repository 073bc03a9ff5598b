//! Articles to an index, one by one, so that a page can do other things in between.

use super::article::{Article, Feed, Skipped, beginning, is_safe_url, limits};
use super::clean::clean;
use super::index::{Document, Index, Posting, Section};
use super::language::{self, Language};
use super::stem::stem;
use super::synonyms::{Phrases, group_name};
use super::terms::{Interner, Terms};
use super::words::words;

/// Takes articles in. A caller with a page to keep alive adds a few at a time.
#[derive(Debug)]
pub struct Builder {
    articles: Vec<Article>,
    synonyms: Vec<Vec<String>>,
    language: String,
    sections: Vec<SectionBuilder>,
    ids: Interner,
    bytes: usize,
    skipped: Skipped,
}

/// An index, and what did not get into it.
#[derive(Debug)]
pub struct Built {
    /// What can be searched.
    pub index: Index,
    /// What was cut or left out, a line each: at most [`limits::SKIPPED`] and one
    /// that says how many more.
    pub skipped: Vec<String>,
}

impl Index {
    /// Builds the index of a feed at once.
    #[must_use]
    pub fn build(feed: Feed) -> Built {
        let mut builder = Builder::new(feed.synonyms, &feed.language);
        for article in feed.articles {
            builder.add(article);
        }
        builder.finish()
    }
}

impl Builder {
    /// Begins with the feed's synonyms and the language of articles that name none.
    #[must_use]
    pub fn new(synonyms: Vec<Vec<String>>, language: &str) -> Self {
        let mut skipped = Skipped::default();
        if synonyms.len() > limits::SYNONYMS {
            skipped.tell(
                ["only the first ", &limits::SYNONYMS.to_string(), " groups of synonyms are taken"]
                    .concat(),
            );
        }
        let mut kept = synonyms;
        kept.truncate(limits::SYNONYMS);
        for group in &mut kept {
            group.truncate(limits::GROUP);
            for phrase in group {
                cut(phrase, limits::PHRASE);
            }
        }
        let base = language::base(language);
        Self {
            articles: Vec::new(),
            synonyms: kept,
            language: if base.is_empty() { "en".to_owned() } else { language.to_owned() },
            sections: Vec::new(),
            ids: Interner::default(),
            bytes: 0,
            skipped,
        }
    }

    /// Adds an article. What is past the limits is cut, what cannot be used is left
    /// out; [`Built::skipped`] tells.
    pub fn add(&mut self, mut article: Article) {
        if article.id.is_empty() {
            let name = if article.url.is_empty() { &article.title } else { &article.url };
            article.id = beginning(name, limits::ID).to_owned();
        }
        let mut problems = Vec::new();
        self.tidy(&mut article, &mut problems);
        let name = match &*article.id {
            "" => "without a name".to_owned(),
            id => beginning(id, 60).to_owned(),
        };
        if let Err(problem) = self.take(article) {
            problems.push(problem);
        }
        for problem in problems {
            self.skipped.tell(["article ", &name, ": ", problem].concat());
        }
    }

    fn tidy(&self, article: &mut Article, problems: &mut Vec<&'static str>) {
        if cut(&mut article.body, limits::BODY) {
            problems.push("the body is cut to 100 KB");
        }
        article.body = clean(&article.body).trim().to_owned();
        // Entities and headings may have made it longer.
        cut(&mut article.body, limits::BODY);
        cut(&mut article.title, limits::TITLE);
        article.title = clean(&article.title).split_whitespace().collect::<Vec<_>>().join(" ");
        if article.title.is_empty() {
            let first = article.body.lines().next().unwrap_or_default();
            article.title =
                beginning(first.trim_start_matches(['#', ' ']), limits::TITLE).to_owned();
        }
        if cut(&mut article.id, limits::ID) {
            problems.push("the id is cut");
        }
        if article.url.len() > limits::URL || !is_safe_url(&article.url) {
            article.url.clear();
            problems.push("the url is left out: it is not http, https or a path");
        }
        if article.tags.len() > limits::TAGS {
            article.tags.truncate(limits::TAGS);
            problems.push("only the first 20 tags are taken");
        }
        for tag in &mut article.tags {
            cut(tag, limits::PHRASE);
        }
        if language::base(&article.language).is_empty() {
            article.language.clone_from(&self.language);
        }
        cut(&mut article.language, 35);
    }

    fn take(&mut self, article: Article) -> Result<(), &'static str> {
        if article.title.is_empty() {
            return Err("it has neither title nor body");
        }
        if self.articles.len() >= limits::ARTICLES {
            return Err("left out: there are 5,000 already");
        }
        let bytes = article.title.len() + article.body.len();
        if self.bytes + bytes > limits::BYTES {
            return Err("left out: there are 20 MB of articles already");
        }
        let tag = language::base(&article.language);
        if !self.ids.number(&[&tag, "\0", &*article.id].concat()).1 {
            return Err("left out: another one has this id and language");
        }
        self.bytes += bytes;
        let number = self.articles.len() as u16;
        let known = self.sections.iter().position(|section| section.tag == tag);
        let place = known.unwrap_or_else(|| {
            self.sections.push(SectionBuilder::new(tag, &self.synonyms));
            self.sections.len() - 1
        });
        self.sections[place].add(number, &article);
        self.articles.push(article);
        Ok(())
    }

    /// Sorts what was taken in.
    #[must_use]
    pub fn finish(self) -> Built {
        let sections = self.sections.into_iter().map(SectionBuilder::finish).collect();
        let index = Index { articles: self.articles, synonyms: self.synonyms, sections };
        Built { index, skipped: self.skipped.into_lines() }
    }
}

/// Whether something was cut off.
fn cut(text: &mut String, most: usize) -> bool {
    let over = text.len() > most;
    text.truncate(beginning(text, most).len());
    over
}

#[derive(Debug)]
struct SectionBuilder {
    tag: String,
    language: Language,
    phrases: Phrases,
    /// Words as they are written, folded; what is known of each.
    written: Interner,
    known: Vec<Known>,
    stems: Interner,
    entries: Vec<(u32, Posting)>,
    documents: Vec<Document>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    stem: u32,
    is_small: bool,
    begins_phrase: bool,
}

impl SectionBuilder {
    fn new(tag: String, synonyms: &[Vec<String>]) -> Self {
        let language = Language::of(&tag);
        Self {
            tag,
            language,
            phrases: Phrases::new(language, synonyms),
            written: Interner::default(),
            known: Vec::new(),
            stems: Interner::default(),
            entries: Vec::new(),
            documents: Vec::new(),
        }
    }

    fn add(&mut self, article: u16, content: &Article) {
        let mut found = Vec::new();
        let mut title = self.read(&content.title, false, &mut found);
        for tag in &content.tags {
            title += self.read(tag, false, &mut found);
        }
        let body = self.read(&content.body, true, &mut found);
        let document = self.documents.len() as u16;
        let count = |words: usize| u16::try_from(words).unwrap_or(u16::MAX);
        self.documents.push(Document { article, title: count(title), body: count(body) });
        found.sort_unstable();
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            let body = same.iter().filter(|(_, is_body)| *is_body).count();
            let count = |words: usize| u8::try_from(words).unwrap_or(u8::MAX);
            let (title, body) = (count(same.len() - body), count(body));
            self.entries.push((same[0].0, Posting { document, title, body }));
        }
    }

    /// Adds the terms of a text to `found`; how many words it has.
    fn read(&mut self, text: &str, is_body: bool, found: &mut Vec<(u32, bool)>) -> usize {
        let mut line = Vec::new();
        words(text, &mut |word, _| {
            line.push(self.know(word));
            true
        });
        let mut count = 0;
        for (at, word) in line.iter().enumerate() {
            if !word.is_small {
                found.push((word.stem, is_body));
                count += 1;
            }
            if !word.begins_phrase {
                continue;
            }
            let stems = &self.stems;
            let told =
                |at: usize| line.get(at).map(|word| (stems.get(word.stem).into(), word.is_small));
            let groups: Vec<u16> = match self.phrases.longest(at, &told) {
                Some((phrases, _)) => phrases.iter().map(|phrase| phrase.group).collect(),
                None => continue,
            };
            for group in groups {
                found.push((self.stems.number(&group_name(group)).0, is_body));
            }
        }
        count
    }

    fn know(&mut self, word: &str) -> Known {
        let (number, is_new) = self.written.number(word);
        if is_new {
            let stem = stem(word, self.language);
            self.known.push(Known {
                stem: self.stems.number(&stem).0,
                is_small: self.language.is_small_word(word),
                begins_phrase: self.phrases.begins(&stem),
            });
        }
        self.known[number as usize]
    }

    fn finish(self) -> Section {
        // Terms that no article holds are small words.
        let mut counts = vec![0_u32; self.stems.len()];
        for (term, _) in &self.entries {
            counts[*term as usize] += 1;
        }
        let mut order: Vec<u32> =
            (0..counts.len() as u32).filter(|term| counts[*term as usize] > 0).collect();
        order.sort_unstable_by(|a, b| self.stems.get(*a).cmp(self.stems.get(*b)));
        let mut terms = Terms::default();
        let mut starts = Vec::with_capacity(order.len() + 1);
        let mut at = 0;
        for term in order {
            terms.push(self.stems.get(term));
            starts.push(at);
            // From here on the count says where the term's next posting goes.
            at += std::mem::replace(&mut counts[term as usize], at);
        }
        starts.push(at);
        let empty = Posting { document: 0, title: 0, body: 0 };
        let mut postings = vec![empty; self.entries.len()];
        for (term, posting) in &self.entries {
            let place = &mut counts[*term as usize];
            postings[*place as usize] = *posting;
            *place += 1;
        }
        Section {
            mean: Section::means(&self.documents),
            tag: self.tag,
            language: self.language,
            phrases: self.phrases,
            terms,
            starts,
            postings,
            documents: self.documents,
        }
    }
}
