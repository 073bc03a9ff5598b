//! Keeps what happens in the overlay from the page's listeners. It listens first of
//! all on the window, on the way down, and hands events to us from there: what is
//! stopped only on its way up has been heard by listeners that capture.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget, HtmlElement, ShadowRoot, Window};

use super::later::later;
use super::{object, property};

/// All that people do, by the names of the events.
const EVENTS: [&str; 48] = [
    "auxclick",
    "beforeinput",
    "cancel",
    "change",
    "click",
    "close",
    "compositionend",
    "compositionstart",
    "compositionupdate",
    "contextmenu",
    "copy",
    "cut",
    "dblclick",
    "drag",
    "dragend",
    "dragenter",
    "dragleave",
    "dragover",
    "dragstart",
    "drop",
    "focus",
    "focusin",
    "focusout",
    "gotpointercapture",
    "input",
    "keydown",
    "keypress",
    "keyup",
    "lostpointercapture",
    "mousedown",
    "mousemove",
    "mouseout",
    "mouseover",
    "mouseup",
    "paste",
    "pointercancel",
    "pointerdown",
    "pointermove",
    "pointerout",
    "pointerover",
    "pointerup",
    "scroll",
    "select",
    "touchcancel",
    "touchend",
    "touchmove",
    "touchstart",
    "wheel",
];

type Listener = Closure<dyn Fn(Event)>;

/// Gets the name of an event, and it.
pub type Handler = Box<dyn Fn(&str, &Event)>;

/// Listens from its making until [`Shield::end`], and then until the keys that are
/// down have come up: their `keyup` is none of the page's either.
#[derive(Clone)]
pub struct Shield(Rc<Inner>);

struct Inner {
    window: Window,
    host: HtmlElement,
    root: ShadowRoot,
    handler: RefCell<Option<Rc<Handler>>>,
    is_ended: Cell<bool>,
    /// Keys that are down, by their codes.
    held: RefCell<Vec<String>>,
    listener: RefCell<Option<Listener>>,
}

impl Shield {
    /// For what happens in the shadow tree of this element; keys all belong to it.
    pub fn new(window: Window, host: HtmlElement, root: ShadowRoot) -> Self {
        let inner = Rc::new(Inner {
            window,
            host,
            root,
            handler: RefCell::default(),
            is_ended: Cell::new(false),
            held: RefCell::default(),
            listener: RefCell::default(),
        });
        let heard = Rc::clone(&inner);
        let listener = Closure::<dyn Fn(Event)>::new(move |event| heard.hear(&event));
        // Those on the window may not prevent what a wheel does, unless they say so.
        let options = object(&[("capture", true.into()), ("passive", false.into())]);
        inner.each_target(|target, name| {
            let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
                name,
                listener.as_ref().unchecked_ref(),
                options.unchecked_ref(),
            );
        });
        inner.listener.replace(Some(listener));
        Self(inner)
    }

    /// Who is told of the events.
    pub fn tell(&self, handler: Handler) {
        self.0.handler.replace(Some(Rc::new(handler)));
    }

    /// Ends it, but for keys that are down.
    pub fn end(&self) {
        self.0.end();
    }
}

impl Inner {
    /// The tree of our own, too, for events that do not leave it.
    fn each_target(&self, visit: impl Fn(&EventTarget, &str)) {
        for name in EVENTS {
            visit(&self.window, name);
            visit(&self.root, name);
        }
    }

    fn end(&self) {
        self.is_ended.set(true);
        self.handler.replace(None);
        self.leave_if_over();
    }

    fn hear(&self, event: &Event) {
        let is_open = !self.is_ended.get();
        if is_open && !property::is(&self.host, "isConnected") {
            // The page, or the loader, has taken us away.
            self.held.borrow_mut().clear();
            return self.end();
        }
        let name = property::text(event, "type");
        let is_key = name.starts_with("key");
        let is_late = is_key && self.note_key(&name, event, is_open);
        let is_ours = match is_key {
            true => is_open || is_late,
            false => is_open && event.composed_path().includes(&self.host, 0),
        };
        if is_ours {
            event.stop_immediate_propagation();
        }
        if is_late {
            event.prevent_default();
        }
        if is_open {
            let handler = self.handler.borrow().clone();
            // That the page scrolls is its own affair, and of interest.
            if let Some(handler) = handler.filter(|_| is_ours || name == "scroll") {
                handler(&name, event);
            }
        } else {
            self.leave_if_over();
        }
    }

    /// Remembers which keys are down; tells whether this event is the rest of a press
    /// that was ours.
    fn note_key(&self, name: &str, event: &Event, is_open: bool) -> bool {
        let code = property::text(event, "code");
        let mut held = self.held.borrow_mut();
        let known = held.iter().position(|known| *known == code);
        match (name, known) {
            ("keydown", None) if is_open => {
                held.push(code);
                false
            }
            ("keydown", Some(at)) if !is_open && !property::is(event, "repeat") => {
                // It came up where we did not hear it.
                held.swap_remove(at);
                false
            }
            ("keyup", Some(at)) => {
                held.swap_remove(at);
                !is_open
            }
            (_, Some(_)) => !is_open,
            _ => false,
        }
    }

    fn leave_if_over(&self) {
        if !self.held.borrow().is_empty() {
            return;
        }
        let Some(listener) = self.listener.take() else { return };
        let function: &Function = listener.as_ref().unchecked_ref();
        self.each_target(|target, name| {
            let _ = target.remove_event_listener_with_callback_and_bool(name, function, true);
        });
        // It may be running right now.
        later(&self.window, 0, move || drop(listener));
    }
}
