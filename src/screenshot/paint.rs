//! The picture as pixels, and those as a file.

use baton_picture::size::{self, Limits, Plan};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsValue;
use web_sys::{Blob, Document, HtmlCanvasElement, HtmlImageElement};

use super::held::Drawing;
use super::options::Options;
use super::scroll::can_begin_scrolled;
use crate::limit::within;
use crate::{canvas, js};

/// What drawing, and then encoding, may take at least, however late it is.
const LEAST_MS: f64 = 1000.0;
const TOO_LONG: &str = "the browser took too long to draw the page's copy";
/// How often what is in the picture is drawn before it counts, and the pause after it.
const DRAWINGS: u32 = 2;
const DRAWING_MS: u32 = 60;
/// How often a picture is made smaller.
const MOST_TRIES: u32 = 5;

/// The encoded picture: one file, or several where it was cut.
pub struct Painted {
    /// Row by row; at least one.
    pub tiles: Vec<Tile>,
    /// Whether it has fewer pixels than were asked for.
    pub is_reduced: bool,
}

/// An encoded tile; its size in pixels.
pub struct Tile {
    pub blob: Blob,
    pub width: u32,
    pub height: u32,
}

/// Draws SVG text of this size in CSS pixels and encodes it. `color` is what
/// transparent parts become.
///
/// # Errors
/// If the browser does not draw it, in words.
pub async fn paint(
    document: &Document,
    drawing: &Drawing,
    [width, height]: [f64; 2],
    options: &Options,
    ends: f64,
) -> Result<Painted, String> {
    let thrown = |thrown: JsValue| js::message_of(&thrown);
    let image = HtmlImageElement::new().map_err(thrown)?;
    // A blob: URL would taint the canvas; a data: URL does not.
    js::set(&image, "src", &drawing.url());
    let svg = &drawing.svg;
    within(image.decode(), left(ends)).await.ok_or(TOO_LONG)?.map_err(|_| {
        "the browser did not draw the page's copy (a Content-Security-Policy whose img-src lacks \
         data: forbids it)"
            .to_owned()
    })?;
    // Fonts for single ranges of characters are loaded by the first drawing that needs
    // them, which is done without them.
    if svg.contains("@font-face") {
        draw(document, &image, [0, 0, 1, 1], [1.0, 1.0]).map_err(thrown)?;
        TimeoutFuture::new(0).await;
    }
    // Pictures in the picture are decoded by the first drawing, but for Chromium.
    if !can_begin_scrolled() && svg.contains("data:") {
        for _ in 0..DRAWINGS {
            let Plan { tiles, .. } = size::whole(width, height, 1.0);
            draw(document, &image, tiles[0], [width, height]).map_err(thrown)?;
            TimeoutFuture::new(DRAWING_MS).await;
        }
    }
    let canvases = Canvases { document, image: &image, size: [width, height], options };
    let mut plan = canvases.plan(options.scale, canvases.large());
    let safe = canvases.plan(options.scale, size::SAFE).scale;
    let mut tries = 0;
    loop {
        // Whether this browser draws that much is seen when it does; there must be time
        // for less.
        let is_large = options.most_tiles.is_none() && plan.scale > safe;
        let until = if is_large { ends - f64::from(left(ends)) / 2.0 } else { ends };
        let tiles = match canvases.encoded(&plan, is_large, until).await {
            Err(_) if is_large => {
                plan = canvases.plan(safe, size::SAFE);
                continue;
            }
            tiles => tiles?,
        };
        tries += 1;
        let bytes = tiles.iter().map(|tile| tile.blob.size()).sum();
        match options.most_bytes {
            Some(most) if bytes > most && tries < MOST_TRIES => {
                let scale = size::smaller_scale(plan.scale, bytes, most);
                plan = canvases.plan(scale, canvases.large());
            }
            Some(most) if bytes > most => {
                return Err("the picture does not fit into maxBytes".to_owned());
            }
            _ => return Ok(Painted { tiles, is_reduced: plan.scale < options.scale }),
        }
    }
}

/// The picture, to be drawn at any scale.
struct Canvases<'a> {
    document: &'a Document,
    image: &'a HtmlImageElement,
    /// Width and height in CSS pixels.
    size: [f64; 2],
    options: &'a Options,
}

impl Canvases<'_> {
    fn plan(&self, scale: f64, limits: Limits) -> Plan {
        let [width, height] = self.size;
        match self.options.most_tiles {
            Some(most) => size::plan(width, height, scale, most),
            None => {
                let scale = size::fitting_scale(width, height, scale, limits);
                size::whole(width, height, scale)
            }
        }
    }

    /// What is tried as one picture.
    fn large(&self) -> Limits {
        let side = match self.options.format {
            "image/webp" => size::LONGEST_SIDE,
            _ => size::LARGE_SIDE,
        };
        Limits { side, ..size::LARGE }
    }

    /// `is_large`: more than every browser draws.
    async fn encoded(&self, plan: &Plan, is_large: bool, ends: f64) -> Result<Vec<Tile>, String> {
        let mut tiles = Vec::new();
        for tile in &plan.tiles {
            let canvas = draw(self.document, self.image, *tile, plan.size())
                .map_err(|thrown| js::message_of(&thrown))?;
            if is_large && !is_drawn(&canvas) {
                return Err("the canvas is too large".to_owned());
            }
            let Options { format, quality, .. } = *self.options;
            let file = canvas::file(&canvas, format, quality, left(ends)).await.ok_or(TOO_LONG)?;
            let blob = file.map_err(|_| "the browser gave no picture")?;
            tiles.push(Tile { blob, width: canvas.width(), height: canvas.height() });
            // The browser would keep its memory until it collects garbage.
            canvas.set_width(0);
        }
        Ok(tiles)
    }
}

fn left(ends: f64) -> u32 {
    (ends - js_sys::Date::now()).max(LEAST_MS) as u32
}

/// The tile (left, top, width, height) of the picture at this size, in pixels.
fn draw(
    document: &Document,
    image: &HtmlImageElement,
    [left, top, width, height]: [u32; 4],
    [whole_width, whole_height]: [f64; 2],
) -> Result<HtmlCanvasElement, JsValue> {
    let (canvas, context) = canvas::sized(document, [width, height])?;
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width.into(), height.into());
    context.draw_image_with_html_image_element_and_dw_and_dh(
        image,
        -f64::from(left),
        -f64::from(top),
        whole_width,
        whole_height,
    )?;
    Ok(canvas)
}

/// Whether the last pixel is there: a canvas that is too large draws nothing, and does
/// not say so.
fn is_drawn(canvas: &HtmlCanvasElement) -> bool {
    let (x, y) = (f64::from(canvas.width()) - 1.0, f64::from(canvas.height()) - 1.0);
    let read = canvas::context(canvas).and_then(|context| context.get_image_data(x, y, 1.0, 1.0));
    read.is_ok_and(|read| read.data().0.get(3) == Some(&255))
}
