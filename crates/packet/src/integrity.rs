//! What proves that a stored packet is the one that left the page.

use serde::{Deserialize, Serialize};

/// Hashes over the packet, made when it is frozen; `baton_evidence::integrity`
/// makes and checks them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Integrity {
    /// `sha-256`.
    pub algorithm: String,
    /// Each part of the packet, in the order of the chain.
    pub items: Vec<IntegrityItem>,
    /// Hash over the chain of all items, 64 lower-case hexadecimal digits.
    pub chain: String,
}

/// The hash of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IntegrityItem {
    /// Path of the part: `conversation`, `evidence.console` …
    pub path: String,
    /// SHA-256 of its canonical JSON (RFC 8785), 64 lower-case hexadecimal digits.
    pub sha256: String,
}
