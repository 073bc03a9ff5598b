//! One running widget: the conversation's state, and the one place that turns
//! effects into browser calls.

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::rc::Rc;

use baton_conversation::{Approval, Effect, Event, Review, Stage, State, outbox, reduce};
use baton_triage::Model;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use super::{
    facts::{self, now},
    link::{self, Extras},
    ui,
};
use crate::bridge::Bridge;
use crate::config::Config;
use crate::data::Data;
use crate::js;

/// What a customer can say.
pub enum Said {
    /// In words.
    Text(String),
    /// By pressing "Talk to a person".
    WantsPerson,
}

pub struct Session {
    pub bridge: Bridge,
    state: RefCell<State>,
    /// Set once it has arrived; until then explicit rules do.
    model: OnceCell<Model>,
    model_asked: Cell<bool>,
    extras: RefCell<Option<Extras>>,
    retry: RefCell<Option<Timeout>>,
    on_change: RefCell<Option<yew::Callback<()>>>,
    mounted: RefCell<Option<ui::Mounted>>,
    online: RefCell<Option<EventListener>>,
    destroyed: Cell<bool>,
}

impl Session {
    pub fn new(bridge: Bridge) -> Rc<Self> {
        let session = Rc::new(Self {
            bridge,
            state: RefCell::default(),
            model: OnceCell::new(),
            model_asked: Cell::new(false),
            extras: RefCell::default(),
            retry: RefCell::default(),
            on_change: RefCell::default(),
            mounted: RefCell::default(),
            online: RefCell::default(),
            destroyed: Cell::new(false),
        });
        session.watch_network();
        session.report_configuration();
        session
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
        let restarted = matches!(event, Event::Restarted { .. });
        let effects = reduce(&mut self.state.borrow_mut(), self.model.get(), event);
        if let Some(extras) = self.extras.borrow().as_ref().filter(|_| restarted) {
            extras.forget();
        }
        for effect in effects {
            self.perform(effect);
        }
        self.redraw();
    }

    fn redraw(&self) {
        let callback = self.on_change.borrow().clone();
        if let Some(callback) = callback {
            callback.emit(());
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
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
            Effect::TellTriage(triage) => self.bridge.emit("triage", &js::to_js(&*triage)),
            Effect::TellEscalation => {
                let escalation = js::to_js(&self.state().escalation);
                let route = js::to_js(&self.state().route);
                self.tell("escalation", &[("escalation", escalation), ("route", route)]);
            }
            Effect::TellQueued { id } => self.tell("handoff:queued", &[("id", id.into())]),
            Effect::TellDelivered(receipt) => {
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
    pub fn tell_failed(&self, reason: &str) {
        self.tell("handoff:failed", &[("reason", reason.into()), ("will_retry", false.into())]);
        self.report("delivery_failed", reason);
    }

    /// A clear message for the developer: `error` event and `status()`.
    pub fn report(&self, code: &str, message: &str) {
        self.tell("error", &[("code", code.into()), ("message", message.into())]);
        let patch = js_sys::Object::new();
        js::set(&patch, "lastError", &format!("{code}: {message}").into());
        self.bridge.set_status(&patch);
    }

    fn report_configuration(&self) {
        let config = Config::read(&self.bridge);
        let patch = js_sys::Object::new();
        let endpoint = match config.endpoint_url() {
            Ok(url) => url,
            Err(problem) => {
                self.report("config", &problem);
                problem
            }
        };
        js::set(&patch, "endpoint", &endpoint.into());
        self.bridge.set_status(&patch);
    }

    /// The triage model, if it has arrived.
    pub fn model(&self) -> Option<&Model> {
        self.model.get()
    }

    /// Fetches the triage model, once. A model that does not come, or is refused,
    /// is told to the developer; explicit rules carry on alone.
    pub async fn learn(&self) {
        if self.model_asked.replace(true) {
            return;
        }
        match link::model(&self.bridge).await {
            Ok(model) => {
                let _ = self.model.set(model);
            }
            Err(reason) => self.report("triage_model", &reason),
        }
    }

    /// The customer says something.
    pub fn hear(self: &Rc<Self>, said: Said) {
        let session = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            session.learn().await;
            let (at, facts) = (now(), facts::read(&session.bridge));
            session.dispatch(match said {
                Said::Text(text) => Event::CustomerWrote { text, at, facts },
                Said::WantsPerson => Event::AskedForPerson { at, facts },
            });
        });
    }

    /// The module that gathers and delivers.
    pub async fn extras(&self) -> Result<Extras, String> {
        if let Some(extras) = self.extras.borrow().clone() {
            return Ok(extras);
        }
        let extras = link::load(&self.bridge).await?;
        self.extras.replace(Some(extras.clone()));
        Ok(extras)
    }

    fn gather(self: &Rc<Self>) {
        let session = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            match session.draft().await {
                Ok(review) => session.dispatch(Event::Drafted(Rc::new(review))),
                Err(reason) => {
                    session.report("gathering_failed", &reason);
                    session.dispatch(Event::GatheringFailed { at: now() });
                }
            }
        });
    }

    async fn draft(&self) -> Result<Review, String> {
        let extras = self.extras().await?;
        let words = self.state.borrow().words(self.model());
        let answer = link::answer(extras.draft(&js::to_js(&words))).await?;
        Ok(link::review(&answer))
    }

    /// The picture for the panel's preview.
    pub fn preview(&self) -> Option<web_sys::Blob> {
        self.extras.borrow().as_ref().and_then(Extras::preview)
    }

    fn freeze(self: &Rc<Self>, approval: Approval) {
        let session = Rc::clone(self);
        // Not from within the event that caused it.
        wasm_bindgen_futures::spawn_local(async move {
            let frozen = match session.extras().await {
                Ok(extras) => extras
                    .freeze(&js::to_js(&approval))
                    .map(|value| link::confirmation(&Data::from_js(value)))
                    .map_err(|thrown| js::message_of(&thrown)),
                Err(reason) => Err(reason),
            };
            session.dispatch(match frozen {
                Ok(confirmation) => Event::Frozen(confirmation),
                Err(reason) => Event::Delivery(outbox::Input::Refused { reason }),
            });
        });
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
                .and_then(|data| link::input(&data).ok_or_else(|| "no answer".to_owned()))
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
        let session = Rc::downgrade(self);
        let listener = EventListener::new(&window, "online", move |_| {
            let Some(session) = session.upgrade() else { return };
            let waiting = session.state.borrow().stage == Stage::Sending;
            if waiting {
                session.retry_now();
            }
        });
        self.online.replace(Some(listener));
    }

    /// The frozen packet, for the customer's own copy.
    pub fn frozen_copy(&self) -> Option<web_sys::Blob> {
        self.extras.borrow().as_ref().and_then(Extras::frozen_copy)
    }

    /// Opens the panel; mounts it at the first call.
    pub fn open(self: &Rc<Self>) -> Result<(), String> {
        if self.mounted.borrow().is_none() {
            let mounted = ui::mount(self)?;
            self.mounted.replace(Some(mounted));
            self.dispatch(Event::Opened { at: now() });
        }
        self.set_open(true);
        Ok(())
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
    pub fn configure(&self) {
        if let Some(mounted) = &*self.mounted.borrow() {
            mounted.apply_theme(&Config::read(&self.bridge));
        }
        self.report_configuration();
        self.redraw();
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
        self.destroyed.set(true);
        self.on_change.take();
        self.retry.take();
        self.online.take();
        if let Some(mounted) = self.mounted.take() {
            mounted.remove();
        }
    }
}
