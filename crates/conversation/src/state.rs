//! What the conversation knows at any moment.

use std::rc::Rc;

use baton_packet::{Author, Escalation, FormField, Message, Override, TimelineEntry, Timestamp};

use serde::{Deserialize, Serialize};

use crate::{Confirmation, Delivery, Item, Question, Report, Review, Shown, Talk};

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

/// The whole state of one conversation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// Where it stands.
    pub stage: Stage,
    /// What was said, oldest first; raw text, redacted on its way out.
    pub messages: Vec<Message>,
    /// Milestones, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The form of a tester, who reports a bug instead of talking.
    pub report: Option<Report>,
    /// Why a human is needed, once that is decided: as the customer was told.
    pub escalation: Option<Escalation>,
    /// What the customer corrected of how the case was sorted, one a field.
    pub overrides: Vec<Override>,
    /// Whether the case is being sorted anew after that.
    pub resorting: bool,
    /// The queue that is brought in.
    pub queue: String,
    /// When it opens, in milliseconds since 1970 UTC, if it is closed now.
    pub opens_at_ms: Option<f64>,
    /// The answers that were shown.
    pub answers: Vec<Shown>,
    /// What there is of the answer that is being looked for.
    pub answering: Option<String>,
    /// Whether nobody had an answer to the customer's last words.
    pub nobody_answers: bool,
    /// Whether who could have answered said that a person is needed.
    pub refers_to_human: bool,
    /// Why a person is offered, where the customer decides.
    pub offer: Option<Escalation>,
    /// The question that is open.
    pub question: Option<Question>,
    /// What would be asked next.
    pub questions: Vec<Question>,
    /// What was asked, and answered or skipped.
    pub asked: Vec<FormField>,
    /// Whether the customer pressed "Talk to a person".
    pub wants_person: bool,
    /// Whether the customer wants no more questions.
    pub asks_no_more: bool,
    /// What would be sent, for the customer's review.
    pub review: Option<Rc<Review>>,
    /// What the customer struck out of the draft.
    pub struck: Vec<Item>,
    /// The address the customer typed in the review; `None` while they left the
    /// known one as it is, empty if they took it out.
    pub contact: Option<String>,
    /// Whether that is no address.
    pub contact_is_wrong: bool,
    /// The summary as the customer wrote it anew: its line, and what is wrong.
    pub summary: Option<EditedSummary>,
    /// How far the approved packet got.
    pub delivery: Delivery,
    /// What is true of the packet that was approved.
    pub confirmation: Option<Confirmation>,
    /// What was said since the hand-over.
    pub talk: Talk,
    /// Whether the receiver takes further messages.
    pub may_write: bool,
}

/// The summary as the customer wrote it anew.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedSummary {
    /// The case in one line.
    pub title: String,
    /// What is wrong or wanted.
    pub problem: String,
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
