//! Choosing an element of the page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use baton_annotation::{Point, Rect};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event};

use super::{Picker, action, is_in_bar};
use crate::annotate::element::{add, target_of};
use crate::annotate::stage::client;
use crate::annotate::text::{joined, whole};
use crate::annotate::{object, property, tree};
use crate::bridge::Bridge;

/// See [`crate::annotate::pick`].
pub fn element(bridge: &Bridge) -> Result<Promise, JsValue> {
    let picker = Picker::open(bridge, "element", &["larger", "smaller", "take", "cancel"])?;
    let overlay = Rc::clone(&picker.overlay);
    let label: Element = add(&picker.frame, "span", "label", &[])?;
    let choice = Rc::new(Choice {
        picker,
        label,
        chosen: RefCell::default(),
        is_by_finger: Cell::new(false),
    });
    let [width, height] = choice.picker.viewport();
    choice.choose_at(Point { x: width / 2.0, y: height / 2.0 });
    let heard = Rc::clone(&choice);
    overlay.tell(Box::new(move |name, event| heard.hear(name, event)));
    Ok(overlay.answer())
}

struct Choice {
    picker: Picker,
    label: Element,
    chosen: RefCell<Option<Element>>,
    is_by_finger: Cell<bool>,
}

impl Choice {
    fn hear(&self, name: &str, event: &Event) {
        let target = target_of(event);
        if name == "keydown" && !self.picker.key(event, target.as_ref()) {
            return self.key(event);
        }
        if name == "scroll" {
            // The frame follows.
            return self.show();
        }
        let Some(target) = target else { return };
        let is_in_bar = is_in_bar(&target);
        match name {
            "click" if is_in_bar => match action(&target).as_deref() {
                Some("larger") => self.go(tree::parent),
                Some("smaller") => self.go(tree::child),
                Some("take") => self.take(),
                Some("cancel") => self.picker.overlay.close(&JsValue::NULL),
                _ => {}
            },
            "pointerdown" | "pointermove" if !is_in_bar => {
                self.is_by_finger.set(property::text(event, "pointerType") == "touch");
                self.choose_at(client(event));
            }
            // A finger hides what it chooses: the button takes it.
            "click" if !is_in_bar && !self.is_by_finger.get() => {
                self.choose_at(client(event));
                self.take();
            }
            "contextmenu" => event.prevent_default(),
            _ => {}
        }
    }

    fn key(&self, event: &Event) {
        match property::text(event, "key").as_str() {
            "ArrowUp" => self.go(tree::parent),
            "ArrowDown" => self.go(tree::child),
            "ArrowLeft" => self.go(|element| tree::sibling(element, false)),
            "ArrowRight" => self.go(|element| tree::sibling(element, true)),
            "Enter" => self.take(),
            _ => return,
        }
        event.prevent_default();
    }

    fn choose_at(&self, Point { x, y }: Point) {
        if let Some(element) = tree::at(&self.picker.overlay.document, x, y) {
            self.chosen.replace(Some(element));
            self.show();
        }
    }

    fn go(&self, way: impl Fn(&Element) -> Option<Element>) {
        let next = self.chosen.borrow().as_ref().and_then(way);
        if let Some(next) = next {
            self.reveal(&next);
            self.chosen.replace(Some(next));
            self.show();
        }
    }

    /// Scrolls to what nobody would see otherwise.
    fn reveal(&self, element: &Element) {
        let rect = rect(element);
        let [width, height] = self.picker.viewport();
        let is_seen =
            rect.bottom > 0.0 && rect.right > 0.0 && rect.top < height && rect.left < width;
        if !is_seen {
            element.scroll_into_view_with_bool(true);
        }
    }

    fn show(&self) {
        let chosen = self.chosen.borrow();
        let Some(element) = chosen.as_ref() else { return };
        let rect = rect(element);
        self.picker.frame(rect);
        let size = [rect.width(), rect.height()].map(whole);
        let words =
            joined(&[&property::text(element, "localName"), "  ", &size[0], " × ", &size[1]]);
        property::set(&self.label, "textContent", words);
        let place = if rect.top < 28.0 { "inside" } else { "above" };
        let _ = self.label.set_attribute("data-place", place);
    }

    fn take(&self) {
        let chosen = self.chosen.borrow().clone();
        if let Some(element) = chosen {
            self.picker.overlay.close(&object(&[("element", element.into())]));
        }
    }
}

/// The box of an element in the viewport.
fn rect(element: &Element) -> Rect {
    let rect = element.get_bounding_client_rect();
    let number = |name| property::number(&rect, name);
    Rect {
        left: number("left"),
        top: number("top"),
        right: number("right"),
        bottom: number("bottom"),
    }
}
