//! What a receiver answers to a delivered packet.

use serde::{Deserialize, Serialize};

use crate::{PacketId, Timestamp};

/// The receipt: 201 for a new packet, 200 with the same body for a repeat.
/// "Sent" is shown to the customer only when `id` equals the packet's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// The id of the packet that was stored.
    pub id: PacketId,
    /// When the receiver had stored it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
    /// Unguessable bearer token for the routes in `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_token: Option<String>,
    /// Where to go on; the widget derives no URL by itself.
    #[serde(default)]
    pub links: Links,
    /// Hashes of attachments in the manifest that the receiver does not have yet.
    #[serde(default)]
    pub missing: Vec<String>,
}

/// The routes of one conversation. A receiver names only those it serves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Links {
    /// `GET`: the human's replies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replies: Option<String>,
    /// `POST`: further messages of the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<String>,
    /// `POST`: events such as CSAT or "seen".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<String>,
    /// `PUT {evidence}/{sha256}`: bytes of a missing attachment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}
