//! A picture of the viewport, drawn by the page's own renderer: a copy of the
//! page with its style sheets is laid out in an SVG `foreignObject` and drawn to
//! a canvas. Stages, in order: sheets → copy → resources → paint → encode.
//!
//! What a stage cannot do becomes a named gap, never a failure of the whole. A
//! module of its own, loaded when a case is handed over or by
//! `Baton.captureScreenshot()`.

mod copy;
mod paint;
mod resources;
mod sheets;
mod state;
mod style;

use std::cell::RefCell;

use baton_packet::{Gap, Redaction};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use crate::bridge::Bridge;
use crate::privacy::NO_JUDGE;
use crate::{js, policy};

/// The stage name of every gap made here.
const STAGE: &str = "screenshot";
/// Where the packet counts what was masked here.
const SECTION: &str = "evidence.screenshots";

thread_local! {
    static BRIDGE: RefCell<Option<Bridge>> = const { RefCell::new(None) };
}

/// Connects the module to the page. Called once, by the loader.
#[wasm_bindgen(js_name = attach_screenshot)]
pub fn attach(bridge: Bridge) {
    BRIDGE.set(Some(bridge));
}

/// Draws the viewport; `{scale}` is pixels per CSS pixel, 0.1 to 4 (default 1).
/// Resolves to `{blob, width, height, page_url, gaps, redactions}`: sizes in pixels
/// of the picture, the rest as in the packet.
///
/// # Errors
/// With the reason, if the browser did not draw it or an option is wrong.
#[wasm_bindgen]
pub async fn capture(options: JsValue) -> Result<JsValue, JsValue> {
    let bridge =
        BRIDGE.with_borrow(Clone::clone).ok_or_else(|| js::error("Baton is not running"))?;
    let scale = js::get(&options, "scale");
    let scale = if scale.is_undefined() || scale.is_null() { Some(1.0) } else { scale.as_f64() };
    let Some(scale) = scale.filter(|scale| (0.1..=4.0).contains(scale)) else {
        let message = "Baton.captureScreenshot(options): scale must be a number between 0.1 and 4";
        return Err(js::error(message));
    };
    match draw(&bridge, scale).await {
        Ok(picture) => Ok(picture.into_js()),
        Err(reason) => Err(js::error(&reason)),
    }
}

/// A picture and what is known of it.
struct Picture {
    blob: Blob,
    width: u32,
    height: u32,
    page_url: String,
    gaps: Vec<Gap>,
    redactions: Vec<Redaction>,
}

/// Privacy: private regions are painted over, and secrets in visible text are
/// masked, in the copy, before any pixel exists.
async fn draw(bridge: &Bridge, scale: f64) -> Result<Picture, String> {
    let thrown = |thrown: JsValue| js::message_of(&thrown);
    let window = web_sys::window().ok_or("there is no window")?;
    let document = window.document().ok_or("there is no document")?;
    let judge = bridge.privacy().ok_or(NO_JUDGE)?;
    let mut redactor = policy::redactor(bridge);
    let mut gaps = Vec::new();

    // Everything is read from the page before the first await: later it may
    // have moved on.
    let page_url = redactor.url(SECTION, &bridge.page_url());
    let frame = paint::Frame::of(&window, &document).ok_or("the viewport is empty")?;
    let mut sheets = sheets::read(&document);
    let copy = copy::of(&document, &judge, &mut redactor, &mut gaps).map_err(thrown)?;

    let mut resources = resources::Resources::new(bridge);
    sheets.fetch_unreadable(&mut resources, &mut gaps).await;
    let css = resources.inline_css(&sheets.css).await;
    copy.inline_images(&mut resources).await;
    gaps.extend(resources.into_gaps());

    let svg = frame.svg(&css, &copy).map_err(thrown)?;
    let (blob, width, height) = frame.paint(&svg, scale).await?;
    Ok(Picture { blob, width, height, page_url, gaps, redactions: redactor.into_report() })
}

impl Picture {
    /// Field by field: a serializer would be a fifth of the module.
    fn into_js(self) -> JsValue {
        let gaps = self.gaps.iter().map(|gap| {
            object(&[("stage", gap.stage.as_str().into()), ("reason", gap.reason.as_str().into())])
        });
        let redactions = self.redactions.iter().map(|redaction| {
            object(&[
                ("section", redaction.section.as_str().into()),
                ("kind", redaction.kind.as_str().into()),
                ("count", redaction.count.into()),
            ])
        });
        object(&[
            ("gaps", gaps.collect::<js_sys::Array>().into()),
            ("redactions", redactions.collect::<js_sys::Array>().into()),
            ("blob", self.blob.into()),
            ("width", self.width.into()),
            ("height", self.height.into()),
            ("page_url", self.page_url.into()),
        ])
    }
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        js::set(&object, name, value);
    }
    object.into()
}
