//! Mouse, pen and fingers on the picture: one draws, two move and scale, the wheel
//! scrolls.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use baton_annotation::{Event as Edit, Point, Tool};
use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent, WheelEvent};

use super::edit::Session;

/// CSS pixels that a press may miss a shape by.
const SLACK: f64 = 8.0;
const SLACK_OF_FINGERS: f64 = 18.0;
/// CSS pixels of a line, where a wheel counts in lines.
const LINE: f64 = 16.0;

/// What is on the picture.
#[derive(Default)]
pub struct Hands {
    /// The one that draws.
    drawing: Cell<Option<i32>>,
    /// The one that moves the view, and where it was.
    panning: Cell<Option<(i32, Point)>>,
    /// All fingers, in the order they came.
    fingers: RefCell<Vec<(i32, Point)>>,
}

impl Session {
    /// Handles what pointers do.
    pub fn handle(self: &Rc<Self>, name: &str, event: &Event, on_canvas: bool) {
        if name == "wheel" {
            return self.wheel(event.unchecked_ref());
        }
        let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
        match name {
            "pointerdown" if on_canvas => self.down(pointer),
            "pointermove" => self.moved(pointer),
            "pointerup" => self.up(pointer, true),
            "pointercancel" => self.up(pointer, false),
            _ => {}
        }
    }

    fn down(self: &Rc<Self>, pointer: &PointerEvent) {
        let (id, place) = (pointer.pointer_id(), self.stage.place(pointer));
        // Fails for a pointer that is gone already.
        let _ = self.layout.canvas.set_pointer_capture(id);
        // Ends a text in progress, too.
        let _ = self.layout.canvas.focus();
        self.commit();
        let is_finger = pointer.pointer_type() == "touch";
        if is_finger {
            self.hands.fingers.borrow_mut().push((id, place));
            if self.hands.fingers.borrow().len() > 1 {
                // It was no line, but the first of two fingers.
                self.hands.drawing.set(None);
                self.hands.panning.set(None);
                self.apply(Edit::Cancel);
                return;
            }
        }
        if self.hands.drawing.get().is_some() {
            return;
        }
        if pointer.button() != 0 {
            self.hands.panning.set((pointer.button() == 1).then_some((id, place)));
            return;
        }
        let view = self.stage.view.get();
        let slack = if is_finger { SLACK_OF_FINGERS } else { SLACK };
        self.editor.borrow_mut().set_slack(slack / view.scale);
        self.apply(Edit::Press(view.to_picture(place)));
        let is_empty = {
            let editor = self.editor.borrow();
            editor.tool() == Tool::Select && !editor.is_busy()
        };
        if is_empty {
            self.hands.panning.set(Some((id, place)));
        } else {
            self.hands.drawing.set(Some(id));
        }
    }

    fn moved(self: &Rc<Self>, pointer: &PointerEvent) {
        let (id, place) = (pointer.pointer_id(), self.stage.place(pointer));
        if self.pinch(id, place) {
            return self.draw();
        }
        if let Some((panning, from)) = self.hands.panning.get()
            && panning == id
        {
            self.hands.panning.set(Some((id, place)));
            self.stage.look(|view| view.pan([place.x - from.x, place.y - from.y]));
            return self.draw();
        }
        if self.hands.drawing.get() == Some(id) {
            self.apply(Edit::Drag(self.stage.view.get().to_picture(place)));
        }
    }

    /// Moves and scales with two fingers; tells whether there are two.
    fn pinch(&self, id: i32, place: Point) -> bool {
        let mut fingers = self.hands.fingers.borrow_mut();
        let before: Vec<Point> = fingers.iter().map(|(_, place)| *place).collect();
        if let Some(finger) = fingers.iter_mut().find(|(known, _)| *known == id) {
            finger.1 = place;
        }
        match (before.as_slice(), fingers.as_slice()) {
            ([a, b, ..], [(_, c), (_, d), ..]) => {
                self.stage.look(|view| view.pinch([*a, *b], [*c, *d]));
                true
            }
            _ => false,
        }
    }

    fn up(self: &Rc<Self>, pointer: &PointerEvent, is_meant: bool) {
        let id = pointer.pointer_id();
        self.hands.fingers.borrow_mut().retain(|(finger, _)| *finger != id);
        if self.hands.panning.get().is_some_and(|(panning, _)| panning == id) {
            self.hands.panning.set(None);
        }
        if self.hands.drawing.get() != Some(id) {
            return;
        }
        self.hands.drawing.set(None);
        self.apply(if is_meant { Edit::Release } else { Edit::Cancel });
        if is_meant && self.layout.input.hidden() {
            self.write();
        }
    }

    fn wheel(self: &Rc<Self>, wheel: &WheelEvent) {
        wheel.prevent_default();
        self.commit();
        let unit = if wheel.delta_mode() == WheelEvent::DOM_DELTA_LINE { LINE } else { 1.0 };
        let (dx, dy) = (wheel.delta_x() * unit, wheel.delta_y() * unit);
        let place = self.stage.place(wheel);
        self.stage.look(|view| {
            if wheel.ctrl_key() || wheel.meta_key() {
                view.zoom(place, 1.0 - dy.clamp(-100.0, 100.0) * 0.003);
            } else if wheel.shift_key() && dx == 0.0 {
                view.pan([-dy, 0.0]);
            } else {
                view.pan([-dx, -dy]);
            }
        });
        self.draw();
    }
}
