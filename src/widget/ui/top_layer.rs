//! The panel above the page's own modal dialogs.
//!
//! While one is open, everything outside of it is inert: popovers, and the panel, too.
//! Only a modal dialog that was opened later is not. So the panel is in a `<dialog>` of
//! ours that is open, as a modal one, just as long as that takes: nothing is moved in the
//! document, neither the page's nodes nor ours.
//!
//! The one the customer works with is on top: the panel where it was asked for, or had
//! the focus when the page's dialog came up; the page's dialog where the customer has
//! opened it or clicks beside the panel.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlDialogElement, HtmlElement, ShadowRoot};

use crate::{BATON_UI, js};

/// How often to look whether the page's dialog is still there. It may be taken out of
/// the document, and that is no event.
const LOOK_AGAIN_MS: u32 = 200;

/// The panel's `<dialog>`, and what happens around it.
pub struct TopLayer {
    inner: Rc<Inner>,
    _listeners: Vec<EventListener>,
}

struct Inner {
    document: Document,
    host: HtmlElement,
    root: ShadowRoot,
    dialog: HtmlDialogElement,
    /// Whether the customer sees the panel.
    is_shown: Cell<bool>,
    /// The page's, while the panel is above it.
    beneath: RefCell<Option<Element>>,
    /// We are giving the focus back to it.
    is_lowering: Cell<bool>,
    look: RefCell<Option<Interval>>,
    /// What had the focus last in the panel.
    focused: RefCell<Option<HtmlElement>>,
    /// Of an Escape that has closed the panel, the key has not come up yet.
    escaping: Cell<bool>,
    dismiss: Box<dyn Fn()>,
}

impl TopLayer {
    /// Into this root. `dismiss` is called when the customer closes the panel by a way
    /// that the panel itself does not hear of.
    pub fn new(
        document: &Document,
        host: &HtmlElement,
        root: &ShadowRoot,
        dismiss: Box<dyn Fn()>,
    ) -> Result<Self, wasm_bindgen::JsValue> {
        let dialog: HtmlDialogElement = document.create_element("dialog")?.unchecked_into();
        dialog.set_class_name("top");
        // The panel in it is the dialog that people hear of.
        dialog.set_attribute("role", "presentation")?;
        root.append_child(&dialog)?;
        let inner = Rc::new(Inner {
            document: document.clone(),
            host: host.clone(),
            root: root.clone(),
            dialog,
            is_shown: Cell::new(false),
            beneath: RefCell::default(),
            is_lowering: Cell::new(false),
            look: RefCell::default(),
            focused: RefCell::default(),
            escaping: Cell::new(false),
            dismiss,
        });
        Ok(Self { _listeners: inner.listeners(), inner })
    }

    /// What the panel is put into.
    pub fn element(&self) -> &Element {
        &self.inner.dialog
    }

    /// The panel is shown: on top, whatever is open.
    pub fn show(&self) {
        self.inner.is_shown.set(true);
        self.inner.rise();
    }

    /// The panel is no longer shown; the focus goes back to where it was.
    pub fn hide(&self) {
        self.inner.is_shown.set(false);
        self.inner.lower();
    }
}

impl Inner {
    fn listeners(self: &Rc<Self>) -> Vec<EventListener> {
        let first = EventListenerOptions {
            phase: EventListenerPhase::Capture,
            ..EventListenerOptions::enable_prevent_default()
        };
        let own = EventListenerOptions::enable_prevent_default();
        let on = |target: &web_sys::EventTarget,
                  name: &'static str,
                  options,
                  act: fn(&Rc<Self>, &Event)| {
            let inner = Rc::downgrade(self);
            EventListener::new_with_options(target, name, options, move |event| {
                if let Some(inner) = Weak::upgrade(&inner) {
                    act(&inner, event);
                }
            })
        };
        let mut listeners = vec![
            on(&self.root, "keydown", own, Self::on_key),
            on(&self.dialog, "cancel", own, Self::on_cancel),
            on(&self.dialog, "close", own, Self::on_close),
            on(&self.dialog, "click", own, Self::on_click),
        ];
        if let Some(window) = web_sys::window() {
            listeners.push(on(&window, "focus", first, Self::on_focus));
            listeners.push(on(&window, "focusin", first, Self::on_focus));
            listeners.push(on(&window, "keyup", first, Self::on_key_up));
        }
        listeners
    }

    fn on_focus(self: &Rc<Self>, event: &Event) {
        let path = event.composed_path();
        if path.includes(&self.host, 0) {
            self.focused.replace(path.get(0).dyn_into().ok());
            // A dialog that the page has made by itself would take the focus back.
            return event.stop_immediate_propagation();
        }
        let came_from = js::get(event, "relatedTarget");
        // The page's dialog has come up while the customer was in the panel. Not at once:
        // the focus that we move is an event, too, and this listener is busy.
        if self.is_shown.get() && !self.is_lowering.get() && came_from.loose_eq(&self.host) {
            let inner = Rc::clone(self);
            wasm_bindgen_futures::spawn_local(async move {
                if inner.is_shown.get() && inner.rise() {
                    inner.refocus();
                }
            });
        }
    }

    /// The page's dialog beneath does not hear of an Escape that is for the panel, nor
    /// does the browser close it.
    fn on_key(self: &Rc<Self>, event: &Event) {
        if js::get_string(event, "key").as_deref() == Some("Escape") {
            event.prevent_default();
            self.escaping.set(true);
        }
    }

    fn on_key_up(self: &Rc<Self>, event: &Event) {
        if self.escaping.get() && js::get_string(event, "key").as_deref() == Some("Escape") {
            self.escaping.set(false);
            event.stop_immediate_propagation();
        }
    }

    /// Escape, or a phone's gesture to go back, while nothing in the panel has the focus.
    fn on_cancel(self: &Rc<Self>, event: &Event) {
        // It bubbles from fields that choose files.
        if event.target().as_ref() == Some(self.dialog.as_ref()) {
            event.prevent_default();
            (self.dismiss)();
        }
    }

    /// A browser does not ask twice.
    fn on_close(self: &Rc<Self>, _: &Event) {
        if self.beneath.borrow().is_some() && !self.dialog.open() {
            (self.dismiss)();
        }
    }

    /// Beside the panel there is only the page's dialog.
    fn on_click(self: &Rc<Self>, event: &Event) {
        if event.target().as_ref() == Some(self.dialog.as_ref()) {
            self.lower();
        }
    }

    /// Puts the panel on top, if something of the page is in its way; tells whether it did.
    fn rise(self: &Rc<Self>) -> bool {
        if self.dialog.open() {
            return false;
        }
        let Some(modal) = self.modal() else { return false };
        // A dialog that opens takes the focus to its first element.
        let focused = self.focused.borrow().clone();
        if self.dialog.show_modal().is_err() {
            return false;
        }
        self.focused.replace(focused);
        self.beneath.replace(Some(modal));
        let inner = Rc::downgrade(self);
        let look = Interval::new(LOOK_AGAIN_MS, move || {
            if let Some(inner) = Weak::upgrade(&inner) {
                inner.look();
            }
        });
        self.look.replace(Some(look));
        true
    }

    fn lower(&self) {
        self.look.take();
        if self.beneath.take().is_some() {
            // Gives the focus back by itself.
            self.is_lowering.set(true);
            self.dialog.close();
            self.is_lowering.set(false);
        }
    }

    /// The page's dialog may be gone: then the panel is where it is otherwise.
    fn look(&self) {
        let is_there = |modal: &Element| modal.is_connected() && is_modal(modal);
        if self.beneath.borrow().as_ref().is_some_and(is_there) || self.modal().is_some() {
            return;
        }
        let had_focus = self.root.active_element().is_some();
        self.lower();
        if had_focus {
            self.refocus();
        }
    }

    fn refocus(&self) {
        if let Some(focused) = &*self.focused.borrow() {
            let _ = focused.focus();
        }
    }

    /// What makes the panel inert: in the document, or in the shadow tree with the focus.
    fn modal(&self) -> Option<Element> {
        let mut found = self.document.query_selector(":modal").ok()?;
        let mut active = self.document.active_element();
        while let (None, Some(host)) = (&found, active) {
            // What is ours, the picture's editor too, is where it is on purpose.
            let root = host.shadow_root().filter(|_| !host.has_attribute(BATON_UI))?;
            found = root.query_selector(":modal").ok()?;
            active = root.active_element();
        }
        found
    }
}

fn is_modal(element: &Element) -> bool {
    element.matches(":modal").unwrap_or_default()
}
