//! The picture: as it came, and with what was drawn on it and taken from it.

use baton_annotation::{Editor, Kind, Rect, Shape, look, pixels};
use baton_picture::size;
use js_sys::Promise;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{
    Blob, CanvasRenderingContext2d as Context, Document, HtmlCanvasElement, ImageBitmap, ImageData,
    Window,
};

use super::later::within;
use super::{object, paint, property};
use crate::js;

/// What decoding or encoding may take.
const LIMIT_MS: i32 = 30_000;
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
        let Ok(original) = decoded else {
            return Err(js::error("the browser cannot read this picture"));
        };
        let original: ImageBitmap = original.unchecked_into();
        let (width, height) = sides(&original);
        let scale = size::fitting_scale(width, height, 1.0, size::SAFE);
        let size = [width * scale, height * scale].map(|side| side.round().max(1.0));
        let (canvas, context) = canvas(document, size, false)?;
        Ok(Self { original, canvas, context, blob })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [f64; 2] {
        sides(&self.canvas).into()
    }

    /// With all that was drawn and taken.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// Width of a text.
    pub fn measure(&self, text: &str, font_size: f64) -> f64 {
        property::set(&self.context, "font", paint::font(font_size));
        self.context.measure_text(text).map_or(0.0, |metrics| property::number(&metrics, "width"))
    }

    /// Draws it anew with all shapes at rest, from the bottom up: a removal takes what
    /// was drawn under it, too.
    pub fn redraw(&self, editor: &Editor) -> Result<(), JsValue> {
        let [width, height] = self.size();
        self.context.clear_rect(0.0, 0.0, width, height);
        let (width, height) = sides(&self.original);
        let from = Rect::of_size([width, height]);
        paint::copy(&self.context, &self.original, from, Rect::of_size(self.size()))?;
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
        let size = self.size();
        let Some(region) = shape.bounds().intersection(Rect::of_size(size)) else {
            return Ok(());
        };
        let (width, height) = (region.width(), region.height());
        // Read from a canvas made for that: the browser would take the picture's own
        // away from the graphics card, and warn of it.
        let document = document_of(&self.canvas)?;
        let (_, scratch) = canvas(&document, [width, height], true)?;
        paint::copy(&scratch, &self.canvas, region, Rect::of_size([width, height]))?;
        let mut bytes = scratch.get_image_data(0.0, 0.0, width, height)?.data().0;
        pixels::pixelate(&mut bytes, width as usize, look::block(size[0]));
        let blocks = ImageData::new_with_u8_clamped_array(Clamped(&bytes), width as u32)?;
        self.context.put_image_data(&blocks, region.left, region.top)
    }

    /// The kept part as a file of the type it came as.
    ///
    /// # Errors
    /// If the browser does not encode it.
    pub async fn encode(&self, kept: Rect, lost_pixels: bool) -> Result<Blob, JsValue> {
        let document = document_of(&self.canvas)?;
        let size = [kept.width(), kept.height()];
        let cut;
        let canvas = if size == self.size() {
            &self.canvas
        } else {
            let (canvas, context) = canvas(&document, size, false)?;
            paint::copy(&context, &self.canvas, kept, Rect::of_size(size))?;
            cut = canvas;
            &cut
        };
        let media_type = match property::text(&self.blob, "type").as_str() {
            "image/jpeg" => "image/jpeg",
            "image/webp" => "image/webp",
            _ => "image/png",
        };
        // WebP at its best is without loss.
        let mut quality = if media_type == "image/webp" && lost_pixels { 1.0 } else { QUALITY };
        loop {
            let file = encode(canvas, media_type, quality).await?;
            if quality < 1.0 || bytes(&file) <= bytes(&self.blob) * MOST_GROWTH {
                return Ok(file);
            }
            quality = QUALITY;
        }
    }

    /// As it came.
    pub fn blob(&self) -> &Blob {
        &self.blob
    }

    /// Whether the canvas has the size of what came.
    pub fn is_whole(&self) -> bool {
        sides(&self.original) == sides(&self.canvas)
    }

    /// Gives its memory back.
    pub fn close(&self) {
        self.original.close();
        property::set(&self.canvas, "width", 0);
    }
}

fn canvas(
    document: &Document,
    [width, height]: [f64; 2],
    is_read: bool,
) -> Result<(HtmlCanvasElement, Context), JsValue> {
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    property::set(&canvas, "width", width);
    property::set(&canvas, "height", height);
    let context = context(&canvas, is_read)?;
    Ok((canvas, context))
}

fn sides(picture: &JsValue) -> (f64, f64) {
    (property::number(picture, "width"), property::number(picture, "height"))
}

fn document_of(canvas: &HtmlCanvasElement) -> Result<Document, JsValue> {
    property::object(canvas, "ownerDocument").ok_or(JsValue::NULL)
}

fn bytes(blob: &Blob) -> f64 {
    property::number(blob, "size")
}

/// The context to draw with; `is_read` where pixels are asked for.
pub fn context(canvas: &HtmlCanvasElement, is_read: bool) -> Result<Context, JsValue> {
    let options = object(&[("willReadFrequently", is_read.into())]);
    Ok(canvas
        .get_context_with_context_options("2d", &options)?
        .ok_or(JsValue::NULL)?
        .unchecked_into())
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
    match within(encoded, LIMIT_MS).await {
        Ok(blob) if blob.is_object() => Ok(blob.unchecked_into()),
        _ => Err(js::error("the browser cannot encode this picture")),
    }
}
