//! Help articles as the ones who answer: a passage of the article that says it, word for
//! word.

use std::future::Future;
use std::pin::Pin;

use baton_answers::ai::{self, Citation, MOST_ARTICLES, MOST_TEXT_CHARS, clean};
use baton_answers::articles::{Hit, THRESHOLD};

use super::fetch::absolute;
use super::library::Library;
use super::provider::{Answer, Outcome, Provider, Show};
use super::request::Request;

/// As the packet names them.
pub const NAME: &str = "articles";

/// What is less probable does not even go along with a question to a model.
const LEAST_CONFIDENCE: f32 = 0.1;
/// How much of an article before the passage goes along, in bytes.
const BEFORE: usize = 300;

/// What was found for a question.
pub struct Found(Vec<FoundArticle>);

struct FoundArticle {
    key: String,
    confidence: f32,
    quote: String,
    /// As it goes along with a question to a model.
    context: ai::Article,
}

impl Found {
    /// Searches. The words of the question stay in memory, hence as they are.
    pub fn of(library: Option<&Library>, words: &str, language: &str) -> Self {
        let language = (!language.is_empty()).then_some(language);
        let indexes = library.map(Library::indexes).unwrap_or_default();
        let mut articles: Vec<FoundArticle> = indexes
            .iter()
            .flat_map(|index| index.search(words, language, MOST_ARTICLES))
            .filter(|hit| hit.confidence >= LEAST_CONFIDENCE)
            .map(|hit| FoundArticle::of(&hit))
            .collect();
        articles.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        articles.truncate(MOST_ARTICLES);
        Self(articles)
    }

    /// What goes along with a question to a model.
    pub fn context(&self) -> Vec<ai::Article> {
        self.0.iter().map(|found| found.context.clone()).collect()
    }
}

impl FoundArticle {
    fn of(hit: &Hit<'_>) -> Self {
        let article = hit.article;
        let context = ai::Article {
            title: clean::line(&article.title, 200),
            url: absolute(&article.url).unwrap_or_default(),
            text: clean::text(around(&article.body, hit.passage.start)),
        };
        Self {
            key: [NAME, ":", &article.id].concat(),
            confidence: hit.confidence,
            quote: clean::text(hit.quote()),
            context,
        }
    }

    fn answer(&self) -> Answer {
        let ai::Article { title, url, .. } = self.context.clone();
        Answer {
            key: self.key.clone(),
            provider: NAME,
            text: self.quote.clone(),
            title: Some(title.clone()),
            url: (!url.is_empty()).then(|| url.clone()),
            sources: vec![Citation { title, url }],
            grounded: true,
            inferred: false,
            confidence: Some(self.confidence.into()),
            needs_human: false,
            reason: None,
        }
    }
}

impl Provider for Found {
    fn name(&self) -> &'static str {
        NAME
    }

    fn answer<'a>(
        &'a self,
        request: &'a Request,
        _show: &'a Show,
    ) -> Pin<Box<dyn Future<Output = Outcome> + 'a>> {
        let answer = self.0.iter().find(|found| {
            let is_new = !request.tried.contains(&found.key);
            is_new && found.confidence >= THRESHOLD && !found.quote.trim().is_empty()
        });
        Box::pin(std::future::ready(Ok(answer.map(FoundArticle::answer))))
    }
}

/// The whole body if it may go along, else what is around the passage: from the line a
/// little before it.
fn around(body: &str, passage: usize) -> &str {
    if body.len() <= MOST_TEXT_CHARS {
        return body;
    }
    let start = body.floor_char_boundary(passage.saturating_sub(BEFORE));
    let line = body[..start].rfind('\n').map_or(0, |end| end + 1);
    // One endless line has no beginning nearby.
    let start = if start - line > BEFORE { start } else { line };
    clean::cut(&body[start..], MOST_TEXT_CHARS)
}
