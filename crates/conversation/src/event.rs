//! What can happen to a conversation, and what it asks of the outside.

use std::rc::Rc;

use baton_packet::{OverrideField, Receipt, Timestamp};

use crate::talk::{TalkEffect, TalkEvent};
use crate::{
    Answer, Approval, Confirmation, EditedSummary, Heard, Item, Kept, QaEvent, Review, outbox,
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The customer opened the panel.
    Opened {
        /// When.
        at: Timestamp,
    },
    /// The customer wrote a message.
    CustomerWrote {
        /// What they wrote.
        text: String,
        /// When.
        at: Timestamp,
    },
    /// The customer pressed "Talk to a person".
    AskedForPerson {
        /// When.
        at: Timestamp,
    },
    /// Triage came to this.
    Understood {
        /// When.
        at: Timestamp,
        /// What was understood.
        heard: Heard,
    },
    /// More of the answer is there: all of it so far.
    Answering(String),
    /// Who could answer has answered, or nobody has an answer.
    Answered {
        /// When.
        at: Timestamp,
        /// Messages in the conversation when it was asked for: later words make it
        /// stale.
        messages: u32,
        /// The answer.
        answer: Option<Answer>,
    },
    /// The customer said whether an answer helped.
    Helped {
        /// Which of [`crate::State::answers`].
        answer: usize,
        /// Whether it did.
        helped: bool,
        /// When.
        at: Timestamp,
    },
    /// The customer wants no person yet.
    OfferDeclined,
    /// The customer answered a question by showing something; said in these words.
    QuestionShown {
        /// What was shown, in words.
        words: String,
        /// When.
        at: Timestamp,
    },
    /// The customer skips the open question.
    QuestionSkipped {
        /// Whether they want no other either.
        all: bool,
        /// When.
        at: Timestamp,
    },
    /// The customer wrote the summary anew.
    SummaryEdited(EditedSummary),
    /// The draft is gathered, assembled and redacted.
    Drafted(Rc<Review>),
    /// The pictures of the draft, or how it is sorted, are others now.
    Pictured(Rc<Review>),
    /// A part of Baton that is needed now did not load.
    PartMissing {
        /// When.
        at: Timestamp,
    },
    /// The customer wants to see what would be sent.
    ReviewOpened,
    /// The customer goes back to the conversation.
    ReviewClosed,
    /// The customer switched an item on or off.
    ItemToggled(Item),
    /// The customer corrected how the case is sorted.
    Corrected {
        /// What.
        field: OverrideField,
        /// The label that is right.
        to: String,
        /// When.
        at: Timestamp,
    },
    /// The customer typed an address for the answer.
    ContactTyped(String),
    /// The host page said something new of the customer or of itself.
    PageChanged,
    /// The customer approved the draft.
    Approved {
        /// When.
        at: Timestamp,
        /// The text that was agreed to.
        consent_text: String,
    },
    /// The approved packet is frozen; its delivery begins.
    Frozen(Confirmation),
    /// The delivery went on.
    Delivery(outbox::Input),
    /// Something happened in the talk with the team.
    Talk(TalkEvent),
    /// A conversation of an earlier page goes on.
    Restored(Box<Kept>),
    /// Something happened to a tester's report.
    Qa(QaEvent),
    /// The customer begins anew after a delivery.
    Restarted {
        /// When.
        at: Timestamp,
    },
}

/// Something that must be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Understand the customer's words, answer with [`Event::Understood`].
    Understand,
    /// Ask whoever can answer, report with [`Event::Answering`] and [`Event::Answered`].
    Answer,
    /// Nobody waits for the answer any more.
    StopAnswer,
    /// Sort the draft anew, without gathering; answer with [`Event::Pictured`].
    Resort,
    /// Gather evidence, assemble and redact a draft, answer with [`Event::Drafted`].
    Gather,
    /// Approve and freeze the draft, answer with [`Event::Frozen`].
    Freeze(Box<Approval>),
    /// Send the frozen bytes, answer with [`Event::Delivery`].
    Send,
    /// Answer with [`crate::outbox::Input::Retry`] after this delay, or sooner if
    /// the network comes back.
    RetryLater {
        /// Delay in milliseconds.
        after_ms: u32,
    },
    /// Listen to the reply channel of this receipt, report with [`Event::Talk`].
    Listen(Box<Receipt>),
    /// Do this for the talk with the team.
    Talk(TalkEffect),
    /// Tell the host page: a message was said.
    TellMessage,
    /// Tell the host page: a human is being brought in.
    TellEscalation,
    /// Tell the host page: the packet is approved and waits for delivery.
    TellQueued {
        /// Its id.
        id: String,
    },
    /// Tell the host page: a receipt is there.
    TellDelivered(Box<Receipt>),
    /// Tell the host page: delivery ended without a receipt.
    TellFailed {
        /// Why, for the developer.
        reason: String,
    },
}
