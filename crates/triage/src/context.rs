//! What is known besides the customer's words.

use baton_packet::{Assurance, Customer, Triage};

/// What is known besides the customer's words. The default knows nothing and
/// has nothing that could answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// Who asks, as far as the page told.
    pub customer: Option<&'a Customer>,
    /// URL of the page; empty if unknown.
    pub page_url: &'a str,
    /// Whether the page had uncaught errors.
    pub has_errors: bool,
    /// Requests of the page that failed.
    pub failed_requests: u32,
    /// Errors that the page wrote to its console.
    pub console_errors: u32,
    /// Preferred language of the browser, BCP 47.
    pub locale: Option<&'a str>,
    /// Messages of the customer so far.
    pub turns: u32,
    /// Messages that say again what an earlier one said, see [`crate::repeats`].
    pub repeats: u32,
    /// Kinds of the facts that the customer's words hold, see [`crate::ENTITIES`].
    pub entities: &'a [&'a str],
    /// Areas of the product that the words name.
    pub areas: &'a [&'a str],
    /// Answers of which the customer said that they did not help.
    pub failed_answers: u32,
    /// Whether something here could answer: articles, an AI, a browser model.
    pub answer_available: bool,
    /// Whether the answer at hand quotes a source; so, too, while there is none:
    /// nothing is held against an answer that was not given.
    pub answer_grounded: bool,
    /// Whether the provider of the answer says that it inferred it.
    pub answer_inferred: bool,
    /// Whether whatever answers says that a person is needed.
    pub answer_needs_human: bool,
    /// Whether an e-mail address of the customer is known, from the page or, see
    /// [`names_email`], from the words.
    pub email_known: bool,
    /// The time, in milliseconds since 1970 UTC, for the hours of queues; without
    /// it every queue counts as open.
    pub now_ms: Option<f64>,
}

impl Context<'_> {
    /// The customer, if a token proves who it is: only then do priority and the
    /// promised time follow the plan.
    pub(crate) fn proven(&self) -> Option<&Customer> {
        self.customer.filter(|customer| customer.assurance != Assurance::None)
    }

    /// First part of the tag of the language to answer in: that of the words, else
    /// the preferred one.
    pub(crate) fn spoken<'l>(&'l self, triage: &'l Triage) -> &'l str {
        let known = Some(triage.language.as_str())
            .filter(|language| *language != crate::language::UNDETERMINED);
        let tag = known.or_else(|| self.preferred_language()).unwrap_or(&triage.language);
        tag.split(['-', '_']).next().unwrap_or(tag)
    }

    /// The language to fall back on where the words do not tell.
    fn preferred_language(&self) -> Option<&str> {
        self.customer
            .and_then(|customer| customer.locale.as_deref())
            .or(self.locale)
            .map(|tag| tag.split(['-', '_']).next().unwrap_or(tag))
            .filter(|tag| (2..=3).contains(&tag.len()))
    }
}

/// Whether an e-mail address stands in the customer's words. Which one it is, is
/// no matter of triage.
#[must_use]
pub fn names_email(texts: &[&str]) -> bool {
    let begins = |text: &str| text.starts_with(char::is_alphanumeric);
    let is_host = |text: &str| {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        text[..end].split_once('.').is_some_and(|(name, rest)| begins(name) && begins(rest))
    };
    let has_address = |text: &&str| {
        text.match_indices('@')
            .any(|(at, _)| text[..at].ends_with(char::is_alphanumeric) && is_host(&text[at + 1..]))
    };
    texts.iter().any(has_address)
}

#[cfg(test)]
mod tests {
    use super::names_email;

    #[test]
    fn an_address_in_the_words_is_seen() {
        for text in ["it is ana@acme.example.", "<a.b+c@mail.acme.example>", "Mail: ü@ö.example"]
        {
            assert!(names_email(&["hello", text]), "{text}");
        }
        for text in ["", "@acme", "me @ home.", "a@b", "I use @acme.io", "x@. y", "3 @ 4.5"] {
            assert!(!names_email(&[text]), "{text}");
        }
    }
}
