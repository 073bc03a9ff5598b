//! What a packet says of the host page, as read in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

mod support;

use support::{call, document, get, set, start};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

/// A part of the page, removed when dropped.
struct Part(Element);

impl Part {
    fn new(html: &str) -> Self {
        let element = document().create_element("div").unwrap();
        element.set_inner_html(html);
        document().body().unwrap().append_child(&element).unwrap();
        Self(element)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn parsed(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap()
}

fn json(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).unwrap().into()
}

/// What `buildPacket()` resolves to, without a picture.
async fn built() -> JsValue {
    let options = parsed(r#"{"message": "The export fails", "screenshot": false}"#);
    call("buildPacket", options).await.unwrap()
}

async fn packet() -> JsValue {
    get(&built().await, "packet")
}

fn texts(list: &JsValue) -> Vec<String> {
    js_sys::Array::from(list).iter().filter_map(|text| text.as_string()).collect()
}

async fn errors_of(html: &str) -> Vec<String> {
    start();
    let _part = Part::new(html);
    texts(&get(&get(&packet().await, "environment"), "visible_errors"))
}

#[wasm_bindgen_test]
async fn errors_are_those_that_the_page_shows() {
    let found = errors_of(
        "<div role=alert><p>Could not save</p><p>for ann@example.com</p></div>\
         <p class='error'>The server is busy</p>\
         <p class='error' hidden>Nobody sees this</p>\
         <div role=alert><b style='display:none'>Nor this.</b>But this</div>\
         <p class='terror'>No error at all</p>\
         <input aria-invalid=true aria-describedby='why'><p id='why'>A number is needed</p>\
         <div data-baton-ui=widget><p role=alert>Said by Baton</p></div>",
    )
    .await;
    assert_eq!(
        found,
        ["Could not save for [e-mail]", "The server is busy", "But this", "A number is needed"]
    );
}

#[wasm_bindgen_test]
async fn errors_about_private_things_stay_in_the_page() {
    let found = errors_of(
        "<div role=alert data-baton-mask>Wrong answer: <i data-baton-allow>try again</i></div>\
         <div data-baton-block><p role=alert>Your PIN is 4711</p></div>\
         <p class='error'>No user <b class='sentry-mask'>ann</b></p>",
    )
    .await;
    assert_eq!(found, ["try again", "No user"]);
}

#[wasm_bindgen_test]
async fn without_the_judge_nothing_is_read_and_the_packet_says_so() {
    let bridge = start();
    set(&bridge, "privacy", &JsValue::UNDEFINED);
    let _part = Part::new("<p role=alert>Could not save</p>");
    let options = parsed(r#"{"message": "The export fails"}"#);
    let packet = get(&call("buildPacket", options).await.unwrap(), "packet");
    let evidence = get(&packet, "evidence");
    assert!(!json(&packet).contains("Could not save"));
    assert_eq!(json(&get(&evidence, "screenshots")), "[]");
    let gaps = json(&get(&evidence, "gaps"));
    for stage in ["screenshot", "visible_errors"] {
        assert!(
            gaps.contains(&format!("{{\"stage\":\"{stage}\",\"reason\":\"the part of")),
            "{gaps}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_picture_module_that_does_not_load_costs_a_gap() {
    let bridge = start();
    let refused = js_sys::Function::new_with_args(
        "load",
        "return name => name === 'screenshot' ? Promise.reject(new Error('404')) : load(name)",
    );
    let load = refused.call1(&JsValue::NULL, &get(&bridge, "load")).unwrap();
    set(&bridge, "load", &load);
    let options = parsed(r#"{"message": "The export fails"}"#);
    let packet = get(&call("buildPacket", options).await.unwrap(), "packet");
    let gaps = json(&get(&get(&packet, "evidence"), "gaps"));
    assert!(gaps.contains("takes pictures did not load"), "{gaps}");
}

#[wasm_bindgen_test]
async fn feature_flags_are_plain_values_and_redacted() {
    let bridge = start();
    let app = r#"{"featureFlags": {"beta": true, "plan": "b", "rate": 0.5, "list": [1],
        "owner": "ann@example.com"}}"#;
    set(&get(&bridge, "config"), "app", &parsed(app));
    let packet = packet().await;
    assert_eq!(
        json(&get(&get(&packet, "app"), "feature_flags")),
        r#"{"beta":true,"owner":"[e-mail]","plan":"b","rate":0.5}"#
    );
    assert!(json(&get(&packet, "redactions")).contains("app.feature_flags"));
}

#[wasm_bindgen_test]
async fn the_pages_own_patterns_mask_and_bad_ones_are_told() {
    let bridge = start();
    let told = js_sys::Array::new();
    let heard = js_sys::Function::new_with_args("list", "return (code, what) => list.push(what)");
    set(&bridge, "problem", &heard.call1(&JsValue::NULL, &told).unwrap());
    let patterns = js_sys::eval(
        r"({ patterns: [
            { name: 'order', pattern: /ORD-\d+/iy },
            { name: 'project', pattern: 'projekt (äpfel|(😀)+)' },
            { name: 'broken', pattern: '(' },
            { name: 'nothing', pattern: '' },
            { name: 'empty', pattern: 'x*' },
        ] })",
    );
    set(&get(&bridge, "config"), "privacy", &patterns.unwrap());
    let custom = js_sys::Object::new();
    let note = "Öl: 😀 see ord-1, ORD-22 and projekt 😀😀 or projekt äpfel, not order 3";
    set(&custom, "note", &note.into());
    set(&bridge, "customData", &custom);
    let packet = packet().await;
    let note = get(&get(&get(&packet, "app"), "custom_data"), "note").as_string().unwrap();
    assert_eq!(note, "Öl: 😀 see [order], [order] and [project] or [project], not order 3");
    let told = json(&told);
    for place in ["patterns[2]", "patterns[3]"] {
        assert!(told.contains(place), "{told}");
    }
    assert!(!told.contains("patterns[0]"), "{told}");
}

#[wasm_bindgen_test]
async fn what_an_operating_system_and_a_page_tell_is_in_the_environment() {
    start();
    let environment = get(&packet().await, "environment");
    assert_eq!(get(&get(&environment, "viewport"), "scale").as_f64(), Some(1.0));
    assert_eq!(get(&environment, "cookies_enabled").as_bool(), Some(true));
    assert_eq!(get(&environment, "storage_available").as_bool(), Some(true));
    assert!(!texts(&get(&environment, "languages")).is_empty());
}

#[wasm_bindgen_test]
async fn a_small_copy_of_the_page_travels_in_the_document_and_is_sealed() {
    start();
    let packet = packet().await;
    let replay = get(&get(&packet, "evidence"), "replay");
    assert_eq!(get(&replay, "kind").as_string().as_deref(), Some("snapshot"));
    assert_eq!(get(&replay, "events").as_f64(), Some(2.0));
    assert_eq!(get(&replay, "duration_ms").as_f64(), Some(1.0));
    assert_eq!(js_sys::Array::from(&get(&replay, "inline")).length(), 2);
    assert_eq!(get(&get(&packet, "integrity"), "algorithm").as_string().unwrap(), "sha-256");
}

fn replays(bridge: &baton::Bridge, body: &str) {
    set(bridge, "replay", &js_sys::Function::new_no_args(body));
}

#[wasm_bindgen_test]
async fn a_large_or_deep_recording_is_a_file_without_its_secrets() {
    for body in [
        "return { kind: 'recording', gaps: [{ stage: 'replay', reason: 'one frame' }], events:
            Array.from({ length: 9000 }, (_, at) => ({ type: 3, timestamp: at * 10,
              data: { text: 'write to ann@example.com, line ' + at + ' of many' } })) }",
        "let node = { text: 'ann@example.com' }
        for (let depth = 0; depth < 500; depth++) node = { node }
        return { kind: 'recording', gaps: [], events: [{ timestamp: 5, data: node }] }",
    ] {
        let bridge = start();
        replays(&bridge, &format!("return (async () => {{ {body} }})()"));
        let built = built().await;
        let replay = get(&get(&get(&built, "packet"), "evidence"), "replay");
        assert_eq!(get(&replay, "attachment").as_string().as_deref(), Some("replay.json"));
        assert!(get(&replay, "inline").is_undefined());
        let file = js_sys::Array::from(&get(&built, "attachments")).get(0);
        assert_eq!(get(&file, "name").as_string().as_deref(), Some("replay.json"));
        let blob: web_sys::Blob = get(&file, "blob").unchecked_into();
        let text = wasm_bindgen_futures::JsFuture::from(blob.text()).await.unwrap();
        let text = text.as_string().unwrap();
        assert!(text.contains("[e-mail]") && !text.contains("ann@example"), "{}", &text[..200]);
        assert_eq!(
            f64::from(js_sys::Array::from(&parsed(&text)).length()),
            get(&replay, "events").as_f64().unwrap()
        );
    }
}

#[wasm_bindgen_test]
async fn a_page_that_cannot_be_recorded_costs_a_gap() {
    for (body, reason) in [
        ("throw new Error('no')", "could not be recorded"),
        ("return Promise.reject(new Error('no'))", "could not be recorded"),
        ("return Promise.resolve(null)", "could not be recorded"),
        (
            "return Promise.resolve({ events: [], gaps: [{ stage: 'replay', reason: 'no DOM' }] })",
            "no DOM",
        ),
        ("return new Promise(() => {})", "took too long"),
        ("return Promise.resolve({ events: ['x'.repeat(9e6)], gaps: [] })", "is too large"),
    ] {
        let bridge = start();
        replays(&bridge, body);
        let evidence = get(&packet().await, "evidence");
        assert!(get(&evidence, "replay").is_undefined(), "{body}");
        let gaps = json(&get(&evidence, "gaps"));
        assert!(gaps.contains(reason), "{body}: {gaps}");
    }
}
