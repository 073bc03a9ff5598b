//! One running widget: the conversation's state, and the one place that turns
//! effects into browser calls.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use baton_conversation::{
    Approval, Confirmation, Effect, Event, QaEvent, Review, Stage, State, outbox, reduce,
};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use super::{
    answering,
    link::{self, Answers, Exports, Extras, Triage},
    locale,
    pictures::Pictures,
    shortcut,
    talk::Talking,
    ui::{self, labels::Labels},
};
use crate::bridge::Bridge;
use crate::config::Config;
use crate::data::Data;
use crate::js::{self, now};

pub struct Session {
    pub bridge: Bridge,
    state: RefCell<State>,
    triage: RefCell<Option<Triage>>,
    extras: RefCell<Option<Extras>>,
    pub(super) exports: RefCell<Option<Exports>>,
    pub(super) answers: RefCell<Option<Answers>>,
    labels: RefCell<Rc<Labels>>,
    /// The language that was asked for last, and the promise of its words.
    speaking: RefCell<Option<(String, js_sys::Promise)>>,
    /// What triage last made of the conversation, for the packet.
    understanding: RefCell<JsValue>,
    /// How many drafts were asked for: only the newest counts.
    gathering: Cell<u32>,
    retry: RefCell<Option<Timeout>>,
    on_change: RefCell<Option<yew::Callback<()>>>,
    /// A text the host page wants in the composer.
    pub(super) prefill: RefCell<Option<String>>,
    pub(super) mounted: RefCell<Option<ui::Mounted>>,
    pub pictures: Pictures,
    pub(super) talking: Talking,
    online: RefCell<Vec<EventListener>>,
    destroyed: Cell<bool>,
}

impl Session {
    pub fn new(bridge: Bridge) -> Rc<Self> {
        let labels = RefCell::new(Rc::new(Labels::english(&bridge)));
        let session = Rc::new(Self {
            bridge,
            labels,
            speaking: RefCell::default(),
            answers: RefCell::default(),
            state: RefCell::default(),
            triage: RefCell::default(),
            extras: RefCell::default(),
            exports: RefCell::default(),
            understanding: RefCell::new(JsValue::UNDEFINED),
            gathering: Cell::new(0),
            retry: RefCell::default(),
            on_change: RefCell::default(),
            prefill: RefCell::default(),
            mounted: RefCell::default(),
            pictures: Pictures::default(),
            talking: Talking::default(),
            online: RefCell::default(),
            destroyed: Cell::new(false),
        });
        // Until another language has come: what it loads may ask at once.
        session.spread_words();
        session.watch_network();
        let _ = session.speak();
        session.resume();
        session
    }

    /// The words of the customer's language.
    pub fn labels(&self) -> Rc<Labels> {
        Rc::clone(&self.labels.borrow())
    }

    /// Sees to it that the language asked for is spoken; the promise is kept when it is.
    pub fn speak(self: &Rc<Self>) -> js_sys::Promise {
        let wanted = locale::wanted(&self.bridge);
        if let Some((_, promise)) =
            self.speaking.borrow().as_ref().filter(|(tag, _)| *tag == wanted)
        {
            return promise.clone();
        }
        let session = Rc::clone(self);
        let asked = wanted.clone();
        let promise = wasm_bindgen_futures::future_to_promise(async move {
            let labels = locale::labels(&session.bridge).await;
            // Another language may have been asked for meanwhile, and have come before.
            if session.speaking.borrow().as_ref().is_some_and(|(tag, _)| *tag == asked) {
                session.labels.replace(labels);
                session.spread_words();
            }
            Ok(JsValue::UNDEFINED)
        });
        self.speaking.replace(Some((wanted, promise.clone())));
        promise
    }

    fn spread_words(&self) {
        let labels = self.labels();
        self.bridge.set_labels(&labels.all());
        let painted = js_sys::Object::new();
        js::set(&painted, "label", &labels.get("launcher").into());
        self.bridge.paint(&painted);
        self.redraw();
    }

    /// Whether the browser says that there is no network.
    pub fn is_offline(&self) -> bool {
        js::get(&js::get(&js_sys::global(), "navigator"), "onLine").is_falsy()
    }

    /// What triage last made of the conversation.
    pub(super) fn understood_last(&self) -> JsValue {
        self.understanding.borrow().clone()
    }

    /// The state, for whoever draws or assembles. To be let go before anything is
    /// dispatched.
    pub fn state(&self) -> Ref<'_, State> {
        self.state.borrow()
    }

    /// Applies an event, performs what follows, and has the panel drawn anew.
    pub fn dispatch(self: &Rc<Self>, event: Event) {
        if self.destroyed.get() {
            return;
        }
        // Only a case that is over can be left behind for a new one.
        let over = matches!(self.state.borrow().stage, Stage::Delivered | Stage::Failed);
        let restarted = over && matches!(event, Event::Restarted { .. });
        let reports = self.state.borrow().report.is_some();
        let labels = self.labels();
        let effects = reduce(&mut self.state.borrow_mut(), event, &*labels);
        if restarted {
            self.forget_case();
        }
        for effect in effects {
            self.perform(effect);
        }
        if restarted && reports {
            // After a report comes the next one; nothing is in hand that would forbid it.
            let _ = self.begin_report(None);
        }
        self.redraw();
    }

    /// What was captured for the case before is not for the next one.
    pub(super) fn forget_case(&self) {
        self.pictures.forget();
        self.leave_talk();
        if let Some(extras) = &*self.extras.borrow() {
            extras.forget();
        }
    }

    pub(super) fn redraw(&self) {
        let callback = self.on_change.borrow().clone();
        if let Some(callback) = callback {
            callback.emit(());
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Understand => self.understand(),
            Effect::Answer => self.answer(),
            Effect::StopAnswer => self.stop_answer(),
            Effect::Listen(receipt) => self.listen(*receipt),
            Effect::Talk(effect) => self.perform_talk(effect),
            Effect::Resort => self.resort(),
            Effect::Gather => self.gather(),
            Effect::Freeze(approval) => self.freeze(*approval),
            Effect::Send => self.attempt(),
            Effect::RetryLater { after_ms } => {
                let session = Rc::clone(self);
                let timeout = Timeout::new(after_ms, move || session.retry_now());
                self.retry.replace(Some(timeout));
            }
            Effect::TellMessage => {
                // A handler may call in again: nothing is borrowed while it runs.
                let message = self.state.borrow().messages.last().map(js::to_js);
                self.bridge.emit("message", &message.unwrap_or_default());
            }
            Effect::TellEscalation => {
                let escalation = js::to_js(&self.state().escalation);
                let route = js::get(&self.understanding.borrow(), "route");
                self.tell("escalation", &[("escalation", escalation), ("route", route)]);
            }
            Effect::TellQueued { id } => self.tell("handoff:queued", &[("id", id.into())]),
            Effect::TellDelivered(receipt) => {
                // They are safe: a later crash need not bring them back.
                self.bridge.set_words(js_sys::Array::new());
                self.bridge.emit("handoff:delivered", &js::to_js(&*receipt));
            }
            Effect::TellFailed { reason } => self.tell_failed(&reason),
        }
    }

    fn tell(&self, event: &str, detail: &[(&str, JsValue)]) {
        let object = js_sys::Object::new();
        for (key, value) in detail {
            js::set(&object, key, value);
        }
        self.bridge.emit(event, &object);
    }

    /// Tells the developer that a packet did not get through.
    fn tell_failed(&self, reason: &str) {
        self.tell("handoff:failed", &[("reason", reason.into()), ("will_retry", false.into())]);
        self.bridge.problem("delivery_failed", reason);
    }

    /// The module that understands.
    pub async fn triage(&self) -> Result<Triage, String> {
        if let Some(triage) = self.triage.borrow().clone() {
            return Ok(triage);
        }
        let triage: Triage = link::load(&self.bridge, "triage").await?;
        self.triage.replace(Some(triage.clone()));
        Ok(triage)
    }

    /// The module that gathers and delivers.
    pub async fn extras(&self) -> Result<Extras, String> {
        if let Some(extras) = self.extras.borrow().clone() {
            return Ok(extras);
        }
        // It will be asked for the picture: both come at once.
        let _ = self.bridge.load("screenshot");
        let extras: Extras = link::load(&self.bridge, "extras").await?;
        self.extras.replace(Some(extras.clone()));
        Ok(extras)
    }

    fn understand(self: &Rc<Self>) {
        let session = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let messages = session.state().messages.len() as u32;
            let texts = link::texts(&session.state());
            session.bridge.set_words(texts.clone());
            let context = session.context(&session.state());
            match session.understood(&texts, &context).await {
                Ok(understanding) => {
                    let mut heard = link::heard(messages, &Data::from_js(understanding.clone()));
                    heard.can_answer =
                        answering::is_set_up(&session.bridge) && !session.state().nobody_answers;
                    if session.state().messages.len() as u32 == messages {
                        session.understanding.replace(understanding);
                    }
                    session.dispatch(Event::Understood { at: now(), heard });
                }
                Err(reason) => session.part_missing(&reason),
            }
        });
    }

    /// What triage makes of these texts.
    pub async fn understood(
        &self,
        texts: &js_sys::Array,
        context: &JsValue,
    ) -> Result<JsValue, String> {
        link::answer(self.triage().await?.understand(texts, context)).await
    }

    /// What triage is told besides the texts.
    pub fn context(&self, state: &State) -> JsValue {
        link::context(state, answering::is_set_up(&self.bridge), &self.labels().tag)
    }

    fn resort(self: &Rc<Self>) {
        let session = Rc::clone(self);
        // Not from within the event that caused it.
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(extras) = session.extras().await else { return };
            let words = link::words(&session.state(), &session.understanding.borrow());
            match extras.resort(&words) {
                Ok(review) => {
                    let review = link::review(&Data::from_js(review));
                    session.dispatch(Event::Pictured(Rc::new(review)));
                }
                Err(thrown) => session.part_missing(&js::message_of(&thrown)),
            }
        });
    }

    fn gather(self: &Rc<Self>) {
        let session = Rc::clone(self);
        let turn = self.gathering.get() + 1;
        self.gathering.set(turn);
        wasm_bindgen_futures::spawn_local(async move {
            let drafted = session.draft().await;
            if session.gathering.get() != turn {
                return;
            }
            match drafted {
                Ok(review) => session.dispatch(Event::Drafted(Rc::new(review))),
                Err(reason) => session.part_missing(&reason),
            }
        });
    }

    async fn draft(&self) -> Result<Review, String> {
        let extras = self.extras().await?;
        let drafted = match &self.state().report {
            Some(report) => extras.report(&js::to_js(report)),
            None => extras.draft(&link::words(&self.state(), &self.understanding.borrow())),
        };
        let answer = link::answer(drafted).await?;
        Ok(link::review(&Data::from_js(answer)))
    }

    fn part_missing(self: &Rc<Self>, reason: &str) {
        self.bridge.problem("part_missing", reason);
        self.dispatch(Event::PartMissing { at: now() });
    }

    /// The module that gathers, if it has loaded.
    pub(super) fn loaded_extras(&self) -> Option<Extras> {
        self.extras.borrow().clone()
    }

    fn freeze(self: &Rc<Self>, approval: Approval) {
        let session = Rc::clone(self);
        // Not from within the event that caused it.
        wasm_bindgen_futures::spawn_local(async move {
            session.dispatch(match session.frozen(&approval).await {
                Ok(confirmation) => Event::Frozen(confirmation),
                Err(reason) => Event::Delivery(outbox::Input::Refused { reason }),
            });
        });
    }

    async fn frozen(&self, approval: &Approval) -> Result<Confirmation, String> {
        let thrown = |thrown: JsValue| js::message_of(&thrown);
        let extras = self.extras().await?;
        if let Some(report) = &self.state().report {
            extras.reword(&js::to_js(report)).map_err(thrown)?;
        }
        let frozen = extras.freeze(&js::to_js(approval)).map_err(thrown)?;
        Ok(link::confirmation(&Data::from_js(frozen)))
    }

    fn attempt(self: &Rc<Self>) {
        self.retry.take();
        let session = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let input = match session.extras().await {
                Ok(extras) => link::answer(extras.attempt()).await,
                Err(reason) => Err(reason),
            };
            let input = input
                .and_then(|answer| {
                    link::input(&Data::from_js(answer)).ok_or_else(|| "no answer".to_owned())
                })
                .unwrap_or_else(|reason| outbox::Input::Refused { reason });
            session.dispatch(Event::Delivery(input));
        });
    }

    /// The customer pressed "Try again", the delay is over, or the network is back.
    pub fn retry_now(self: &Rc<Self>) {
        self.dispatch(Event::Delivery(outbox::Input::Retry));
    }

    fn watch_network(self: &Rc<Self>) {
        let Some(window) = web_sys::window() else { return };
        let watch = |name: &'static str| {
            let session = Rc::downgrade(self);
            EventListener::new(&window, name, move |_| {
                let Some(session) = session.upgrade() else { return };
                let waiting = session.state.borrow().stage == Stage::Sending;
                match waiting && !session.is_offline() {
                    true => session.retry_now(),
                    false => session.redraw(),
                }
            })
        };
        self.online.replace(["online", "offline"].map(watch).into());
    }

    /// The frozen packet, for the customer's own copy.
    pub fn frozen_copy(&self) -> Option<web_sys::Blob> {
        self.extras.borrow().as_ref().and_then(Extras::frozen_copy)
    }

    /// Opens the panel; mounts it at the first call. The mode is `chat` or `qa`,
    /// else the configured one; the message is what the field begins with.
    pub fn open(
        self: &Rc<Self>,
        message: Option<String>,
        mode: Option<&str>,
    ) -> Result<(), String> {
        let reports = match mode {
            Some("qa") => true,
            Some("chat") => false,
            Some(_) => return Err("Baton.open({mode}): mode must be chat or qa".to_owned()),
            None => shortcut::name(&self.bridge).is_some(),
        };
        if self.mounted.borrow().is_none() {
            let mounted = ui::mount(self)?;
            self.mounted.replace(Some(mounted));
        }
        let begun = match reports {
            true => self.begin_report(message),
            false => {
                if message.is_some() {
                    self.prefill.replace(message);
                }
                self.dispatch(Event::Qa(QaEvent::Left));
                self.dispatch(Event::Opened { at: now() });
                Ok(())
            }
        };
        // What is in hand is shown, whatever was asked for.
        self.set_open(true);
        self.redraw();
        self.look();
        begun
    }

    /// The text the host page wants in the composer, once.
    pub fn take_prefill(&self) -> Option<String> {
        self.prefill.take()
    }

    /// Closes the panel; the conversation stays.
    pub fn close(&self) {
        self.set_open(false);
    }

    fn set_open(&self, open: bool) {
        let mounted = self.mounted.borrow();
        let Some(mounted) = &*mounted else { return };
        if mounted.set_open(open) {
            self.bridge.set_open(open);
            self.bridge.emit(if open { "open" } else { "close" }, &JsValue::UNDEFINED);
            if !open {
                self.bridge.focus_launcher();
            }
        }
    }

    /// Takes over a changed theme, label or identity.
    pub fn configure(self: &Rc<Self>) {
        if let Some(mounted) = &*self.mounted.borrow() {
            mounted.apply_theme(&Config::read(&self.bridge));
        }
        let renewed = self.labels().renewed(&self.bridge);
        self.labels.replace(Rc::new(renewed));
        self.spread_words();
        let _ = self.speak();
        self.watch_owner();
        // Drafts hold what the host said before.
        self.dispatch(Event::PageChanged);
    }

    /// Focuses what the panel's current screen wants focused.
    pub fn focus_screen(&self) {
        if let Some(mounted) = &*self.mounted.borrow() {
            mounted.focus();
        }
    }

    pub fn on_change(&self, callback: yew::Callback<()>) {
        self.on_change.replace(Some(callback));
    }

    pub fn destroy(&self) {
        self.end_talk();
        self.destroyed.set(true);
        if let Some(extras) = self.extras.take() {
            extras.forget();
        }
        self.on_change.take();
        self.retry.take();
        self.online.take();
        if let Some(mounted) = self.mounted.take() {
            mounted.remove();
        }
    }
}
