//! Colours that can be read, whatever the embedder's accent: relative luminance and
//! contrast as WCAG 2.2 defines them, and an accent fitted to the panel's papers.

/// Least contrast of text: WCAG 2.2, 1.4.3 (AA).
pub const TEXT: f64 = 4.5;
/// Least contrast of what is no text, such as a focus ring: WCAG 2.2, 1.4.11 (AA).
pub const GRAPHIC: f64 = 3.0;

/// A colour of sRGB, opaque.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

const BLACK: Rgb = Rgb(0, 0, 0);
const WHITE: Rgb = Rgb(255, 255, 255);

/// What text stands on in one theme. `theme.css` has the same colours as `--paper` and
/// `--wash`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Papers {
    /// Of the panel.
    pub paper: Rgb,
    /// Behind bubbles and fields.
    pub wash: Rgb,
}

/// Of the light theme.
pub const LIGHT: Papers = Papers { paper: WHITE, wash: Rgb(0xf4, 0xf5, 0xf8) };
/// Of the dark theme.
pub const DARK: Papers = Papers { paper: Rgb(0x17, 0x1a, 0x21), wash: Rgb(0x22, 0x27, 0x32) };

/// The accent as a ground to write on, the same in both themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// Black or white.
    pub text: Rgb,
    /// The ground under the pointer: a little away from the text.
    pub hover: Rgb,
}

/// The accent on the papers of one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// As the colour of text.
    pub ink: Rgb,
    /// As the colour of rings, switches and icons.
    pub edge: Rgb,
}

impl Rgb {
    /// As CSS writes it: `#rrggbb`.
    #[must_use]
    pub fn css(self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::from("#");
        for channel in [self.0, self.1, self.2] {
            text.push(DIGITS[usize::from(channel >> 4)].into());
            text.push(DIGITS[usize::from(channel & 15)].into());
        }
        text
    }

    /// Reads `#rrggbb`, as a canvas tells an opaque colour of sRGB.
    #[must_use]
    pub fn from_css(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let all = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = all.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// Relative luminance: 0 of black, 1 of white.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// This colour with `share` of 32 parts of another.
    fn mixed(self, other: Self, share: u16) -> Self {
        let mix = |own: u8, other: u8| {
            let sum = u16::from(own) * (32 - share) + u16::from(other) * share;
            // At most 255, since the shares add up to 32.
            (sum / 32) as u8
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

/// Contrast of two colours, 1 to 21.
#[must_use]
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What stands on the accent, and the accent under the pointer. White where white can be
/// read, since it looks lighter; else black, which then can.
#[must_use]
pub fn fill(accent: Rgb) -> Fill {
    let text = if contrast(WHITE, accent) >= TEXT { WHITE } else { BLACK };
    let away = if text == WHITE { BLACK } else { WHITE };
    Fill { text, hover: accent.mixed(away, 4) }
}

/// The accent, as far towards black or white as it takes to be seen on these papers.
#[must_use]
pub fn mark(accent: Rgb, papers: Papers) -> Mark {
    let towards = if papers.paper.luminance() > 0.5 { BLACK } else { WHITE };
    let fitted = |least: f64| {
        let fits = |colour: &Rgb| {
            contrast(*colour, papers.paper) >= least && contrast(*colour, papers.wash) >= least
        };
        (0..32).map(|share| accent.mixed(towards, share)).find(fits).unwrap_or(towards)
    };
    Mark { ink: fitted(TEXT), edge: fitted(GRAPHIC) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same numbers each time, spread over all colours (a Weyl sequence).
    fn thousand_accents() -> impl Iterator<Item = Rgb> {
        (1..=1000u32).map(|n| {
            let [red, green, blue, _] = n.wrapping_mul(0x9e37_79b9).to_be_bytes();
            Rgb(red, green, blue)
        })
    }

    #[test]
    fn contrast_is_as_the_guideline_has_it() {
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast(WHITE, WHITE) - 1.0).abs() < 1e-9);
        // Known from the guideline's own discussion: the lightest grey for text on white.
        assert!(contrast(Rgb(0x76, 0x76, 0x76), WHITE) >= TEXT);
        assert!(contrast(Rgb(0x77, 0x77, 0x77), WHITE) < TEXT);
        assert_eq!(contrast(Rgb(9, 80, 200), WHITE), contrast(WHITE, Rgb(9, 80, 200)));
    }

    #[test]
    fn any_accent_can_be_read_in_both_themes() {
        let extremes = [BLACK, WHITE, Rgb(255, 255, 0), Rgb(0, 0, 255), Rgb(128, 128, 128)];
        for accent in thousand_accents().chain(extremes) {
            let filled = fill(accent);
            assert!(contrast(filled.text, accent) >= TEXT, "on {accent:?}");
            assert!(contrast(filled.text, filled.hover) >= TEXT, "on {accent:?}, hovered");
            for papers in [LIGHT, DARK] {
                let mark = mark(accent, papers);
                for ground in [papers.paper, papers.wash] {
                    assert!(contrast(mark.ink, ground) >= TEXT, "{accent:?} on {ground:?}");
                    assert!(contrast(mark.edge, ground) >= GRAPHIC, "{accent:?} on {ground:?}");
                }
            }
        }
    }

    #[test]
    fn an_accent_that_can_be_read_stays_as_it_is() {
        let accent = Rgb(0x34, 0x55, 0xdb);
        assert_eq!(mark(accent, LIGHT), Mark { ink: accent, edge: accent });
        assert_eq!(fill(accent).text, WHITE);
        assert_ne!(mark(accent, DARK).ink, accent);
    }

    #[test]
    fn css_is_read_as_it_is_written() {
        for colour in thousand_accents() {
            assert_eq!(Rgb::from_css(&colour.css()), Some(colour));
        }
        for other in ["", "#fff", "#12345g", "rgba(0, 0, 0, 0.5)", "#1234567", "#-12345"] {
            assert_eq!(Rgb::from_css(other), None, "{other}");
        }
    }

    #[test]
    fn the_sheet_has_the_same_papers() {
        let sheet = include_str!("../../../src/theme.css");
        for papers in [LIGHT, DARK] {
            let written = |name: &str, colour: Rgb| {
                let css = colour.css();
                let css = if css == "#ffffff" { "#fff".to_owned() } else { css };
                assert!(sheet.contains(&format!("--{name}: {css} ")), "{name} {css}");
            };
            written("paper", papers.paper);
            written("wash", papers.wash);
        }
    }
}
