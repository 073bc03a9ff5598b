//! What the conversation knows at any moment.

use std::rc::Rc;

use baton_packet::{
    Author, Customer, Escalation, Message, Packet, Route, TimelineEntry, Timestamp, Triage,
};

use crate::{Delivery, Item};

/// Where the conversation stands. Each stage is one screen of the widget.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// The customer and the assistant talk.
    #[default]
    Chat,
    /// A human is being brought in; evidence is being gathered.
    Gathering,
    /// The draft is ready; the customer may review it or go on writing.
    Ready,
    /// The customer looks at everything that would be sent.
    Review,
    /// Approved: the packet is frozen and on its way, see [`State::delivery`].
    Sending,
    /// A receipt is there.
    Delivered,
    /// Refused or given up; the packet is kept.
    Failed,
}

/// What the page knows that triage and routing may use. The shell supplies it
/// anew with each message, because it changes while the customer writes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Who asks, as far as the page told.
    pub customer: Customer,
    /// URL of the page.
    pub page_url: String,
    /// Whether the page had uncaught errors.
    pub has_errors: bool,
    /// Requests that failed or were answered with 400 or above.
    pub failed_requests: u32,
    /// Preferred language of the browser, BCP 47.
    pub locale: Option<String>,
}

/// The whole state of one conversation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// Where it stands.
    pub stage: Stage,
    /// What was said, oldest first; raw text, redacted on its way out.
    pub messages: Vec<Message>,
    /// Milestones, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// What the page knew when the customer last wrote.
    pub facts: Facts,
    /// What the customer's words are about.
    pub triage: Option<Triage>,
    /// Why a human is needed, once that is decided.
    pub escalation: Option<Escalation>,
    /// Who should take it, once that is decided.
    pub route: Option<Route>,
    /// What would be sent: redacted, not yet approved.
    pub draft: Option<Rc<Packet>>,
    /// What the customer struck out of the draft.
    pub struck: Vec<Item>,
    /// The address the customer gave in the review.
    pub contact_email: String,
    /// How far the approved packet got.
    pub delivery: Delivery,
    /// The packet that was approved, byte for byte what is being sent.
    pub approved: Option<Rc<Packet>>,
}

impl State {
    /// The customer's own words, oldest first.
    #[must_use]
    pub fn customer_texts(&self) -> Vec<&str> {
        self.messages
            .iter()
            .filter(|message| message.author == Author::Customer)
            .map(|message| message.text.as_str())
            .collect()
    }

    pub(crate) fn mark(&mut self, at: &Timestamp, event: &str, detail: Option<String>) {
        self.timeline.push(TimelineEntry {
            at: at.clone(),
            event: event.to_owned(),
            detail,
            extra: Default::default(),
        });
    }
}
