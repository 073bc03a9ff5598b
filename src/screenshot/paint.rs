//! The copy as an SVG picture of the viewport, and that picture as pixels.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, CanvasRenderingContext2d, Document, HtmlCanvasElement, HtmlImageElement, Window,
};

use super::copy::Copy;
use super::style;
use crate::js;
use crate::limit::within;

/// Browsers refuse or blank canvases beyond about this many pixels (iOS Safari).
const MOST_PIXELS: f64 = 16_000_000.0;
const QUALITY: f64 = 0.85;
/// What drawing, and then encoding, may take.
const TIME_LIMIT_MS: u32 = 5000;
const TOO_LONG: &str = "the browser took too long to draw the page's copy";

/// The viewport at the moment of the picture.
pub struct Frame {
    document: Document,
    width: f64,
    height: f64,
    scroll_x: f64,
    scroll_y: f64,
    /// Attributes of `<html>` that rules for `:root` look at, and its font size,
    /// which is the base of `rem`: in the picture, the root is the SVG.
    root_attributes: Vec<(String, String)>,
    root_font_size: String,
    background: String,
}

impl Frame {
    /// `None` if nothing is visible.
    pub fn of(window: &Window, document: &Document) -> Option<Self> {
        let number = |name: &str| js::get(window, name).as_f64();
        let html = document.document_element()?;
        // Without scrollbars: they are not part of the page's picture. In quirks mode,
        // <html> is as high as its content.
        let width = f64::from(html.client_width());
        let height = f64::from(html.client_height()).min(number("innerHeight")?);
        if width < 1.0 || height < 1.0 {
            return None;
        }
        let names = html.get_attribute_names();
        let root_attributes = names
            .iter()
            .filter_map(|name| name.as_string())
            .filter(|name| !matches!(name.as_str(), "style" | "xmlns"))
            .filter_map(|name| html.get_attribute(&name).map(|value| (name, value)))
            .collect();
        // The canvas background is that of <html>, else that of <body> (CSS
        // Backgrounds 3, section 2.11.2), else white.
        let background = [Some(html.clone()), js::get(document, "body").dyn_into().ok()]
            .into_iter()
            .flatten()
            .map(|element| style::computed(&element, "", "background-color"))
            .find(|color| !matches!(color.as_str(), "" | "transparent" | "rgba(0, 0, 0, 0)"))
            .unwrap_or_else(|| "#fff".to_owned());
        Some(Self {
            document: document.clone(),
            width,
            height,
            scroll_x: number("scrollX").unwrap_or(0.0),
            scroll_y: number("scrollY").unwrap_or(0.0),
            root_attributes,
            root_font_size: style::computed(&html, "", "font-size"),
            background,
        })
    }

    /// The picture as SVG text. Fixed elements land right, because the
    /// `foreignObject` is the viewport and `<html>` is shifted by the scroll.
    pub fn svg(&self, css: &str, copy: &Copy) -> Result<String, JsValue> {
        for (property, value) in [
            ("position", "relative".to_owned()),
            ("left", style::px(-self.scroll_x)),
            ("top", style::px(-self.scroll_y)),
            ("width", style::px(self.width)),
            ("overflow", "visible".to_owned()),
        ] {
            style::set(&copy.root, property, &value);
        }
        let html = web_sys::XmlSerializer::new()?.serialize_to_string(&copy.root)?;
        let (width, height) = (style::number(self.width), style::number(self.height));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" style=\"font-size:{}\"",
            self.root_font_size
        );
        for (name, value) in &self.root_attributes {
            if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            {
                svg.push(' ');
                svg.push_str(name);
                svg.push_str("=\"");
                push_escaped(&mut svg, value);
                svg.push('"');
            }
        }
        svg.push_str("><style>");
        push_escaped(&mut svg, css);
        svg.push_str("</style><foreignObject x=\"0\" y=\"0\" width=\"100%\" height=\"100%\">");
        svg.extend(html.chars().filter(|c| is_xml_char(*c)));
        svg.push_str("</foreignObject></svg>");
        Ok(svg)
    }

    /// Draws the picture and encodes it: WebP, or PNG where the browser cannot.
    pub async fn paint(&self, svg: &str, scale: f64) -> Result<(Blob, u32, u32), String> {
        let thrown = |thrown: JsValue| js::message_of(&thrown);
        let image = HtmlImageElement::new().map_err(thrown)?;
        // A blob: URL would taint the canvas; a data: URL does not.
        let encoded = String::from(js_sys::encode_uri_component(svg));
        image.set_src(&["data:image/svg+xml;charset=utf-8,", &encoded].concat());
        within(image.decode(), TIME_LIMIT_MS).await.ok_or(TOO_LONG)?.map_err(|_| {
            "the browser did not draw the page's copy (a Content-Security-Policy whose img-src \
             lacks data: forbids it)"
                .to_owned()
        })?;

        let scale = scale.min((MOST_PIXELS / (self.width * self.height)).sqrt());
        let (width, height) =
            ((self.width * scale).round() as u32, (self.height * scale).round() as u32);
        let canvas: HtmlCanvasElement = self
            .document
            .create_element("canvas")
            .map_err(thrown)?
            .dyn_into()
            .map_err(|_| "no canvas".to_owned())?;
        canvas.set_width(width);
        canvas.set_height(height);
        let context: CanvasRenderingContext2d =
            canvas.get_context("2d").map_err(thrown)?.ok_or("no 2d canvas")?.unchecked_into();
        context.set_fill_style_str(&self.background);
        context.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
        context
            .draw_image_with_html_image_element_and_dw_and_dh(
                &image,
                0.0,
                0.0,
                f64::from(width),
                f64::from(height),
            )
            .map_err(thrown)?;
        let encoded = js_sys::Promise::new(&mut |resolve, reject| {
            let quality = JsValue::from_f64(QUALITY);
            if let Err(error) =
                canvas.to_blob_with_type_and_encoder_options(&resolve, "image/webp", &quality)
            {
                let _ = reject.call1(&JsValue::NULL, &error);
            }
        });
        let blob = within(encoded, TIME_LIMIT_MS).await.ok_or(TOO_LONG)?.map_err(thrown)?;
        let blob = blob.dyn_into().map_err(|_| "the browser gave no picture".to_owned())?;
        Ok((blob, width, height))
    }
}

fn push_escaped(target: &mut String, text: &str) {
    for c in text.chars().filter(|c| is_xml_char(*c)) {
        match c {
            '&' => target.push_str("&amp;"),
            '<' => target.push_str("&lt;"),
            '>' => target.push_str("&gt;"),
            '"' => target.push_str("&quot;"),
            other => target.push(other),
        }
    }
}

/// XML 1.0, production 2: anything else makes the whole picture unreadable.
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
