//! Packets and pictures made in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

mod support;

use support::{call, document, get, pixels, set, start};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

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
    assert_eq!(get(&packet, "schema_version").as_string().as_deref(), Some("1.4"));
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
async fn what_is_taller_than_every_canvas_is_one_picture_here_or_several_tiles() {
    start();
    let stage = Stage::new(
        "position:absolute;width:100px;height:30000px;\
        background:linear-gradient(rgb(20,120,60) 50%, rgb(200,30,30) 50%)",
    );
    let options = js_sys::Object::new();
    set(&options, "target", &stage.0);
    let whole = pixels(&call("captureScreenshot", options.clone().into()).await.unwrap()).await;
    assert_eq!((whole.0, whole.1), (100, 30_000));
    check_color(color(&(whole.0, whole.2), 50, 29_900), [200, 30, 30]);
    set(&options, "tiles", &4.into());
    let captured = baton::screenshot::capture(options.into()).await.unwrap();
    let tiles = js_sys::Array::from(&get(&captured, "tiles"));
    assert_eq!(tiles.length(), 2);
    for (tile, expected) in tiles.iter().zip([[20, 120, 60], [200, 30, 30]]) {
        let (width, height, data) = pixels(&get(&tile, "blob")).await;
        assert_eq!((width, height), (100, 15_000));
        check_color(color(&(width, data.clone()), 50, 50), expected);
        check_color(color(&(width, data), 50, 14_950), expected);
    }
    assert_eq!(json(&get(&captured, "gaps")), "[]");
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

/// Two of each kind that are masked to the same placeholder.
const CARDS: [&str; 2] = ["4242 4242 4242 4242", "4111 1111 1711 4242"];
const KEYS: [&str; 2] = ["sk_live_aaaaaaaaaaaaaaaaaaaaaaaa", "sk_live_mmmmmmmmmmmmmmmmmmmmmmmm"];
/// How much of the stage one text of a test takes.
const BAND: u32 = 25;

/// The stage's pixels, after `build` has put things on it.
async fn staged(build: impl Fn(&Stage)) -> Vec<[u8; 3]> {
    let stage = Stage::new("height:250px;background:#fff");
    build(&stage);
    let picture = picture().await;
    (0..250)
        .flat_map(|y| (0..200).map(move |x| (x, y)))
        .map(|(x, y)| color(&picture, x, y))
        .collect()
}

fn alike(a: &[[u8; 3]], b: &[[u8; 3]]) -> bool {
    a.iter().flatten().zip(b.iter().flatten()).all(|(a, b)| a.abs_diff(*b) <= 40)
}

/// Two secrets look alike in the picture, and two ordinary texts do not: in each
/// of the `bands` that `build` fills with one text.
async fn only_secrets_are_masked(names: &[&str], build: impl Fn(&Stage, &str)) {
    let mut pictures = Vec::new();
    for text in [CARDS, KEYS, ["Export of July", "Import of March"]].concat() {
        pictures.push(staged(|stage| build(stage, text)).await);
    }
    for (index, name) in names.iter().enumerate() {
        let length = (BAND * 200) as usize;
        let band = |picture: usize| &pictures[picture][index * length..][..length];
        assert!(alike(band(0), band(1)), "a card is readable: {name}");
        assert!(alike(band(2), band(3)), "a key is readable: {name}");
        assert!(!alike(band(4), band(5)), "ordinary text is not readable: {name}");
    }
}

/// Adds an element on the band with this index.
fn on_band(stage: &Stage, index: usize, name: &str) -> Element {
    let top = index * BAND as usize;
    let css = format!(
        "position:absolute;left:0;top:{top}px;width:200px;height:{BAND}px;box-sizing:border-box;\
         margin:0;padding:0;border:0;overflow:hidden;white-space:nowrap;font:10px monospace"
    );
    stage.add(name, &css)
}

#[wasm_bindgen_test]
async fn private_controls_are_painted_over_like_regions() {
    start();
    let select = "<option>SECRET</option>";
    let controls = [
        ("select", "data-baton-block", "", select),
        ("select", "autocomplete", "cc-exp-month", select),
        ("select", "autocomplete", "section-a billing CC-Exp-Year", select),
        ("div", "class", "sentry-mask", "<select><option>SECRET</option></select>"),
        ("button", "data-baton-mask", "", "SECRET"),
    ];
    let shown = staged(|stage| {
        for (index, (name, attribute, value, content)) in controls.iter().enumerate() {
            let element = on_band(stage, index, name);
            element.set_attribute(attribute, value).unwrap();
            element.set_inner_html(content);
        }
        for (index, kind) in ["button", "submit", "reset", "checkbox"].iter().enumerate() {
            let element = on_band(stage, controls.len() + index, "input");
            element.set_attribute("type", kind).unwrap();
            element.set_attribute("checked", "").unwrap();
            element.set_attribute("value", "SECRET").unwrap();
            element.set_attribute("data-baton-mask", "").unwrap();
        }
    })
    .await;
    for index in 0..controls.len() as u32 + 4 {
        for y in index * BAND + 4..(index + 1) * BAND - 4 {
            for x in 4..196 {
                check_color(shown[(y * 200 + x) as usize], [138, 143, 152]);
            }
        }
    }
}

#[wasm_bindgen_test]
async fn private_text_fields_show_bullets_and_no_length() {
    start();
    let fields = [
        ("input", "autocomplete", "section-a one-time-code"),
        ("input", "autocomplete", "current-password webauthn"),
        ("textarea", "autocomplete", "cc-number"),
        ("textarea", "data-baton-mask", ""),
    ];
    let with = |value: &'static str| {
        staged(move |stage| {
            for (index, (name, attribute, content)) in fields.iter().enumerate() {
                let field = on_band(stage, index, name);
                field.set_attribute(attribute, content).unwrap();
                set(&field, "value", &value.into());
            }
        })
    };
    let (empty, short, long) = (with("").await, with("i").await, with("WWWWWWWWWWWW").await);
    assert!(alike(&short, &long));
    assert!(!alike(&empty, &short));
}

#[wasm_bindgen_test]
async fn secrets_in_options_placeholders_and_buttons_are_masked() {
    start();
    let names = [
        "placeholder of input",
        "placeholder of textarea",
        "value of submit",
        "value of button",
        "option",
        "label of option",
        "label of optgroup",
        "alt of img",
    ];
    only_secrets_are_masked(&names, |stage, text| {
        let with = |index, name, attribute| {
            let element = on_band(stage, index, name);
            element.set_attribute(attribute, text).unwrap();
            element
        };
        with(0, "input", "placeholder");
        with(1, "textarea", "placeholder");
        with(2, "input", "value").set_attribute("type", "submit").unwrap();
        with(3, "input", "value").set_attribute("type", "button").unwrap();
        on_band(stage, 4, "select").set_inner_html(&format!("<option>{text}</option>"));
        on_band(stage, 5, "select").set_inner_html(&format!("<option label='{text}'></option>"));
        let list = on_band(stage, 6, "select");
        list.set_attribute("size", "2").unwrap();
        list.set_inner_html(&format!("<optgroup label='{text}'></optgroup>"));
        with(7, "img", "alt");
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_secret_spread_over_several_texts_is_masked_as_a_whole() {
    start();
    let names = ["inline elements", "nested", "comments between", "spaces and lines", "digits"];
    only_secrets_are_masked(&names, |stage, text| {
        let (first, second) = text.split_at(9);
        let letters: String = text.chars().map(|c| format!("<span>{c}</span>")).collect();
        for (index, html) in [
            format!("<b>{first}</b><b>{second}</b>"),
            format!("<a><em>{first}</em></a><mark>{second}</mark>"),
            format!("{first}<!-- -->{second}"),
            text.replace(' ', "\n  &nbsp;"),
            letters,
        ]
        .iter()
        .enumerate()
        {
            on_band(stage, index, "p").set_inner_html(html);
        }
    })
    .await;
}

/// A property that a test replaced, put back when dropped.
struct Replaced(JsValue, &'static str, JsValue);

impl Replaced {
    fn new(object: &JsValue, key: &'static str, value: &JsValue) -> Self {
        let before = get(object, key);
        set(object, key, value);
        Self(object.clone(), key, before)
    }

    /// A method of the instances of a class of the page.
    fn method(class: &str, key: &'static str, body: &str) -> Self {
        let prototype = get(&get(&js_sys::global(), class), "prototype");
        Self::new(&prototype, key, &js_sys::Function::new_no_args(body))
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        set(&self.0, self.1, &self.2);
    }
}

const NEVER: &str = "return new Promise(() => {})";

/// Calls a method while timers run at five times their speed. A call that does
/// not end is an error.
async fn hurried(method: &'static str, argument: JsValue) -> Result<JsValue, JsValue> {
    let body = "return (run, ms) => original(run, ms / 5)";
    let timeout = get(&js_sys::global(), "setTimeout");
    let timeout = js_sys::Function::new_with_args("original", body).call1(&JsValue::NULL, &timeout);
    let _timeout = Replaced::new(&js_sys::global(), "setTimeout", &timeout.unwrap());
    let limit = async {
        support::pause(15_000).await;
        Err("it hangs".into())
    };
    let both = js_sys::Array::of2(
        &wasm_bindgen_futures::future_to_promise(call(method, argument)),
        &wasm_bindgen_futures::future_to_promise(limit),
    );
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::race(&both)).await
}

#[wasm_bindgen_test]
async fn resources_that_never_arrive_cost_a_gap_and_no_picture() {
    for never in ["new Promise(() => {})", "Promise.resolve(new Response(new ReadableStream({})))"]
    {
        let bridge = start();
        let fetch = format!("return url.includes('never') ? {never} : window.fetch(url, init)");
        set(&bridge, "fetch", &js_sys::Function::new_with_args("url, init", &fetch));
        let stage = Stage::new("background:#fff");
        let image = stage.add("img", "");
        // The page shows it; Baton's own request for it gets no answer.
        let url = js_sys::eval(
            "URL.createObjectURL(new Blob([Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), \
             c => c.charCodeAt(0))], { type: 'image/gif' })) + '#never'",
        );
        image.set_attribute("src", &url.unwrap().as_string().unwrap()).unwrap();
        while get(&image, "naturalWidth").as_f64() == Some(0.0) {
            support::pause(20).await;
        }
        let built = hurried("buildPacket", options("The export fails", true)).await.unwrap();
        let evidence = json(&get(&get(&built, "packet"), "evidence"));
        assert!(evidence.contains("1 image or font could not be read"), "{evidence}");
    }
}

#[wasm_bindgen_test]
async fn a_browser_that_never_draws_costs_only_the_picture() {
    for (class, method) in [("HTMLImageElement", "decode"), ("HTMLCanvasElement", "toBlob")] {
        start();
        let _stuck = Replaced::method(class, method, NEVER);
        let built = hurried("buildPacket", options("The export fails", true)).await.unwrap();
        let evidence = json(&get(&get(&built, "packet"), "evidence"));
        assert!(evidence.contains("took too long"), "{method}: {evidence}");
    }
}

#[wasm_bindgen_test]
async fn a_browser_that_never_tells_its_version_costs_only_that() {
    start();
    let _stuck = Replaced::method("NavigatorUAData", "getHighEntropyValues", NEVER);
    let built = hurried("buildPacket", options("The export fails", false)).await.unwrap();
    let environment = get(&get(&built, "packet"), "environment");
    assert_eq!(get(&get(&environment, "browser"), "name").as_string().as_deref(), Some("Chrome"));
}
