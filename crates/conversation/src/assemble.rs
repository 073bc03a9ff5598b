//! Puts a draft packet together from the words and the evidence.

use baton_packet::{
    App, Attachment, Consent, ConsentVia, Conversation, Customer, Environment, Evidence, Packet,
    PacketId, SCHEMA_VERSION, Timestamp,
};

use crate::Words;

/// What was gathered besides the words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gathered {
    /// Host application and widget version.
    pub app: App,
    /// Who asks.
    pub customer: Customer,
    /// Sensor records and screenshots.
    pub evidence: Evidence,
    /// Browser, device and page.
    pub environment: Environment,
    /// Manifest of the files.
    pub attachments: Vec<Attachment>,
}

/// The draft: complete but for the redaction of its words and the customer's
/// approval.
#[must_use]
pub fn assemble(words: Words, gathered: Gathered, id: PacketId, at: Timestamp) -> Packet {
    Packet {
        schema_version: SCHEMA_VERSION.to_owned(),
        id,
        created_at: at.clone(),
        supersedes: None,
        app: gathered.app,
        customer: gathered.customer,
        conversation: Conversation { transcript: words.transcript, ..Conversation::default() },
        summary: words.summary,
        attempts: Vec::new(),
        triage: words.triage,
        escalation: words.escalation,
        route: words.route,
        overrides: words.overrides,
        evidence: gathered.evidence,
        environment: gathered.environment,
        timeline: words.timeline,
        consent: Consent {
            approved: false,
            via: ConsentVia::Review,
            at,
            text: String::new(),
            items: Vec::new(),
            extra: Default::default(),
        },
        redactions: Vec::new(),
        attachments: gathered.attachments,
        integrity: None,
        extra: Default::default(),
    }
}
