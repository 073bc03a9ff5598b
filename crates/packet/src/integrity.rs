//! What proves that a stored packet is the one that left the page.

use serde::{Deserialize, Serialize};

/// Hashes over the packet, made when it is frozen.
///
/// Each part of the packet has a hash of its own, so that a receiver can say which
/// part was changed; a chain over them holds order and completeness. Whoever has
/// SHA-256 and a JSON parser that reads numbers exactly can check it:
///
/// 1. Parts are the members of the document but `integrity`, and in the place of
///    `evidence` its members, as `evidence.console` …; each level in the order of
///    RFC 8785. Members of newer versions are parts like any other.
/// 2. `sha256` of a part is that of its value's canonical JSON (RFC 8785) in UTF-8.
/// 3. The chain begins with the packet's `id`; for each part it becomes the SHA-256 of
///    chain, path and `sha256`, joined as text without anything between. Its last
///    value is `chain`.
///
/// A hash without a key shows damage and careless edits. Who may rewrite the
/// packet may rewrite its hashes.
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
