//! Baton's own protocol; see [the module above](super).

use super::{MOST_ARTICLES, MOST_TEXT_CHARS, Question, clean, prompt};
use crate::json::{Object, list};

/// The body of the request.
#[must_use]
pub fn request(question: &Question) -> String {
    let transcript = question.newest().iter().map(|said| {
        Object::default()
            .text("author", &said.author)
            .text("text", clean::cut(&said.text, MOST_TEXT_CHARS))
            .end()
    });
    let articles = question.articles.iter().take(MOST_ARTICLES).map(|article| {
        Object::default()
            .text("title", &article.title)
            .known("url", &article.url)
            .text("text", clean::cut(&article.text, MOST_TEXT_CHARS))
            .end()
    });
    Object::default()
        .member("version", "1")
        .text("question", clean::cut(&question.question, MOST_TEXT_CHARS))
        .member("transcript", &list(transcript))
        .member("triage", &prompt::triage(question))
        .known("language", &question.language)
        .known("locale", &question.locale)
        .known("page", &question.page)
        .member("articles", &list(articles))
        .end()
}
