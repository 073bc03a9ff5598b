//! The case whose conversation goes on in this tab.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use baton_packet::{Receipt, Timestamp};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Url};

use super::bell::Bell;
use super::files::Held;

/// What is known and under way of it.
pub struct Case {
    /// The packet's id.
    pub id: String,
    /// Bearer token of its routes.
    pub token: Option<String>,
    /// When it was handed over.
    pub at: Timestamp,
    /// Whether that was in this page.
    pub is_new: bool,
    pub replies: Option<String>,
    pub messages: Option<String>,
    pub events: Option<String>,
    /// Whether it ended or was left.
    pub is_left: Cell<bool>,
    /// Whether this tab is the one that listens.
    pub holds: Cell<bool>,
    /// Ends the wait for the lock.
    pub abort: AbortController,
    /// Ends what is being listened to.
    pub listening: RefCell<Option<AbortController>>,
    /// Cuts waits short.
    pub bell: Bell,
    /// Whether the next attempt to listen is not to wait.
    pub hurries: Cell<bool>,
    /// Messages that this tab sends, in order: id and body.
    pub queue: RefCell<VecDeque<(String, JsValue)>>,
    /// Files of messages that this tab sends, by the message's id.
    pub files: RefCell<Vec<(String, Vec<Held>)>>,
    pub is_posting: Cell<bool>,
    pub is_signalling: Cell<bool>,
    /// What the customer has seen, and what the receiver knows of that.
    pub seen: Cell<(u64, u64)>,
    /// Until it is said that nobody answers.
    pub losing: RefCell<Option<Timeout>>,
    /// Until somebody who began to write is forgotten.
    pub typing: RefCell<Option<Timeout>>,
}

impl Case {
    /// `None` where there is no address that may be listened to.
    ///
    /// Links may be relative to the endpoint, and must stay on its origin: what the
    /// customer writes goes where the page's owner has configured, and the token with
    /// it, whatever a receipt says.
    pub fn of(receipt: &Receipt, endpoint: &str, at: Timestamp, is_new: bool) -> Option<Self> {
        let origin = Url::new(endpoint).ok()?.origin();
        let resolved = |link: &Option<String>| {
            let url = Url::new_with_base(link.as_deref()?, endpoint).ok()?;
            (url.origin() == origin).then(|| url.href())
        };
        let replies = resolved(&receipt.links.replies);
        replies.is_some().then_some(())?;
        Some(Self {
            id: receipt.id.as_str().to_owned(),
            token: receipt.conversation_token.clone(),
            at,
            is_new,
            replies,
            messages: resolved(&receipt.links.messages),
            events: resolved(&receipt.links.events),
            is_left: Cell::new(false),
            holds: Cell::new(false),
            abort: AbortController::new().ok()?,
            listening: RefCell::default(),
            bell: Bell::default(),
            hurries: Cell::new(false),
            queue: RefCell::default(),
            files: RefCell::default(),
            is_posting: Cell::new(false),
            is_signalling: Cell::new(false),
            seen: Cell::default(),
            losing: RefCell::default(),
            typing: RefCell::default(),
        })
    }

    /// Ends everything that waits or listens.
    pub fn leave(&self) {
        self.is_left.set(true);
        self.holds.set(false);
        self.losing.take();
        self.typing.take();
        self.abort.abort();
        self.stop_listening();
        self.bell.ring();
    }

    /// The network is another one: what was listened to is dead and does not know it.
    pub fn hurry(&self) {
        self.hurries.set(true);
        self.stop_listening();
        self.bell.ring();
    }

    fn stop_listening(&self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
        }
    }
}
