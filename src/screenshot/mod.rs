//! A picture of the page, drawn by its own renderer: a copy of the page with its
//! style sheets is laid out in an SVG `foreignObject` and drawn to a canvas. Stages,
//! in order:
//!
//! | stage | module | makes |
//! |---|---|---|
//! | what is asked for | [`options`], [`frame`] | target, scale, limits; lengths |
//! | sheets of others | [`foreign`] | the texts of sheets that no script may read |
//! | select | [`notes`], [`select`] | what is special or out of sight |
//! | clone, state | [`copy`], [`trees`], [`fields`], [`scroll`], [`media`], [`layers`], [`boxes`], [`text`], [`sheets`], [`rules`], [`fonts`], [`looks`], [`quirks`] | `baton_picture::tree`, style sheets as text |
//! | resources | [`resources`], [`held`], [`made`], [`sprites`] | data URLs |
//! | paint, encode | [`paint`] | pixels, a file |
//!
//! Style sheets are read first, with turns for the page between them ([`pace`]). Then
//! all up to the resources is read from the page in one go: later it may have moved
//! on. What a stage cannot do becomes a named gap, never a failure of the whole. A
//! module of its own, loaded when a case is handed over or by
//! `Baton.captureScreenshot()`.

mod boxes;
mod compose;
mod copy;
mod dom;
mod fields;
mod fonts;
mod foreign;
mod frame;
mod gaps;
mod held;
mod layers;
mod looks;
mod made;
mod media;
mod notes;
mod options;
mod pace;
mod paint;
mod quirks;
mod resources;
mod rules;
mod scroll;
mod select;
mod sheets;
mod sprites;
mod text;
mod trees;

use std::cell::RefCell;

use baton_packet::Redaction;
use wasm_bindgen::prelude::*;

use crate::bridge::Bridge;
use crate::privacy::NO_JUDGE;
use crate::{js, policy};
use options::Options;
use pace::Pace;
use sheets::Sheets;

/// The stage name of every gap made here.
const STAGE: &str = "screenshot";
/// Where the packet counts what was masked here.
const SECTION: &str = "evidence.screenshots";

/// Of the time allowed, the share that drawing and encoding need.
const SHARE_OF_PAINT: f64 = 0.3;

thread_local! {
    static BRIDGE: RefCell<Option<Bridge>> = const { RefCell::new(None) };
}

/// Connects the module to the page. Called once, by the loader.
#[wasm_bindgen(js_name = attach_screenshot)]
pub fn attach(bridge: Bridge) {
    BRIDGE.set(Some(bridge));
}

/// Draws what the options ask for (`BatonScreenshotOptions` of baton.d.ts).
/// Resolves to `{tiles: [{blob, width, height}], page_url, gaps, redactions}`: one tile,
/// or row by row those that were asked for; sizes in pixels, the rest as in the packet.
///
/// # Errors
/// With the reason, if the browser did not draw it or an option is wrong.
#[wasm_bindgen]
pub async fn capture(options: JsValue) -> Result<JsValue, JsValue> {
    let bridge =
        BRIDGE.with_borrow(Clone::clone).ok_or_else(|| js::error("Baton is not running"))?;
    let options = Options::read(&options)?;
    match draw(&bridge, &options).await {
        Ok(picture) => Ok(picture.into_js()),
        Err(reason) => Err(js::error(&reason)),
    }
}

/// A picture and what is known of it.
struct Picture {
    tiles: Vec<paint::Tile>,
    page_url: String,
    gaps: Vec<String>,
    redactions: Vec<Redaction>,
}

/// Privacy: private regions are painted over, and secrets in visible text are
/// masked, in the copy, before any pixel exists.
async fn draw(bridge: &Bridge, options: &Options) -> Result<Picture, String> {
    let ends = js_sys::Date::now() + options.timeout_ms;
    let window = web_sys::window().ok_or("there is no window")?;
    let document = window.document().ok_or("there is no document")?;
    let judge = bridge.privacy().ok_or(NO_JUDGE)?;
    let mut redactor = policy::redactor(bridge);
    let page_url = redactor.url(SECTION, &bridge.page_url());

    let foreign = foreign::fetch(&window, bridge, ends).await;
    let mut pace = Pace::begin();
    let sheets = Sheets::in_slices(&window, &document, &foreign, &mut pace).await;
    pace.pause().await;
    let mut shared = copy::Shared::new(&judge, options, &mut redactor, foreign);
    let copied = copy::of(&window, &document, &options.target, None, sheets, &mut shared)?;
    let copy::Shared { gaps, made, .. } = shared;
    let mut gaps: Vec<String> = gaps.iter().collect();
    let size = [copied.frame.shown[2], copied.frame.shown[3]];
    let fetch_ends = ends - options.timeout_ms * SHARE_OF_PAINT;
    let hands = compose::Hands { texts: text::Texts { redactor: &mut redactor }, pace: &mut pace };
    let drawing = compose::svg(bridge, &document, copied, made, fetch_ends, &mut gaps, hands).await;
    pace.rest().await;
    let painted = paint::paint(&document, &drawing, size, options, ends).await?;
    if painted.is_reduced {
        gaps.push("picture has fewer pixels than asked for, to fit".to_owned());
    }
    Ok(Picture { tiles: painted.tiles, page_url, gaps, redactions: redactor.into_report() })
}

impl Picture {
    /// Field by field: a serializer would be a fifth of the module.
    fn into_js(self) -> JsValue {
        let gaps = self
            .gaps
            .iter()
            .map(|gap| object(&[("stage", STAGE.into()), ("reason", gap.as_str().into())]));
        let redactions = self.redactions.iter().map(|redaction| {
            object(&[
                ("section", redaction.section.as_str().into()),
                ("kind", redaction.kind.as_str().into()),
                ("count", redaction.count.into()),
            ])
        });
        let tiles = self.tiles.into_iter().map(|tile| {
            object(&[
                ("blob", tile.blob.into()),
                ("width", tile.width.into()),
                ("height", tile.height.into()),
            ])
        });
        object(&[
            ("tiles", tiles.collect::<js_sys::Array>().into()),
            ("gaps", gaps.collect::<js_sys::Array>().into()),
            ("redactions", redactions.collect::<js_sys::Array>().into()),
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
