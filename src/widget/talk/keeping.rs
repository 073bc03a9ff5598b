//! Keeping the case for the next page, for whom it is theirs.

use std::rc::Rc;

use baton_conversation::{Event, Kept, Stage, history};
use gloo_timers::callback::Timeout;

use super::post;
use super::store::{self, Owner};
use crate::js::now;
use crate::widget::session::Session;

/// Several events of one moment are kept at once.
const KEEP_MS: u32 = 300;

impl Session {
    /// Only the tab that listens keeps: it knows most.
    pub(super) fn keep_soon(self: &Rc<Self>) {
        let holds = self.talking.case.borrow().as_ref().is_some_and(|case| case.holds.get());
        if !holds || self.talking.keeping.borrow().is_some() {
            return;
        }
        let session = Rc::downgrade(self);
        let timeout = Timeout::new(KEEP_MS, move || {
            if let Some(session) = session.upgrade() {
                session.talking.keeping.take();
                session.keep_all();
            }
        });
        self.talking.keeping.replace(Some(timeout));
    }

    pub(super) fn keep_all(&self) {
        let case = self.talking.case.borrow();
        let Some(case) = case.as_ref().filter(|_| store::is_wanted(&self.bridge)) else { return };
        let Some(kept) = Kept::of(&self.state(), &case.at) else { return };
        let owner = self.talking.owner.borrow();
        let goes_on = kept.goes_on(js_sys::Date::now());
        let mut cases = store::cases(&owner);
        history::put(&mut cases, kept);
        if store::keep(&owner, &cases) {
            self.talking.has_kept.set(true);
            store::set_pending(goes_on);
        }
    }

    /// The page may have told of another customer, or of none.
    pub(in crate::widget) fn watch_owner(self: &Rc<Self>) {
        let talking = &self.talking;
        let owner = Owner::of(&self.bridge);
        let before = talking.owner.replace(owner.clone());
        if before == owner {
            // `clearIdentity()` wipes the store in any page, known or not.
            if !owner.is_known && talking.is_wiped() {
                self.forget_talk();
            }
            return;
        }
        if !owner.is_known {
            store::forget(&before);
            store::set_pending(false);
            if let Some(tabs) = &*talking.tabs.borrow() {
                let key = before.key.as_str().into();
                tabs.tell(&post::object(&[("what", "forget".into()), ("key", key)]));
            }
            return self.forget_talk();
        }
        let is_own = talking.case.borrow().as_ref().is_some_and(|case| case.is_new);
        if is_own && !before.is_known {
            // Whoever began as a stranger in this page and then says who they are is the
            // same person. What the browser kept from before may be somebody else's.
            store::forget(&before);
            return self.keep_all();
        }
        self.forget_talk();
        self.resume();
    }

    /// The panel is as if nothing had been handed over.
    pub(super) fn forget_talk(self: &Rc<Self>) {
        self.talking.has_kept.set(false);
        let is_handed = self.state().stage == Stage::Delivered && self.state().report.is_none();
        self.leave_talk();
        self.talking.earlier.take();
        if is_handed {
            self.dispatch(Event::Restarted { at: now() });
        }
        self.redraw();
    }
}
