//! What the conversation knows at any moment.

use std::rc::Rc;

use baton_packet::{
    Author, Customer, Escalation, Message, Route, TimelineEntry, Timestamp, Triage,
};
use baton_triage::{Model, decide, route, summarize, triage};

use crate::{Confirmation, Delivery, Item, Review, Words, reduce::context};

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
    /// What would be sent, for the customer's review.
    pub review: Option<Rc<Review>>,
    /// What the customer struck out of the draft.
    pub struck: Vec<Item>,
    /// The address the customer gave in the review.
    pub contact_email: String,
    /// How far the approved packet got.
    pub delivery: Delivery,
    /// What is true of the packet that was approved.
    pub confirmation: Option<Confirmation>,
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

    /// What the conversation contributes to a packet. Where nothing was decided
    /// yet, as in a hand-over by the host page, it is decided now.
    #[must_use]
    pub fn words(&self, model: Option<&Model>) -> Words {
        let texts = self.customer_texts();
        let context = context(&self.facts);
        let triage = self.triage.clone().unwrap_or_else(|| triage(model, &texts));
        let decided = || decide(&triage, &context).escalation;
        Words {
            transcript: self.messages.clone(),
            timeline: self.timeline.clone(),
            summary: summarize(&texts),
            escalation: self.escalation.clone().unwrap_or_else(decided),
            route: self.route.clone().unwrap_or_else(|| route(&triage, &context)),
            triage,
        }
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
