//! What is told of the case: by the receiver, by this tab to the others, and by them.

use std::rc::Rc;

use baton_conversation::Event;
use baton_conversation::talk::{TalkEvent, What};
use baton_packet::Timestamp;
use baton_packet::reply::Event as Told;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::case::Case;
use super::{post, read, store};
use crate::data::Data;
use crate::js;
use crate::widget::session::Session;

/// How long another tab has for sending what was written in it.
const STAND_IN_MS: u32 = 20_000;
/// How long somebody is writing who does not go on.
const TYPING_MS: u32 = 10_000;

impl Session {
    /// Something happened to this case, here; the other tabs hear it, too.
    pub(super) fn tell_of(self: &Rc<Self>, case: &Rc<Case>, event: TalkEvent) {
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
    pub(super) fn heard(
        self: &Rc<Self>,
        case: &Rc<Case>,
        seq: Option<u64>,
        kind: &str,
        data: JsValue,
    ) {
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
    pub(super) fn share(&self, what: &str, fields: &[(&str, JsValue)]) {
        let tabs = self.talking.tabs.borrow();
        let case = self.talking.case.borrow();
        if let (Some(tabs), Some(case)) = (&*tabs, &*case) {
            let told = post::object(fields);
            js::set(told.unchecked_ref(), "what", &what.into());
            js::set(told.unchecked_ref(), "case", &case.id.as_str().into());
            tabs.tell(&told);
        }
    }

    fn is_text_only(&self, id: &str) -> bool {
        let state = self.state();
        let entry = state.talk.entries.iter().find(|entry| entry.id == id);
        entry.is_some_and(
            |entry| matches!(&entry.what, What::Mine { files, .. } if files.is_empty()),
        )
    }

    pub(super) fn share_message(&self, id: &str) {
        let state = self.state();
        let entry = state.talk.entries.iter().find(|entry| entry.id == id);
        let entry = entry.map(|entry| (entry, &entry.what));
        if let Some((entry, What::Mine { text, files, .. })) = entry {
            let (text, at) = (text.as_str().into(), entry.at.as_str().into());
            let fields =
                [("id", id.into()), ("text", text), ("files", js::to_js(files)), ("at", at)];
            self.share("wrote", &fields);
        }
    }

    /// Another tab told this.
    pub(super) fn heard_elsewhere(self: &Rc<Self>, told: JsValue) {
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
                    files: read::files(&Data::from_js(told.clone()), "files"),
                    at,
                })
            }
            "posted" => read::post(&Data::from_js(js::get(&told, "post")))
                .map(|post| TalkEvent::Posted(text("id"), post)),
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
            let unsent = session.state().talk.unsent();
            // Its files are in the other tab only.
            let left = unsent.into_iter().filter(|id| session.is_text_only(id));
            for id in left.filter(|_| !case.is_left.get()) {
                session.post(&case, id);
            }
        });
    }
}
