//! What happens to the editor, and what that asks of the outside.

use crate::{Kind, Point};

/// What a press on the picture does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Selects and moves shapes.
    Select,
    /// Draws this kind of shape.
    Draw(Kind),
    /// Chooses what of the picture is kept.
    Crop,
}

/// What happens to the editor. Places are in the picture; those beyond its edge count
/// as on it.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Another tool is chosen.
    Tool(Tool),
    /// Another colour is chosen, by index in [`crate::look::COLORS`].
    Color(usize),
    /// Another line width is chosen, by index in [`crate::look::WIDTHS`].
    Width(usize),
    /// A pointer goes down.
    Press(Point),
    /// It moves while it is down.
    Drag(Point),
    /// It goes up.
    Release,
    /// The arrow keys: how far.
    Step([f64; 2]),
    /// The key that starts a shape and ends it; with [`Tool::Select`], that selects the
    /// next shape.
    Enter,
    /// The selected text is to be written anew.
    Rewrite,
    /// What was written for a text, and how wide that is. Empty: there is no text.
    Words {
        /// The words.
        text: String,
        /// Their width in the font size of [`crate::Editor::writing`].
        width: f64,
    },
    /// Deletes the selected shape; with [`Tool::Crop`], undoes the crop.
    Delete,
    /// Leaves what is in progress, else the selection.
    Cancel,
    /// One step back.
    Undo,
    /// One step forward again.
    Redo,
}

/// What an event asks of the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing changed.
    Nothing,
    /// What is in progress looks different; the finished shapes do not.
    View,
    /// The finished shapes have changed.
    Picture,
    /// Words are needed: see [`crate::Editor::writing`].
    Write,
}
