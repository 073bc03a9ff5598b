//! What the caller of `captureScreenshot()` asks for.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::js::{self, get};

/// What of the page is pictured.
pub enum Target {
    /// What the window shows.
    Viewport,
    /// All of the page, beyond what the window shows.
    Page,
    /// The box of an element.
    Element(Element),
    /// Left, top, width and height in CSS pixels of the viewport.
    Region([f64; 4]),
}

/// The checked options.
pub struct Options {
    pub target: Target,
    /// Pixels of the picture per CSS pixel.
    pub scale: f64,
    /// `image/png` or `image/webp`.
    pub format: &'static str,
    /// 0 to 1, of WebP.
    pub quality: f64,
    /// Says of an element whether it is in the picture.
    pub filter: Option<Function>,
    /// A selector of what is painted over.
    pub mask: Option<String>,
    /// When the picture must be there, in milliseconds from now.
    pub timeout_ms: f64,
    /// Of the file, or of all tiles together.
    pub most_bytes: Option<f64>,
    /// Into how many tiles a picture may be cut that is too large for one canvas; one
    /// canvas, whatever it takes, if not given.
    pub most_tiles: Option<u32>,
}

const TIMEOUT_MS: f64 = 10_000.0;
const QUALITY: f64 = 0.9;
const MOST_TILES: f64 = 64.0;

impl Options {
    /// # Errors
    /// Names the option that is wrong, and what it must be.
    pub fn read(options: &JsValue) -> Result<Self, JsValue> {
        let read = Reader(options);
        if !absent(options) && !options.is_object() {
            return Err(wrong("must be an object"));
        }
        let filter = read.given("filter").map(|filter| {
            filter.dyn_into::<Function>().map_err(|_| wrong("filter must be a function"))
        });
        Ok(Self {
            target: read.target()?,
            scale: read.number("scale", 0.1..=4.0, "between 0.1 and 4")?.unwrap_or(1.0),
            format: read.format()?,
            quality: read.number("quality", 0.0..=1.0, "between 0 and 1")?.unwrap_or(QUALITY),
            filter: filter.transpose()?,
            mask: read.mask()?,
            timeout_ms: read
                .number("timeoutMs", 1.0..=120_000.0, "between 1 and 120000")?
                .unwrap_or(TIMEOUT_MS),
            most_bytes: read.number("maxBytes", 1000.0..=f64::MAX, "of at least 1000")?,
            most_tiles: read
                .number("tiles", 1.0..=MOST_TILES, "between 1 and 64")?
                .map(|most| most as u32),
        })
    }
}

struct Reader<'a>(&'a JsValue);

impl Reader<'_> {
    fn given(&self, name: &str) -> Option<JsValue> {
        Some(get(self.0, name)).filter(|value| !absent(value))
    }

    fn number(
        &self,
        name: &str,
        range: std::ops::RangeInclusive<f64>,
        words: &str,
    ) -> Result<Option<f64>, JsValue> {
        let Some(value) = self.given(name) else { return Ok(None) };
        let number = value.as_f64().filter(|number| range.contains(number));
        number.map(Some).ok_or_else(|| wrong(&[name, " must be a number ", words].concat()))
    }

    fn format(&self) -> Result<&'static str, JsValue> {
        let Some(format) = self.given("format") else { return Ok("image/png") };
        match format.as_string().as_deref() {
            Some("png") => Ok("image/png"),
            Some("webp") => Ok("image/webp"),
            _ => Err(wrong("format must be \"png\" or \"webp\"")),
        }
    }

    fn mask(&self) -> Result<Option<String>, JsValue> {
        let Some(mask) = self.given("mask") else { return Ok(None) };
        let selector = match mask.dyn_ref::<js_sys::Array>() {
            Some(list) if list.length() == 0 => return Ok(None),
            Some(list) => list.join(","),
            None => mask.as_string().map(Into::into).unwrap_or_default(),
        };
        let selector = String::from(selector);
        // A mask that matches nothing by mistake would show what must not be seen.
        match document().map(|document| document.query_selector(&selector)) {
            Some(Ok(_)) => Ok(Some(selector)),
            _ => Err(wrong("mask must be a selector or a list of selectors")),
        }
    }

    fn target(&self) -> Result<Target, JsValue> {
        const MUST: &str = "target must be \"viewport\", \"page\", an element of the page, its \
            selector, or {x, y, width, height}";
        let Some(target) = self.given("target") else { return Ok(Target::Viewport) };
        if let Some(element) = target.dyn_ref::<Element>() {
            return match element.is_connected() {
                true => Ok(Target::Element(element.clone())),
                false => Err(wrong(MUST)),
            };
        }
        match target.as_string().as_deref() {
            Some("viewport") => return Ok(Target::Viewport),
            Some("page") => return Ok(Target::Page),
            Some(selector) => {
                let found = document().and_then(|one| one.query_selector(selector).ok().flatten());
                return found.map(Target::Element).ok_or_else(|| wrong(MUST));
            }
            None => {}
        }
        let side = |name: &str| get(&target, name).as_f64().filter(|side| side.is_finite());
        match (side("x"), side("y"), side("width"), side("height")) {
            (Some(x), Some(y), Some(width), Some(height)) if width >= 1.0 && height >= 1.0 => {
                Ok(Target::Region([x, y, width, height]))
            }
            _ => Err(wrong(MUST)),
        }
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

fn wrong(what: &str) -> JsValue {
    js::error(&["Baton.captureScreenshot(options): ", what].concat())
}
