//! What a finished picture says of itself.

use crate::{Editor, Kind, Rect};

/// A finished picture: what was drawn on it and taken from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// What of the picture is kept, in whole pixels.
    pub kept: Rect,
    /// From the bottom up; what cannot be seen is not among them.
    pub annotations: Vec<Annotation>,
    /// Regions whose pixels were removed.
    pub removed: u32,
    /// Whether less than the whole picture is kept.
    pub cropped: bool,
}

/// Something drawn, in pixels of what is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// `arrow`, `box`, `highlight`, `freehand` or `text`.
    pub kind: &'static str,
    /// Left, top, width and height; in the picture.
    pub bounds: [u32; 4],
    /// The words of a text. Privacy: `None` also where part of it was removed.
    pub text: Option<String>,
}

/// Sums up what the editor holds.
pub fn summary(editor: &Editor) -> Summary {
    let whole = Rect::of_size(editor.size());
    let drawing = editor.drawing();
    let kept = drawing.crop.map_or(whole, Rect::in_whole_pixels);
    let mut annotations = Vec::new();
    let mut removed = 0;
    for (at, shape) in drawing.shapes.iter().enumerate() {
        let bounds = shape.bounds().in_whole_pixels();
        let Some(seen) = bounds.intersection(kept) else { continue };
        let Some(kind) = shape.kind.name() else {
            removed += 1;
            continue;
        };
        let mut removals = drawing.shapes[at + 1..]
            .iter()
            .filter(|later| later.kind.removes())
            .map(|later| later.bounds());
        if removals.clone().any(|removal| removal.covers(seen)) {
            continue;
        }
        let is_whole = !removals.any(|removal| removal.intersection(seen).is_some())
            && kept.covers(bounds.intersection(whole).unwrap_or(bounds));
        annotations.push(Annotation {
            kind,
            bounds: [
                (seen.left - kept.left) as u32,
                (seen.top - kept.top) as u32,
                seen.width() as u32,
                seen.height() as u32,
            ],
            text: (shape.kind == Kind::Text && is_whole).then(|| shape.text.clone()),
        });
    }
    Summary { cropped: kept != whole, kept, annotations, removed }
}
