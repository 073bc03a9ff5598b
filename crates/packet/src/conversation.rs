//! The transcript, what came before it, and the case in a few lines.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Fact, Source, Timestamp, Unknown};

/// Everything said so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conversation {
    /// Messages, oldest first.
    pub transcript: Vec<Message>,
    /// Earlier contacts about the same case, so that a case begun by mail or
    /// phone continues instead of starting over.
    #[serde(default)]
    pub previous: Vec<PreviousContact>,
    /// What the customer was asked before the hand-over, and what they answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FormField>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// One message of the transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Who wrote it.
    pub author: Author,
    /// Plain text; never HTML.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// Through which channel.
    pub channel: Channel,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// A question of the pre-triage with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormField {
    /// Id of the question: `flow.question`.
    pub id: String,
    /// The question, as it was asked.
    pub question: String,
    /// The answer in the customer's words; absent where they skipped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

vocabulary! {
    /// Who wrote a message.
    Author {
        /// The customer.
        Customer => "customer",
        /// Baton, or the embedder's AI speaking through it.
        Assistant => "assistant",
        /// A human of the team.
        Agent => "agent",
        /// A notice of the system, such as a change of queue.
        System => "system",
    }
}

vocabulary! {
    /// Through which channel something was said.
    Channel {
        /// The widget in the page.
        Widget => "widget",
        /// `Baton.handoff()`, without the widget's panel.
        Api => "api",
        /// E-mail.
        Email => "email",
        /// Telephone.
        Phone => "phone",
        /// Any other chat.
        Chat => "chat",
        /// Anything else.
        Other => "other",
    }
}

/// An earlier contact about the same case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreviousContact {
    /// Where it took place.
    pub channel: Channel,
    /// Its id in that system, for example a ticket number.
    pub id: String,
    /// Where a human can read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// The case in a few lines, extracted from the customer's own words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// One line, at most 120 characters.
    pub title: String,
    /// What is wrong or wanted.
    pub problem: String,
    /// What the customer tried already.
    #[serde(default)]
    pub tried: Vec<String>,
    /// What the customer expected instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Who or what is affected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<String>,
    /// What is still unknown.
    #[serde(default)]
    pub open_questions: Vec<String>,
    /// Whether the customer wrote `title` and `problem` anew before sending.
    #[serde(default, skip_serializing_if = "is_false")]
    pub edited: bool,
    /// Where its lines come from; those without a place are composed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What the customer already said, by message and place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// An article or answer that was shown before a human was brought in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attempt {
    /// When it was shown.
    pub at: Timestamp,
    /// Who answered: `articles`, `ai`, `browser_model` or the embedder's own name.
    pub provider: String,
    /// What was shown.
    pub text: String,
    /// The article it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether it quotes a source (true) or was inferred (false).
    pub grounded: bool,
    /// Whether the customer said it helped; absent if they did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helped: Option<bool>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// A milestone of the hand-over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// What happened: `opened`, `message`, `escalated`, `approved`, `packed` or
    /// a newer name.
    pub event: String,
    /// More about it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}
