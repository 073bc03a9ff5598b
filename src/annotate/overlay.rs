//! An element of our own over the whole window: its shadow tree, its focus, its end.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, HtmlDialogElement, HtmlElement, KeyboardEvent, ShadowRootInit,
    ShadowRootMode,
};

use super::element::{add, focused};
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
            if open.host.is_connected() {
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
        let host: HtmlElement = document.create_element("div")?.dyn_into()?;
        host.set_attribute(BATON_UI, "annotate")?;
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
        theme::install(&document, &root, STYLE, config.style_nonce.as_deref())?;
        theme::apply(&host, &config);
        let dialog: HtmlDialogElement = document.create_element("dialog")?.dyn_into()?;
        dialog.set_class_name(class);
        // What it is by itself, said to those who look for the attributes.
        dialog.set_attribute("role", "dialog")?;
        dialog.set_attribute("aria-modal", "true")?;
        dialog.set_attribute("aria-labelledby", "title")?;
        root.append_child(&dialog)?;
        let parent: Element = match document.body() {
            Some(body) => body.into(),
            None => document.document_element().ok_or(JsValue::NULL)?,
        };
        parent.append_child(&host)?;
        let shield = Shield::new(window, host.clone(), root);
        // Into the top layer, above the panel and what the page has there.
        let shown = if modal { dialog.show_modal() } else { show_popover(&dialog) };
        if shown.is_err() {
            dialog.set_open(true);
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

    /// Its answer, once there is one.
    pub async fn answer(&self) -> JsValue {
        JsFuture::from(self.answer.clone()).await.unwrap_or(JsValue::NULL)
    }

    /// Takes it off the page and gives the focus back.
    pub fn close(&self, answer: &JsValue) {
        if self.is_over.replace(true) {
            return;
        }
        self.dialog.close();
        self.host.remove();
        self.shield.end();
        if let Some(before) = self.before.as_ref().filter(|before| before.is_connected()) {
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
    pub fn trap(&self, event: &KeyboardEvent) {
        let Ok(stops) = self.dialog.query_selector_all(
            "button:not([tabindex=\"-1\"]):not([hidden]), canvas, input:not([hidden])",
        ) else {
            return;
        };
        let count = stops.length();
        let now = self.host.shadow_root().and_then(|root| root.active_element());
        let at = (0..count).find(|at| {
            let stop = stops.item(*at).and_then(|stop| stop.dyn_into::<Element>().ok());
            stop.is_some() && stop == now
        });
        let next = match (at, event.shift_key()) {
            (Some(0), true) => count.checked_sub(1),
            (Some(at), false) if at + 1 == count => Some(0),
            (None, _) => Some(0),
            _ => None,
        };
        let next = next.and_then(|next| stops.item(next));
        if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            let _ = next.focus();
        }
    }

    /// A heading that names it, and a line that says what to do.
    pub fn heading(&self, parent: &Element, title: &str) -> Result<(), JsValue> {
        let heading: HtmlElement = add(parent, "h2", "", &[("id", "title")])?;
        heading.set_text_content(Some(title));
        Ok(())
    }
}

/// In the top layer, but with the page behind it as alive as ever. web-sys does not
/// know it yet.
fn show_popover(dialog: &HtmlDialogElement) -> Result<(), JsValue> {
    dialog.set_attribute("popover", "manual")?;
    let show: Function = js::get(dialog, "showPopover").dyn_into()?;
    show.call0(dialog).map(drop)
}
