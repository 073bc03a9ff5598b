//! The canvas the editor works on: what of the picture is seen, and what is in
//! progress on it.

use std::cell::Cell;

use baton_annotation::{Editor, Point, Rect, View};
use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement, HtmlElement, MouseEvent};

use super::paint;
use super::picture::{Picture, context};
use crate::js;

/// A screen denser than this is not drawn finer.
const MOST_DENSITY: f64 = 2.0;

pub struct Stage {
    element: HtmlElement,
    canvas: HtmlCanvasElement,
    context: Context,
    density: Cell<f64>,
    pub view: Cell<View>,
}

impl Stage {
    pub fn new(
        element: HtmlElement,
        canvas: HtmlCanvasElement,
        picture: [f64; 2],
    ) -> Result<Self, JsValue> {
        let context = context(&canvas)?;
        let view = Cell::new(View::fit(picture, area(&element)));
        let stage = Self { element, canvas, context, density: Cell::new(1.0), view };
        stage.resize();
        Ok(stage)
    }

    /// As large as there is room.
    pub fn resize(&self) {
        let area = area(&self.element);
        let density = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let density = density.clamp(1.0, MOST_DENSITY);
        self.density.set(density);
        self.view.set(self.view.get().resized(area));
        self.canvas.set_width((area[0] * density) as u32);
        self.canvas.set_height((area[1] * density) as u32);
    }

    /// Where an event is, in CSS pixels of the stage.
    pub fn place(&self, event: &MouseEvent) -> Point {
        let rect = self.canvas.get_bounding_client_rect();
        client(event).moved([-rect.left(), -rect.top()])
    }

    /// Changes what is seen.
    pub fn look(&self, change: impl FnOnce(&mut View)) {
        let mut view = self.view.get();
        change(&mut view);
        self.view.set(view);
    }

    pub fn draw(&self, picture: &Picture, editor: &Editor) -> Result<(), JsValue> {
        let (context, view, density) = (&self.context, self.view.get(), self.density.get());
        let (width, height) = (self.canvas.width(), self.canvas.height());
        context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)?;
        context.clear_rect(0.0, 0.0, width.into(), height.into());
        let scale = view.scale * density;
        let (x, y) = (-view.origin.x * scale, -view.origin.y * scale);
        context.set_transform(scale, 0.0, 0.0, scale, x, y)?;
        // Smooth letters while nobody draws; drawing must not wait for them.
        let quality = if editor.is_busy() { "low" } else { "high" };
        js::set(context, "imageSmoothingQuality", &quality.into());
        let seen = view.seen();
        context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            picture.canvas(),
            seen.left,
            seen.top,
            seen.width(),
            seen.height(),
            seen.left,
            seen.top,
            seen.width(),
            seen.height(),
        )?;
        if let Some(shape) = editor.live() {
            paint::shape(context, &shape);
        }
        if let Some(kept) = editor.crop() {
            self.shade(kept, editor.size(), 1.0 / view.scale);
        }
        if let Some(selection) = editor.selection() {
            self.frame(selection.grown(4.0 / view.scale), 1.0 / view.scale)?;
        }
        if let Some(cursor) = editor.cursor() {
            self.cross(cursor, 1.0 / view.scale);
        }
        Ok(())
    }

    /// Dims what is cut off. `pixel` is a CSS pixel in pixels of the picture.
    fn shade(&self, kept: Rect, [width, height]: [f64; 2], pixel: f64) {
        let context = &self.context;
        context.set_fill_style_str("rgb(10 12 20 / .6)");
        let sides = [
            [0.0, 0.0, width, kept.top],
            [0.0, kept.bottom, width, height],
            [0.0, kept.top, kept.left, kept.bottom],
            [kept.right, kept.top, width, kept.bottom],
        ];
        for [left, top, right, bottom] in sides {
            paint::fill(context, Rect { left, top, right, bottom });
        }
        context.set_line_width(2.0 * pixel);
        context.set_stroke_style_str("#fff");
        context.stroke_rect(kept.left, kept.top, kept.width(), kept.height());
    }

    /// A dashed line in two colours, seen on every ground.
    fn frame(&self, rect: Rect, pixel: f64) -> Result<(), JsValue> {
        let context = &self.context;
        let dash = js_sys::Array::of2(&(5.0 * pixel).into(), &(5.0 * pixel).into());
        context.set_line_width(1.5 * pixel);
        for (color, dash) in [("#000", js_sys::Array::new()), ("#fff", dash)] {
            context.set_line_dash(&dash)?;
            context.set_stroke_style_str(color);
            context.stroke_rect(rect.left, rect.top, rect.width(), rect.height());
        }
        context.set_line_dash(&js_sys::Array::new())
    }

    /// The cursor of the arrow keys.
    fn cross(&self, Point { x, y }: Point, pixel: f64) {
        let context = &self.context;
        let (near, far) = (4.0 * pixel, 14.0 * pixel);
        for (width, color) in [(5.0, "#fff"), (2.0, "#000")] {
            context.begin_path();
            for (dx, dy) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                context.move_to(x + dx * near, y + dy * near);
                context.line_to(x + dx * far, y + dy * far);
            }
            context.set_line_width(width * pixel);
            context.set_stroke_style_str(color);
            context.stroke();
        }
    }
}

/// Where an event is in the viewport, in CSS pixels and parts of them: web-sys has
/// whole ones only.
pub fn client(event: &MouseEvent) -> Point {
    let number = |key| js::get(event, key).as_f64().unwrap_or_default();
    Point { x: number("clientX"), y: number("clientY") }
}

fn area(element: &HtmlElement) -> [f64; 2] {
    [element.client_width().into(), element.client_height().into()]
}
