//! The picture: as it came, and with what was drawn on it and taken from it.

use baton_annotation::{Editor, Kind, Rect, Shape, look, pixels};
use baton_picture::size;
use js_sys::Promise;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{
    Blob, CanvasRenderingContext2d as Context, Document, HtmlCanvasElement, ImageBitmap, ImageData,
    Window,
};

use super::paint;
use crate::js;
use crate::limit::within;

/// What decoding or encoding may take.
const LIMIT_MS: u32 = 30_000;
const QUALITY: f64 = 0.92;
/// A picture that lost pixels is encoded without loss while that takes at most this
/// many times its bytes: a lossy one would draw ripples around what was removed.
const MOST_GROWTH: f64 = 3.0;

pub struct Picture {
    original: ImageBitmap,
    canvas: HtmlCanvasElement,
    context: Context,
    blob: Blob,
}

impl Picture {
    /// Decodes a picture. One that no canvas can hold becomes smaller.
    ///
    /// # Errors
    /// If it is none.
    pub async fn read(window: &Window, document: &Document, blob: Blob) -> Result<Self, JsValue> {
        let decoded = within(window.create_image_bitmap_with_blob(&blob)?, LIMIT_MS).await;
        let original: ImageBitmap = match decoded {
            Some(Ok(bitmap)) => bitmap.dyn_into()?,
            _ => return Err(js::error("the browser cannot read this picture")),
        };
        let (width, height) = (f64::from(original.width()), f64::from(original.height()));
        let scale = size::fitting_scale(width, height, 1.0);
        let sides = [width * scale, height * scale].map(|side| side.round().max(1.0));
        let (canvas, context) = canvas(document, sides)?;
        Ok(Self { original, canvas, context, blob })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [f64; 2] {
        [self.canvas.width().into(), self.canvas.height().into()]
    }

    /// With all that was drawn and taken.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// Width of a text.
    pub fn measure(&self, text: &str, font_size: f64) -> f64 {
        self.context.set_font(&paint::font(font_size));
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }

    /// Draws it anew with all shapes at rest, from the bottom up: a removal takes what
    /// was drawn under it, too.
    pub fn redraw(&self, editor: &Editor) -> Result<(), JsValue> {
        let [width, height] = self.size();
        self.context.clear_rect(0.0, 0.0, width, height);
        self.context.draw_image_with_image_bitmap_and_dw_and_dh(
            &self.original,
            0.0,
            0.0,
            width,
            height,
        )?;
        for shape in editor.resting() {
            match shape.kind {
                Kind::Pixelate => self.pixelate(shape)?,
                _ => paint::shape(&self.context, shape),
            }
        }
        Ok(())
    }

    /// Privacy: computed from the pixels by ourselves; a filter of the canvas may be
    /// undone, and is not the same in every browser.
    fn pixelate(&self, shape: &Shape) -> Result<(), JsValue> {
        let [width, height] = self.size();
        let Some(region) = shape.bounds().intersection(Rect::of_size([width, height])) else {
            return Ok(());
        };
        let (left, top) = (region.left, region.top);
        let data = self.context.get_image_data(left, top, region.width(), region.height())?;
        let mut bytes = data.data().0;
        pixels::pixelate(&mut bytes, data.width() as usize, look::block(width));
        let blocks = ImageData::new_with_u8_clamped_array(Clamped(&bytes), data.width())?;
        self.context.put_image_data(&blocks, left, top)
    }

    /// The kept part as a file of the type it came as.
    ///
    /// # Errors
    /// If the browser does not encode it.
    pub async fn encode(&self, kept: Rect, lost_pixels: bool) -> Result<Blob, JsValue> {
        let document = self.canvas.owner_document().ok_or(JsValue::NULL)?;
        let sides = [kept.width(), kept.height()];
        let cut;
        let canvas = if sides == self.size() {
            &self.canvas
        } else {
            let (canvas, context) = canvas(&document, sides)?;
            context.draw_image_with_html_canvas_element(&self.canvas, -kept.left, -kept.top)?;
            cut = canvas;
            &cut
        };
        let media_type = match self.blob.type_().as_str() {
            "image/jpeg" => "image/jpeg",
            "image/webp" => "image/webp",
            _ => "image/png",
        };
        if media_type == "image/webp" && lost_pixels {
            let whole = encode(canvas, media_type, 1.0).await?;
            if whole.size() <= self.blob.size() * MOST_GROWTH {
                return Ok(whole);
            }
        }
        encode(canvas, media_type, QUALITY).await
    }

    /// As it came.
    pub fn blob(&self) -> &Blob {
        &self.blob
    }

    /// Whether the canvas has the size of what came.
    pub fn is_whole(&self) -> bool {
        self.original.width() == self.canvas.width()
    }

    /// Gives its memory back.
    pub fn close(&self) {
        self.original.close();
        self.canvas.set_width(0);
    }
}

fn canvas(
    document: &Document,
    [width, height]: [f64; 2],
) -> Result<(HtmlCanvasElement, Context), JsValue> {
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = context(&canvas)?;
    Ok((canvas, context))
}

pub fn context(canvas: &HtmlCanvasElement) -> Result<Context, JsValue> {
    Ok(canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?)
}

async fn encode(
    canvas: &HtmlCanvasElement,
    media_type: &str,
    quality: f64,
) -> Result<Blob, JsValue> {
    let encoded = Promise::new(&mut |resolve, reject| {
        let quality = JsValue::from_f64(quality);
        if let Err(error) =
            canvas.to_blob_with_type_and_encoder_options(&resolve, media_type, &quality)
        {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let refused = || js::error("the browser cannot encode this picture");
    let blob = within(encoded, LIMIT_MS).await.ok_or_else(refused)??;
    blob.dyn_into().map_err(|_| refused())
}
