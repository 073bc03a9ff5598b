//! Pictures, and what the customer drew on them.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Gap, Timestamp, Unknown};

/// One picture of the page, or one that the customer gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Screenshot {
    /// Name of the file in the manifest.
    pub attachment: String,
    /// What it shows, in words.
    pub label: String,
    /// When it was taken.
    pub at: Timestamp,
    /// URL of the page it shows, redacted; empty where nobody knows what it shows, as
    /// with an uploaded image.
    pub page_url: String,
    /// How it was made.
    pub method: ScreenshotMethod,
    /// Width in pixels of the picture.
    pub width: u32,
    /// Height in pixels of the picture.
    pub height: u32,
    /// What it does not show truly, and why.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// What the customer drew on it, in the order of drawing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
    /// How many regions the customer blacked out or blurred: their pixels are gone.
    #[serde(default, skip_serializing_if = "is_none_removed")]
    pub removed: u32,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// How a picture was made.
    ScreenshotMethod {
        /// The page's copy, laid out by the browser and drawn to a canvas.
        Engine => "engine",
        /// `getDisplayMedia`, by the customer's choice.
        DisplayMedia => "display_media",
        /// A picture the customer gave.
        Upload => "upload",
    }
}

impl ScreenshotMethod {
    /// How it was made, as a person would say it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Engine => "copy of the page",
            Self::DisplayMedia => "shared screen",
            Self::Upload => "added by the customer",
        }
    }
}

impl Screenshot {
    /// What was drawn on it, by kind: `2 arrows, 1 text: “here”`; empty if nothing was.
    #[must_use]
    pub fn drawn(&self) -> String {
        let mut parts = Vec::new();
        for kind in AnnotationKind::ALL {
            let drawn: Vec<_> = self.annotations.iter().filter(|one| one.kind == *kind).collect();
            if drawn.is_empty() {
                continue;
            }
            let noun = match kind {
                AnnotationKind::Freehand => "line",
                kind => kind.as_str(),
            };
            let plural = match (drawn.len(), kind) {
                (1, _) => "",
                (_, AnnotationKind::Box) => "es",
                _ => "s",
            };
            let mut part = [&drawn.len().to_string(), " ", noun, plural].concat();
            let texts: Vec<_> = drawn.iter().filter_map(|one| one.text.as_deref()).collect();
            if !texts.is_empty() {
                part = [&part, ": “", &texts.join("”, “"), "”"].concat();
            }
            parts.push(part);
        }
        parts.join(", ")
    }

    /// How many regions were removed: `2 regions removed`; empty if none was.
    #[must_use]
    pub fn removed_in_words(&self) -> String {
        match self.removed {
            0 => String::new(),
            1 => "1 region removed".to_owned(),
            many => [&many.to_string(), " regions removed"].concat(),
        }
    }
}

/// Something the customer drew on a picture. Its pixels are in the file, too; here it
/// can be read and searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Annotation {
    /// What was drawn.
    pub kind: AnnotationKind,
    /// Left edge of its bounds, in pixels of the picture.
    pub x: u32,
    /// Top edge of its bounds, in pixels of the picture.
    pub y: u32,
    /// Width of its bounds, in pixels of the picture.
    pub width: u32,
    /// Height of its bounds, in pixels of the picture.
    pub height: u32,
    /// What it says, redacted; only of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

vocabulary! {
    /// What can be drawn on a picture.
    AnnotationKind {
        /// An arrow.
        Arrow => "arrow",
        /// The outline of a box.
        Box => "box",
        /// A region coloured as by a marker pen.
        Highlight => "highlight",
        /// A line by hand.
        Freehand => "freehand",
        /// Words.
        Text => "text",
    }
}

fn is_none_removed(removed: &u32) -> bool {
    *removed == 0
}
