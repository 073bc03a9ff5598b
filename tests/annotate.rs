//! The editor of a picture in a real browser: what it does to pixels, and what it
//! keeps to itself.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

#[path = "support/hands.rs"]
mod hands;
mod support;

use std::cell::RefCell;
use std::rc::Rc;

use baton_annotation::{look, pixels::cells};
use gloo_events::{EventListener, EventListenerOptions};
use hands::{
    canvas, click, edit, file, find, focused, is_open, key_event, point, press, press_with,
    speckle, speckled,
};
use support::{document, get, pause};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

const SIZE: (u32, u32) = (400, 300);

async fn opened() -> hands::Opened {
    edit(speckled(SIZE.0, SIZE.1).await, SIZE.0, SIZE.1).await
}

fn pixel(bytes: &[u8], width: u32, x: u32, y: u32) -> [u8; 4] {
    bytes[((y * width + x) * 4) as usize..][..4].try_into().unwrap()
}

/// How many pixels are not those of the picture as it came.
fn changed(bytes: &[u8]) -> usize {
    let all = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y)));
    all.filter(|(x, y)| pixel(bytes, SIZE.0, *x, *y) != speckle(*x, *y)).count()
}

fn number(value: &JsValue, key: &str) -> f64 {
    get(value, key).as_f64().unwrap_or_else(|| panic!("{key} is no number"))
}

fn annotations(result: &JsValue) -> Vec<JsValue> {
    js_sys::Array::from(&get(result, "annotations")).iter().collect()
}

#[wasm_bindgen_test]
async fn a_blacked_out_region_is_black_and_what_it_showed_is_nowhere() {
    let editor = opened().await;
    editor.draw("blackout", (100.3, 80.6), (180.7, 120.2));
    let (width, height, bytes) = editor.pixels().await;
    assert_eq!((width, height), SIZE);
    let inside = |x: u32, y: u32| (100..181).contains(&x) && (80..121).contains(&y);
    let mut removed = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let expected = if inside(x, y) { [0, 0, 0, 255] } else { speckle(x, y) };
            assert_eq!(pixel(&bytes, width, x, y), expected, "at {x}, {y}");
            if inside(x, y) {
                removed.push(speckle(x, y));
            }
        }
    }
    assert!(bytes.chunks_exact(4).all(|pixel| !removed.iter().any(|gone| gone == pixel)));
}

#[wasm_bindgen_test]
async fn a_blurred_region_has_one_colour_a_block_and_none_of_its_own() {
    let editor = opened().await;
    editor.draw("blur", (90.4, 60.7), (250.2, 170.9));
    let (width, _, bytes) = editor.pixels().await;
    let (left, top) = (90, 60);
    let block = look::block(width.into());
    assert!(block >= 32);
    let mut colors = Vec::new();
    for (from_y, to_y) in cells(111, block) {
        for (from_x, to_x) in cells(161, block) {
            let first = pixel(&bytes, width, left + from_x as u32, top + from_y as u32);
            for y in from_y..to_y {
                for x in from_x..to_x {
                    let (x, y) = (left + x as u32, top + y as u32);
                    assert_eq!(pixel(&bytes, width, x, y), first, "at {x}, {y}");
                }
            }
            colors.push(first);
        }
    }
    assert!(colors.len() >= 15, "it is no single block");
    // Around it all is as it was.
    assert_eq!(changed(&bytes), 161 * 111);
}

#[wasm_bindgen_test]
async fn what_is_drawn_changes_pixels_and_undo_and_redo_go_both_ways() {
    for tool in ["arrow", "box", "highlight", "freehand"] {
        let editor = opened().await;
        editor.draw(tool, (100.0, 80.0), (200.0, 150.0));
        let result = editor.done().await;
        let (_, _, bytes) = support::pixels(&get(&result, "blob")).await;
        let drawn = changed(&bytes);
        assert!(drawn > 150, "{tool}: {drawn}");
        let list = annotations(&result);
        assert_eq!(list.len(), 1);
        assert_eq!(get(&list[0], "kind").as_string().as_deref(), Some(tool));
        assert!(number(&list[0], "width") >= 100.0 && number(&list[0], "height") >= 70.0);
        assert_eq!(number(&result, "removed"), 0.0);

        let editor = opened().await;
        editor.draw(tool, (100.0, 80.0), (200.0, 150.0));
        editor.draw(tool, (250.0, 80.0), (350.0, 150.0));
        click("undo");
        click("undo");
        click("redo");
        let (_, _, again) = editor.pixels().await;
        assert_eq!(changed(&again), drawn, "{tool}");
    }
}

#[wasm_bindgen_test]
async fn undoing_everything_gives_the_picture_back_as_it_came() {
    let blob = speckled(SIZE.0, SIZE.1).await;
    let editor = edit(blob.clone(), SIZE.0, SIZE.1).await;
    editor.draw("blackout", (100.0, 80.0), (200.0, 150.0));
    editor.draw("blur", (10.0, 10.0), (390.0, 290.0));
    click("undo");
    click("undo");
    let result = editor.done().await;
    assert_eq!(get(&result, "blob"), JsValue::from(blob), "not even encoded again");
    assert_eq!(number(&result, "removed"), 0.0);
    assert!(annotations(&result).is_empty());
}

#[wasm_bindgen_test]
async fn a_crop_keeps_exactly_what_was_chosen() {
    let editor = opened().await;
    editor.draw("highlight", (120.0, 90.0), (160.0, 120.0));
    editor.draw("blackout", (0.0, 0.0), (40.0, 40.0));
    editor.draw("crop", (100.2, 80.4), (219.8, 199.6));
    let result = editor.done().await;
    assert_eq!(get(&result, "cropped").as_bool(), Some(true));
    assert_eq!((number(&result, "x"), number(&result, "y")), (100.0, 80.0));
    assert_eq!((number(&result, "width"), number(&result, "height")), (120.0, 120.0));
    assert_eq!(number(&result, "removed"), 0.0, "that region is not in the picture");
    let list = annotations(&result);
    assert_eq!((number(&list[0], "x"), number(&list[0], "y")), (20.0, 10.0));
    let (width, height, bytes) = support::pixels(&get(&result, "blob")).await;
    assert_eq!((width, height), (120, 120));
    assert_eq!(pixel(&bytes, width, 0, 0), speckle(100, 80));
    assert_eq!(pixel(&bytes, width, 119, 119), speckle(219, 199));
}

#[wasm_bindgen_test]
async fn a_text_is_written_on_the_picture_and_told() {
    let editor = opened().await;
    click("text");
    let canvas = find("canvas").unwrap();
    let at = editor.on_screen((60.0, 50.0));
    point(&canvas, "pointerdown", at, "mouse", 1);
    point(&canvas, "pointerup", at, "mouse", 1);
    assert_eq!(focused().as_deref(), Some("input"));
    let input: HtmlInputElement = find("input").unwrap().unchecked_into();
    input.set_value("here it is");
    // Letters are the field's, not commands.
    assert!(key_event(&input, "keydown", "z", false));
    press("Enter");
    assert_eq!(focused().as_deref(), Some("canvas"));
    assert!(find("[role=status]").unwrap().text_content().unwrap().contains("Text"));
    let result = editor.done().await;
    let list = annotations(&result);
    assert_eq!(get(&list[0], "text").as_string().as_deref(), Some("here it is"));
    let (_, _, bytes) = support::pixels(&get(&result, "blob")).await;
    assert!(changed(&bytes) > 500);
    let plate = pixel(&bytes, SIZE.0, 61, 51);
    assert_eq!(plate, [0xd8, 0x1e, 0x1e, 255]);
}

#[wasm_bindgen_test]
async fn the_keyboard_alone_goes_from_the_opening_to_the_picture() {
    let editor = opened().await;
    assert_eq!(focused().as_deref(), Some("arrow"));
    // To "black out", six further, in the toolbar.
    for _ in 0..6 {
        press("ArrowRight");
    }
    assert_eq!(focused().as_deref(), Some("blackout"));
    press("Enter");
    // Backwards to the picture: the tools are one stop, and the first after it.
    find("canvas").unwrap().focus().unwrap();
    press("ArrowLeft");
    press("Enter");
    for _ in 0..5 {
        press("ArrowRight");
        press("ArrowDown");
    }
    press_with("ArrowRight", true);
    press("Enter");
    find("[data-do=done]").unwrap().focus().unwrap();
    press("Enter");
    let result = editor.answer().await.unwrap();
    assert_eq!(number(&result, "removed"), 1.0);
    let (_, _, bytes) = support::pixels(&get(&result, "blob")).await;
    let black = bytes.chunks_exact(4).filter(|pixel| *pixel == [0, 0, 0, 255]).count();
    assert!(black > 400, "{black} black pixels");
}

#[wasm_bindgen_test]
async fn tab_stays_in_the_editor() {
    let editor = opened().await;
    find("[data-do=cancel]").unwrap().focus().unwrap();
    press_with("Tab", true);
    assert_eq!(focused().as_deref(), Some("undo"), "from the first to the last");
    press("Tab");
    assert_eq!(focused().as_deref(), Some("cancel"));
    // A toolbar is one stop.
    let stops = find("dialog").unwrap().query_selector_all("[role=toolbar] [tabindex='0']");
    assert_eq!(stops.unwrap().length(), 3);
    click("cancel");
    assert!(editor.answer().await.unwrap().is_null());
}

#[wasm_bindgen_test]
async fn a_finger_draws_and_two_fingers_only_look() {
    let editor = opened().await;
    click("blackout");
    editor.drag_with("touch", (100.0, 80.0), (180.0, 120.0));
    let canvas = find("canvas").unwrap();
    let at = |x, y| editor.on_screen((x, y));
    point(&canvas, "pointerdown", at(200.0, 150.0), "touch", 1);
    point(&canvas, "pointermove", at(210.0, 150.0), "touch", 1);
    point(&canvas, "pointerdown", at(300.0, 200.0), "touch", 2);
    point(&canvas, "pointermove", at(350.0, 250.0), "touch", 2);
    point(&canvas, "pointermove", at(150.0, 100.0), "touch", 1);
    point(&canvas, "pointerup", at(350.0, 250.0), "touch", 2);
    point(&canvas, "pointerup", at(150.0, 100.0), "touch", 1);
    let result = editor.done().await;
    assert_eq!(number(&result, "removed"), 1.0);
}

#[wasm_bindgen_test]
async fn nothing_that_is_done_in_it_reaches_the_page() {
    let names = [
        "keydown",
        "keypress",
        "keyup",
        "pointerdown",
        "pointermove",
        "pointerup",
        "mousedown",
        "mouseup",
        "click",
        "touchstart",
        "touchend",
        "wheel",
        "input",
        "beforeinput",
        "focusin",
        "copy",
        "paste",
    ];
    let heard = Rc::new(RefCell::new(Vec::new()));
    let window = web_sys::window().unwrap();
    let mut listeners = Vec::new();
    let field: HtmlElement = document().create_element("input").unwrap().unchecked_into();
    document().body().unwrap().append_child(&field).unwrap();
    field.focus().unwrap();
    let capture = EventListenerOptions::run_in_capture_phase();
    for name in names {
        let log = |place: &'static str| {
            let heard = Rc::clone(&heard);
            move |event: &web_sys::Event| {
                heard.borrow_mut().push(format!("{} at {place}", event.type_()));
            }
        };
        listeners.push(EventListener::new(&window, name, log("window")));
        listeners.push(EventListener::new_with_options(&document(), name, capture, log("capture")));
        listeners.push(EventListener::new(&document().body().unwrap(), name, log("body")));
    }
    let editor = opened().await;
    heard.borrow_mut().clear();
    editor.draw("arrow", (100.0, 80.0), (180.0, 120.0));
    let canvas = find("canvas").unwrap();
    for name in ["mousedown", "mouseup", "touchstart", "touchend", "wheel", "copy", "paste"] {
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        let event = match name {
            "wheel" => web_sys::WheelEvent::new(name).unwrap().into(),
            _ => web_sys::Event::new_with_event_init_dict(name, &init).unwrap(),
        };
        canvas.dispatch_event(&event).unwrap();
    }
    canvas.focus().unwrap();
    for key in ["a", "ArrowLeft", "Enter", "Delete", "Enter"] {
        press(key);
    }
    key_event(&canvas, "keypress", "x", false);
    // A key whose press opened the editor comes up in it; one pressed on the page's
    // body, because the focus was lost, is ours, too.
    key_event(&canvas, "keyup", "Enter", false);
    key_event(&document().body().unwrap(), "keydown", "b", false);
    key_event(&document().body().unwrap(), "keyup", "b", false);
    // Closes it while the key is down: it comes up in the page.
    key_event(&canvas, "keydown", "Escape", false);
    key_event(&canvas, "keyup", "Escape", false);
    if is_open() {
        key_event(&canvas, "keydown", "Escape", false);
    }
    assert!(!is_open());
    assert_eq!(document().active_element(), Some(field.clone().into()));
    // That the focus is back is the page's own affair.
    heard.borrow_mut().retain(|one: &String| !one.contains("focusin"));
    key_event(&field, "keyup", "Escape", false);
    assert_eq!(*heard.borrow(), Vec::<String>::new());
    assert!(editor.answer().await.unwrap().is_null());
    // From now on the page hears its own again.
    key_event(&field, "keydown", "Escape", false);
    key_event(&field, "keyup", "Escape", false);
    assert_eq!(heard.borrow().len(), 6, "{:?}", heard.borrow());
    field.remove();
}

#[wasm_bindgen_test]
async fn escape_leaves_a_drawing_in_progress_then_the_editor() {
    let editor = opened().await;
    click("box");
    let canvas = find("canvas").unwrap();
    point(&canvas, "pointerdown", editor.on_screen((50.0, 50.0)), "mouse", 1);
    point(&canvas, "pointermove", editor.on_screen((90.0, 90.0)), "mouse", 1);
    press("Escape");
    assert!(is_open());
    press("Escape");
    assert!(!is_open());
    assert!(editor.answer().await.unwrap().is_null());
}

#[wasm_bindgen_test]
async fn the_focus_goes_back_into_the_shadow_tree_it_came_from() {
    let host = document().create_element("div").unwrap();
    let root =
        host.attach_shadow(&web_sys::ShadowRootInit::new(web_sys::ShadowRootMode::Open)).unwrap();
    let button: HtmlElement = document().create_element("button").unwrap().unchecked_into();
    root.append_child(&button).unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    button.focus().unwrap();
    let editor = opened().await;
    assert_eq!(root.active_element(), None);
    click("cancel");
    assert!(editor.answer().await.unwrap().is_null());
    assert_eq!(root.active_element(), Some(button.into()));
    host.remove();
}

#[wasm_bindgen_test]
async fn a_picture_keeps_its_type() {
    for media_type in ["image/png", "image/jpeg", "image/webp"] {
        let (canvas, context) = canvas(200, 100);
        context.set_fill_style_str("#369");
        context.fill_rect(0.0, 0.0, 200.0, 100.0);
        let editor = edit(file(&canvas, media_type).await, 200, 100).await;
        editor.draw("blackout", (20.0, 20.0), (60.0, 60.0));
        let result = editor.done().await;
        assert_eq!(get(&get(&result, "blob"), "type").as_string().as_deref(), Some(media_type));
        let (width, _, bytes) = support::pixels(&get(&result, "blob")).await;
        let [red, green, blue, _] = pixel(&bytes, width, 40, 40);
        assert!(red < 4 && green < 4 && blue < 4, "{media_type}: {red} {green} {blue}");
    }
}

#[wasm_bindgen_test]
async fn what_is_no_picture_is_refused_and_the_next_can_be_edited() {
    let text = web_sys::Blob::new_with_str_sequence(&js_sys::Array::of1(&"no".into())).unwrap();
    let (bridge, _) = support::bridge();
    baton::annotate::attach(bridge);
    assert!(baton::annotate::edit(text).await.is_err());
    assert!(!is_open());
    let editor = opened().await;
    let blob = speckled(10, 10).await;
    assert!(baton::annotate::edit(blob).await.is_err(), "one at a time");
    for kind in ["element", "planet"] {
        assert!(JsFuture::from(baton::annotate::pick(kind)).await.is_err(), "{kind}");
    }
    click("cancel");
    assert!(editor.answer().await.unwrap().is_null());
}

#[wasm_bindgen_test]
async fn a_page_that_throws_it_away_gets_its_keys_back() {
    let _lost = opened().await;
    document().query_selector("[data-baton-ui=annotate]").unwrap().unwrap().remove();
    let heard = Rc::new(RefCell::new(0));
    let counter = Rc::clone(&heard);
    let listener = EventListener::new(&document(), "keydown", move |_| *counter.borrow_mut() += 1);
    key_event(&document().body().unwrap(), "keydown", "a", false);
    assert_eq!(*heard.borrow(), 1);
    drop(listener);
    let editor = opened().await;
    click("cancel");
    assert!(editor.answer().await.unwrap().is_null());
}

#[wasm_bindgen_test]
async fn no_style_element_or_attribute_comes_with_it() {
    let editor = opened().await;
    assert!(find("style").is_none());
    let dialog = find("dialog").unwrap();
    assert_eq!(dialog.get_attribute("role").as_deref(), Some("dialog"));
    assert_eq!(dialog.get_attribute("aria-modal").as_deref(), Some("true"));
    let unnamed = dialog.query_selector_all("button").unwrap();
    for at in 0..unnamed.length() {
        let button: HtmlElement = unnamed.item(at).unwrap().unchecked_into();
        let name = button.get_attribute("aria-label").or_else(|| button.text_content());
        assert!(name.is_some_and(|name| name.len() > 2));
        let rect = button.get_bounding_client_rect();
        assert!(rect.width() >= 44.0 && rect.height() >= 44.0, "{:?}", button.text_content());
    }
    click("cancel");
    editor.answer().await.unwrap();
}

#[wasm_bindgen_test]
async fn a_very_tall_picture_stays_responsive() {
    let (canvas, context) = canvas(1280, 8000);
    context.set_fill_style_str("#dde");
    context.fill_rect(0.0, 0.0, 1280.0, 8000.0);
    let editor = edit(file(&canvas, "image/png").await, 1280, 8000).await;
    click("freehand");
    let target = find("canvas").unwrap();
    let now = || web_sys::window().unwrap().performance().unwrap().now();
    point(&target, "pointerdown", editor.on_screen((100.0, 100.0)), "mouse", 1);
    let mut longest: f64 = 0.0;
    for step in 0..30 {
        let began = now();
        let at = (100.0 + f64::from(step) * 10.0, 100.0 + f64::from(step % 7) * 9.0);
        point(&target, "pointermove", editor.on_screen(at), "mouse", 1);
        longest = longest.max(now() - began);
        pause(5).await;
    }
    point(&target, "pointerup", editor.on_screen((400.0, 130.0)), "mouse", 1);
    assert!(longest < 50.0, "a move took {longest} ms");
    let result = editor.done().await;
    assert_eq!((number(&result, "width"), number(&result, "height")), (1280.0, 8000.0));
    assert_eq!(annotations(&result).len(), 1);
}
