//! An element of our own over the whole window: its shadow tree, its focus, its end.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, HtmlDialogElement, HtmlElement, ShadowRootInit, ShadowRootMode,
};

use super::element::{add, elements, focused, focused_in};
use super::property;
use super::shield::{Handler, Shield};
use crate::bridge::Bridge;
use crate::config::Config;
use crate::{BATON_UI, js, theme};

const STYLE: &str = concat!(include_str!("../theme.css"), include_str!("style.css"));

thread_local! {
    static OPEN: RefCell<Option<Rc<Overlay>>> = const { RefCell::new(None) };
}

/// What is open. There is one at most.
pub struct Overlay {
    pub document: Document,
    pub host: HtmlElement,
    /// All that is shown is in it.
    pub dialog: HtmlDialogElement,
    shield: Shield,
    /// Had the focus before.
    before: Option<HtmlElement>,
    resolve: Function,
    answer: Promise,
    is_over: Cell<bool>,
}

impl Overlay {
    /// Opens one. A `modal` one makes the page inert; what is behind any other can
    /// still be hit-tested.
    ///
    /// # Errors
    /// If one is open, or the browser refuses.
    pub fn open(bridge: &Bridge, class: &str, modal: bool) -> Result<Rc<Self>, JsValue> {
        if let Some(open) = OPEN.with_borrow(Clone::clone) {
            if property::is(&open.host, "isConnected") {
                return Err(js::error("Baton's editor or picker is open already"));
            }
            // The page has thrown it away.
            open.close(&JsValue::NULL);
        }
        let opened = Self::mount(bridge, class, modal)?;
        OPEN.set(Some(Rc::clone(&opened)));
        Ok(opened)
    }

    fn mount(bridge: &Bridge, class: &str, modal: bool) -> Result<Rc<Self>, JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let document = window.document().ok_or(JsValue::NULL)?;
        let before = focused(&document);
        let config = Config::read(bridge);
        let host: HtmlElement = document.create_element("div")?.unchecked_into();
        host.set_attribute(BATON_UI, "annotate")?;
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
        theme::install(&document, &root, STYLE, config.style_nonce.as_deref())?;
        let dialog: HtmlDialogElement = document.create_element("dialog")?.unchecked_into();
        dialog.set_attribute("class", class)?;
        // What it is by itself, said to those who look for the attributes.
        dialog.set_attribute("role", "dialog")?;
        dialog.set_attribute("aria-modal", "true")?;
        dialog.set_attribute("aria-labelledby", "title")?;
        root.append_child(&dialog)?;
        let parent: Option<Element> = property::object(&document, "body");
        let parent = parent.or_else(|| property::object(&document, "documentElement"));
        parent.ok_or(JsValue::NULL)?.append_child(&host)?;
        theme::apply(&host, &config);
        let shield = Shield::new(window, host.clone(), root);
        // Into the top layer, above the panel and what the page has there.
        let shown = if modal { dialog.show_modal() } else { show_popover(&dialog) };
        if shown.is_err() {
            dialog.set_attribute("open", "")?;
        }
        let mut resolve = None;
        let answer = Promise::new(&mut |done, _| resolve = Some(done));
        Ok(Rc::new(Self {
            document,
            host,
            dialog,
            shield,
            before,
            resolve: resolve.unwrap_or_default(),
            answer,
            is_over: Cell::new(false),
        }))
    }

    /// Who is told of the events in it.
    pub fn tell(&self, handler: Handler) {
        self.shield.tell(handler);
    }

    /// Resolves to what it is closed with.
    pub fn answer(&self) -> Promise {
        self.answer.clone()
    }

    /// Takes it off the page and gives the focus back.
    pub fn close(&self, answer: &JsValue) {
        if self.is_over.replace(true) {
            return;
        }
        self.dialog.close();
        self.host.remove();
        self.shield.end();
        if let Some(before) =
            self.before.as_ref().filter(|before| property::is(before, "isConnected"))
        {
            let _ = before.focus();
        }
        OPEN.set(None);
        let _ = self.resolve.call1(&JsValue::NULL, answer);
    }

    /// Whether it has been closed.
    pub fn is_over(&self) -> bool {
        self.is_over.get()
    }

    /// Keeps the focus in it when Tab would leave it.
    pub fn trap(&self, event: &Event) {
        let Ok(stops) = self.dialog.query_selector_all(
            "button:not([tabindex=\"-1\"]):not([hidden]), canvas, input:not([hidden])",
        ) else {
            return;
        };
        let stops = elements(&stops);
        let now = focused_in(&self.host);
        let at = stops.iter().position(|stop| now.as_ref() == Some(stop));
        let next = match (at, property::is(event, "shiftKey")) {
            (Some(0), true) => stops.last(),
            (Some(at), false) if at + 1 == stops.len() => stops.first(),
            (None, _) => stops.first(),
            _ => None,
        };
        if let Some(next) = next {
            event.prevent_default();
            let _ = next.focus();
        }
    }

    /// A heading that names it, and a line that says what to do.
    pub fn heading(&self, parent: &Element, title: &str) -> Result<(), JsValue> {
        let heading: HtmlElement = add(parent, "h2", "", &[("id", "title")])?;
        property::set(&heading, "textContent", title);
        Ok(())
    }
}

/// In the top layer, but with the page behind it as alive as ever. web-sys does not
/// know it yet.
fn show_popover(dialog: &HtmlDialogElement) -> Result<(), JsValue> {
    dialog.set_attribute("popover", "manual")?;
    let show: Function = property::object(dialog, "showPopover").ok_or(JsValue::NULL)?;
    show.call0(dialog).map(drop)
}
