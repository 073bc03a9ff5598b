//! What is known besides the customer's words.

use baton_packet::{Assurance, Customer};

/// Yearly account value from which an account counts as high value.
const HIGH_VALUE: f64 = 25_000.0;

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
    /// Preferred language of the browser, BCP 47.
    pub locale: Option<&'a str>,
    /// Answers of which the customer said that they did not help.
    pub failed_answers: u32,
    /// Whether something here could answer: articles, an AI, a browser model.
    pub answer_available: bool,
    /// Whether the answer at hand quotes a source.
    pub answer_grounded: bool,
}

impl Context<'_> {
    /// An account that a person looks after, by value or by name of the plan.
    /// Claimed traits are enough: they may route.
    pub(crate) fn high_value(&self) -> bool {
        self.customer.is_some_and(|customer| {
            customer.account_value.is_some_and(|value| value >= HIGH_VALUE)
                || [&customer.segment, &customer.plan]
                    .into_iter()
                    .flatten()
                    .any(|name| name.trim().eq_ignore_ascii_case("enterprise"))
        })
    }

    /// The customer, if a token proves who it is: only then do priority and the
    /// promised time follow the plan.
    pub(crate) fn proven(&self) -> Option<&Customer> {
        self.customer.filter(|customer| customer.assurance != Assurance::None)
    }

    /// The language to fall back on where the words do not tell.
    pub(crate) fn preferred_language(&self) -> Option<&str> {
        self.customer
            .and_then(|customer| customer.locale.as_deref())
            .or(self.locale)
            .map(|tag| tag.split(['-', '_']).next().unwrap_or(tag))
            .filter(|tag| (2..=3).contains(&tag.len()))
    }
}
