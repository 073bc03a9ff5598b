//! Packets and pictures made in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

mod support;

use support::{call, document, get, pixels, set};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

fn start() -> baton::Bridge {
    baton::widget::destroy();
    baton::extras::forget();
    let (bridge, _) = support::bridge();
    baton::widget::start(bridge.clone());
    bridge
}

fn options(message: &str, screenshot: bool) -> JsValue {
    let options = js_sys::Object::new();
    set(&options, "message", &message.into());
    set(&options, "screenshot", &screenshot.into());
    options.into()
}

fn json(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).unwrap().into()
}

/// A fixed box in the top left corner, removed when dropped.
struct Stage(HtmlElement);

impl Stage {
    fn new(css: &str) -> Self {
        let element: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        let base = "position:fixed;left:0;top:0;width:200px;height:100px;z-index:9999;";
        element.set_attribute("style", &[base, css].concat()).unwrap();
        document().body().unwrap().append_child(&element).unwrap();
        Self(element)
    }

    fn add(&self, name: &str, css: &str) -> Element {
        let element = document().create_element(name).unwrap();
        element.set_attribute("style", css).unwrap();
        self.0.append_child(&element).unwrap();
        element
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.0.remove();
    }
}

async fn picture() -> (u32, Vec<u8>) {
    let (width, _, data) =
        pixels(&call("captureScreenshot", JsValue::UNDEFINED).await.unwrap()).await;
    (width, data)
}

fn color((width, data): &(u32, Vec<u8>), x: u32, y: u32) -> [u8; 3] {
    let at = ((y * width + x) * 4) as usize;
    [data[at], data[at + 1], data[at + 2]]
}

/// Lossy encoding moves colours a little.
fn check_color(found: [u8; 3], expected: [u8; 3]) {
    let near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 12);
    assert!(near, "{found:?} is not {expected:?}");
}

#[wasm_bindgen_test]
async fn a_packet_is_complete_redacted_and_not_approved() {
    let bridge = start();
    let custom = js_sys::Object::new();
    set(&custom, "note", &"token=sk_live_aaaaaaaaaaaaaaaaaaaaaaaa".into());
    set(&bridge, "customData", &custom);
    let built = call("buildPacket", options("The export fails, card 4242 4242 4242 4242", false))
        .await
        .unwrap();
    let packet = get(&built, "packet");
    let text = json(&packet);
    assert!(!text.contains("4242 4242") && !text.contains("sk_live"), "{text}");
    assert!(text.contains("[card"), "{text}");
    assert_eq!(get(&get(&packet, "consent"), "approved").as_bool(), Some(false));
    assert_eq!(get(&packet, "schema_version").as_string().as_deref(), Some("1.0"));
    let gaps = json(&get(&get(&packet, "evidence"), "gaps"));
    assert!(gaps.contains("left out by the host page"), "{gaps}");
    let redactions = json(&get(&packet, "redactions"));
    assert!(redactions.contains("conversation.transcript"), "{redactions}");
    assert!(redactions.contains("app.custom_data"), "{redactions}");
}

#[wasm_bindgen_test]
async fn host_data_that_is_no_data_costs_only_itself() {
    let bridge = start();
    let custom = js_sys::Object::new();
    set(&custom, "plan", &"pro".into());
    set(&custom, "itself", &custom);
    set(
        &custom,
        "callback",
        &js_sys::Function::from(Closure::<dyn Fn()>::new(|| {}).into_js_value()),
    );
    set(&custom, "element", &document().body().unwrap());
    set(&bridge, "customData", &custom);
    let throws = Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(|| Err("no".into()));
    set(&bridge, "metadata", &js_sys::Array::of1(&throws.into_js_value()));
    let built = call("buildPacket", options("The export fails", false)).await.unwrap();
    let packet = get(&built, "packet");
    let data = get(&get(&packet, "app"), "custom_data");
    assert_eq!(get(&data, "plan").as_string().as_deref(), Some("pro"));
    let gaps = json(&get(&get(&packet, "evidence"), "gaps"));
    assert!(gaps.contains("metadata() callback threw"), "{gaps}");
}

#[wasm_bindgen_test]
async fn the_picture_shows_colours_text_and_canvas_where_they_are() {
    start();
    let stage = Stage::new("background:rgb(20,120,60)");
    let canvas: web_sys::HtmlCanvasElement = stage
        .add("canvas", "position:absolute;left:50px;top:0;width:50px;height:50px")
        .unchecked_into();
    canvas.set_width(50);
    canvas.set_height(50);
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    context.set_fill_style_str("rgb(200,30,30)");
    context.fill_rect(0.0, 0.0, 50.0, 50.0);
    let picture = picture().await;
    check_color(color(&picture, 10, 10), [20, 120, 60]);
    check_color(color(&picture, 75, 25), [200, 30, 30]);
}

#[wasm_bindgen_test]
async fn private_regions_are_painted_over_before_pixels_exist() {
    start();
    let stage = Stage::new("background:#fff");
    let secret = stage.add(
        "div",
        "position:absolute;left:0;top:0;width:100px;height:50px;background:rgb(255,0,0)",
    );
    secret.set_attribute("data-baton-mask", "").unwrap();
    secret.set_text_content(Some("SECRET"));
    let picture = picture().await;
    let shown: Vec<_> = (5..95).step_by(5).map(|x| color(&picture, x, 25)).collect();
    for found in &shown {
        check_color(*found, [138, 143, 152]);
    }
}

#[wasm_bindgen_test]
async fn a_passwords_length_is_not_shown() {
    start();
    let stage = Stage::new("background:#fff");
    let field: HtmlInputElement = stage
        .add("input", "position:absolute;left:0;top:0;width:190px;height:40px;font-size:20px;border:0;padding:0")
        .unchecked_into();
    field.set_type("password");
    field.set_value("a");
    let short = picture().await;
    field.set_value("a much longer password");
    let long = picture().await;
    let row =
        |picture: &(u32, Vec<u8>)| (0..190).map(|x| color(picture, x, 20)).collect::<Vec<_>>();
    assert_eq!(row(&short), row(&long));
}

#[wasm_bindgen_test]
async fn taking_a_picture_changes_nothing_in_the_page() {
    start();
    let _stage = Stage::new("background:#fff");
    let before = document().document_element().unwrap().outer_html();
    picture().await;
    assert_eq!(document().document_element().unwrap().outer_html(), before);
}
