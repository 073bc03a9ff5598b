//! The handoff packet: the one contract between the widget, the backend that
//! receives it and third parties.
//!
//! A [`Packet`] is a versioned JSON document. Files (screenshots) travel beside
//! it and are named in its manifest by media type, size and SHA-256. This crate
//! knows no clock, no random source and no browser: times, random bytes and
//! file contents come in as arguments.
//!
//! ```
//! use baton_packet::{Packet, validate};
//!
//! let unfinished = r#"{"schema_version":"1.4"}"#;
//! let error = Packet::from_json(unfinished.as_bytes()).unwrap_err();
//! assert!(error.to_string().contains("missing field"));
//! # let _ = validate::validate;
//! ```

pub mod attachment;
pub mod consent;
pub mod conversation;
pub mod correction;
pub mod customer;
pub mod decision;
pub mod environment;
pub mod evidence;
pub mod fact;
pub mod id;
pub mod integrity;
pub mod limits;
pub mod performance;
pub mod receipt;
pub mod reply;
pub mod screenshot;
pub mod time;
pub mod validate;
pub mod vocabulary;

pub use attachment::{Attachment, sha256_hex};
pub use consent::{Consent, ConsentItem, ConsentVia, Redaction};
pub use conversation::{
    Attempt, Author, Channel, Conversation, FormField, Message, PreviousContact, Summary,
    TimelineEntry,
};
pub use correction::{Override, OverrideBy, OverrideField};
pub use customer::{Assurance, Customer, Entitlement};
pub use decision::{
    AlternativeRoute, Confidence, Escalation, EvidenceKind, FiredRule, Priority, Probabilities,
    Reason, Route, Scores, Triage,
};
pub use environment::{
    App, Browser, ColorScheme, Connection, Device, DeviceKind, Environment, OperatingSystem,
    Screen, Viewport, WidgetVersion,
};
pub use evidence::{
    ConsoleLevel, ConsoleRecord, Content, ErrorKind, ErrorRecord, Evidence, Field, Gap, Header,
    Initiator, NetworkFailure, NetworkRecord, Point, Records, Replay, ReplayKind, Size, StepAction,
    StepRecord,
};
pub use fact::{Excerpt, Fact, FactKind, Source};
pub use id::PacketId;
pub use integrity::{Integrity, IntegrityItem};
pub use performance::{LongTask, Performance};
pub use receipt::{Links, Receipt};
pub use screenshot::{Annotation, AnnotationKind, Screenshot, ScreenshotMethod};
pub use time::Timestamp;
pub use vocabulary::{CustomerState, Intent, Queue, Topic, Urgency};

use serde::{Deserialize, Serialize};

/// The schema version this crate writes: `major.minor`. A newer minor version
/// only adds fields; a newer major version is refused.
pub const SCHEMA_VERSION: &str = "1.4";

/// A JSON object of free form, such as the traits of a customer.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// Fields that a newer minor version added. They are kept when a packet is read
/// and written again.
#[cfg(feature = "unknown-fields")]
pub type Unknown = Extra;

/// Where packets are only written, as in the widget, there are no unknown fields
/// to keep, and the code that would keep them is a fifth of the download.
#[cfg(not(feature = "unknown-fields"))]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unknown;

/// One complete handoff: everything a human needs to go on without asking again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Packet {
    /// `major.minor`, see [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// UUIDv7 (RFC 9562); also the idempotency key of the delivery.
    pub id: PacketId,
    /// When the packet was frozen.
    pub created_at: Timestamp,
    /// The packet that this one replaces: a queued packet is never changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<PacketId>,
    /// The page Baton is embedded in, and which Baton made the packet.
    pub app: App,
    /// Who asks, as far as the page told.
    #[serde(default)]
    pub customer: Customer,
    /// The transcript and what came before it.
    pub conversation: Conversation,
    /// The case in a few lines, in the customer's own words.
    pub summary: Summary,
    /// Articles and answers already shown, and whether they helped.
    #[serde(default)]
    pub attempts: Vec<Attempt>,
    /// What the message is about, with confidences and reasons.
    pub triage: Triage,
    /// Why a human is needed.
    pub escalation: Escalation,
    /// Which queue should take it, how fast, and why.
    pub route: Route,
    /// What people decided otherwise than Baton; what stands in `triage` and `route`
    /// is what they decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// What the page's sensors saw.
    #[serde(default)]
    pub evidence: Evidence,
    /// Browser, device and page.
    pub environment: Environment,
    /// Milestones of this hand-over, oldest first.
    #[serde(default)]
    pub timeline: Vec<TimelineEntry>,
    /// What the customer approved.
    pub consent: Consent,
    /// What was masked, by section and kind; never by content.
    #[serde(default)]
    pub redactions: Vec<Redaction>,
    /// The manifest of files that belong to the packet.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Hashes over everything above, made when the packet was frozen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integrity: Option<Integrity>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

impl Packet {
    /// Reads and validates a packet from its JSON bytes.
    ///
    /// # Errors
    /// [`PacketError`] says whether the bytes are no packet at all, too large,
    /// of a version this crate cannot read, or which fields are wrong.
    pub fn from_json(bytes: &[u8]) -> Result<Self, PacketError> {
        if bytes.len() > limits::MAX_PACKET_BYTES {
            return Err(PacketError::TooLarge { bytes: bytes.len() });
        }
        let version = serde_json::from_slice::<VersionOnly>(bytes)
            .map_err(|error| PacketError::Malformed(error.to_string()))?
            .schema_version;
        if !validate::is_readable_version(&version) {
            return Err(PacketError::Version(version));
        }
        let packet: Packet = serde_json::from_slice(bytes)
            .map_err(|error| PacketError::Malformed(error.to_string()))?;
        let problems = validate::validate(&packet);
        if problems.is_empty() { Ok(packet) } else { Err(PacketError::Invalid(problems)) }
    }
}

#[derive(Deserialize)]
struct VersionOnly {
    schema_version: String,
}

/// Why bytes are not a packet this crate accepts.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PacketError {
    /// Not JSON, or a field is missing or has the wrong type.
    #[error("not a handoff packet: {0}")]
    Malformed(String),
    /// Over [`limits::MAX_PACKET_BYTES`].
    #[error("the packet has {bytes} bytes; at most {} are accepted", limits::MAX_PACKET_BYTES)]
    TooLarge {
        /// Size of the refused document.
        bytes: usize,
    },
    /// A major version this crate does not know.
    #[error("schema_version {0:?} is not readable here; this is version {SCHEMA_VERSION}")]
    Version(String),
    /// Well-formed, but some fields contradict the contract.
    #[error("invalid packet: {}", validate::join(.0))]
    Invalid(Vec<validate::Problem>),
}
