//! A language model as the one who answers: the embedder's endpoint in two
//! protocols, or the browser's own model.
//!
//! # Baton's own protocol
//!
//! The widget sends `POST` with a JSON body ([`own::request`]):
//!
//! ```json
//! {
//!   "version": 1,
//!   "question": "How do I download an invoice?",
//!   "transcript": [{ "author": "customer", "text": "Hello" }],
//!   "triage": { "intent": "how_to", "urgency": "normal", "customer_state": "calm", "topics": [], "language": "en" },
//!   "language": "en",
//!   "locale": "en-GB",
//!   "page": "https://app.example/invoices",
//!   "articles": [{ "title": "Invoices", "url": "https://help.example/invoices", "text": "…" }]
//! }
//! ```
//!
//! All of it is redacted, secrets and personal data; what is not known is left out.
//! The answer is JSON, or the same as server-sent events while it is being written:
//!
//! ```text
//! {"answer": "Open **Billing**.", "confidence": 0.9, "citations": [{"title": "Invoices", "url": "https://…"}],
//!  "inferred": false, "needs_human": false, "reason": null}
//!
//! event: delta
//! data: {"text": "Open **Bil"}
//!
//! event: done
//! data: {"confidence": 0.9, "citations": [{"title": "Invoices", "url": "https://…"}]}
//!
//! event: error
//! data: {"message": "the model is overloaded"}
//! ```
//!
//! `done` may carry `answer`, which replaces what was streamed. Without `inferred`, an
//! answer without citations counts as inferred. An empty answer is "I do not know",
//! unless `needs_human` is true: then `reason` may say why.
//!
//! # An OpenAI-compatible endpoint
//!
//! `chat/completions` with `stream: true` ([`openai::request`]). Such an endpoint has no
//! field for what a widget must know of an answer, so the model writes it in the first
//! line ([`marker`]), which the customer never sees.
//!
//! # What can go wrong
//!
//! [`Reader`] makes of the bytes of either a [`Reply`], nothing (the model does not
//! know), or a fault in words for the developer. An answer that was cut off is kept if
//! it is longer than [`LEAST_CHARS`], and counts as inferred.

pub mod clean;
pub mod local;
pub mod marker;
pub mod openai;
pub mod own;
mod prompt;
mod reader;
mod reply;

pub use reader::{Protocol, Reader, fault};
pub use reply::{Reply, key};

/// Longest answer, in characters; the rest is cut off.
pub const MOST_CHARS: usize = 20_000;

/// A cut answer below this many characters is dropped: nobody can act on it.
pub const LEAST_CHARS: usize = 40;

/// The newest messages that go along.
pub const MOST_MESSAGES: usize = 20;

/// The articles that go along.
pub const MOST_ARTICLES: usize = 5;

/// Longest message or article that goes along, in characters.
pub const MOST_TEXT_CHARS: usize = 4000;

/// What is asked, redacted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The customer's words.
    pub question: String,
    /// What was said before, oldest first.
    pub transcript: Vec<Said>,
    /// What Baton has understood, as far as it has.
    pub triage: Triage,
    /// The language to answer in, as a BCP 47 tag; empty if not known.
    pub language: String,
    /// The page's locale, as a BCP 47 tag; empty if not known.
    pub locale: String,
    /// The page's address; empty if not known.
    pub page: String,
    /// What was found in the help articles, best first.
    pub articles: Vec<Article>,
}

/// One message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// `customer`, `bot` or `agent`.
    pub author: String,
    /// The words.
    pub text: String,
}

/// The labels of the triage; empty where not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Triage {
    /// For example `how_to`.
    pub intent: String,
    /// For example `normal`.
    pub urgency: String,
    /// For example `calm`.
    pub customer_state: String,
    /// For example `security`.
    pub topics: Vec<String>,
    /// The language of the customer's words.
    pub language: String,
}

/// A help article, as context.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Its title.
    pub title: String,
    /// Where it stands; empty if nowhere.
    pub url: String,
    /// Its text, or the passage that fits.
    pub text: String,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citation {
    /// Title of the page.
    pub title: String,
    /// Its address: http(s), `mailto` or relative to the page; empty if it has none.
    pub url: String,
}

impl Question {
    /// The newest messages, oldest first.
    fn newest(&self) -> &[Said] {
        &self.transcript[self.transcript.len().saturating_sub(MOST_MESSAGES)..]
    }

    /// The articles that go along, each with the number it is cited by.
    fn numbered(&self) -> impl Iterator<Item = (usize, &Article)> {
        (1..).zip(self.articles.iter().take(MOST_ARTICLES))
    }

    /// The articles with these numbers, each once; a number that was not given out is
    /// passed over.
    #[must_use]
    pub fn cited(&self, numbers: &[usize]) -> Vec<Citation> {
        self.numbered()
            .filter(|(number, _)| numbers.contains(number))
            .map(|(_, article)| Citation {
                title: article.title.clone(),
                url: clean::url(&article.url).unwrap_or_default(),
            })
            .collect()
    }
}
