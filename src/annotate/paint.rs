//! Shapes as strokes and areas, in pixels of the picture.

use baton_annotation::look::{self, Color};
use baton_annotation::{Kind, Point, Rect, Shape, arrow};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CanvasRenderingContext2d as Context;

use super::property;
use super::text::{joined, whole};

/// Draws a shape. What removes pixels is only shown here; see
/// [`super::picture::Picture::redraw`].
pub fn shape(context: &Context, shape: &Shape) {
    context.save();
    property::set(context, "lineCap", "round");
    property::set(context, "lineJoin", "round");
    let color = shape.color();
    match shape.kind {
        Kind::Arrow => {
            if let Some(arrow) = shape.arrow() {
                draw_arrow(context, &arrow, shape.width, color);
            }
        }
        Kind::Box => outlined(context, shape.width, color, || {
            let rect = shape.rect();
            context.rect(rect.left, rect.top, rect.width(), rect.height());
        }),
        Kind::Freehand => outlined(context, shape.width, color, || line(context, &shape.points)),
        Kind::Highlight => {
            property::set(context, "globalAlpha", look::HIGHLIGHT_OPACITY);
            property::set(context, "globalCompositeOperation", "multiply");
            fill(context, shape.rect(), color.paint);
        }
        Kind::Text => draw_text(context, shape, color),
        Kind::BlackOut => {
            fill(context, shape.bounds(), "#000");
        }
        Kind::Pixelate => {
            fill(context, shape.bounds(), "#8b90a0");
        }
    }
    context.restore();
}

/// The font of texts on the picture.
pub fn font(size: f64) -> String {
    joined(&["600 ", &whole(size), "px system-ui, -apple-system, \"Segoe UI\", sans-serif"])
}

pub fn fill(context: &Context, rect: Rect, paint: &str) {
    property::set(context, "fillStyle", paint);
    context.fill_rect(rect.left, rect.top, rect.width(), rect.height());
}

/// Copies a part of a picture or canvas.
pub fn copy(context: &Context, source: &JsValue, from: Rect, to: Rect) -> Result<(), JsValue> {
    context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        source.unchecked_ref(),
        from.left,
        from.top,
        from.width(),
        from.height(),
        to.left,
        to.top,
        to.width(),
        to.height(),
    )
}

/// A stroke with a thin line of contrast around it: it is seen on every ground.
fn outlined(context: &Context, width: f64, color: Color, path: impl Fn()) {
    context.begin_path();
    path();
    stroke(context, width + rim(width) * 2.0, color.contrast);
    stroke(context, width, color.paint);
}

fn rim(width: f64) -> f64 {
    (width / 4.0).max(1.0)
}

/// The outline of a rectangle.
pub fn outline(context: &Context, rect: Rect, width: f64, paint: &str) {
    context.begin_path();
    context.rect(rect.left, rect.top, rect.width(), rect.height());
    stroke(context, width, paint);
}

pub fn stroke(context: &Context, width: f64, paint: &str) {
    property::set(context, "lineWidth", width);
    property::set(context, "strokeStyle", paint);
    context.stroke();
}

fn line(context: &Context, points: &[Point]) {
    let Some((first, rest)) = points.split_first() else { return };
    context.move_to(first.x, first.y);
    for point in rest {
        context.line_to(point.x, point.y);
    }
}

fn draw_arrow(context: &Context, arrow: &arrow::Arrow, width: f64, color: Color) {
    let shaft = [arrow.tail, arrow.neck];
    let rim = rim(width);
    // All of the rim first, so that none lies between shaft and head.
    for (is_rim, paint) in [(true, color.contrast), (false, color.paint)] {
        let more = if is_rim { rim * 2.0 } else { 0.0 };
        context.begin_path();
        line(context, &shaft);
        stroke(context, width + more, paint);
        context.begin_path();
        line(context, &arrow.head);
        context.close_path();
        property::set(context, "fillStyle", paint);
        context.fill();
        if is_rim {
            stroke(context, more, paint);
        }
    }
}

fn draw_text(context: &Context, shape: &Shape, color: Color) {
    let plate = shape.rect();
    fill(context, plate, color.paint);
    let size = look::font_size_on(plate.height());
    let [_, space] = look::plate(size);
    property::set(context, "font", font(size));
    property::set(context, "textBaseline", "middle");
    // The side it begins at is that of its first letter, not of the page.
    property::set(context, "textAlign", "left");
    property::set(context, "fillStyle", color.contrast);
    let middle = plate.top + plate.height() / 2.0;
    let _ = context.fill_text(&shape.text, plate.left + space, middle);
}
