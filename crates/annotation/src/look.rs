//! Colours and measures of what is drawn.

/// A colour to draw with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Its name, as labels know it.
    pub name: &'static str,
    /// As CSS writes it.
    pub paint: &'static str,
    /// What can be read on it, and lines it out: black or white.
    pub contrast: &'static str,
}

/// The colours one can choose. Each is told from the others without seeing hue: by
/// its lightness.
pub const COLORS: [Color; 5] = [
    Color { name: "red", paint: "#d81e1e", contrast: "#ffffff" },
    Color { name: "yellow", paint: "#ffd60a", contrast: "#000000" },
    Color { name: "green", paint: "#0b7a3e", contrast: "#ffffff" },
    Color { name: "blue", paint: "#1747d1", contrast: "#ffffff" },
    Color { name: "black", paint: "#111111", contrast: "#ffffff" },
];

/// Names of the line widths, from thin to thick.
pub const WIDTHS: [&str; 3] = ["thin", "medium", "thick"];

/// How much of the colour a highlight has.
pub const HIGHLIGHT_OPACITY: f64 = 0.4;

/// Width of a line of this step in a picture that is `width` pixels wide: a picture
/// of a dense screen has more pixels for the same line.
pub fn line_width(step: usize, width: f64) -> f64 {
    let medium = (width / 320.0).clamp(2.0, 12.0);
    medium * [0.5, 1.0, 2.0][step.min(2)]
}

/// Height of a text's letters for a line width.
pub fn font_size(line_width: f64) -> f64 {
    (line_width * 4.0 + 8.0).round()
}

/// Of the plate that a text stands on: its height and the space before the text, for
/// a height of letters.
pub fn plate(font_size: f64) -> [f64; 2] {
    [(font_size * 1.5).round(), (font_size * 0.4).round()]
}

/// Font size of a text on a plate of this height.
pub fn font_size_on(plate_height: f64) -> f64 {
    (plate_height / 1.5).round()
}

/// Shortest side of a block of a pixelated region in a picture this wide: larger than
/// a letter, also on a phone with a dense screen, so that none is left to be guessed.
pub fn block(picture_width: f64) -> usize {
    (picture_width / 20.0).clamp(32.0, 96.0) as usize
}
