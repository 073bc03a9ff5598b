//! When a human is brought in, and what is asked for: rules as data. The shipped
//! ones are `rules/default.json`; an embedder may have others.

mod condition;
mod evaluate;
pub mod json;
mod key;
mod pattern;
mod read;
pub(crate) mod reading;
mod repeats;
#[cfg(feature = "schema")]
pub(crate) mod schema;

use baton_packet::{Escalation, EvidenceKind, Priority, Triage};

pub use condition::{Bounds, Condition, DEEPEST, Test};
pub(crate) use evaluate::lifted;
pub(crate) use key::{Case, name};
pub use key::{ENTITIES, Flag, Is, Measure};
pub use reading::{FileError, LARGEST, Problem};
pub use repeats::repeats;
#[cfg(feature = "schema")]
pub use schema::schema;

use crate::{Context, routing::Routing};

/// The shipped rules, as they are read.
pub const DEFAULT: &str = include_str!("../rules/default.json");

/// Below this probability of the intent the shipped rules are unsure what is meant.
pub const UNSURE_BELOW: f64 = 0.4;

/// The version of files of rules and of flows that is read here.
pub const VERSION: u32 = 1;

/// What to do next. Ordered by strength: where several rules fire, the strongest
/// action is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "snake_case"))]
pub enum Action {
    /// Give the answer at hand; rules further down are not asked.
    KeepAnswering,
    /// Ask the customer for evidence.
    AskEvidence,
    /// Give what there is, and offer a person beside it.
    Offer,
    /// Bring a person in.
    Escalate,
}

impl Action {
    /// Each action with its name.
    pub const NAMED: [(Self, &str); 4] = [
        (Self::KeepAnswering, "keep_answering"),
        (Self::AskEvidence, "ask_evidence"),
        (Self::Offer, "offer"),
        (Self::Escalate, "escalate"),
    ];

    /// Its name in a rules file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        name(&Self::NAMED, self)
    }
}

/// What the rules concluded.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What to do next.
    pub action: Action,
    /// Key of what is said to the customer, see [`Rules::messages`].
    pub message: String,
    /// Why, in the form a packet carries. If no rule brings a person in, the rule
    /// is `customer_choice`: it holds once the customer hands over all the same.
    pub escalation: Escalation,
}

/// Which rules hold, what is said of them, and who takes a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// How the agent should sound where no rule that fired says otherwise.
    pub tone: String,
    /// What is said to the customer, by key.
    pub messages: Vec<(String, String)>,
    /// By precedence.
    pub rules: Vec<Rule>,
    /// Who takes a case, and how soon.
    pub routing: Routing,
}

/// One rule: when it fires, and what follows.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Rule {
    /// Stable id, lower case with underscores; it stands in packets.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// When it fires. Without it, always.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub when: Condition,
    /// What follows.
    pub action: Action,
    /// What the customer is asked for, if `action` is `ask_evidence`.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub evidence: Vec<EvidenceKind>,
    /// Key of what is said to the customer, one of `messages`.
    pub message: String,
    /// How the agent should sound, for example `calm`.
    pub tone: Option<String>,
    /// What it does to the priority. A rule that goes by plan, segment, role or
    /// account value does so only for a customer whose identity is proven.
    #[cfg_attr(feature = "schema", schemars(with = "Option<schema::Lift>"))]
    pub priority: Option<Lift>,
}

/// What a rule or a route does to the priority that follows from the urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lift {
    /// It is at least this.
    AtLeast(Priority),
    /// It is one step higher; in a file `raise`.
    OneStep,
}

impl Lift {
    /// Each with its name.
    pub const NAMED: [(Self, &str); 5] = [
        (Self::AtLeast(Priority::Low), "low"),
        (Self::AtLeast(Priority::Normal), "normal"),
        (Self::AtLeast(Priority::High), "high"),
        (Self::AtLeast(Priority::Urgent), "urgent"),
        (Self::OneStep, "raise"),
    ];
}

impl Rules {
    /// What is said to the customer.
    #[must_use]
    pub fn message(&self, key: &str) -> &str {
        let known = self.messages.iter().find(|(known, _)| known == key);
        known.map_or("", |(_, text)| text)
    }
}

/// Applies the shipped rules, see [`Rules::decide`].
#[must_use]
pub fn decide(triage: &Triage, context: &Context<'_>) -> Decision {
    Rules::shipped().decide(triage, context)
}
