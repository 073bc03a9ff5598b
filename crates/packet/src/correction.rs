//! What people decided otherwise than Baton did: the one record that the widget
//! writes, the desk collects and the trainer learns from.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Timestamp, Unknown};

/// One decision that somebody changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Override {
    /// What was changed.
    pub field: OverrideField,
    /// What Baton had decided, as the field's label.
    pub from: String,
    /// What it is instead.
    pub to: String,
    /// Who says so.
    pub by: OverrideBy,
    /// When.
    pub at: Timestamp,
    /// Why, in the words of whoever changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// A decision that can be changed.
    OverrideField {
        /// [`crate::Triage::intent`].
        Intent => "intent",
        /// [`crate::Triage::urgency`].
        Urgency => "urgency",
        /// [`crate::Route::queue`].
        Queue => "queue",
    }
}

vocabulary! {
    /// Who changed a decision.
    OverrideBy {
        /// The customer, in the review.
        Customer => "customer",
        /// An agent, on the desk.
        Agent => "agent",
    }
}
