//! What the case is about, why a human is needed, and who.

use serde::de::Error as _;
use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{CustomerState, Intent, Topic, Unknown, Urgency};

/// The result of local triage: always the best class, its probability, and
/// every class's probability. "Unsure" is what the rules conclude.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Triage {
    /// What it is about.
    pub intent: Intent,
    /// How soon it hurts.
    pub urgency: Urgency,
    /// How the customer is doing.
    pub customer_state: CustomerState,
    /// Whether a person was explicitly asked for.
    pub wants_human: bool,
    /// Sensitive subjects, in the order of [`Topic::ALL`].
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Language of the customer's words, BCP 47; `und` if undetermined.
    pub language: String,
    /// Probability of each answer above.
    pub confidence: Confidence,
    /// Probability of every class.
    pub scores: Scores,
    /// What weighed most, strongest first.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// Probabilities, 0 to 1, of the chosen answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Confidence {
    /// Of the intent.
    pub intent: f64,
    /// Of the urgency.
    pub urgency: f64,
    /// Of the customer's state.
    pub customer_state: f64,
    /// Of the chosen value of `wants_human`.
    pub wants_human: f64,
    /// Of the language.
    pub language: f64,
}

/// Probabilities, 0 to 1, of every class by its label. Those of `intent`,
/// `urgency` and `customer_state` each sum to 1; topics are independent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scores {
    /// By [`Intent`] label.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, f64>"))]
    pub intent: Probabilities,
    /// By [`Urgency`] label.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, f64>"))]
    pub urgency: Probabilities,
    /// By [`CustomerState`] label.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, f64>"))]
    pub customer_state: Probabilities,
    /// By [`Topic`] label.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, f64>"))]
    pub topics: Probabilities,
    /// That a person was asked for.
    pub wants_human: f64,
}

/// Probabilities by label, in the order they were given; a JSON object on the
/// wire. A plain list: with at most 14 labels a tree would only add code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Probabilities(Vec<(String, f64)>);

impl Probabilities {
    /// The probability of this label.
    #[must_use]
    pub fn get(&self, label: &str) -> Option<f64> {
        self.iter().find_map(|(known, value)| (known == label).then_some(value))
    }

    /// All labels with their probabilities.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(label, value)| (label.as_str(), *value))
    }
}

impl FromIterator<(String, f64)> for Probabilities {
    fn from_iter<I: IntoIterator<Item = (String, f64)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl Serialize for Probabilities {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Probabilities {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let labels = crate::Extra::deserialize(deserializer)?;
        let number = |(label, value): (String, serde_json::Value)| {
            let value = value.as_f64();
            value.map(|value| (label, value)).ok_or_else(|| D::Error::custom("not a number"))
        };
        labels.into_iter().map(number).collect()
    }
}

/// One feature that weighed in a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// Which answer it speaks for, for example `intent:bug`.
    pub about: String,
    /// The feature, for example a word of the customer.
    pub feature: String,
    /// Its weight; larger is stronger.
    pub weight: f64,
}

/// Why a human is brought in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Escalation {
    /// Id of the rule that decided.
    pub rule: String,
    /// The rule in plain words, as the customer was told.
    pub reason: String,
    /// Every rule that fired, the deciding one first.
    #[serde(default)]
    pub rules_fired: Vec<FiredRule>,
    /// How the agent should sound, for example `calm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tone: Option<String>,
    /// What the rules ask the customer for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceKind>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// A rule that fired, with its reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FiredRule {
    /// Id of the rule.
    pub rule: String,
    /// Why it fired, in plain words.
    pub reason: String,
    /// What made it fire, as the rule names it: `intent refund (83 %)`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
}

vocabulary! {
    /// Evidence that a rule may ask the customer for.
    EvidenceKind {
        /// A picture of the page.
        Screenshot => "screenshot",
        /// The page's last seconds.
        Replay => "replay",
        /// What the page wrote to its console.
        Console => "console",
        /// The page's requests.
        Network => "network",
        /// What was done before, in order.
        Steps => "steps",
        /// What should have happened instead.
        Expected => "expected",
        /// Since when.
        Since => "since",
        /// The words of the error.
        ErrorMessage => "error_message",
        /// Files of the customer.
        Files => "files",
    }
}

/// Where the case should go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Route {
    /// One of [`crate::Queue`]'s labels, or a queue of the embedder's own.
    pub queue: String,
    /// How soon it should be taken up.
    pub priority: Priority,
    /// Language the human should speak, BCP 47.
    pub language: String,
    /// Target for the first response, in minutes; absent where none is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sla_minutes: Option<u32>,
    /// What whoever takes it should know well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    /// Why this queue, in plain words.
    pub reason: String,
    /// Other queues that fit, best first.
    #[serde(default)]
    pub alternatives: Vec<AlternativeRoute>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// Priority of a routed case. Ordered: `Low < Normal < High < Urgent`.
    Priority {
        /// When there is time.
        Low => "low",
        /// In turn.
        Normal => "normal",
        /// Before the others.
        High => "high",
        /// Now.
        Urgent => "urgent",
    }
}

/// A queue that would also fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlternativeRoute {
    /// The queue.
    pub queue: String,
    /// Why it fits, in plain words.
    pub reason: String,
}
