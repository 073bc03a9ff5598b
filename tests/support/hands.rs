//! Hands and eyes for the tests of module `annotate`: the editor on a picture, used
//! as a customer does.
#![allow(dead_code, missing_docs)]

use baton_annotation::{Point, View};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, Element, EventTarget, HtmlCanvasElement, HtmlElement,
    KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit,
};

use crate::support::{self as page, bridge, document, get, pause, set};

/// A canvas of this size.
pub fn canvas(width: u32, height: u32) -> (HtmlCanvasElement, CanvasRenderingContext2d) {
    let canvas: HtmlCanvasElement = document().create_element("canvas").unwrap().unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    (canvas, context)
}

/// A canvas as a file.
pub async fn file(canvas: &HtmlCanvasElement, media_type: &str) -> Blob {
    let encoded = js_sys::Promise::new(&mut |resolve, _| {
        canvas.to_blob_with_type(&resolve, media_type).unwrap();
    });
    JsFuture::from(encoded).await.unwrap().unchecked_into()
}

/// The colour of a pixel of [`speckled`]: no two are the same, and none is black.
pub fn speckle(x: u32, y: u32) -> [u8; 4] {
    [(x % 250) as u8 + 5, (y % 250) as u8 + 5, (1 + x / 250 * 16 + y / 250) as u8, 255]
}

/// A picture whose every pixel has a colour of its own.
pub async fn speckled(width: u32, height: u32) -> Blob {
    let (canvas, context) = canvas(width, height);
    let mut bytes = Vec::new();
    for y in 0..height {
        for x in 0..width {
            bytes.extend(speckle(x, y));
        }
    }
    let data = web_sys::ImageData::new_with_u8_clamped_array(wasm_bindgen::Clamped(&bytes), width);
    context.put_image_data(&data.unwrap(), 0.0, 0.0).unwrap();
    file(&canvas, "image/png").await
}

/// The overlay's part that a selector finds.
pub fn find(selector: &str) -> Option<HtmlElement> {
    let host = document().query_selector("[data-baton-ui=annotate]").unwrap()?;
    let found = host.shadow_root()?.query_selector(selector).unwrap()?;
    Some(found.unchecked_into())
}

pub fn is_open() -> bool {
    document().query_selector("[data-baton-ui=annotate]").unwrap().is_some()
}

/// The focused element of the overlay, by what its button does or its name.
pub fn focused() -> Option<String> {
    let host = document().query_selector("[data-baton-ui=annotate]").unwrap()?;
    let element = host.shadow_root()?.active_element()?;
    Some(element.get_attribute("data-do").unwrap_or_else(|| element.local_name()))
}

/// One opening of the editor or a picker.
pub struct Opened {
    answer: js_sys::Promise,
    picture: [f64; 2],
}

/// Opens the editor on a picture of this size.
pub async fn edit(blob: Blob, width: u32, height: u32) -> Opened {
    let (bridge, _) = bridge();
    baton::annotate::attach(bridge);
    let answer = wasm_bindgen_futures::future_to_promise(baton::annotate::edit(blob));
    wait_for("canvas").await;
    Opened { answer, picture: [width.into(), height.into()] }
}

/// Opens a picker.
pub async fn pick(kind: &str) -> Opened {
    let (bridge, _) = bridge();
    baton::annotate::attach(bridge);
    let answer = baton::annotate::pick(kind);
    wait_for(".bar").await;
    Opened { answer, picture: [1.0, 1.0] }
}

async fn wait_for(selector: &str) {
    for _ in 0..200 {
        if find(selector).is_some() {
            // The size of the stage is told with the next frame.
            pause(60).await;
            return;
        }
        pause(10).await;
    }
    panic!("{selector} is not shown");
}

impl Opened {
    /// What came of it.
    pub async fn answer(self) -> Result<JsValue, JsValue> {
        JsFuture::from(self.answer).await
    }

    /// Presses Done; what came of it.
    pub async fn done(self) -> JsValue {
        click("done");
        self.answer().await.unwrap()
    }

    /// Presses Done; the pixels of the new picture.
    pub async fn pixels(self) -> (u32, u32, Vec<u8>) {
        let result = self.done().await;
        page::pixels(&get(&result, "blob")).await
    }

    /// Where a place of the picture is in the window, while all of it is seen.
    pub fn on_screen(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let canvas = find("canvas").unwrap();
        let area = [canvas.client_width(), canvas.client_height()].map(f64::from);
        let at = View::fit(self.picture, area).to_area(Point { x, y });
        let rect = canvas.get_bounding_client_rect();
        (rect.left() + at.x, rect.top() + at.y)
    }

    /// One gesture with the mouse on the picture.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        self.drag_with("mouse", from, to);
    }

    pub fn drag_with(&self, device: &str, from: (f64, f64), to: (f64, f64)) {
        let canvas = find("canvas").unwrap();
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        for (name, at) in
            [("pointerdown", from), ("pointermove", middle), ("pointermove", to), ("pointerup", to)]
        {
            point(&canvas, name, self.on_screen(at), device, 1);
        }
    }

    /// Chooses a tool and uses it once.
    pub fn draw(&self, tool: &str, from: (f64, f64), to: (f64, f64)) {
        click(tool);
        self.drag(from, to);
    }
}

/// Presses the button that does this.
pub fn click(name: &str) {
    let button = find(&format!("[data-do={name}]"));
    button.unwrap_or_else(|| panic!("there is no button {name}")).click();
}

/// Lets a pointer do this at a place of the window.
pub fn point(target: &Element, name: &str, (x, y): (f64, f64), device: &str, id: i32) {
    let init = PointerEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(true);
    init.set_pointer_id(id);
    init.set_pointer_type(device);
    init.set_is_primary(id == 1);
    init.set_client_x(x.round() as i32);
    init.set_client_y(y.round() as i32);
    // Whole numbers are all that web-sys takes.
    set(&init, "clientX", &x.into());
    set(&init, "clientY", &y.into());
    let event = PointerEvent::new_with_event_init_dict(name, &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

/// One event of a key; tells whether the browser may still act on it.
pub fn key_event(target: &EventTarget, name: &str, key: &str, shift: bool) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_code(key);
    init.set_shift_key(shift);
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict(name, &init).unwrap();
    target.dispatch_event(&event).unwrap()
}

/// Presses a key where the focus is, as a keyboard does: a button is activated.
pub fn press(key: &str) {
    press_with(key, false);
}

pub fn press_with(key: &str, shift: bool) {
    let host = document().query_selector("[data-baton-ui=annotate]").unwrap();
    let inner = host.and_then(|host| host.shadow_root()).and_then(|root| root.active_element());
    let target: Element = inner.or_else(|| document().active_element()).unwrap();
    let may_act = key_event(&target, "keydown", key, shift);
    if may_act && key == "Enter" && target.local_name() == "button" {
        target.clone().unchecked_into::<HtmlElement>().click();
    }
    // What was pressed may have closed it: the browser then sends the rest elsewhere.
    let late: Element = match target.is_connected() {
        true => target,
        false => document().active_element().unwrap(),
    };
    key_event(&late, "keyup", key, shift);
}
