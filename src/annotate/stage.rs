//! The canvas the editor works on: what of the picture is seen, and what is in
//! progress on it.

use std::cell::{Cell, RefCell};

use baton_annotation::{Editor, Point, Rect, View};
use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d as Context, Event, HtmlCanvasElement, HtmlElement};

use super::picture::{Picture, context};
use super::{paint, property};

/// A screen denser than this is not drawn finer.
const MOST_DENSITY: f64 = 2.0;

pub struct Stage {
    element: HtmlElement,
    canvas: HtmlCanvasElement,
    context: Context,
    density: Cell<f64>,
    /// What is seen.
    pub view: RefCell<View>,
}

impl Stage {
    pub fn new(
        element: HtmlElement,
        canvas: HtmlCanvasElement,
        picture: [f64; 2],
    ) -> Result<Self, JsValue> {
        let context = context(&canvas, false)?;
        let view = RefCell::new(View::fit(picture, area(&element)));
        let stage = Self { element, canvas, context, density: Cell::new(1.0), view };
        stage.resize();
        Ok(stage)
    }

    /// As large as there is room.
    pub fn resize(&self) {
        let area = area(&self.element);
        let density = property::number(&js_sys::global(), "devicePixelRatio");
        let density = density.clamp(1.0, MOST_DENSITY);
        self.density.set(density);
        self.view.borrow_mut().resize(area);
        property::set(&self.canvas, "width", (area[0] * density).floor());
        property::set(&self.canvas, "height", (area[1] * density).floor());
    }

    /// Where an event is, in CSS pixels of the stage.
    pub fn place(&self, event: &Event) -> Point {
        let rect = self.canvas.get_bounding_client_rect();
        let number = |name| property::number(&rect, name);
        client(event).moved([-number("left"), -number("top")])
    }

    pub fn draw(&self, picture: &Picture, editor: &Editor) -> Result<(), JsValue> {
        let (context, view, density) = (&self.context, self.view.borrow(), self.density.get());
        let number = |name| property::number(&self.canvas, name);
        context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)?;
        context.clear_rect(0.0, 0.0, number("width"), number("height"));
        let scale = view.scale * density;
        let (x, y) = (-view.origin.x * scale, -view.origin.y * scale);
        context.set_transform(scale, 0.0, 0.0, scale, x, y)?;
        // Smooth letters while nobody draws; drawing must not wait for them.
        let quality = if editor.is_busy() { "low" } else { "high" };
        property::set(context, "imageSmoothingQuality", quality);
        let seen = view.seen();
        paint::copy(context, picture.canvas(), seen, seen)?;
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
        let sides = [
            [0.0, 0.0, width, kept.top],
            [0.0, kept.bottom, width, height],
            [0.0, kept.top, kept.left, kept.bottom],
            [kept.right, kept.top, width, kept.bottom],
        ];
        for [left, top, right, bottom] in sides {
            paint::fill(context, Rect { left, top, right, bottom }, "rgb(10 12 20 / .6)");
        }
        paint::outline(context, kept, 2.0 * pixel, "#fff");
    }

    /// A dashed line in two colours, seen on every ground.
    fn frame(&self, rect: Rect, pixel: f64) -> Result<(), JsValue> {
        let context = &self.context;
        let dash = js_sys::Array::of2(&(5.0 * pixel).into(), &(5.0 * pixel).into());
        for (color, dash) in [("#000", js_sys::Array::new()), ("#fff", dash)] {
            context.set_line_dash(&dash)?;
            paint::outline(context, rect, 1.5 * pixel, color);
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
            paint::stroke(context, width * pixel, color);
        }
    }
}

/// Where an event is in the viewport, in CSS pixels and parts of them.
pub fn client(event: &Event) -> Point {
    let number = |name| property::number(event, name);
    Point { x: number("clientX"), y: number("clientY") }
}

pub fn area(element: &HtmlElement) -> [f64; 2] {
    ["clientWidth", "clientHeight"].map(|name| property::number(element, name))
}
