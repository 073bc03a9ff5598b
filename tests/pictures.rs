//! Several pictures of one case, in a real browser: how they come, go and are named.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

mod support;

use js_sys::{Array, Function, Uint8Array};
use support::{
    call, document, get, in_panel, open_panel, open_panel_of, pause, pixels, review_a_bug, set,
    shown,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Blob, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Runs the body of a JavaScript function.
fn js(arguments: &str, body: &str, values: &[&JsValue]) -> JsValue {
    let values: Array = values.iter().copied().collect();
    Function::new_with_args(arguments, body).apply(&JsValue::NULL, &values).unwrap()
}

/// An image of one colour, in a type.
async fn image(kind: &str, color: &str, width: u32, height: u32) -> JsValue {
    let body = "const canvas = Object.assign(document.createElement('canvas'), { width, height })
        const context = canvas.getContext('2d')
        context.fillStyle = color
        context.fillRect(0, 0, width, height)
        return new Promise(done => canvas.toBlob(done, kind))";
    let blob = js(
        "kind, color, width, height",
        body,
        &[&kind.into(), &color.into(), &width.into(), &height.into()],
    );
    JsFuture::from(blob.unchecked_into::<js_sys::Promise>()).await.unwrap()
}

fn blob(kind: &str, bytes: &[u8]) -> JsValue {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).unwrap().into()
}

async fn bytes(blob: &JsValue) -> Vec<u8> {
    let buffer = JsFuture::from(blob.unchecked_ref::<Blob>().array_buffer()).await.unwrap();
    Uint8Array::new(&buffer).to_vec()
}

/// Adds it as the panel does; the error is what the panel is told.
async fn add(way: &str, given: &JsValue) -> Result<JsValue, String> {
    let added = baton::extras::change_pictures(way.to_owned(), 0, given.clone()).await;
    added.map_err(|thrown| thrown.unchecked_into::<js_sys::Error>().message().into())
}

async fn remove(id: u32) -> JsValue {
    baton::extras::change_pictures("remove".to_owned(), id, JsValue::UNDEFINED).await.unwrap()
}

/// The pictures of a review: id, label and facts of each.
fn pictures(review: &JsValue) -> Vec<(u32, String, String)> {
    Array::from(&get(review, "pictures"))
        .iter()
        .map(|one| {
            let text = |name| get(&one, name).as_string().unwrap();
            let lines = Array::from(&get(&one, "lines")).join(" | ");
            (get(&one, "id").as_f64().unwrap() as u32, text("label"), lines.into())
        })
        .collect()
}

fn ids(review: &JsValue) -> Vec<u32> {
    pictures(review).into_iter().map(|one| one.0).collect()
}

/// Approves the case; the packet as it would be sent.
async fn approved() -> JsValue {
    let approval = js(
        "",
        "return { at: new Date().toISOString(), via: 'review', text: 'yes', struck: [],
            contact: null, timeline: [] }",
        &[],
    );
    baton::extras::freeze(approval).unwrap();
    let copy = baton::extras::frozen_copy().unwrap();
    let text = JsFuture::from(copy.text()).await.unwrap().as_string().unwrap();
    js_sys::JSON::parse(&text).unwrap()
}

fn names(packet: &JsValue, list: &str, name: &str) -> Vec<String> {
    Array::from(&js(
        "packet, list, name",
        "return (list === 'attachments' ? packet.attachments : packet.evidence.screenshots)
            .map(one => one[name])",
        &[packet, &list.into(), &name.into()],
    ))
    .iter()
    .map(|one| one.as_string().unwrap())
    .collect()
}

async fn reviewed() {
    open_panel().await;
    review_a_bug().await;
}

#[wasm_bindgen_test]
async fn an_image_of_the_customer_is_one_more_picture() {
    reviewed().await;
    let image = image("image/png", "rgb(200, 30, 60)", 40, 30).await;
    let review = add("file", &image).await.unwrap();
    let listed = pictures(&review);
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1].1, "An image from the customer");
    assert_eq!(listed[1].2, "added by the customer, 40 × 30");
    let shown: JsValue = baton::extras::preview(listed[1].0).unwrap().into();
    let (width, height, data) = pixels(&shown).await;
    assert_eq!((width, height, &data[..4]), (40, 30, &[200, 30, 60, 255][..]));
    let packet = approved().await;
    assert_eq!(
        names(&packet, "screenshots", "attachment"),
        ["screenshot-1.png", "screenshot-2.png"]
    );
    assert_eq!(names(&packet, "screenshots", "method"), ["engine", "upload"]);
    assert_eq!(names(&packet, "attachments", "name"), ["screenshot-1.png", "screenshot-2.png"]);
}

#[wasm_bindgen_test]
async fn what_a_camera_wrote_beside_the_pixels_does_not_go_along() {
    reviewed().await;
    let plain = bytes(&image("image/jpeg", "rgb(0, 128, 0)", 64, 64).await).await;
    // An Exif segment right behind the start of the file (JPEG, APP1).
    let exif = b"Exif\0\0GPS 48.2082 N 16.3738 E, Dana's phone";
    let length = (exif.len() as u16 + 2).to_be_bytes();
    let photo = [&plain[..2], &[0xff, 0xe1], &length, exif, &plain[2..]].concat();
    let review = add("file", &blob("image/jpeg", &photo)).await.unwrap();
    let kept: JsValue = baton::extras::preview(ids(&review)[1]).unwrap().into();
    let kept_bytes = bytes(&kept).await;
    assert!(!kept_bytes.windows(4).any(|part| part == b"Exif" || part == b"GPS "));
    assert_eq!(get(&kept, "type").as_string().as_deref(), Some("image/webp"));
    let (width, _, data) = pixels(&kept).await;
    assert_eq!(width, 64);
    assert!(data[1] > 110 && data[0] < 20, "{:?}", &data[..4]);
}

#[wasm_bindgen_test]
async fn what_is_no_image_is_refused_whatever_it_calls_itself() {
    reviewed().await;
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    for file in [
        blob("image/png", b"<script>alert(1)</script>"),
        blob("image/png", b""),
        blob("image/svg+xml", svg),
        blob("text/html", b"<p>"),
        blob("", b"GIF89a"),
        JsValue::from("no file"),
    ] {
        assert_eq!(add("file", &file).await, Err("picture_not_image".to_owned()));
    }
    assert!(baton::extras::preview(2).is_none());
}

#[wasm_bindgen_test]
async fn a_huge_image_is_made_smaller_and_says_so() {
    reviewed().await;
    let review = add("file", &image("image/png", "blue", 5000, 2500).await).await.unwrap();
    let (_, _, facts) = &pictures(&review)[1];
    assert_eq!(
        facts,
        "added by the customer, 4096 × 2048 | picture has fewer pixels than its source, to fit"
    );
}

#[wasm_bindgen_test]
async fn five_pictures_are_the_most_and_one_taken_out_makes_room() {
    reviewed().await;
    for width in 1..=4 {
        add("file", &image("image/png", "red", width, 1).await).await.unwrap();
    }
    let another = image("image/png", "red", 9, 9).await;
    assert_eq!(add("file", &another).await, Err("picture_full".to_owned()));
    let review = remove(2).await;
    assert_eq!(ids(&review), [1, 3, 4, 5]);
    assert_eq!(ids(&add("file", &another).await.unwrap()), [1, 3, 4, 5, 6]);
    let packet = approved().await;
    let expected = ["1", "2", "3", "4", "5"].map(|n| format!("screenshot-{n}.png"));
    assert_eq!(names(&packet, "attachments", "name"), expected);
    let gaps = js("packet", "return JSON.stringify(packet.evidence.gaps)", &[&packet]);
    assert!(gaps.as_string().unwrap().contains("1 taken out by the customer"));
}

#[wasm_bindgen_test]
async fn the_same_image_twice_is_two_pictures_of_one_content() {
    reviewed().await;
    let image = image("image/png", "green", 8, 8).await;
    add("file", &image).await.unwrap();
    add("file", &image).await.unwrap();
    let packet = approved().await;
    let hashes = names(&packet, "attachments", "sha256");
    assert_eq!(hashes[1], hashes[2]);
    assert_eq!(names(&packet, "attachments", "name").len(), 3);
}

#[wasm_bindgen_test]
async fn the_page_captured_again_shows_what_changed_since() {
    reviewed().await;
    let stage: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    let css =
        "position:fixed;left:0;top:0;width:60px;height:60px;z-index:9999;background:rgb(9,200,99)";
    stage.set_attribute("style", css).unwrap();
    document().body().unwrap().append_child(&stage).unwrap();
    let review = add("again", &JsValue::UNDEFINED).await.unwrap();
    stage.remove();
    assert_eq!(pictures(&review)[1].1, "The page, captured again");
    let mut colors = Vec::new();
    for id in ids(&review) {
        let (width, _, data) = pixels(&baton::extras::preview(id).unwrap()).await;
        let at = ((20 * width + 20) * 4) as usize;
        colors.push([data[at], data[at + 1], data[at + 2]]);
    }
    assert_eq!(colors[1], [9, 200, 99]);
    assert_ne!(colors[0], colors[1]);
}

#[wasm_bindgen_test]
async fn pictures_outlive_a_new_draft_of_the_case_and_not_the_case() {
    reviewed().await;
    add("file", &image("image/png", "red", 7, 7).await).await.unwrap();
    remove(1).await;
    call("ask", JsValue::from("It began this morning.")).await.unwrap();
    pause(300).await;
    shown(".card .primary").await.click();
    shown("footer .primary").await;
    let listed = in_panel(".pictures").unwrap().text_content().unwrap();
    assert!(listed.contains("An image from the customer") && !listed.contains("when this was"));
    reviewed().await;
    let listed = in_panel(".pictures").unwrap().text_content().unwrap();
    assert!(listed.contains("when this was captured") && !listed.contains("An image"), "{listed}");
}

#[wasm_bindgen_test]
async fn a_change_that_ends_after_its_case_changes_nothing_in_the_next() {
    reviewed().await;
    let image = image("image/png", "red", 5, 5).await;
    let late = baton::extras::change_pictures("file".to_owned(), 0, image);
    let late = wasm_bindgen_futures::future_to_promise(late);
    // It has begun, and is not over: decoding takes longer.
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
    reviewed().await;
    assert!(JsFuture::from(late).await.unwrap().is_null());
    assert!(baton::extras::preview(2).is_none());
}

/// The button of the panel with these words.
fn button(words: &str) -> HtmlElement {
    let body = "return [...document.querySelector('[data-baton-ui=widget]').shadowRoot
        .querySelectorAll('button')].find(one => (one.ariaLabel || one.textContent).trim() === words)";
    js("words", body, &[&words.into()]).dyn_into().unwrap_or_else(|_| panic!("no button {words}"))
}

async fn told(words: &str) {
    for _ in 0..200 {
        let text = in_panel(".told").and_then(|element| element.text_content());
        if text.as_deref() == Some(words) {
            return;
        }
        pause(25).await;
    }
    panic!("{words:?} is not told but {:?}", in_panel(".told").map(|one| one.text_content()));
}

fn focused() -> Option<String> {
    let host = document().query_selector("[data-baton-ui=widget]").unwrap().unwrap();
    let element = host.shadow_root().unwrap().active_element()?;
    element.get_attribute("aria-label").or_else(|| element.text_content())
}

/// Hands the panel an image by an event with a `DataTransfer`.
fn hand(kind: &str, class: &str, carrier: &str, image: &JsValue) -> JsValue {
    let body = "const carried = new DataTransfer()
        carried.items.add(new File([image], 'image.png', { type: image.type }))
        const event = new window[kind](name, { [carrier]: carried, bubbles: true, composed: true, cancelable: true })
        const panel = document.querySelector('[data-baton-ui=widget]').shadowRoot.querySelector('.panel')
        let heard = false
        document.addEventListener(name, () => { heard = true }, { once: true })
        panel.dispatchEvent(event)
        return { heard, prevented: event.defaultPrevented }";
    js("kind, name, carrier, image", body, &[&class.into(), &kind.into(), &carrier.into(), image])
}

#[wasm_bindgen_test]
async fn images_pasted_or_dropped_into_the_panel_are_added_and_the_page_hears_nothing() {
    reviewed().await;
    let image = image("image/png", "teal", 12, 12).await;
    let handed = [hand("paste", "ClipboardEvent", "clipboardData", &image)];
    told("The picture was added.").await;
    let dragged = hand("dragover", "DragEvent", "dataTransfer", &image);
    let dropped = hand("drop", "DragEvent", "dataTransfer", &image);
    for event in handed.iter().chain([&dragged, &dropped]) {
        assert_eq!(get(event, "prevented").as_bool(), Some(true));
        assert_eq!(get(event, "heard").as_bool(), Some(false));
    }
    for _ in 0..100 {
        if in_panel(".pictures > li:nth-child(3)").is_some() {
            break;
        }
        pause(25).await;
    }
    assert!(in_panel(".count").is_some());
    let listed = in_panel(".items").unwrap().text_content().unwrap();
    assert!(listed.contains("3 of 5"), "{listed}");
}

#[wasm_bindgen_test]
async fn a_picture_is_taken_out_by_its_button_and_the_focus_stays_near() {
    reviewed().await;
    hand("paste", "ClipboardEvent", "clipboardData", &image("image/png", "teal", 12, 12).await);
    told("The picture was added.").await;
    assert_eq!(focused().as_deref(), Some("What will be sent"), "nobody pressed anything");
    let remove = button("Remove picture 1");
    remove.focus().unwrap();
    remove.click();
    told("The picture was removed.").await;
    assert_eq!(focused().as_deref(), Some("Edit picture 1"));
    assert!(in_panel(".pictures > li:nth-child(2)").is_none());
    button("Remove picture 1").click();
    for _ in 0..100 {
        if in_panel(".pictures > li").is_none() {
            break;
        }
        pause(25).await;
    }
    pause(50).await;
    assert_eq!(focused().as_deref(), Some("Add a picture"));
    let listed = in_panel(".items").unwrap().text_content().unwrap();
    assert!(listed.contains("0 of 5"), "{listed}");
    let packet = approved().await;
    assert_eq!(names(&packet, "attachments", "name"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_refused_image_is_told_in_plain_words() {
    reviewed().await;
    hand("drop", "DragEvent", "dataTransfer", &blob("image/png", b"no pixels"));
    told("This is no image that can be read: PNG, JPEG, WebP or GIF.").await;
    assert!(in_panel(".told.wrong").is_some());
}

/// The bridge of a page where the engine cannot work.
fn without_engine() -> baton::Bridge {
    let (bridge, _) = support::bridge();
    let load: JsValue = get(&bridge, "load");
    let body = "return name => name === 'screenshot'
        ? Promise.resolve({ capture: () => Promise.reject(new Error('the policy forbids it')) })
        : load(name)";
    set(&bridge, "load", &js("load", body, &[&load]));
    bridge
}

#[wasm_bindgen_test]
async fn where_the_page_cannot_be_pictured_the_review_says_why_and_offers_the_rest() {
    open_panel_of(without_engine()).await;
    review_a_bug().await;
    let words = in_panel(".missing").unwrap().text_content().unwrap();
    assert!(words.contains("could not be pictured") && words.contains("the policy forbids it"));
    assert!(in_panel(".add[open]").is_some(), "the ways around it are in sight");
    let first = in_panel(".menu > :first-child").unwrap().text_content().unwrap();
    assert_eq!(first, "Share your screen");
    hand("paste", "ClipboardEvent", "clipboardData", &image("image/png", "teal", 12, 12).await);
    told("The picture was added.").await;
    assert!(in_panel(".missing").is_none());
    let packet = approved().await;
    assert_eq!(names(&packet, "screenshots", "method"), ["upload"]);
    let gaps = js("packet", "return JSON.stringify(packet.evidence.gaps)", &[&packet]);
    assert!(gaps.as_string().unwrap().contains("the policy forbids it"));
}

/// Puts this in the place of the browser's question what to share.
fn answer_with(body: &str) {
    js(
        "body",
        "window.asked = []
        navigator.mediaDevices.getDisplayMedia = new Function('wish', body)",
        &[&body.into()],
    );
}

#[wasm_bindgen_test]
async fn one_frame_of_the_shared_screen_is_taken_and_nothing_stays_shared() {
    reviewed().await;
    answer_with(
        "const host = document.querySelector('[data-baton-ui=widget]')
        window.asked.push({ wish, hidden: host.hidden })
        const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 })
        const context = canvas.getContext('2d')
        const paint = () => { context.fillStyle = 'rgb(250, 120, 10)'; context.fillRect(0, 0, 320, 200) }
        paint()
        setInterval(paint, 40)
        window.stream = canvas.captureStream(25)
        return Promise.resolve(window.stream)",
    );
    button("Share your screen").click();
    told("The picture was added.").await;
    let asked =
        js("", "return JSON.stringify(asked.map(one => [one.hidden, one.wish.video]))", &[]);
    assert_eq!(asked.as_string().as_deref(), Some("[[true,true]]"), "the panel is out of sight");
    let states = js("", "return stream.getTracks().map(track => track.readyState).join()", &[]);
    assert_eq!(states.as_string().as_deref(), Some("ended"));
    let host = document().query_selector("[data-baton-ui=widget]").unwrap().unwrap();
    assert!(!host.has_attribute("hidden"));
    let (width, height, data) = pixels(&baton::extras::preview(2).unwrap()).await;
    assert_eq!((width, height), (320, 200));
    assert!(data[0] > 230 && data[2] < 40, "{:?}", &data[..4]);
    let packet = approved().await;
    assert_eq!(names(&packet, "screenshots", "method"), ["engine", "display_media"]);
}

#[wasm_bindgen_test]
async fn who_does_not_want_to_share_is_told_that_nothing_was() {
    reviewed().await;
    answer_with("return Promise.reject(new DOMException('no', 'NotAllowedError'))");
    button("Share your screen").click();
    told("Nothing was shared.").await;
    answer_with("return Promise.reject(new DOMException('no', 'NotReadableError'))");
    button("Share your screen").click();
    told("The screen could not be captured. You can add an image.").await;
    assert!(baton::extras::preview(2).is_none());
}
