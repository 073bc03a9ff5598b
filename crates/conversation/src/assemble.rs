//! Puts a draft packet together from the conversation and the evidence.

use baton_packet::{
    App, Attachment, Channel, Consent, ConsentVia, Conversation, Customer, Environment, Evidence,
    Message, Packet, PacketId, Redaction, SCHEMA_VERSION, Timestamp,
};
use baton_triage::{decide, route, summarize, triage};

use crate::{State, reduce::context};

/// What the shell gathered for a packet.
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
    /// What was masked while gathering.
    pub redactions: Vec<Redaction>,
}

/// The draft: complete but for the customer's approval and, on the way out, the
/// redaction of the transcript.
#[must_use]
pub fn assemble(state: &State, gathered: Gathered, id: PacketId, at: Timestamp) -> Packet {
    let texts = state.customer_texts();
    let context = context(&state.facts);
    let triage = state.triage.clone().unwrap_or_else(|| triage(&texts));
    let escalation =
        state.escalation.clone().unwrap_or_else(|| decide(&triage, &context).escalation);
    let route = state.route.clone().unwrap_or_else(|| route(&triage, &context));
    let summary = summarize(&texts);
    let transcript = state
        .messages
        .iter()
        .map(|message| Message { extra: Default::default(), ..message.clone() })
        .collect();
    Packet {
        schema_version: SCHEMA_VERSION.to_owned(),
        id,
        created_at: at.clone(),
        supersedes: None,
        app: gathered.app,
        customer: gathered.customer,
        conversation: Conversation { transcript, ..Conversation::default() },
        summary,
        attempts: Vec::new(),
        triage,
        escalation,
        route,
        evidence: gathered.evidence,
        environment: gathered.environment,
        timeline: state.timeline.clone(),
        consent: Consent {
            approved: false,
            via: if state.messages.iter().all(|message| message.channel == Channel::Api) {
                ConsentVia::Api
            } else {
                ConsentVia::Review
            },
            at,
            text: String::new(),
            items: Vec::new(),
            extra: Default::default(),
        },
        redactions: gathered.redactions,
        attachments: gathered.attachments,
        extra: Default::default(),
    }
}
