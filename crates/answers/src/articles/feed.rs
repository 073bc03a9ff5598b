//! A feed as decoded JSON to articles.

use super::article::{Article, Feed, Skipped, limits};
use crate::json::Json;

/// A feed that was read, and what of it could not be.
#[derive(Debug, Default)]
pub struct Read {
    /// What could be read.
    pub feed: Feed,
    /// What could not: a line each.
    pub skipped: Vec<String>,
}

impl Feed {
    /// Reads a feed: an object as the schema says, or only its list of articles. A
    /// value of the wrong type costs its article or field, and is told.
    ///
    /// # Errors
    ///
    /// If there is no list of articles: the reason.
    pub fn read(value: &impl Json) -> Result<Read, String> {
        let mut unread = Unread::of(value)?;
        let mut feed = std::mem::take(&mut unread.feed);
        while let Some(article) = unread.article() {
            feed.articles.push(article);
        }
        Ok(Read { feed, skipped: unread.skipped() })
    }
}

/// A feed that is read article by article, so that a page can do other things in
/// between.
#[derive(Debug)]
pub struct Unread<J> {
    /// The feed, without its articles.
    pub feed: Feed,
    articles: std::iter::Enumerate<std::vec::IntoIter<J>>,
    skipped: Skipped,
}

impl<J: Json> Unread<J> {
    /// Begins with everything but the articles.
    ///
    /// # Errors
    ///
    /// If there is no list of articles: the reason.
    pub fn of(value: &J) -> Result<Self, String> {
        let mut articles = match value.get("articles") {
            Some(articles) => articles.list().ok_or("articles is no list")?,
            None => value.list().ok_or("there is no list of articles")?,
        };
        let mut skipped = Skipped::default();
        let over = articles.len().saturating_sub(limits::ARTICLES + 1);
        if over > 0 {
            articles.truncate(limits::ARTICLES + 1);
            skipped.tell([&over.to_string(), " articles are more than are read"].concat());
        }
        let mut feed = Feed::default();
        match value.get("synonyms").map(|synonyms| synonyms.list()) {
            None => {}
            Some(None) => skipped.tell("synonyms is no list".to_owned()),
            Some(Some(groups)) => {
                for (place, group) in groups.iter().take(limits::SYNONYMS + 1).enumerate() {
                    match texts(group) {
                        Some(group) => feed.synonyms.push(group),
                        None => skipped.tell(
                            ["synonyms[", &place.to_string(), "] is no list of texts"].concat(),
                        ),
                    }
                }
            }
        }
        match field(value, "language") {
            Ok(language) => feed.language = language,
            Err(problem) => skipped.tell(problem),
        }
        Ok(Self { feed, articles: articles.into_iter().enumerate(), skipped })
    }

    /// The next article that can be read.
    pub fn article(&mut self) -> Option<Article> {
        for (place, value) in self.articles.by_ref() {
            match article(&value) {
                Ok(article) => return Some(article),
                Err(problem) => {
                    let place = place.to_string();
                    self.skipped.tell(["articles[", &place, "]: ", &problem].concat());
                }
            }
        }
        None
    }

    /// What could not be read so far, a line each.
    #[must_use]
    pub fn skipped(self) -> Vec<String> {
        self.skipped.into_lines()
    }
}

fn article(value: &impl Json) -> Result<Article, String> {
    let tags = match value.get("tags") {
        None => Vec::new(),
        Some(tags) => texts(&tags).ok_or("tags is no list of texts")?,
    };
    Ok(Article {
        id: field(value, "id")?,
        title: field(value, "title")?,
        body: field(value, "body")?,
        url: field(value, "url")?,
        language: field(value, "language")?,
        tags,
    })
}

/// A text, empty where there is none.
fn field(value: &impl Json, name: &str) -> Result<String, String> {
    match value.get(name) {
        None => Ok(String::new()),
        Some(value) => value.text().ok_or_else(|| [name, " is no text"].concat()),
    }
}

fn texts(value: &impl Json) -> Option<Vec<String>> {
    value.list()?.iter().take(limits::TAGS + 1).map(Json::text).collect()
}
