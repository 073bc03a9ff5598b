//! The tester's keyboard shortcut, anywhere in the page.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::session::Session;
use crate::bridge::Bridge;
use crate::js;

/// Types no character where Alt is a modifier, and is taken by no browser's page.
const DEFAULT: &str = "Alt+Shift+B";

/// What has to be pressed together.
#[derive(PartialEq)]
struct Shortcut {
    alt: bool,
    ctrl: bool,
    meta: bool,
    shift: bool,
    /// In lower case, as in `KeyboardEvent.key`.
    key: String,
}

/// Its name as the embedder wrote it; `None` where the page is not tested.
pub fn name(bridge: &Bridge) -> Option<String> {
    let text = |key| js::get_string(&bridge.config(), key);
    (text("mode")? == "qa").then(|| text("qaShortcut").unwrap_or_else(|| DEFAULT.to_owned()))
}

/// Opens the form at the shortcut, for as long as the listener lives. Before the
/// page's own listeners, which may know nothing of it.
pub fn listen(session: &Rc<Session>) -> Option<EventListener> {
    let name = name(&session.bridge)?;
    let Some(shortcut) = Shortcut::parse(&name) else {
        let told = ["config \"qaShortcut\": \"", &name, "\" names no key"].concat();
        session.bridge.problem("config", &told);
        return None;
    };
    let window = web_sys::window()?;
    let session = Rc::downgrade(session);
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        ..EventListenerOptions::enable_prevent_default()
    };
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        // A synthetic event of that name may be of any class.
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else { return };
        if pressed.repeat() || Shortcut::of(pressed) != shortcut || shortcut.types(pressed) {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if let Some(session) = session.upgrade()
            && let Err(reason) = session.open(None, Some("qa"))
        {
            session.bridge.problem("report", &reason);
        }
    }))
}

impl Shortcut {
    /// `Alt+Shift+B`, `Ctrl+F8` …
    fn parse(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let (modifiers, key) = lower.rsplit_once('+').unwrap_or(("", &lower));
        let has = |names: &[&str]| modifiers.split('+').any(|part| names.contains(&part.trim()));
        let key = key.trim().to_owned();
        (!key.is_empty()).then(|| Self {
            alt: has(&["alt", "option"]),
            ctrl: has(&["ctrl", "control"]),
            meta: has(&["meta", "cmd", "command"]),
            shift: has(&["shift"]),
            key,
        })
    }

    fn of(event: &KeyboardEvent) -> Self {
        let mut key = event.key();
        // With Alt, some systems give another character or a dead key; then the
        // place of the key on the keyboard has to tell.
        if !key.is_ascii() || key == "Dead" {
            let code = event.code();
            key = code.trim_start_matches("Key").trim_start_matches("Digit").to_owned();
        }
        key.make_ascii_lowercase();
        Self {
            alt: event.alt_key(),
            ctrl: event.ctrl_key(),
            meta: event.meta_key(),
            shift: event.shift_key(),
            key,
        }
    }

    /// Whether it is ordinary typing: a bare key in a field is the field's.
    fn types(&self, event: &KeyboardEvent) -> bool {
        let target = event.composed_path().get(0);
        let tag = js::get_string(&target, "localName").unwrap_or_default();
        let is_field = matches!(&*tag, "input" | "textarea" | "select")
            || js::get(&target, "isContentEditable").is_truthy();
        is_field && !(self.alt || self.ctrl || self.meta)
    }
}
