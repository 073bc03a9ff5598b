//! Shapes as strokes and areas, in pixels of the picture.

use baton_annotation::look::{self, Color};
use baton_annotation::{Kind, Point, Rect, Shape, arrow};
use web_sys::CanvasRenderingContext2d as Context;

/// Draws a shape. What removes pixels is only shown here; see
/// [`super::picture::Picture::redraw`].
pub fn shape(context: &Context, shape: &Shape) {
    context.save();
    context.set_line_cap("round");
    context.set_line_join("round");
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
            context.set_global_alpha(look::HIGHLIGHT_OPACITY);
            let _ = context.set_global_composite_operation("multiply");
            context.set_fill_style_str(color.paint);
            fill(context, shape.rect());
        }
        Kind::Text => draw_text(context, shape, color),
        Kind::BlackOut => {
            context.set_fill_style_str("#000");
            fill(context, shape.bounds());
        }
        Kind::Pixelate => {
            context.set_fill_style_str("#8b90a0");
            fill(context, shape.bounds());
        }
    }
    context.restore();
}

/// The font of texts on the picture.
pub fn font(size: f64) -> String {
    ["600 ", &(size as u32).to_string(), "px system-ui, -apple-system, \"Segoe UI\", sans-serif"]
        .concat()
}

pub fn fill(context: &Context, rect: Rect) {
    context.fill_rect(rect.left, rect.top, rect.width(), rect.height());
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

fn stroke(context: &Context, width: f64, paint: &str) {
    context.set_line_width(width);
    context.set_stroke_style_str(paint);
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
        context.set_fill_style_str(paint);
        context.fill();
        if is_rim {
            stroke(context, more, paint);
        }
    }
}

fn draw_text(context: &Context, shape: &Shape, color: Color) {
    let plate = shape.rect();
    context.set_fill_style_str(color.paint);
    fill(context, plate);
    let size = look::font_size_on(plate.height());
    let [_, space] = look::plate(size);
    context.set_font(&font(size));
    context.set_text_baseline("middle");
    // The side it begins at is that of its first letter, not of the page.
    context.set_text_align("left");
    context.set_fill_style_str(color.contrast);
    let middle = plate.top + plate.height() / 2.0;
    let _ = context.fill_text(&shape.text, plate.left + space, middle);
}
