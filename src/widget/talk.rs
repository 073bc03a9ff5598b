//! The talk with the team after the hand-over: listens to the reply channel, sends
//! what the customer writes.

use std::rc::Rc;

use baton_conversation::Delivery;
use baton_conversation::talk::TalkEffect;
use baton_packet::Receipt;

use super::session::Session;

impl Session {
    /// Listens to the replies of this case.
    pub(super) fn listen(self: &Rc<Self>, receipt: Receipt) {
        let _ = receipt;
    }

    /// The customer writes to the team.
    pub fn write(self: &Rc<Self>, text: String) {
        let _ = text;
    }

    /// Whether a rating would reach anybody.
    pub fn may_rate(&self) -> bool {
        matches!(&self.state().delivery, Delivery::Delivered(receipt) if receipt.links.events.is_some())
    }

    /// Does what the talk asks for.
    pub(super) fn perform_talk(self: &Rc<Self>, effect: TalkEffect) {
        let _ = effect;
    }
}
