//! What keys mean on the picture.

use crate::Event;

/// What a key asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Something of the editor.
    Edit(Event),
    /// Another scale, by this factor.
    Zoom(f64),
    /// The scale of the beginning.
    Fit,
}

/// Keys held together with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Shift.
    pub shift: bool,
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
}

/// How much one press of + or - scales.
pub const ZOOM: f64 = 1.25;

/// The command of a key by its DOM name; `None` for all others. `step` is how far an
/// arrow key goes; with Shift it goes one pixel.
pub fn command(key: &str, held: Held, step: f64) -> Option<Command> {
    let step = if held.shift { 1.0 } else { step };
    let event = match (key, held.command) {
        ("z" | "Z", true) => {
            if held.shift {
                Event::Redo
            } else {
                Event::Undo
            }
        }
        ("y" | "Y", true) => Event::Redo,
        ("ArrowLeft", false) => Event::Step([-step, 0.0]),
        ("ArrowRight", false) => Event::Step([step, 0.0]),
        ("ArrowUp", false) => Event::Step([0.0, -step]),
        ("ArrowDown", false) => Event::Step([0.0, step]),
        ("Enter" | " ", false) => Event::Enter,
        ("F2", false) => Event::Rewrite,
        ("Delete" | "Backspace", false) => Event::Delete,
        ("+" | "=", false) => return Some(Command::Zoom(ZOOM)),
        ("-" | "_", false) => return Some(Command::Zoom(1.0 / ZOOM)),
        ("0", false) => return Some(Command::Fit),
        _ => return None,
    };
    Some(Command::Edit(event))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(key: &str, shift: bool, command: bool) -> Option<Event> {
        match super::command(key, Held { shift, command }, 8.0)? {
            Command::Edit(event) => Some(event),
            _ => None,
        }
    }

    #[test]
    fn keys_mean_what_editors_have_taught_people() {
        assert_eq!(edit("z", false, true), Some(Event::Undo));
        assert_eq!(edit("Z", true, true), Some(Event::Redo));
        assert_eq!(edit("y", false, true), Some(Event::Redo));
        assert_eq!(edit("z", false, false), None);
        assert_eq!(edit("ArrowUp", false, false), Some(Event::Step([0.0, -8.0])));
        assert_eq!(edit("ArrowRight", true, false), Some(Event::Step([1.0, 0.0])));
        assert_eq!(edit("Enter", false, false), Some(Event::Enter));
        assert_eq!(edit("Enter", false, true), None, "the browser's own shortcuts stay its own");
        assert_eq!(command("+", Held::default(), 8.0), Some(Command::Zoom(ZOOM)));
        assert_eq!(command("0", Held::default(), 8.0), Some(Command::Fit));
    }
}
