//! The talk with the team after the hand-over: this tab's case, the other tabs, and what
//! is kept for the next page.

mod bell;
mod case;
mod channel;
mod files;
mod hearing;
mod keeping;
mod notice;
mod post;
mod read;
mod request;
mod store;
mod tabs;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use baton_conversation::talk::{TalkEffect, TalkEvent};
use baton_conversation::{Delivery, Event, Kept};
use baton_packet::{Receipt, Timestamp};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;

use super::session::Session;
use crate::config::Config;
use crate::js::{self, now};
use case::Case;
use notice::Notice;
use store::Owner;
use tabs::Tabs;

/// What a session holds of it.
#[derive(Default)]
pub struct Talking {
    case: RefCell<Option<Rc<Case>>>,
    /// The case that is taken up again, while that happens: when it was handed over.
    resumed: RefCell<Option<Timestamp>>,
    owner: RefCell<Owner>,
    earlier: RefCell<Rc<Vec<Kept>>>,
    tabs: RefCell<Option<Tabs>>,
    keeping: RefCell<Option<Timeout>>,
    /// Whether anything of this customer was kept.
    has_kept: Cell<bool>,
    notice: Notice,
    listeners: RefCell<Vec<EventListener>>,
}

impl Talking {
    /// Whether what was kept is gone: somebody logged out, here or in another tab.
    fn is_wiped(&self) -> bool {
        self.has_kept.get() && !store::has(&self.owner.borrow())
    }
}

impl Session {
    /// Takes up the conversation that goes on, if this customer has one.
    pub(super) fn resume(self: &Rc<Self>) {
        let talking = &self.talking;
        talking.owner.replace(Owner::of(&self.bridge));
        if !store::is_wanted(&self.bridge) {
            return;
        }
        let mut cases = store::cases(&talking.owner.borrow());
        let now_ms = js_sys::Date::now();
        let next = cases.iter().position(|kept| kept.goes_on(now_ms));
        store::set_pending(next.is_some());
        talking.has_kept.set(!cases.is_empty());
        if !cases.is_empty() {
            self.open_tabs();
        }
        if let Some(kept) = next.map(|next| cases.remove(next)) {
            talking.resumed.replace(Some(kept.at.clone()));
            self.dispatch(Event::Restored(Box::new(kept)));
            talking.resumed.take();
        }
        talking.earlier.replace(Rc::new(cases));
    }

    /// Cases of before, newest first.
    pub fn earlier(&self) -> Rc<Vec<Kept>> {
        Rc::clone(&self.talking.earlier.borrow())
    }

    /// Listens to the replies of this case.
    pub(super) fn listen(self: &Rc<Self>, receipt: Receipt) {
        let resumed = self.talking.resumed.take();
        let is_new = resumed.is_none();
        let endpoint = Config::read(&self.bridge).endpoint_url();
        let at = resumed.unwrap_or_else(now);
        let case = endpoint.and_then(|endpoint| {
            Case::of(&receipt, &endpoint, at, is_new)
                .ok_or_else(|| "links.replies must be on the endpoint's origin".to_owned())
        });
        let case = match case {
            Ok(case) => Rc::new(case),
            Err(reason) => {
                self.bridge.problem("replies", &["no answers can be received: ", &reason].concat());
                return self.dispatch(Event::Talk(TalkEvent::Over));
            }
        };
        self.leave_talk();
        self.talking.case.replace(Some(Rc::clone(&case)));
        self.open_tabs();
        self.watch_page();
        self.paint_unread();
        if is_new {
            self.keep_all();
        }
        self.share("hello", &[("seq", (self.state().talk.seq as f64).into())]);
        tabs::hold_alone(self, &case);
        self.look();
    }

    /// Stops listening: another case begins, or nobody is there any more.
    pub(super) fn leave_talk(&self) {
        let talking = &self.talking;
        talking.keeping.take();
        talking.listeners.take();
        talking.notice.rest();
        if let Some(case) = talking.case.take() {
            case.leave();
            if store::is_wanted(&self.bridge) {
                talking.earlier.replace(Rc::new(store::cases(&talking.owner.borrow())));
            }
            self.bridge.paint(&post::object(&[("unread", 0.into())]));
        }
    }

    /// The page ended the widget.
    pub(super) fn end_talk(&self) {
        if self.talking.keeping.take().is_some() {
            self.keep_all();
        }
        self.leave_talk();
        self.talking.tabs.take();
    }

    /// The customer writes to the team. What cannot be redacted is not sent: it stands in
    /// the composer again.
    pub fn write(self: &Rc<Self>, text: String) {
        let session = Rc::clone(self);
        spawn_local(async move {
            let redacted = match session.extras().await {
                Ok(extras) => extras.redacted(&text).map_err(|thrown| js::message_of(&thrown)),
                Err(reason) => Err(reason),
            };
            let event = match redacted {
                Ok(text) => {
                    TalkEvent::Wrote { id: post::new_id(), text, files: Vec::new(), at: now() }
                }
                Err(reason) => {
                    session.bridge.problem("part_missing", &reason);
                    session.put_back(text);
                    TalkEvent::HeldBack
                }
            };
            session.dispatch(Event::Talk(event));
        });
    }

    /// Before what was written meanwhile.
    fn put_back(&self, mut text: String) {
        let root = self.mounted.borrow().as_ref().and_then(|mounted| mounted.root());
        let composer = root.and_then(|root| root.query_selector(".composer textarea").ok()?);
        let composer = composer.and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok());
        if let Some(since) = composer.map(|composer| composer.value()).filter(|it| !it.is_empty()) {
            text = [&*text, "\n", &since].concat();
        }
        self.prefill.replace(Some(text));
    }

    /// Whether a rating would reach anybody.
    pub fn may_rate(&self) -> bool {
        matches!(&self.state().delivery, Delivery::Delivered(receipt) if receipt.links.events.is_some())
    }

    /// Does what the talk asks for.
    pub(super) fn perform_talk(self: &Rc<Self>, effect: TalkEffect) {
        if effect == TalkEffect::Keep {
            return self.keep_soon();
        }
        let Some(case) = self.talking.case.borrow().clone() else { return };
        match effect {
            TalkEffect::Post(id) => {
                self.share_message(&id);
                self.post(&case, id);
            }
            TalkEffect::Seen(seq) => {
                self.share("looked", &[]);
                case.seen.set((seq, case.seen.get().1));
                self.signal(&case);
            }
            TalkEffect::Rate(rating) => {
                self.share("rated", &[("rating", js::to_js(&rating))]);
                self.signal(&case);
            }
            TalkEffect::Unread(unread, is_new) => {
                if unread > 0 && self.is_looking() {
                    return self.dispatch(Event::Talk(TalkEvent::Looked));
                }
                self.paint_unread();
                match unread {
                    0 => self.talking.notice.rest(),
                    _ if is_new => self.talking.notice.draw(&self.bridge, unread, case.holds.get()),
                    _ => {}
                }
            }
            TalkEffect::TellReply(message) => self.bridge.emit("reply", &js::to_js(&message)),
            TalkEffect::Keep => {}
        }
    }

    fn paint_unread(&self) {
        let unread = self.state().talk.unread;
        self.bridge.paint(&post::object(&[("unread", unread.into())]));
    }

    // ---- Who looks

    fn is_looking(&self) -> bool {
        let is_open = self.mounted.borrow().as_ref().is_some_and(|mounted| mounted.is_open());
        let document = web_sys::window().and_then(|window| window.document());
        is_open
            && document
                .is_some_and(|document| !document.hidden() && document.has_focus().unwrap_or(false))
    }

    /// If the customer looks at the thread, nothing in it is unread.
    pub(super) fn look(self: &Rc<Self>) {
        let has_talk = self.talking.case.borrow().is_some();
        if has_talk && self.is_looking() {
            self.dispatch(Event::Talk(TalkEvent::Looked));
        }
    }

    fn watch_page(self: &Rc<Self>) {
        let Some(window) = web_sys::window() else { return };
        let Some(document) = window.document() else { return };
        let on = |target: &web_sys::EventTarget, name: &'static str, then: fn(&Rc<Session>)| {
            let session = Rc::downgrade(self);
            EventListener::new(target, name, move |_| {
                if let Some(session) = session.upgrade() {
                    then(&session);
                }
            })
        };
        let network = |session: &Rc<Session>| {
            if let Some(case) = &*session.talking.case.borrow() {
                case.hurry();
            }
        };
        let sight = |session: &Rc<Session>| {
            session.look();
            if let Some(case) = &*session.talking.case.borrow() {
                // Out of sight it was slow, and may have missed what other tabs told.
                case.bell.ring();
            }
            session.share("hello", &[("seq", (session.state().talk.seq as f64).into())]);
        };
        let leaving = |session: &Rc<Session>| {
            if session.talking.keeping.take().is_some() {
                session.keep_all();
            }
        };
        let wiped = |session: &Rc<Session>| {
            if session.talking.is_wiped() {
                session.forget_talk();
            }
        };
        self.talking.listeners.replace(vec![
            on(&window, "storage", wiped),
            on(&window, "online", network),
            on(&window, "focus", sight),
            on(&document, "visibilitychange", sight),
            on(&window, "pagehide", leaving),
        ]);
    }

    fn open_tabs(self: &Rc<Self>) {
        if self.talking.tabs.borrow().is_none() {
            let tabs = Tabs::open(self);
            self.talking.tabs.replace(tabs);
        }
    }
}
