//! What Baton draws: one host element with an open shadow root, and Yew in it.

mod answer;
mod attached;
mod cards;
mod correction;
mod handed;
mod history;
pub mod labels;
pub mod markdown;
mod notices;
mod panel;
mod pictures;
mod preview;
mod qa;
mod rating;
mod review;
mod status;
mod thread;
mod top_layer;
mod viewport;

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::session::Session;
use crate::config::Config;
use crate::{BATON_UI, theme};
use top_layer::TopLayer;
use viewport::Viewport;

const STYLE: &str =
    concat!(include_str!("../../theme.css"), include_str!("style.css"), include_str!("chrome.css"));

/// The mounted panel.
pub struct Mounted {
    host: HtmlElement,
    app: Option<yew::AppHandle<panel::Panel>>,
    top: TopLayer,
    /// While the panel is open.
    viewport: RefCell<Option<Viewport>>,
    /// Keys typed here are nobody's shortcut out there, nor is what is pasted or
    /// dropped here meant for the page.
    _own: [EventListener; 6],
}

/// Mounts the panel, closed.
pub fn mount(session: &Rc<Session>) -> Result<Mounted, String> {
    let thrown = |thrown| crate::js::message_of(&thrown);
    let document =
        web_sys::window().and_then(|window| window.document()).ok_or("there is no document")?;
    let host: HtmlElement = document
        .create_element("div")
        .map_err(thrown)?
        .dyn_into()
        .map_err(|_| "no element".to_owned())?;
    host.set_attribute(BATON_UI, "widget").map_err(thrown)?;
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).map_err(thrown)?;
    let config = Config::read(&session.bridge);
    theme::install(&document, &root, STYLE, config.style_nonce.as_deref())?;
    // The renderer takes an element, and a shadow root is none.
    let mount: Element = document.create_element("div").map_err(thrown)?;
    mount.set_class_name("baton");
    // A click on what cannot be focused leaves the focus, and so the keys, in the panel.
    mount.set_attribute("tabindex", "-1").map_err(thrown)?;
    let dismissed = Rc::downgrade(session);
    let dismiss = move || {
        if let Some(session) = dismissed.upgrade() {
            session.close();
        }
    };
    let top = TopLayer::new(&document, &host, &root, Box::new(dismiss)).map_err(thrown)?;
    top.element().append_child(&mount).map_err(thrown)?;
    let parent: Element = match document.body() {
        Some(body) => body.into(),
        None => document.document_element().ok_or("the page is empty")?,
    };
    parent.append_child(&host).map_err(thrown)?;

    let own = ["keydown", "keyup", "keypress", "paste", "dragover", "drop"].map(|name| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&root, name, options, |event| event.stop_propagation())
    });
    let props = panel::Props { session: panel::SessionRef(Rc::clone(session)) };
    let app = yew::Renderer::<panel::Panel>::with_root_and_props(mount, props).render();
    let app = Some(app);
    let mounted = Mounted { host, app, top, viewport: RefCell::default(), _own: own };
    mounted.apply_theme(&config);
    mounted.set_open(false);
    Ok(mounted)
}

impl Mounted {
    /// Shows or hides the panel; tells whether that changed anything.
    pub fn set_open(&self, open: bool) -> bool {
        let was_open = self.host.has_attribute("data-open");
        let _ = self.host.toggle_attribute_with_force("data-open", open);
        self.reveal(open);
        if open {
            self.focus();
        }
        was_open != open
    }

    /// Whether the panel is open and in sight.
    pub fn is_open(&self) -> bool {
        !self.host.hidden()
    }

    /// Takes an open panel out of sight for a while, and back; closed meanwhile, it stays
    /// away.
    pub fn set_aside(&self, aside: bool) {
        self.reveal(!aside && self.host.has_attribute("data-open"));
    }

    fn reveal(&self, shown: bool) {
        if shown {
            // The page's sheets may have another accent by now.
            theme::fit(&self.host);
            self.viewport.replace(Viewport::follow(&self.host));
            self.host.set_hidden(false);
            self.top.show();
        } else {
            // Before it is out of sight: a dialog that nobody sees would still be modal.
            self.top.hide();
            self.host.set_hidden(true);
            self.viewport.take();
        }
    }

    /// The shadow root the panel is drawn in.
    pub fn root(&self) -> Option<ShadowRoot> {
        self.host.shadow_root()
    }

    /// Focuses what the current screen wants focused.
    pub fn focus(&self) {
        let target = self
            .root()
            .and_then(|root| root.query_selector("[data-autofocus]").ok().flatten())
            .and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(target) = target {
            let _ = target.focus();
        }
    }

    /// Puts the embedder's colours and position into effect.
    pub fn apply_theme(&self, config: &Config) {
        theme::apply(&self.host, config);
    }

    /// Takes the panel off the page.
    pub fn remove(mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.host.remove();
    }
}
