//! Puts a draft packet together from the words and the evidence.

use baton_packet::{
    App, Attachment, Author, Consent, ConsentVia, Conversation, Customer, Environment, Evidence,
    Excerpt, Message, Packet, PacketId, SCHEMA_VERSION, Summary, Timestamp,
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

/// The summary with its places counted in the whole transcript. Triage hears the
/// customer only, and counts the customer's messages.
fn placed(mut summary: Summary, transcript: &[Message]) -> Summary {
    let spoken = |message: &&Message| message.author == Author::Customer;
    let of_customer: Vec<u32> =
        (0..).zip(transcript).filter(|(_, message)| spoken(message)).map(|(at, _)| at).collect();
    let place = |at: &mut Excerpt| match of_customer.get(at.message as usize) {
        Some(message) => {
            at.message = *message;
            true
        }
        None => false,
    };
    summary.sources.retain_mut(|source| place(&mut source.at));
    summary.facts.retain_mut(|fact| place(&mut fact.at));
    summary
}

/// The draft: complete but for the redaction of its words and the customer's
/// approval.
#[must_use]
pub fn assemble(words: Words, gathered: Gathered, id: PacketId, at: Timestamp) -> Packet {
    let summary = placed(words.summary, &words.transcript);
    Packet {
        schema_version: SCHEMA_VERSION.to_owned(),
        id,
        created_at: at.clone(),
        supersedes: None,
        app: gathered.app,
        customer: gathered.customer,
        conversation: Conversation {
            transcript: words.transcript,
            fields: words.fields,
            ..Conversation::default()
        },
        summary,
        attempts: words.attempts,
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
