//! A feed as decoded JSON to articles. Each platform decodes JSON by what it has: the
//! browser by its own parser, the command by `serde_json`.

use super::article::{Article, Feed, Skipped, limits};

/// A decoded JSON value.
pub trait Value: Sized {
    /// A field of an object.
    fn field(&self, name: &str) -> Option<&Self>;
    /// A text.
    fn text(&self) -> Option<&str>;
    /// The values of a list.
    fn list(&self) -> Option<&[Self]>;
    /// Whether it is `null`.
    fn is_null(&self) -> bool;
}

#[cfg(feature = "cli")]
impl Value for serde_json::Value {
    fn field(&self, name: &str) -> Option<&Self> {
        self.get(name)
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn list(&self) -> Option<&[Self]> {
        self.as_array().map(Vec::as_slice)
    }

    fn is_null(&self) -> bool {
        self.is_null()
    }
}

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
    pub fn read(value: &impl Value) -> Result<Read, String> {
        let articles = value.field("articles");
        let Some(articles) = articles.map_or_else(|| value.list(), Value::list) else {
            let wrong = if articles.is_some() {
                "articles is no list"
            } else {
                "there is no list of articles"
            };
            return Err(wrong.to_owned());
        };
        let mut skipped = Skipped::default();
        let mut feed = Feed::default();
        for (place, value) in articles.iter().take(limits::ARTICLES + 1).enumerate() {
            match article(value) {
                Ok(article) => feed.articles.push(article),
                Err(problem) => {
                    skipped.tell(["articles[", &place.to_string(), "]: ", &problem].concat());
                }
            }
        }
        let over = articles.len().saturating_sub(limits::ARTICLES + 1);
        if over > 0 {
            skipped.tell([&over.to_string(), " articles are more than are read"].concat());
        }
        match value.field("synonyms").filter(|synonyms| !synonyms.is_null()).map(Value::list) {
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
        Ok(Read { feed, skipped: skipped.into_lines() })
    }
}

fn article(value: &impl Value) -> Result<Article, String> {
    let tags = match value.field("tags").filter(|tags| !tags.is_null()) {
        None => Vec::new(),
        Some(tags) => texts(tags).ok_or("tags is no list of texts")?,
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
fn field(value: &impl Value, name: &str) -> Result<String, String> {
    match value.field(name) {
        None => Ok(String::new()),
        Some(value) if value.is_null() => Ok(String::new()),
        Some(value) => {
            value.text().map(str::to_owned).ok_or_else(|| [name, " is no text"].concat())
        }
    }
}

fn texts(value: &impl Value) -> Option<Vec<String>> {
    let texts = value.list()?.iter().take(limits::TAGS + 1);
    texts.map(|text| text.text().map(str::to_owned)).collect()
}
