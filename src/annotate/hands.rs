//! Mouse, pen and fingers on the picture: one draws, two move and scale, the wheel
//! scrolls.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use baton_annotation::{Event as Edit, Point, Tool};
use web_sys::Event;

use super::edit::Session;
use super::element::held;
use super::property;

/// CSS pixels that a press may miss a shape by.
const SLACK: f64 = 8.0;
const SLACK_OF_FINGERS: f64 = 18.0;
/// `WheelEvent.DOM_DELTA_LINE`.
const DELTA_IS_LINES: f64 = 1.0;
/// CSS pixels of a line, where a wheel counts in lines.
const LINE: f64 = 16.0;

/// Which pointer an event is of.
pub fn id_of(pointer: &Event) -> i32 {
    property::number(pointer, "pointerId") as i32
}

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
        match name {
            "wheel" => self.wheel(event),
            "pointerdown" if on_canvas => self.down(event),
            "pointermove" => self.moved(event),
            "pointerup" => self.up(event, true),
            "pointercancel" => self.up(event, false),
            _ => {}
        }
    }

    fn down(self: &Rc<Self>, pointer: &Event) {
        let (id, place) = (id_of(pointer), self.stage.place(pointer));
        // Fails for a pointer that is gone already.
        let _ = self.layout.canvas.set_pointer_capture(id);
        // Ends a text in progress, too.
        let _ = self.layout.canvas.focus();
        self.commit();
        let is_finger = property::text(pointer, "pointerType") == "touch";
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
        let button = property::number(pointer, "button");
        if button != 0.0 {
            self.hands.panning.set((button == 1.0).then_some((id, place)));
            return;
        }
        let slack = if is_finger { SLACK_OF_FINGERS } else { SLACK };
        self.editor.borrow_mut().set_slack(slack / self.stage.view.borrow().scale);
        let at = self.stage.view.borrow().to_picture(place);
        self.apply(Edit::Press(at));
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

    fn moved(self: &Rc<Self>, pointer: &Event) {
        let (id, place) = (id_of(pointer), self.stage.place(pointer));
        if self.pinch(id, place) {
            return self.draw();
        }
        if let Some((panning, from)) = self.hands.panning.get()
            && panning == id
        {
            self.hands.panning.set(Some((id, place)));
            self.stage.view.borrow_mut().pan([place.x - from.x, place.y - from.y]);
            return self.draw();
        }
        if self.hands.drawing.get() == Some(id) {
            let to = self.stage.view.borrow().to_picture(place);
            self.apply(Edit::Drag(to));
        }
    }

    /// Moves and scales with two fingers; tells whether there are two.
    fn pinch(&self, id: i32, place: Point) -> bool {
        let mut fingers = self.hands.fingers.borrow_mut();
        let two = |fingers: &[(i32, Point)]| match fingers {
            [a, b, ..] => Some([a.1, b.1]),
            _ => None,
        };
        let before = two(&fingers);
        if let Some(finger) = fingers.iter_mut().find(|(known, _)| *known == id) {
            finger.1 = place;
        }
        let (Some(before), Some(after)) = (before, two(&fingers)) else { return false };
        self.stage.view.borrow_mut().pinch(before, after);
        true
    }

    fn up(self: &Rc<Self>, pointer: &Event, is_meant: bool) {
        let id = id_of(pointer);
        self.hands.fingers.borrow_mut().retain(|(finger, _)| *finger != id);
        if self.hands.panning.get().is_some_and(|(panning, _)| panning == id) {
            self.hands.panning.set(None);
        }
        if self.hands.drawing.get() != Some(id) {
            return;
        }
        self.hands.drawing.set(None);
        self.apply(if is_meant { Edit::Release } else { Edit::Cancel });
        if is_meant && property::is(&self.layout.input, "hidden") {
            self.write();
        }
    }

    fn wheel(self: &Rc<Self>, wheel: &Event) {
        wheel.prevent_default();
        self.commit();
        let number = |name| property::number(wheel, name);
        let unit = if number("deltaMode") == DELTA_IS_LINES { LINE } else { 1.0 };
        let (dx, dy) = (number("deltaX") * unit, number("deltaY") * unit);
        let held = held(wheel);
        let place = self.stage.place(wheel);
        let mut view = self.stage.view.borrow_mut();
        if held.command {
            view.zoom(place, 1.0 - dy.clamp(-100.0, 100.0) * 0.003);
        } else if held.shift && dx == 0.0 {
            view.pan([-dy, 0.0]);
        } else {
            view.pan([-dx, -dy]);
        }
        drop(view);
        self.draw();
    }
}
