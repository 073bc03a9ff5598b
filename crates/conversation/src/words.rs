//! What the conversation itself contributes to a packet.

use baton_packet::{
    Attempt, Escalation, FormField, Message, Override, Route, Summary, TimelineEntry, Triage,
};

/// The part of a packet that is made of words: what was said, what it is about,
/// and what follows from it. Raw; redacted on its way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Messages, oldest first.
    pub transcript: Vec<Message>,
    /// Milestones so far, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The case in a few lines.
    pub summary: Summary,
    /// What it is about.
    pub triage: Triage,
    /// Why a human is needed.
    pub escalation: Escalation,
    /// Who should take it.
    pub route: Route,
    /// What the customer corrected of it.
    pub overrides: Vec<Override>,
    /// What was asked before the hand-over.
    pub fields: Vec<FormField>,
    /// The answers that were shown.
    pub attempts: Vec<Attempt>,
}
