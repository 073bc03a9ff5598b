//! What can happen to a conversation, and what it asks of the outside.

use std::rc::Rc;

use baton_packet::{OverrideField, Receipt, Timestamp};

use crate::{Approval, Confirmation, Heard, Item, QaEvent, Review, outbox};

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
