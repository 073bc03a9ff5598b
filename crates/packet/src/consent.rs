//! What the customer approved, and what was masked.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Timestamp, Unknown};

/// The customer's approval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Consent {
    /// Must be true in a packet that leaves the page.
    pub approved: bool,
    /// How it was given.
    pub via: ConsentVia,
    /// When.
    pub at: Timestamp,
    /// The text that was agreed to.
    pub text: String,
    /// Each kind of evidence, and whether it was let go or struck out.
    #[serde(default)]
    pub items: Vec<ConsentItem>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// How consent was given.
    ConsentVia {
        /// In the widget's review step.
        Review => "review",
        /// By the host page, which says `consent: true` to `Baton.handoff()`.
        Api => "api",
        /// In the plain form shown where WebAssembly cannot run.
        Fallback => "fallback",
    }
}

/// One kind of evidence in the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentItem {
    /// `transcript`, `console`, `errors`, `network`, `steps`, `screenshot`, `environment`, …
    pub item: String,
    /// False if the customer struck it out; then the packet holds none of it.
    pub included: bool,
    /// How many records it has or had.
    pub count: u32,
}

/// How often one kind of secret was masked in one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Redaction {
    /// Section of the packet, for example `evidence.console`.
    pub section: String,
    /// Kind of secret, for example `token`.
    pub kind: String,
    /// How many were masked.
    pub count: u32,
}
