//! Choosing a region of the viewport: to the editor, cropping a picture of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use baton_annotation::keys::{self, Command};
use baton_annotation::{Editor, Effect, Event as Edit, Rect, Tool};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use web_sys::{Element, Event, HtmlElement};

use super::{Picker, action, is_in_bar};
use crate::annotate::element::{add, held, place, target_of};
use crate::annotate::hands::id_of;
use crate::annotate::later::later;
use crate::annotate::stage::client;
use crate::annotate::{object, property};
use crate::bridge::Bridge;

/// How far an arrow key goes, in CSS pixels.
const STEP: f64 = 16.0;
/// After a pointer has gone up, the browser sends the events of old mice: they are
/// none of the page's.
const LATE_EVENTS_MS: i32 = 60;

/// See [`crate::annotate::pick`].
pub fn region(bridge: &Bridge) -> Result<Promise, JsValue> {
    let picker = Picker::open(bridge, "region", &["cancel"])?;
    let overlay = Rc::clone(&picker.overlay);
    let cross: HtmlElement = add(&overlay.dialog, "div", "cross", &[("hidden", "")])?;
    let mut editor = Editor::new(picker.viewport());
    editor.reduce(Edit::Tool(Tool::Crop));
    let region =
        Rc::new(Region { picker, cross, editor: RefCell::new(editor), pointer: Cell::new(None) });
    let heard = Rc::clone(&region);
    overlay.tell(Box::new(move |name, event| heard.hear(name, event)));
    Ok(overlay.answer())
}

struct Region {
    picker: Picker,
    cross: HtmlElement,
    editor: RefCell<Editor>,
    /// The one that drags.
    pointer: Cell<Option<i32>>,
}

impl Region {
    fn hear(self: &Rc<Self>, name: &str, event: &Event) {
        let target = target_of(event);
        if name == "keydown" && !self.picker.key(event, target.as_ref()) {
            return self.key(event);
        }
        match (name, target) {
            ("click", Some(target)) if action(&target).as_deref() == Some("cancel") => {
                self.picker.overlay.close(&JsValue::NULL);
            }
            // The region is one of what is seen now.
            ("wheel" | "contextmenu", _) => event.prevent_default(),
            (_, Some(target)) => self.point(name, event, &target),
            _ => {}
        }
    }

    fn point(self: &Rc<Self>, name: &str, pointer: &Event, target: &Element) {
        let at = client(pointer);
        let id = id_of(pointer);
        let is_ours = self.pointer.get() == Some(id);
        match name {
            "pointerdown"
                if self.pointer.get().is_none()
                    && !is_in_bar(target)
                    && property::number(pointer, "button") == 0.0 =>
            {
                self.pointer.set(Some(id));
                let _ = self.picker.overlay.dialog.set_pointer_capture(id);
                self.apply(Edit::Press(at));
            }
            "pointermove" if is_ours => drop(self.apply(Edit::Drag(at))),
            "pointerup" if is_ours => {
                self.pointer.set(None);
                if self.apply(Edit::Release) == Effect::Picture {
                    let region = Rc::clone(self);
                    later(&self.picker.window, LATE_EVENTS_MS, move || region.take());
                }
            }
            "pointercancel" if is_ours => {
                self.pointer.set(None);
                self.apply(Edit::Cancel);
            }
            _ => {}
        }
    }

    fn key(&self, event: &Event) {
        let key = property::text(event, "key");
        let Some(Command::Edit(edit @ (Edit::Step(_) | Edit::Enter))) =
            keys::command(&key, held(event), STEP)
        else {
            return;
        };
        event.prevent_default();
        if self.apply(edit) == Effect::Picture {
            self.take();
        }
    }

    fn apply(&self, edit: Edit) -> Effect {
        let mut editor = self.editor.borrow_mut();
        let effect = editor.reduce(edit);
        match editor.crop() {
            Some(rect) => self.picker.frame(rect),
            None => property::set(&self.picker.frame, "hidden", true),
        }
        let cursor = editor.cursor();
        property::set(&self.cross, "hidden", cursor.is_none());
        if let Some(cursor) = cursor {
            place(&self.cross, &[("left", cursor.x), ("top", cursor.y)]);
        }
        effect
    }

    fn take(&self) {
        let editor = self.editor.borrow();
        // All of the window is no crop, and yet a region.
        let rect = editor.crop().unwrap_or(Rect::of_size(editor.size()));
        let sides = [rect.left, rect.top, rect.width(), rect.height()];
        let region: Array = sides.into_iter().map(JsValue::from_f64).collect();
        self.picker.overlay.close(&object(&[("region", region.into())]));
    }
}
