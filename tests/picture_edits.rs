//! What the customer draws on pictures and picks in the page, as the module `annotate`
//! hands it over: here something that keeps its contract stands in for it.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

mod support;

use support::pictures::{approved, button, image, js, names, told};
use support::{bridge, document, get, in_panel, open_panel_of, pixels, review_a_bug, set};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// The review of a case, on a page whose module `annotate` has these bodies of `edit(blob)`
/// and `pick(kind)`, as functions that also see `given`.
async fn reviewed_with(edit: &str, pick: &str, given: &JsValue) {
    let (bridge, _) = bridge();
    let load: JsValue = get(&bridge, "load");
    let body = "const hidden = () => document.querySelector('[data-baton-ui=widget]').hidden
        const run = (name, body) => new Function(name, 'given', 'hidden', body)
        const module = {
            edit: async blob => run('blob', edit)(blob, given, hidden()),
            pick: async kind => run('kind', pick)(kind, given, hidden()) }
        return name => name === 'annotate' ? Promise.resolve(module) : load(name)";
    let values = [&load, &edit.into(), &pick.into(), given];
    set(&bridge, "load", &js("load, edit, pick, given", body, &values));
    open_panel_of(bridge).await;
    review_a_bug().await;
}

/// A fixed box of one colour in the page, removed when dropped.
struct Box(HtmlElement);

impl Box {
    fn new() -> Self {
        let element: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        let css = "position:fixed;left:30px;top:20px;width:80px;height:40px;z-index:9999;\
            background:rgb(20,160,90)";
        element.set_attribute("style", css).unwrap();
        document().body().unwrap().append_child(&element).unwrap();
        Self(element)
    }
}

impl Drop for Box {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Width and height in CSS pixels, and the colour in the middle, of a picture.
async fn shown(id: u32) -> ([f64; 2], [u8; 3]) {
    let (width, height, data) = pixels(&baton::extras::preview(id).unwrap()).await;
    let scale = web_sys::window().unwrap().device_pixel_ratio().clamp(1.0, 2.0);
    let at = ((height / 2 * width + width / 2) * 4) as usize;
    let size = [f64::from(width) / scale, f64::from(height) / scale];
    (size, [data[at], data[at + 1], data[at + 2]])
}

#[wasm_bindgen_test]
async fn an_element_or_a_region_that_is_picked_is_pictured_and_the_panel_was_out_of_the_way() {
    let stage = Box::new();
    let pick = "if (!hidden) throw new Error('the panel is in the way')
        return kind === 'element' ? { element: given } : { region: [40, 30, 50, 20] }";
    reviewed_with("", pick, &stage.0).await;
    button("Pick an element").click();
    told("The picture was added.").await;
    assert_eq!(shown(2).await, ([80.0, 40.0], [20, 160, 90]));
    button("Drag a region").click();
    for _ in 0..200 {
        if in_panel(".pictures > li:nth-child(3)").is_some() {
            break;
        }
        support::pause(25).await;
    }
    assert_eq!(shown(3).await, ([50.0, 20.0], [20, 160, 90]));
    let packet = approved().await;
    let labels = names(&packet, "screenshots", "label");
    assert_eq!(labels[1..], ["An element of the page", "A part of the page"]);
    assert_eq!(names(&packet, "screenshots", "method"), ["engine"; 3]);
}

#[wasm_bindgen_test]
async fn who_cancels_changes_nothing_and_the_panel_is_back() {
    reviewed_with("return null", "return null", &JsValue::NULL).await;
    for words in ["Pick an element", "Edit picture 1"] {
        button(words).click();
        support::pause(60).await;
        told("").await;
    }
    let host = document().query_selector("[data-baton-ui=widget]").unwrap().unwrap();
    assert!(!host.has_attribute("hidden"));
    assert!(in_panel(".pictures > li:nth-child(2)").is_none());
}

#[wasm_bindgen_test]
async fn what_is_drawn_adds_up_is_listed_and_secrets_in_it_are_masked() {
    let edited = image("image/png", "rgb(1, 2, 200)", 90, 60).await;
    let edit =
        "return { blob: given, width: 90, height: 60, removed: 1, cropped: false, annotations: [
        { kind: 'arrow', x: 1, y: 2, width: 30, height: 40 },
        { kind: 'text', x: 5, y: 6, width: 50, height: 12, text: 'card 4242 4242 4242 4242' },
        { kind: 'unheard of', x: 0, y: 0, width: 1, height: 1 }] }";
    reviewed_with(edit, "return null", &edited).await;
    for _ in 0..2 {
        button("Edit picture 1").click();
        // The words of the edit before are gone by then.
        support::pause(60).await;
        told("The picture was changed.").await;
    }
    assert_eq!(shown(1).await.1, [1, 2, 200]);
    let listed = in_panel(".pictures").unwrap().text_content().unwrap();
    assert!(listed.contains("2 arrows, 2 texts: “card [card"), "{listed}");
    assert!(listed.contains("2 regions removed"), "{listed}");
    let packet = approved().await;
    let shot = js("packet", "return JSON.stringify(packet.evidence.screenshots[0])", &[&packet]);
    let shot = shot.as_string().unwrap();
    assert!(!shot.contains("4242 4242"), "{shot}");
    let redactions = js("packet", "return JSON.stringify(packet.redactions)", &[&packet]);
    let redactions = redactions.as_string().unwrap();
    assert!(
        redactions.contains(r#""section":"evidence.screenshots","kind":"card","count":2"#),
        "{redactions}"
    );
}

#[wasm_bindgen_test]
async fn words_of_an_earlier_edit_go_with_what_a_later_one_removes() {
    let edited = image("image/png", "red", 20, 10).await;
    let edit = "window.rounds = (window.rounds || 0) + 1
        const words = { kind: 'text', x: 1, y: 1, width: 9, height: 4, text: 'Ann Smith' }
        return { blob: given, width: 20, height: 10, removed: window.rounds - 1, cropped: false,
            annotations: window.rounds === 1 ? [words] : [] }";
    reviewed_with(edit, "return null", &edited).await;
    for _ in 0..2 {
        button("Edit picture 1").click();
        // The words of the edit before are gone by then.
        support::pause(60).await;
        told("The picture was changed.").await;
    }
    let packet = approved().await;
    let shot = js("packet", "return JSON.stringify(packet.evidence.screenshots[0])", &[&packet]);
    let shot = shot.as_string().unwrap();
    assert!(shot.contains(r#""removed":1"#) && !shot.contains("Ann Smith"), "{shot}");
}

#[wasm_bindgen_test]
async fn who_opens_the_editor_by_a_key_keeps_the_focus_in_the_panel() {
    let edit = "return new Promise(done => { window.close_editor = () => done(null) })";
    reviewed_with(edit, "return null", &JsValue::UNDEFINED).await;
    let edit = button("Edit picture 1");
    edit.focus().unwrap();
    edit.click();
    support::pause(60).await;
    assert_eq!(edit.get_attribute("aria-disabled").as_deref(), Some("true"));
    // On a disabled button, the focus falls to the page, and so does the key's end.
    let focused = document().active_element();
    assert!(focused.is_some_and(|it| it.has_attribute("data-baton-ui")));
    js("", "close_editor()", &[]);
}

#[wasm_bindgen_test]
async fn after_a_crop_older_drawings_are_where_they_are_now() {
    let edited = image("image/png", "red", 20, 10).await;
    let edit = "window.crops = (window.crops || 0) + 1
        if (window.crops === 2) return { blob: given, x: 5, y: 2, width: 10, height: 8,
            removed: 0, cropped: true, annotations: [] }
        return { blob: given, x: 0, y: 0, width: 20, height: 10, removed: 0, cropped: false,
            annotations: [
                { kind: 'box', x: 1, y: 0, width: 9, height: 9 },
                { kind: 'text', x: 6, y: 3, width: 4, height: 2, text: 'whole' },
                { kind: 'text', x: 12, y: 3, width: 8, height: 2, text: 'cut' },
                { kind: 'arrow', x: 7, y: 4, width: 3, height: 0 },
                { kind: 'box', x: 16, y: 0, width: 4, height: 4 }] }";
    reviewed_with(edit, "return null", &edited).await;
    for _ in 0..2 {
        button("Edit picture 1").click();
        // The words of the edit before are gone by then.
        support::pause(60).await;
        told("The picture was changed.").await;
    }
    let packet = approved().await;
    let shot = js(
        "packet",
        "const { annotations, gaps, width, height } = packet.evidence.screenshots[0]
        return JSON.stringify([width, height, gaps.at(-1).reason, ...annotations.map(one =>
            [one.x, one.y, one.width, one.height, one.text].join(' ').trim())])",
        &[&packet],
    );
    assert_eq!(
        shot.as_string().as_deref(),
        Some(r#"[10,8,"cropped by the customer","0 0 5 7","1 1 4 2 whole","7 1 3 2","2 2 3 0"]"#)
    );
}

#[wasm_bindgen_test]
async fn an_edited_picture_past_the_limit_becomes_smaller_and_so_do_its_drawings() {
    let body = "const canvas = Object.assign(document.createElement('canvas'),
            { width: 2200, height: 1800 })
        const context = canvas.getContext('2d')
        const noise = context.createImageData(2200, 1800)
        for (let at = 0; at < noise.data.length; at += 65536) {
            crypto.getRandomValues(noise.data.subarray(at, at + 65536))
        }
        for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255
        context.putImageData(noise, 0, 0)
        return new Promise(done => canvas.toBlob(done))";
    let huge = js("", body, &[]).unchecked_into::<js_sys::Promise>();
    let huge = wasm_bindgen_futures::JsFuture::from(huge).await.unwrap();
    let most = baton_packet::limits::MAX_ATTACHMENT_BYTES as f64;
    assert!(get(&huge, "size").as_f64().unwrap() > most);
    let edit = "return { blob: given, x: 0, y: 0, width: 2200, height: 1800, removed: 0,
        cropped: false, annotations: [{ kind: 'box', x: 1100, y: 900, width: 550, height: 450 }] }";
    reviewed_with(edit, "return null", &huge).await;
    button("Edit picture 1").click();
    told("The picture was changed.").await;
    let packet = approved().await;
    let ratios = js(
        "packet",
        "const { width, height, annotations: [drawn] } = packet.evidence.screenshots[0]
        const near = (part, of) => Math.round(part / of * 100)
        return [near(drawn.x, width), near(drawn.y, height), near(drawn.width, width),
            near(width, height)].join()",
        &[&packet],
    );
    assert_eq!(ratios.as_string().as_deref(), Some("50,50,25,122"));
    let blob = baton::extras::preview(1).unwrap();
    assert!(blob.size() <= most);
    let (width, ..) = pixels(&blob).await;
    let told = js("packet", "return packet.evidence.screenshots[0].width", &[&packet]);
    assert_eq!(told.as_f64(), Some(width.into()));
}

#[wasm_bindgen_test]
async fn an_element_too_tall_for_one_picture_comes_in_parts() {
    let stage = Box::new();
    let style = stage.0.style();
    for (property, value) in [
        ("position", "absolute"),
        ("height", "40000px"),
        ("background", "linear-gradient(rgb(20,160,90) 50%, rgb(200,30,60) 50%)"),
    ] {
        style.set_property(property, value).unwrap();
    }
    reviewed_with("", "return { element: given }", &stage.0).await;
    button("Pick an element").click();
    told("The picture was added.").await;
    let packet = approved().await;
    let labels = names(&packet, "screenshots", "label");
    let scale = web_sys::window().unwrap().device_pixel_ratio().clamp(1.0, 2.0);
    let parts = (40_000.0 * scale / 16_383.0).ceil() as usize;
    let last = format!("An element of the page, part {parts} of {parts}");
    assert_eq!((labels.len(), labels.last()), (1 + parts, Some(&last)));
    let (size, color) = shown(2).await;
    assert!((size[1] * parts as f64 - 40_000.0).abs() < 2.0, "{size:?}");
    assert_eq!((size[0], color), (80.0, [20, 160, 90]));
    assert_eq!(shown(1 + parts as u32).await.1, [200, 30, 60]);
}
