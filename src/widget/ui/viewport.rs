//! On phones: the part of the window that an on-screen keyboard and the browser's own
//! bars leave free, as custom properties. `chrome.css` fits the panel into it; the page
//! itself is not touched.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, HtmlElement};

use crate::{config, js, theme};

const TOP: &str = "--baton-view-top";
const HEIGHT: &str = "--baton-view-height";

/// Follows the window's visible part, until it is dropped.
pub struct Viewport {
    host: HtmlElement,
    _listeners: [EventListener; 2],
}

impl Viewport {
    /// `None` where the browser does not tell.
    pub fn follow(host: &HtmlElement) -> Option<Self> {
        let window = web_sys::window()?;
        let view: EventTarget = js::get(&window, "visualViewport").dyn_into().ok()?;
        fit(host, &view);
        let listeners = ["resize", "scroll"].map(|event| {
            let (host, seen) = (host.clone(), view.clone());
            EventListener::new(&view, event, move |_| fit(&host, &seen))
        });
        Some(Self { host: host.clone(), _listeners: listeners })
    }
}

impl Drop for Viewport {
    fn drop(&mut self) {
        theme::set(&self.host, TOP, None);
        theme::set(&self.host, HEIGHT, None);
    }
}

fn fit(host: &HtmlElement, view: &JsValue) {
    // Who has zoomed in wants the panel larger, not cut to what is seen of it.
    let is_zoomed = js::get(view, "scale").as_f64().is_some_and(|scale| scale > 1.01);
    for (name, key) in [(TOP, "offsetTop"), (HEIGHT, "height")] {
        let pixels = config::pixels(&js::get(view, key));
        theme::set(host, name, Some(&*pixels).filter(|_| !is_zoomed));
    }
}
