//! What a condition may ask: every key a rules file knows, what stands beside it,
//! and where its value comes from. Reader, evaluation, schema and linter all go by
//! these tables.

use baton_packet::{Assurance, CustomerState, Intent, Topic, Triage, Urgency};

use crate::{Context, words::lower};

/// Kinds of facts that are found in the customer's words.
pub const ENTITIES: [&str; 17] = [
    "error_code",
    "error_message",
    "url",
    "order_id",
    "invoice_id",
    "ticket_id",
    "version",
    "browser",
    "os",
    "date",
    "since",
    "step",
    "expected",
    "actual",
    "amount",
    "product_area",
    "people_affected",
];

/// An intent this probable is possible, see [`Is::PossibleIntent`].
const POSSIBLE_FROM: f64 = 0.2;

/// A case as conditions see it.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub triage: &'a Triage,
    pub context: &'a Context<'a>,
}

/// Keys beside which a list of texts stands: one of them must be it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// The best intent.
    Intent,
    /// An intent of at least 20 %: also what the words may be about besides.
    PossibleIntent,
    /// How the customer is doing.
    CustomerState,
    /// How soon it hurts.
    Urgency,
    /// A sensitive subject.
    Topics,
    /// A kind of fact in the customer's words.
    Entities,
    /// An area of the product that the words name.
    ProductArea,
    /// The customer's plan; case does not matter.
    Plan,
    /// The customer's segment; case does not matter.
    Segment,
    /// The customer's role; case does not matter.
    Role,
    /// How far the customer's identity is proven.
    Assurance,
    /// Language of the words, or the preferred one, by its first part: `pt`.
    Language,
    /// The page's address, or only its path where the pattern begins with `/`; `*`
    /// stands for any text.
    PageUrl,
}

/// Keys beside which bounds stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Probability of the intent, 0 to 1.
    IntentConfidence,
    /// Probability of the customer's state, 0 to 1.
    StateConfidence,
    /// Probability of the urgency, 0 to 1.
    UrgencyConfidence,
    /// Messages of the customer.
    Turns,
    /// Answers that did not help.
    FailedAnswers,
    /// Messages that say again what an earlier one said.
    Repeats,
    /// Yearly value of the account; of an unknown one nothing holds.
    AccountValue,
    /// Requests of the page that failed.
    FailedRequests,
    /// Errors in the page's console.
    ConsoleErrors,
}

/// Keys beside which `true` or `false` stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// A person was asked for.
    WantsHuman,
    /// The page had uncaught errors.
    HasErrors,
    /// Something here could answer.
    AnswerAvailable,
    /// The answer at hand names a source.
    AnswerGrounded,
    /// The answer at hand was inferred, as its provider says.
    AnswerInferred,
    /// Whatever answered says that a person is needed.
    AnswerNeedsHuman,
    /// An address of the customer is known.
    EmailKnown,
}

impl Is {
    /// Each key with its name.
    pub const NAMED: [(Self, &str); 13] = [
        (Self::Intent, "intent"),
        (Self::PossibleIntent, "possible_intent"),
        (Self::CustomerState, "customer_state"),
        (Self::Urgency, "urgency"),
        (Self::Topics, "topics"),
        (Self::Entities, "entities"),
        (Self::ProductArea, "product_area"),
        (Self::Plan, "plan"),
        (Self::Segment, "segment"),
        (Self::Role, "role"),
        (Self::Assurance, "assurance"),
        (Self::Language, "language"),
        (Self::PageUrl, "page_url"),
    ];

    /// The labels it may have; `None` where any text will do.
    #[must_use]
    pub fn labels(self) -> Option<Vec<&'static str>> {
        Some(match self {
            Self::Intent | Self::PossibleIntent => {
                Intent::ALL.iter().map(|label| label.as_str()).collect()
            }
            Self::CustomerState => CustomerState::ALL.iter().map(|label| label.as_str()).collect(),
            Self::Urgency => Urgency::ALL.iter().map(|label| label.as_str()).collect(),
            Self::Topics => Topic::ALL.iter().map(|label| label.as_str()).collect(),
            Self::Assurance => Assurance::ALL.iter().map(|label| label.as_str()).collect(),
            Self::Entities => ENTITIES.to_vec(),
            _ => return None,
        })
    }

    /// Whether a case can have only one of its labels.
    #[must_use]
    pub fn is_single(self) -> bool {
        !matches!(
            self,
            Self::PossibleIntent
                | Self::Topics
                | Self::Entities
                | Self::ProductArea
                | Self::PageUrl
        )
    }

    /// Whether the page claims it of the customer.
    #[must_use]
    pub fn is_claimed(self) -> bool {
        matches!(self, Self::Plan | Self::Segment | Self::Role)
    }

    /// The first of these texts that the case has.
    pub(crate) fn found<'t>(self, case: Case<'_>, texts: &'t [String]) -> Option<&'t str> {
        texts.iter().map(String::as_str).find(|text| self.has(case, text))
    }

    fn has(self, Case { triage, context }: Case<'_>, text: &str) -> bool {
        let named = |name: Option<&String>| name.is_some_and(|name| same(name, text));
        let customer = context.customer;
        match self {
            Self::Intent => triage.intent.as_str() == text,
            Self::PossibleIntent => {
                triage.scores.intent.get(text).is_some_and(|value| value >= POSSIBLE_FROM)
            }
            Self::CustomerState => triage.customer_state.as_str() == text,
            Self::Urgency => triage.urgency.as_str() == text,
            Self::Topics => triage.topics.iter().any(|topic| topic.as_str() == text),
            Self::Entities => context.entities.contains(&text),
            Self::ProductArea => context.areas.iter().any(|area| same(area, text)),
            Self::Plan => named(customer.and_then(|customer| customer.plan.as_ref())),
            Self::Segment => named(customer.and_then(|customer| customer.segment.as_ref())),
            Self::Role => named(customer.and_then(|customer| customer.role.as_ref())),
            Self::Assurance => {
                customer.map_or(Assurance::None, |customer| customer.assurance).as_str() == text
            }
            Self::Language => context.spoken(triage) == text,
            Self::PageUrl => super::pattern::matches_page(text, context.page_url),
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    lower(one.trim()) == lower(other.trim())
}

impl Measure {
    /// Each key with its name.
    pub const NAMED: [(Self, &str); 9] = [
        (Self::IntentConfidence, "intent_confidence"),
        (Self::StateConfidence, "state_confidence"),
        (Self::UrgencyConfidence, "urgency_confidence"),
        (Self::Turns, "turns"),
        (Self::FailedAnswers, "failed_answers"),
        (Self::Repeats, "repeats"),
        (Self::AccountValue, "account_value"),
        (Self::FailedRequests, "failed_requests"),
        (Self::ConsoleErrors, "console_errors"),
    ];

    /// Whether it is a probability.
    #[must_use]
    pub fn is_probability(self) -> bool {
        matches!(self, Self::IntentConfidence | Self::StateConfidence | Self::UrgencyConfidence)
    }

    /// Whether the page claims it of the customer.
    #[must_use]
    pub fn is_claimed(self) -> bool {
        self == Self::AccountValue
    }

    /// Its value; `None` if nobody knows it.
    pub(crate) fn of(self, Case { triage, context }: Case<'_>) -> Option<f64> {
        Some(match self {
            Self::IntentConfidence => triage.confidence.intent,
            Self::StateConfidence => triage.confidence.customer_state,
            Self::UrgencyConfidence => triage.confidence.urgency,
            Self::Turns => context.turns.into(),
            Self::FailedAnswers => context.failed_answers.into(),
            Self::Repeats => context.repeats.into(),
            Self::AccountValue => return context.customer?.account_value,
            Self::FailedRequests => context.failed_requests.into(),
            Self::ConsoleErrors => context.console_errors.into(),
        })
    }
}

impl Flag {
    /// Each key with its name.
    pub const NAMED: [(Self, &str); 7] = [
        (Self::WantsHuman, "wants_human"),
        (Self::HasErrors, "has_errors"),
        (Self::AnswerAvailable, "answer_available"),
        (Self::AnswerGrounded, "answer_grounded"),
        (Self::AnswerInferred, "answer_inferred"),
        (Self::AnswerNeedsHuman, "answer_needs_human"),
        (Self::EmailKnown, "email_known"),
    ];

    /// Whether it is so.
    pub(crate) fn of(self, Case { triage, context }: Case<'_>) -> bool {
        match self {
            Self::WantsHuman => triage.wants_human,
            Self::HasErrors => context.has_errors,
            Self::AnswerAvailable => context.answer_available,
            Self::AnswerGrounded => context.answer_grounded,
            Self::AnswerInferred => context.answer_inferred,
            Self::AnswerNeedsHuman => context.answer_needs_human,
            Self::EmailKnown => context.email_known,
        }
    }
}

/// The key with this name.
pub(crate) fn key<K: Copy>(named: &[(K, &str)], name: &str) -> Option<K> {
    named.iter().find_map(|(key, known)| (*known == name).then_some(*key))
}

/// The name of this key.
pub(crate) fn name<K: Copy + PartialEq>(named: &[(K, &'static str)], key: K) -> &'static str {
    named.iter().find_map(|(known, name)| (*known == key).then_some(*name)).unwrap_or_default()
}
