//! The talk with the team after the hand-over: this tab's case, the other tabs, and what
//! is kept for the next page.

mod bell;
mod case;
mod channel;
mod notice;
mod post;
mod read;
mod request;
mod store;
mod tabs;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use baton_conversation::talk::{Post, TalkEffect, TalkEvent, What};
use baton_conversation::{Delivery, Event, Kept, Stage, history};
use baton_packet::reply::Event as Told;
use baton_packet::{Receipt, Timestamp};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;

use super::session::Session;
use crate::config::Config;
use crate::data::Data;
use crate::js::{self, now};
use case::Case;
use notice::Notice;
use store::Owner;
use tabs::Tabs;

/// Several events of one moment are kept at once.
const KEEP_MS: u32 = 300;
/// How long another tab has for sending what was written in it.
const STAND_IN_MS: u32 = 20_000;
/// How long somebody is writing who does not go on.
const TYPING_MS: u32 = 10_000;

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
                Ok(text) => TalkEvent::Wrote { id: post::new_id(), text, at: now() },
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

    // ---- What is told and heard

    /// Something happened to this case, here; the other tabs hear it, too.
    fn tell_of(self: &Rc<Self>, case: &Rc<Case>, event: TalkEvent) {
        let current = self.talking.case.borrow().clone();
        if !current.is_some_and(|current| Rc::ptr_eq(&current, case)) {
            return;
        }
        match &event {
            TalkEvent::Posted(id, post) => {
                self.share("posted", &[("id", id.into()), ("post", js::to_js(post))]);
            }
            TalkEvent::Passed(seq) => self.share("passed", &[("seq", (*seq as f64).into())]),
            TalkEvent::Lost(is_lost) => self.share("lost", &[("lost", (*is_lost).into())]),
            TalkEvent::RatingSent => self.share("rating_sent", &[]),
            TalkEvent::Over => {
                self.share("over", &[]);
                case.leave();
                store::set_pending(false);
            }
            _ => {}
        }
        self.dispatch(Event::Talk(event));
        if case.is_left.get() {
            self.keep_all();
        }
    }

    /// The channel told this; `seq` is its number.
    fn heard(self: &Rc<Self>, case: &Rc<Case>, seq: Option<u64>, kind: &str, data: JsValue) {
        let current = self.talking.case.borrow().clone();
        if !current.is_some_and(|current| Rc::ptr_eq(&current, case)) {
            return;
        }
        let number = seq.map_or(JsValue::NULL, |seq| (seq as f64).into());
        self.share("told", &[("seq", number), ("type", kind.into()), ("data", data.clone())]);
        if let Some(event) = self.told(case, seq, kind, data) {
            self.dispatch(Event::Talk(event));
        }
    }

    fn told(
        self: &Rc<Self>,
        case: &Rc<Case>,
        seq: Option<u64>,
        kind: &str,
        data: JsValue,
    ) -> Option<TalkEvent> {
        let Some(told) = read::told(kind, &Data::from_js(data)) else {
            return seq.map(TalkEvent::Passed);
        };
        if matches!(&told, Told::Typing(typing) if typing.active) {
            let session = Rc::downgrade(self);
            case.typing.replace(Some(Timeout::new(TYPING_MS, move || {
                if let Some(session) = session.upgrade() {
                    session.dispatch(Event::Talk(TalkEvent::TypingEnded));
                }
            })));
        }
        Some(TalkEvent::Told(seq, told))
    }

    /// Tells the other tabs.
    fn share(&self, what: &str, fields: &[(&str, JsValue)]) {
        let tabs = self.talking.tabs.borrow();
        let case = self.talking.case.borrow();
        if let (Some(tabs), Some(case)) = (&*tabs, &*case) {
            let told = post::object(fields);
            js::set(told.unchecked_ref(), "what", &what.into());
            js::set(told.unchecked_ref(), "case", &case.id.as_str().into());
            tabs.tell(&told);
        }
    }

    fn share_message(&self, id: &str) {
        let state = self.state();
        let entry = state.talk.entries.iter().find(|entry| entry.id == id);
        if let Some((entry, What::Mine { text, .. })) = entry.map(|entry| (entry, &entry.what)) {
            let (text, at) = (text.as_str().into(), entry.at.as_str().into());
            self.share("wrote", &[("id", id.into()), ("text", text), ("at", at)]);
        }
    }

    /// Another tab told this.
    fn heard_elsewhere(self: &Rc<Self>, told: JsValue) {
        let what = js::get_string(&told, "what").unwrap_or_default();
        let of = js::get_string(&told, "case");
        if what == "forget" {
            let is_mine = js::get_string(&told, "key")
                .is_some_and(|key| key == self.talking.owner.borrow().key);
            return if is_mine {
                self.forget_talk()
            };
        }
        let case = self.talking.case.borrow().clone();
        let Some(case) = case.filter(|case| Some(&case.id) == of.as_ref()) else { return };
        let text = |name| js::get_string(&told, name).unwrap_or_default();
        let seq = js::get(&told, "seq").as_f64().map(|seq| seq as u64);
        let event = match &*what {
            "told" => self.told(&case, seq, &text("type"), js::get(&told, "data")),
            "passed" => seq.map(TalkEvent::Passed),
            "lost" => Some(TalkEvent::Lost(js::get(&told, "lost").is_truthy())),
            "over" => {
                case.leave();
                Some(TalkEvent::Over)
            }
            "wrote" => {
                self.stand_in(&case);
                Timestamp::parse(&text("at")).map(|at| TalkEvent::Wrote {
                    id: text("id"),
                    text: text("text"),
                    at,
                })
            }
            "posted" => read::post(&Data::from_js(js::get(&told, "post")))
                .map(|post: Post| TalkEvent::Posted(text("id"), post)),
            "looked" => Some(TalkEvent::Looked),
            "rated" => read::rating(&Data::from_js(js::get(&told, "rating"))).map(TalkEvent::Rated),
            "rating_sent" => Some(TalkEvent::RatingSent),
            "hello" => {
                let talk = self.state().talk.clone();
                if case.holds.get() && seq.is_some_and(|seq| seq < talk.seq) {
                    self.share("state", &[("talk", js::to_js(&talk))]);
                }
                None
            }
            "state" => {
                let talk = read::talk(&Data::from_js(js::get(&told, "talk")));
                Some(TalkEvent::Caught(Box::new(talk)))
            }
            _ => None,
        };
        if let Some(event) = event {
            self.dispatch(Event::Talk(TalkEvent::Elsewhere(Box::new(event))));
        }
    }

    /// Another tab sends a message, and may be closed before it has.
    fn stand_in(self: &Rc<Self>, case: &Rc<Case>) {
        if !case.holds.get() {
            return;
        }
        let (session, case) = (Rc::clone(self), Rc::clone(case));
        spawn_local(async move {
            TimeoutFuture::new(STAND_IN_MS).await;
            if !case.is_left.get() {
                session.send_rest(&case);
            }
        });
    }

    fn open_tabs(self: &Rc<Self>) {
        if self.talking.tabs.borrow().is_none() {
            let tabs = Tabs::open(self);
            self.talking.tabs.replace(tabs);
        }
    }

    // ---- What is kept

    /// Only the tab that listens keeps: it knows most.
    fn keep_soon(self: &Rc<Self>) {
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

    fn keep_all(&self) {
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
    pub(super) fn watch_owner(self: &Rc<Self>) {
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
    fn forget_talk(self: &Rc<Self>) {
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
