//! A page for the tests: what `www/baton.js` would hand to the modules.
#![allow(dead_code, missing_docs)]

pub mod pictures;

use baton::Bridge;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement};

#[wasm_bindgen(module = "/www/privacy.js")]
extern "C" {
    fn decide(element: &JsValue, inherited: &JsValue) -> JsValue;
    fn judged(root: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = isPrivateField)]
    fn is_private_field(field: &JsValue) -> bool;
}

// What the judge imports: only what is named here is served beside it.
#[wasm_bindgen(module = "/www/dom.js")]
extern "C" {
    #[wasm_bindgen(js_name = isElement)]
    fn is_element(node: &JsValue) -> bool;
}

/// The widget anew, with no case in hand.
pub fn start() -> Bridge {
    baton::widget::destroy();
    baton::extras::forget();
    let (bridge, _) = bridge();
    baton::widget::start(bridge.clone());
    bridge
}

/// The judge of privacy that ships.
fn judge() -> JsValue {
    let judge = js_sys::Object::new();
    set(
        &judge,
        "decide",
        &function(|element, inherited| {
            assert!(is_element(&element), "the judge is asked about elements");
            decide(&element, &inherited)
        }),
    );
    set(&judge, "judged", &function(|root, _| judged(&root)));
    set(&judge, "isPrivateField", &function(|field, _| is_private_field(&field).into()));
    judge.into()
}

pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

pub fn set(object: &JsValue, key: &str, value: &JsValue) {
    js_sys::Reflect::set(object, &key.into(), value).unwrap();
}

pub fn get(object: &JsValue, key: &str) -> JsValue {
    js_sys::Reflect::get(object, &key.into()).unwrap()
}

fn function(body: impl Fn(JsValue, JsValue) -> JsValue + 'static) -> JsValue {
    Closure::<dyn Fn(JsValue, JsValue) -> JsValue>::new(body).into_js_value()
}

/// A bridge, and the list that collects what is emitted: `[name, detail]`.
pub fn bridge() -> (Bridge, js_sys::Array) {
    let events = js_sys::Array::new();
    let bridge = js_sys::Object::new();
    let config = js_sys::Object::new();
    set(&config, "endpoint", &"/v1/handoffs".into());
    set(&bridge, "version", &"0.0.0-test".into());
    set(&bridge, "base", &"/".into());
    set(&bridge, "config", &config);
    set(&bridge, "user", &JsValue::NULL);
    set(&bridge, "customData", &js_sys::Object::new());
    set(&bridge, "metadata", &js_sys::Array::new());
    set(&bridge, "attached", &js_sys::Array::new());
    set(&bridge, "pageUrl", &function(|_, _| document().url().unwrap_or_default().into()));
    set(&bridge, "drain", &function(|_, _| js_sys::Object::new().into()));
    let collected = events.clone();
    set(
        &bridge,
        "emit",
        &function(move |name, detail| {
            collected.push(&js_sys::Array::of2(&name, &detail));
            JsValue::UNDEFINED
        }),
    );
    set(&bridge, "ui", &js_sys::Object::new());
    let english = js_sys::JSON::parse(include_str!("../../www/locales/en.json"));
    set(&bridge, "labels", &english.unwrap_or_default());
    for name in ["setStatus", "setOpen", "focusLauncher", "problem", "clearAttached", "paint"] {
        set(&bridge, name, &function(|_, _| JsValue::UNDEFINED));
    }
    set(&bridge, "fetch", &fetch());
    set(&bridge, "privacy", &judge());
    set(&bridge, "replay", &function(|_, _| promise(async { js_sys::JSON::parse(SNAPSHOT) })));
    let (triage, extras, screenshot) = (triage(), extras(), screenshot());
    set(
        &bridge,
        "load",
        &function(move |name, _| {
            let module = match name.as_string().as_deref() {
                Some("triage") => &triage,
                Some("screenshot") => &screenshot,
                _ => &extras,
            };
            js_sys::Promise::resolve(module).into()
        }),
    );
    let bridge: Bridge = bridge.unchecked_into();
    baton::triage::attach(bridge.clone());
    baton::extras::attach(bridge.clone());
    baton::screenshot::attach(bridge.clone());
    (bridge, events)
}

const SNAPSHOT: &str = r#"{"kind":"snapshot","gaps":[],"events":[
    {"type":4,"data":{"href":"https://app.test/","width":800,"height":600},"timestamp":1000},
    {"type":2,"data":{"node":{"type":0,"childNodes":[],"id":1}},"timestamp":1001}]}"#;

/// The page's own `fetch`.
fn fetch() -> JsValue {
    let window = web_sys::window().unwrap();
    let fetch: js_sys::Function = get(&window, "fetch").unchecked_into();
    fetch.bind0(&window).into()
}

fn promise<F>(future: F) -> JsValue
where
    F: Future<Output = Result<JsValue, JsValue>> + 'static,
{
    wasm_bindgen_futures::future_to_promise(future).into()
}

/// The exports of the other modules, which are linked into the test.
fn triage() -> JsValue {
    use baton::triage;
    let module = js_sys::Object::new();
    set(
        &module,
        "understand",
        &function(|texts, corrected| {
            promise(triage::understand_words(texts.unchecked_into(), corrected))
        }),
    );
    set(
        &module,
        "triage",
        &function(|text, _| promise(triage::triage_text(text.as_string().unwrap()))),
    );
    module.into()
}

fn extras() -> JsValue {
    use baton::extras;
    let module = js_sys::Object::new();
    set(&module, "draft", &function(|words, _| promise(extras::draft(words))));
    set(&module, "resort", &function(|words, _| extras::resort(words).unwrap()));
    set(&module, "freeze", &function(|approval, _| extras::freeze(approval).unwrap()));
    set(&module, "attempt", &function(|_, _| promise(extras::attempt())));
    let number = |id: JsValue| id.as_f64().unwrap() as u32;
    set(&module, "preview", &function(move |id, _| extras::preview(number(id)).into()));
    let change = Closure::<dyn Fn(String, u32, JsValue) -> JsValue>::new(|way, id, given| {
        promise(extras::change_pictures(way, id, given))
    });
    set(&module, "changePictures", &change.into_js_value());
    set(&module, "frozenCopy", &function(|_, _| extras::frozen_copy().into()));
    set(
        &module,
        "forget",
        &function(|_, _| {
            extras::forget();
            JsValue::UNDEFINED
        }),
    );
    set(&module, "build", &function(|words, options| promise(extras::build(words, options))));
    set(&module, "handoff", &function(|words, options| promise(extras::handoff(words, options))));
    module.into()
}

fn screenshot() -> JsValue {
    let module = js_sys::Object::new();
    let capture = function(|options, _| promise(baton::screenshot::capture(options)));
    set(&module, "capture", &capture);
    module.into()
}

/// A call of the public API. As the loader does, the picture is asked of its module.
pub async fn call(method: &str, argument: JsValue) -> Result<JsValue, JsValue> {
    if method == "captureScreenshot" {
        let tiles = get(&baton::screenshot::capture(argument).await?, "tiles");
        return Ok(get(&get(&tiles, "0"), "blob"));
    }
    baton::widget::call(method.to_owned(), js_sys::Array::of1(&argument)).await
}

/// Opens the panel anew; returns the list of what is emitted.
pub async fn open_panel() -> js_sys::Array {
    let (bridge, events) = bridge();
    open_panel_of(bridge).await;
    events
}

/// Opens the panel anew, on this bridge.
pub async fn open_panel_of(bridge: Bridge) {
    baton::widget::destroy();
    baton::extras::forget();
    baton::widget::start(bridge);
    call("open", JsValue::UNDEFINED).await.unwrap();
    shown(".bubble").await;
}

/// Presses a key.
pub fn press(target: &web_sys::EventTarget, key: &str) {
    let init = web_sys::KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(true);
    let event =
        web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    target.dispatch_event(&event).unwrap();
}

/// Writes a message and sends it.
pub async fn write(text: &str) {
    let composer: web_sys::HtmlTextAreaElement = shown("textarea").await.unchecked_into();
    composer.set_value(text);
    press(&composer, "Enter");
}

/// Writes of a bug and opens the review of it.
pub async fn review_a_bug() {
    write("The export fails with error 500 every time I try it.").await;
    shown(".card .primary").await.click();
    shown("footer .primary").await;
}

/// Lets timers and promises run.
pub async fn pause(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}

/// An element in the panel.
pub fn in_panel(selector: &str) -> Option<Element> {
    let host = document().query_selector("[data-baton-ui=widget]").unwrap()?;
    host.shadow_root()?.query_selector(selector).unwrap()
}

/// Waits until the panel shows it.
pub async fn shown(selector: &str) -> HtmlElement {
    for _ in 0..200 {
        if let Some(element) = in_panel(selector) {
            return element.unchecked_into();
        }
        pause(25).await;
    }
    panic!("{selector} is not shown");
}

/// The pixels of a picture: width, height, RGBA.
pub async fn pixels(blob: &JsValue) -> (u32, u32, Vec<u8>) {
    let window = web_sys::window().unwrap();
    let bitmap = window.create_image_bitmap_with_blob(blob.unchecked_ref()).unwrap();
    let bitmap: web_sys::ImageBitmap = JsFuture::from(bitmap).await.unwrap().unchecked_into();
    let canvas: web_sys::HtmlCanvasElement =
        document().create_element("canvas").unwrap().unchecked_into();
    let (width, height) = (bitmap.width(), bitmap.height());
    canvas.set_width(width);
    canvas.set_height(height);
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    context.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0).unwrap();
    let data = context.get_image_data(0.0, 0.0, width.into(), height.into()).unwrap();
    (width, height, data.data().0)
}
