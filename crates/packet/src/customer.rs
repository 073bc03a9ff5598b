//! Who asks, as far as the page told.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Extra, Unknown};

/// The customer. Everything is optional: a visitor may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Customer {
    /// The embedder's own id of this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address for replies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Market segment, for example `enterprise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Plan, for example `pro`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Role in the account, for example `admin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Yearly value of the account in the embedder's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_value: Option<f64>,
    /// What this customer was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entitlement: Option<Entitlement>,
    /// How far these facts are proven. Priority and SLA by plan count only when
    /// this is not `none`.
    #[serde(default)]
    pub assurance: Assurance,
    /// The proof for `assurance`, made by the embedder's server: an HMAC of the id
    /// or a JWT. The receiver checks it; it is never part of what a page shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Preferred language, BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Any other trait.
    #[serde(default)]
    pub traits: Extra,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// What the customer's plan promises.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entitlement {
    /// Name of the support tier.
    pub tier: String,
    /// Promised time to the first response, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response_minutes: Option<u32>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// How far the customer's identity is proven.
    #[derive(Default)]
    Assurance {
        /// Claimed by the page only.
        #[default]
        None => "none",
        /// An HMAC of the id, verified by the receiver.
        Hmac => "hmac",
        /// A signed token, verified by the receiver.
        Jwt => "jwt",
    }
}
