//! Choosing a part of the page, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

#[path = "support/hands.rs"]
mod hands;
mod support;

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use hands::{click, find, is_open, key_event, pick, point, press};
use support::{document, get, pause};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, MouseEvent};

wasm_bindgen_test_configure!(run_in_browser);

/// A card with two buttons, one of them in a shadow tree; gone when dropped.
struct Card(HtmlElement);

impl Drop for Card {
    fn drop(&mut self) {
        self.0.remove();
    }
}

const HTML: &str = "<section id=card><button id=one>One</button><b id=gone hidden>x</b>\
    <span id=host></span></section>";
const STYLE: &str = "position:fixed;left:40px;top:30px;width:300px;height:120px;background:#fff";

impl Card {
    fn new() -> Self {
        let card: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        card.set_inner_html(HTML);
        card.set_attribute("style", STYLE).unwrap();
        document().body().unwrap().append_child(&card).unwrap();
        let host = Self::element("host");
        let init = web_sys::ShadowRootInit::new(web_sys::ShadowRootMode::Open);
        host.attach_shadow(&init).unwrap().set_inner_html("<button id=two>Two</button>");
        Self(card)
    }

    fn element(id: &str) -> Element {
        document().get_element_by_id(id).unwrap()
    }

    fn two() -> Element {
        Self::element("host").shadow_root().unwrap().get_element_by_id("two").unwrap()
    }
}

fn middle(element: &Element) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (rect.left() + rect.width() / 2.0, rect.top() + rect.height() / 2.0)
}

fn dialog() -> HtmlElement {
    find("dialog").unwrap()
}

/// What a device sends when it is clicked: all on the uppermost element.
fn click_at((x, y): (f64, f64), device: &str) {
    for name in ["pointermove", "pointerdown", "pointerup", "click"] {
        if is_open() {
            point(&dialog(), name, (x, y), device, 1);
        }
    }
}

/// All that listeners of the page hear of pointers and keys.
fn listen() -> (Rc<RefCell<Vec<String>>>, Vec<EventListener>) {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let capture = EventListenerOptions::run_in_capture_phase();
    let names = [
        "pointerdown",
        "pointermove",
        "pointerup",
        "mousedown",
        "mouseup",
        "click",
        "keydown",
        "keyup",
        "keypress",
        "wheel",
    ];
    let listeners = names.map(|name| {
        let heard = Rc::clone(&heard);
        EventListener::new_with_options(&document(), name, capture, move |event| {
            heard.borrow_mut().push(event.type_());
        })
    });
    (heard, listeners.into())
}

#[wasm_bindgen_test]
async fn a_click_takes_the_element_under_it_also_in_a_shadow_tree() {
    let _card = Card::new();
    for expected in [Card::element("one"), Card::two(), Card::element("card")] {
        let (heard, _listeners) = listen();
        let picker = pick("element").await;
        let at = match expected.id().as_str() {
            "card" => (320.0, 40.0),
            _ => middle(&expected),
        };
        point(&dialog(), "pointermove", at, "mouse", 1);
        let frame = find(".frame").unwrap().get_bounding_client_rect();
        let rect = expected.get_bounding_client_rect();
        assert!((frame.width() - rect.width()).abs() <= 1.0, "{}", expected.id());
        assert!((frame.left() - rect.left()).abs() <= 1.0, "{}", expected.id());
        click_at(at, "mouse");
        assert!(!is_open());
        let answer = picker.answer().await.unwrap();
        assert_eq!(get(&answer, "element"), JsValue::from(expected));
        assert_eq!(*heard.borrow(), Vec::<String>::new());
    }
}

#[wasm_bindgen_test]
async fn arrow_keys_go_around_and_enter_takes() {
    let _card = Card::new();
    let (heard, _listeners) = listen();
    let picker = pick("element").await;
    point(&dialog(), "pointermove", middle(&Card::element("one")), "mouse", 1);
    press("ArrowRight"); // over what is hidden, to the host
    press("ArrowDown"); // into its shadow tree
    assert!(find(".label").unwrap().text_content().unwrap().starts_with("button"));
    press("ArrowUp");
    press("ArrowLeft");
    press("ArrowUp");
    press("ArrowDown");
    press("ArrowRight");
    press("ArrowDown");
    press("Enter");
    let answer = picker.answer().await.unwrap();
    assert_eq!(get(&answer, "element"), JsValue::from(Card::two()));
    assert_eq!(*heard.borrow(), Vec::<String>::new(), "nor the keyup after the end");
}

#[wasm_bindgen_test]
async fn a_finger_chooses_and_the_button_takes() {
    let _card = Card::new();
    let picker = pick("element").await;
    click_at(middle(&Card::element("one")), "touch");
    assert!(is_open(), "the finger covers what it chooses");
    click("larger");
    click("smaller");
    click("take");
    let answer = picker.answer().await.unwrap();
    assert_eq!(get(&answer, "element"), JsValue::from(Card::element("one")));
}

#[wasm_bindgen_test]
async fn escape_and_cancel_take_nothing_and_give_the_focus_back() {
    let _card = Card::new();
    let one: HtmlElement = Card::element("one").unchecked_into();
    for kind in ["element", "region"] {
        one.focus().unwrap();
        let picker = pick(kind).await;
        press("Escape");
        assert!(picker.answer().await.unwrap().is_null());
        assert_eq!(document().active_element(), Some(one.clone().into()));
        let picker = pick(kind).await;
        click("cancel");
        assert!(picker.answer().await.unwrap().is_null());
        assert!(!is_open());
    }
}

#[wasm_bindgen_test]
async fn the_page_sees_no_change_but_our_element() {
    let _card = Card::new();
    let seen = js_sys::Array::new();
    let callback = js_sys::Function::new_with_args(
        "seen",
        "const o = new MutationObserver(list => seen.push(...list)); \
         o.observe(document, {subtree: true, childList: true, attributes: true, characterData: true}); \
         return o",
    );
    let observer = callback.call1(&JsValue::NULL, &seen).unwrap();
    let picker = pick("element").await;
    click_at(middle(&Card::two()), "mouse");
    picker.answer().await.unwrap();
    pause(20).await;
    let stop: js_sys::Function = get(&observer, "disconnect").unchecked_into();
    stop.call0(&observer).unwrap();
    // Its own colours are set on our element.
    let of_page = |record: &JsValue| {
        let target: Element = get(record, "target").unchecked_into();
        target.get_attribute("data-baton-ui").as_deref() != Some("annotate")
    };
    let seen: Vec<JsValue> = seen.iter().filter(of_page).collect();
    assert_eq!(seen.len(), 2);
    for record in &seen {
        assert_eq!(get(record, "type").as_string().as_deref(), Some("childList"));
        for list in ["addedNodes", "removedNodes"] {
            let node = get(&get(record, list), "0");
            let is_ours = node.dyn_ref::<Element>().is_none_or(|node| {
                node.get_attribute("data-baton-ui").as_deref() == Some("annotate")
            });
            assert!(is_ours);
        }
    }
}

#[wasm_bindgen_test]
async fn a_region_is_dragged_and_the_late_events_of_the_mouse_stay_ours() {
    for device in ["mouse", "touch"] {
        let (heard, _listeners) = listen();
        let picker = pick("region").await;
        point(&dialog(), "pointerdown", (60.0, 50.0), device, 1);
        point(&dialog(), "pointermove", (100.0, 80.0), device, 1);
        point(&dialog(), "pointermove", (260.0, 170.0), device, 1);
        let frame = find(".frame").unwrap().get_bounding_client_rect();
        assert_eq!((frame.width(), frame.height()), (200.0, 120.0));
        point(&dialog(), "pointerup", (260.0, 170.0), device, 1);
        for late in ["mouseup", "click"] {
            let event = MouseEvent::new_with_mouse_event_init_dict(late, &{
                let init = web_sys::MouseEventInit::new();
                init.set_bubbles(true);
                init.set_composed(true);
                init
            });
            dialog().dispatch_event(&event.unwrap()).unwrap();
        }
        let answer = picker.answer().await.unwrap();
        let region: Vec<f64> = js_sys::Array::from(&get(&answer, "region"))
            .iter()
            .filter_map(|side| side.as_f64())
            .collect();
        assert_eq!(region, [60.0, 50.0, 200.0, 120.0]);
        assert_eq!(*heard.borrow(), Vec::<String>::new());
    }
}

#[wasm_bindgen_test]
async fn a_region_is_chosen_by_the_keyboard_alone() {
    let picker = pick("region").await;
    press("ArrowUp");
    assert!(!find(".cross").unwrap().hidden());
    press("Enter");
    for _ in 0..4 {
        press("ArrowRight");
        press("ArrowDown");
    }
    press("Enter");
    let answer = picker.answer().await.unwrap();
    let region = get(&answer, "region");
    assert_eq!(get(&region, "2").as_f64(), Some(64.0));
    assert_eq!(get(&region, "3").as_f64(), Some(64.0));
}

#[wasm_bindgen_test]
async fn keys_never_go_to_a_field_of_the_page() {
    let card = Card::new();
    let field: HtmlElement = document().create_element("input").unwrap().unchecked_into();
    card.0.append_child(&field).unwrap();
    let picker = pick("element").await;
    // A page that fights for the focus.
    field.focus().unwrap();
    assert!(!key_event(&field, "keydown", "a", false), "it would be typed");
    assert_eq!(
        find("dialog")
            .and_then(|dialog| dialog.get_root_node().dyn_into().ok())
            .and_then(|root: web_sys::ShadowRoot| root.active_element()),
        Some(dialog().into())
    );
    press("Escape");
    picker.answer().await.unwrap();
}
