//! A picture of the viewport, drawn by the page's own renderer: a copy of the
//! page with its style sheets is laid out in an SVG `foreignObject` and drawn to
//! a canvas. Stages, in order: sheets → copy → resources → paint → encode.
//!
//! What a stage cannot do becomes a named gap, never a failure of the whole.

mod copy;
mod paint;
mod resources;
mod sheets;
mod state;

use baton_evidence::redact::Redactor;
use baton_packet::Gap;
use web_sys::Blob;

use crate::bridge::Bridge;

/// A picture and what is known of it.
#[derive(Clone)]
pub struct Picture {
    pub blob: Blob,
    pub width: u32,
    pub height: u32,
    pub gaps: Vec<Gap>,
}

/// The stage name of every gap made here.
const STAGE: &str = "screenshot";

/// Draws the viewport. `scale` is device pixels per CSS pixel.
///
/// Privacy: private regions are painted over, and secrets in visible text are
/// masked, in the copy, before any pixel exists.
pub async fn capture(bridge: &Bridge, scale: f64, redactor: &mut Redactor) -> Result<Picture, Gap> {
    let gap = |reason: &str| Gap::new(STAGE, reason);
    let window = web_sys::window().ok_or_else(|| gap("there is no window"))?;
    let document = window.document().ok_or_else(|| gap("there is no document"))?;
    let mut gaps = Vec::new();

    // Everything is read from the page before the first await: later it may
    // have moved on.
    let frame = paint::Frame::of(&window, &document).ok_or_else(|| gap("the viewport is empty"))?;
    let mut sheets = sheets::read(&document);
    let copy = copy::of(&document, redactor, &mut gaps)
        .map_err(|thrown| gap(&crate::js::message_of(&thrown)))?;

    let mut resources = resources::Resources::new(bridge);
    sheets.fetch_unreadable(&mut resources, &mut gaps).await;
    let css = resources.inline_css(&sheets.css).await;
    copy.inline_images(&mut resources).await;
    gaps.extend(resources.into_gaps());

    let svg = frame.svg(&css, &copy).map_err(|thrown| gap(&crate::js::message_of(&thrown)))?;
    let (blob, width, height) = frame.paint(&svg, scale).await.map_err(|reason| gap(&reason))?;
    Ok(Picture { blob, width, height, gaps })
}
