//! Help articles, searched where the customer is: nothing is asked of a server.
//!
//! A [`Feed`] (JSON by the published schema, or Markdown by [`read_markdown`]) becomes
//! an [`Index`], in the page article by article with [`Builder`], or beforehand with
//! `baton-articles` as one file that [`Index::from_bytes`] reads. [`Index::search`]
//! answers a question with articles, the passage of each to quote, and how sure it is.
//!
//! Words are compared by their stems (en, de, fr, es, pt, it, nl, ar), pairs of letters
//! (Chinese, Japanese, Thai) or as they are; with synonyms; and, where no article knows
//! a word, forgiving slips of the keyboard.
//!
//! ```
//! use baton_answers::articles::{Index, THRESHOLD, read_markdown};
//!
//! let feed = read_markdown("# Reset your password\nurl: /help/reset\n\nOpen **Forgot password**.");
//! let index = Index::build(feed).index;
//! let hits = index.search("how do i change my pasword?", Some("en"), 3);
//! assert_eq!(hits[0].article.url, "/help/reset");
//! assert_eq!(hits[0].quote(), "Open **Forgot password**.");
//! assert!(hits[0].confidence > THRESHOLD);
//! ```

mod article;
mod build;
mod clean;
mod confidence;
mod feed;
mod file;
mod index;
mod language;
mod markdown;
mod passage;
mod query;
mod search;
mod stem;
mod synonyms;
mod terms;
mod typo;
mod words;

pub use article::{Article, Feed, limits};
pub use build::{Builder, Built};
pub use confidence::{Evidence, THRESHOLD};
pub use feed::{Read, Unread};
pub use file::FileError;
pub use index::Index;
pub use markdown::read_markdown;
pub use passage::PASSAGE;
pub use search::Hit;
