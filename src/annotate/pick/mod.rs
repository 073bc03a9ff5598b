//! Choosing a part of the page: what both ways share.

mod element;
mod region;

use std::rc::Rc;

use baton_annotation::Rect;
use wasm_bindgen::JsValue;
use web_sys::{Element, Event, HtmlElement, Window};

pub use element::element;
pub use region::region;

use super::element::{add, focused_in, is_button, place};
use super::layout::button;
use super::overlay::Overlay;
use super::property;
use super::text::joined;
use super::words::Words;
use crate::bridge::Bridge;

/// The window with a frame over what would be taken.
struct Picker {
    overlay: Rc<Overlay>,
    window: Window,
    frame: HtmlElement,
}

impl Picker {
    /// Not modal: what is inert cannot be found under the pointer.
    fn open(bridge: &Bridge, kind: &str, buttons: &[&str]) -> Result<Self, JsValue> {
        let overlay = Overlay::open(bridge, kind, false)?;
        match Self::fill(&overlay, bridge, kind, buttons) {
            Ok(picker) => Ok(picker),
            Err(error) => {
                overlay.close(&JsValue::NULL);
                Err(error)
            }
        }
    }

    fn fill(
        overlay: &Rc<Overlay>,
        bridge: &Bridge,
        kind: &str,
        buttons: &[&str],
    ) -> Result<Self, JsValue> {
        let words = Words::read(bridge);
        let dialog = &overlay.dialog;
        let frame = add(dialog, "div", "frame", &[("aria-hidden", "true"), ("hidden", "")])?;
        let bar: Element = add(dialog, "div", "bar", &[])?;
        overlay.heading(&bar, &words.get(&joined(&["pick_", kind])))?;
        let hint: Element = add(&bar, "p", "hint", &[("id", "hint")])?;
        property::set(&hint, "textContent", words.get(&joined(&["pick_", kind, "_hint"])));
        dialog.set_attribute("aria-describedby", "hint")?;
        let row: Element = add(&bar, "div", "row", &[])?;
        for name in buttons {
            button(&row, name, if *name == "take" { "primary" } else { "link" }, &words)?;
        }
        // Keys go here until a button has the focus.
        property::set(dialog, "tabIndex", -1);
        dialog.focus()?;
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        Ok(Self { overlay: Rc::clone(overlay), window, frame })
    }

    /// Width and height of the viewport.
    fn viewport(&self) -> [f64; 2] {
        ["innerWidth", "innerHeight"].map(|side| property::number(&self.window, side).max(1.0))
    }

    fn frame(&self, rect: Rect) {
        let sides = [
            ("left", rect.left),
            ("top", rect.top),
            ("width", rect.width()),
            ("height", rect.height()),
        ];
        place(&self.frame, &sides);
        property::set(&self.frame, "hidden", false);
    }

    /// Keys that both ways know; tells whether this was one.
    fn key(&self, event: &Event, target: Option<&Element>) -> bool {
        match property::text(event, "key").as_str() {
            "Escape" => {
                event.prevent_default();
                self.overlay.close(&JsValue::NULL);
                true
            }
            "Tab" => {
                self.overlay.trap(event);
                true
            }
            "Enter" | " " if property::is(event, "repeat") => {
                event.prevent_default();
                true
            }
            // The button does it by itself.
            "Enter" | " " => target.is_some_and(is_button),
            _ => {
                if focused_in(&self.overlay.host).is_none() {
                    // The page has taken the focus: it must not be written to.
                    event.prevent_default();
                    let _ = self.overlay.dialog.focus();
                }
                false
            }
        }
    }
}

/// Whether it is in the bar with the buttons.
fn is_in_bar(target: &Element) -> bool {
    matches!(target.closest(".bar"), Ok(Some(_)))
}

/// What a button of the bar does.
fn action(target: &Element) -> Option<String> {
    target.closest("[data-do]").ok().flatten()?.get_attribute("data-do")
}
