//! Pictures that are made here: pixels of canvases and videos, and frames.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Document, FileReader, HtmlCanvasElement, ResizeObserver};

use super::copy::Copy;
use super::held::Held;
use crate::canvas;
use crate::limit::within;

/// How long the page's next frame is waited for: a hidden tab has none.
const FRAME_LIMIT_MS: u32 = 200;
const ENCODE_LIMIT_MS: u32 = 5000;
/// Side of the small copy in which something is looked for.
const SAMPLE: u32 = 32;

/// Whether an empty canvas is one of WebGL must not be asked: a canvas that is neither
/// would become one. These say it by themselves (three.js, Babylon.js, maps).
const DRAWN_BY_GPU: &str = "[data-engine],[class*=webgl],[class*=mapboxgl-canvas],\
    [class*=maplibregl-canvas],[id^=deckgl]";
/// What an empty canvas shows: nothing.
const BLANK: &str =
    "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/// The pictures, by number.
#[derive(Default)]
pub struct Made(Vec<Picture>);

enum Picture {
    /// Pixels of its own.
    Pixels(HtmlCanvasElement),
    /// A canvas without pixels: those of WebGL are gone once they were shown.
    NextFrame(HtmlCanvasElement),
    Frame(Box<Copy>),
    /// A frame as a data URL, or nothing.
    Done(Option<String>),
    Held(Held),
}

impl Made {
    fn add(&mut self, picture: Picture) -> usize {
        self.0.push(picture);
        self.0.len() - 1
    }

    pub fn add_frame(&mut self, copy: Copy) -> usize {
        self.add(Picture::Frame(Box::new(copy)))
    }

    /// Takes what a canvas or video shows now. `source` is as large as given, in pixels.
    pub fn add_pixels(&mut self, source: &JsValue, width: u32, height: u32) -> Option<usize> {
        let pixels = pixels(source, width, height)?;
        Some(self.add(Picture::Pixels(pixels)))
    }

    /// Takes what a canvas shows, in the page's next frame if that is nothing now.
    pub fn add_canvas(&mut self, canvas: &HtmlCanvasElement) -> Option<usize> {
        let pixels = pixels(canvas, canvas.width(), canvas.height())?;
        match is_empty(&pixels) {
            true => Some(self.add(Picture::NextFrame(canvas.clone()))),
            false => Some(self.add(Picture::Pixels(pixels))),
        }
    }

    /// Waits for the page's next frame, if a canvas needs it; returns how many
    /// canvases were empty then, too.
    pub async fn read_next_frame(&mut self, document: &Document) -> u32 {
        let waiting: Vec<(usize, HtmlCanvasElement)> = self
            .0
            .iter()
            .enumerate()
            .filter_map(|(number, picture)| match picture {
                Picture::NextFrame(canvas) => Some((number, canvas.clone())),
                _ => None,
            })
            .collect();
        if waiting.is_empty() {
            return 0;
        }
        let canvases: Vec<_> = waiting.iter().map(|(_, canvas)| canvas.clone()).collect();
        let mut empty = 0;
        let read = in_next_frame(document, canvases).await;
        for (index, (number, canvas)) in waiting.iter().enumerate() {
            let pixels = read.get(index).cloned().flatten();
            self.0[*number] = match pixels.filter(|pixels| !is_empty(pixels)) {
                Some(pixels) => Picture::Pixels(pixels),
                None => {
                    empty += 1;
                    let is_told = super::dom::matches(canvas, DRAWN_BY_GPU);
                    Picture::Done((!is_told).then(|| BLANK.to_owned()))
                }
            };
        }
        empty
    }

    /// Takes out the frames, the innermost first, each with its number.
    pub fn take_frames(&mut self) -> Vec<(usize, Copy)> {
        let mut frames = Vec::new();
        for (number, picture) in self.0.iter_mut().enumerate() {
            if matches!(picture, Picture::Frame(_))
                && let Picture::Frame(copy) = std::mem::replace(picture, Picture::Done(None))
            {
                frames.push((number, *copy));
            }
        }
        frames
    }

    pub fn set(&mut self, number: usize, data_url: String) {
        self.0[number] = Picture::Done(Some(data_url));
    }

    pub fn data_url(&self, number: usize) -> Option<&str> {
        match self.0.get(number) {
            Some(Picture::Done(data_url)) => data_url.as_deref(),
            Some(Picture::Held(held)) => Some(held.token()),
            _ => None,
        }
    }

    /// The data URLs that stand-ins are for.
    pub fn held(&self) -> impl Iterator<Item = &Held> {
        self.0.iter().filter_map(|picture| match picture {
            Picture::Held(held) => Some(held),
            _ => None,
        })
    }

    /// Encodes all pixels; returns how many the browser does not give.
    pub async fn encode(&mut self) -> u32 {
        let mut refused = 0;
        for picture in &mut self.0 {
            if let Picture::Pixels(canvas) = picture {
                *picture = match encoded(canvas).await {
                    Ok(data_url) => Picture::Held(Held::new(data_url)),
                    Err(_) => {
                        refused += 1;
                        Picture::Done(None)
                    }
                };
            }
        }
        refused
    }
}

/// A copy of what something shows, as the browser can copy it at once.
fn pixels(source: &JsValue, width: u32, height: u32) -> Option<HtmlCanvasElement> {
    if width == 0 || height == 0 {
        return None;
    }
    let document = web_sys::window()?.document()?;
    let (canvas, context) = canvas::sized(&document, [width, height]).ok()?;
    // Any source; the browser tells them apart.
    let source: &HtmlCanvasElement = source.unchecked_ref();
    let (width, height) = (f64::from(width), f64::from(height));
    context
        .draw_image_with_html_canvas_element_and_dw_and_dh(source, 0.0, 0.0, width, height)
        .ok()
        .map(|()| canvas)
}

/// Whether nothing is drawn; what may not be read counts as drawn.
fn is_empty(canvas: &HtmlCanvasElement) -> bool {
    let Some(small) = pixels(canvas, SAMPLE, SAMPLE) else { return false };
    let Ok(context) = canvas::context(&small) else { return false };
    let side = f64::from(SAMPLE);
    context
        .get_image_data(0.0, 0.0, side, side)
        .is_ok_and(|read| read.data().0.iter().all(|byte| *byte == 0))
}

/// Copies of the canvases, made after the page has drawn its next frame and before
/// that is shown: only then WebGL still has its pixels. Observers of sizes are
/// called at that moment (HTML Standard, "update the rendering").
async fn in_next_frame(
    document: &Document,
    canvases: Vec<HtmlCanvasElement>,
) -> Vec<Option<HtmlCanvasElement>> {
    let read = Rc::new(RefCell::new(Vec::new()));
    let Some(root) = document.document_element() else { return Vec::new() };
    let mut observer = None;
    let into = read.clone();
    let next = js_sys::Promise::new(&mut |resolve, _| {
        let (into, canvases) = (into.clone(), canvases.clone());
        let observed = Closure::once_into_js(move || {
            let copies = canvases.iter().map(|one| pixels(one, one.width(), one.height()));
            *into.borrow_mut() = copies.collect();
            let _ = resolve.call0(&JsValue::NULL);
        });
        observer = ResizeObserver::new(observed.unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(&root);
        }
    });
    within(next, FRAME_LIMIT_MS).await;
    if let Some(observer) = observer {
        observer.disconnect();
    }
    read.take()
}

async fn encoded(canvas: &HtmlCanvasElement) -> Result<JsString, JsValue> {
    let file = canvas::file(canvas, "image/png", 1.0, ENCODE_LIMIT_MS).await;
    as_data_url(&file.ok_or(JsValue::NULL)??).await
}

/// The bytes as a data URL.
pub async fn as_data_url(blob: &Blob) -> Result<JsString, JsValue> {
    let reader = FileReader::new()?;
    let loaded = js_sys::Promise::new(&mut |resolve, _| reader.set_onloadend(Some(&resolve)));
    reader.read_as_data_url(blob)?;
    JsFuture::from(loaded).await?;
    reader.result()?.dyn_into()
}
