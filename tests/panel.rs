//! The panel in a real browser: what it shows, and what it keeps to itself.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

mod support;

use std::cell::Cell;
use std::rc::Rc;

use support::{call, document, in_panel, open_panel as start, pause, press, shown, write};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn names(events: &js_sys::Array) -> Vec<String> {
    events.iter().filter_map(|event| js_sys::Array::from(&event).get(0).as_string()).collect()
}

#[wasm_bindgen_test]
async fn a_report_leads_to_a_review_that_lists_what_will_be_sent() {
    let events = start().await;
    write("The export fails with error 500 every time I try it.").await;
    shown(".card .primary").await.click();
    shown("footer .primary").await;
    let listed = in_panel(".items").unwrap().text_content().unwrap();
    assert!(listed.contains("Conversation"), "{listed}");
    assert!(listed.contains("The export fails with error 500"), "{listed}");
    let names = names(&events);
    for expected in ["open", "message", "triage", "escalation"] {
        assert!(names.iter().any(|name| name == expected), "{expected} in {names:?}");
    }
    assert!(!names.iter().any(|name| name.starts_with("handoff")), "{names:?}");
}

#[wasm_bindgen_test]
async fn markup_in_a_message_stays_text() {
    start().await;
    write("<img src=x onerror=alert(1)><b>bold</b>").await;
    shown(".bubble.mine").await;
    assert!(in_panel(".bubble.mine img, .bubble.mine b").is_none());
    let text = in_panel(".bubble.mine p").unwrap().text_content().unwrap();
    assert_eq!(text, "<img src=x onerror=alert(1)><b>bold</b>");
}

#[wasm_bindgen_test]
async fn keys_typed_in_the_panel_are_nobodys_shortcut() {
    start().await;
    let heard = Rc::new(Cell::new(0));
    let counter = Rc::clone(&heard);
    let listener = gloo_events::EventListener::new(&document(), "keydown", move |_| {
        counter.set(counter.get() + 1);
    });
    press(&shown("textarea").await.into(), "k");
    assert_eq!(heard.get(), 0);
    press(&document().body().unwrap(), "k");
    assert_eq!(heard.get(), 1, "the listener does hear the page's own keys");
    drop(listener);
}

#[wasm_bindgen_test]
async fn escape_closes_and_opening_again_keeps_the_conversation() {
    let events = start().await;
    write("hello").await;
    shown(".bubble.mine").await;
    press(&shown("textarea").await.into(), "Escape");
    pause(20).await;
    let host = document().query_selector("[data-baton-ui=widget]").unwrap().unwrap();
    assert!(host.has_attribute("hidden"));
    call("open", JsValue::UNDEFINED).await.unwrap();
    assert!(!host.has_attribute("hidden"));
    assert!(in_panel(".bubble.mine").is_some());
    let seen = names(&events);
    assert_eq!(seen.iter().filter(|name| *name == "open").count(), 2, "{seen:?}");
    assert_eq!(seen.iter().filter(|name| *name == "close").count(), 1, "{seen:?}");
}

#[wasm_bindgen_test]
async fn destroy_leaves_nothing_and_a_new_start_is_fresh() {
    start().await;
    write("hello").await;
    shown(".bubble.mine").await;
    baton::widget::destroy();
    assert!(document().query_selector("[data-baton-ui=widget]").unwrap().is_none());
    assert!(call("open", JsValue::UNDEFINED).await.is_err());
    start().await;
    assert!(in_panel(".bubble.mine").is_none());
    let hosts = document().query_selector_all("[data-baton-ui=widget]").unwrap();
    assert_eq!(hosts.length(), 1);
}

#[wasm_bindgen_test]
async fn a_wrong_call_is_refused_with_what_is_wrong() {
    start().await;
    let told = |result: Result<JsValue, JsValue>| {
        String::from(result.unwrap_err().unchecked_into::<js_sys::Error>().message())
    };
    assert!(told(call("triage", JsValue::from(5)).await).contains("text must be a string"));
    assert!(told(call("handoff", JsValue::UNDEFINED).await).contains("consent"));
    assert!(told(call("buildPacket", JsValue::from("x")).await).contains("must be an object"));
}

#[wasm_bindgen_test]
async fn triage_resolves_to_plain_data() {
    start().await;
    let text = "Someone hacked my account and changed the password";
    let result = call("triage", JsValue::from(text)).await.unwrap();
    assert_eq!(support::get(&result, "intent").as_string().as_deref(), Some("security"));
    assert!(support::get(&support::get(&result, "confidence"), "intent").as_f64().is_some());
    assert!(js_sys::Array::is_array(&support::get(&result, "topics")));
}

#[wasm_bindgen_test]
async fn no_style_element_or_attribute_is_used() {
    // A host with `style-src 'self'` would block either.
    start().await;
    assert!(in_panel("style, [style]").is_none());
    let host = document().query_selector("[data-baton-ui=widget]").unwrap().unwrap();
    let sheets = support::get(&host.shadow_root().unwrap(), "adoptedStyleSheets");
    assert_eq!(js_sys::Array::from(&sheets).length(), 1);
}

#[wasm_bindgen_test]
async fn more_words_by_the_page_do_not_throw_the_case_away() {
    start().await;
    write("The export fails with error 500 every time I try it.").await;
    shown(".card .primary").await;
    assert!(baton::extras::preview(1).is_some());
    call("ask", JsValue::from("It began this morning.")).await.unwrap();
    assert!(baton::extras::preview(1).is_some(), "the picture of the moment is gone");
    // The card of the stale draft goes first.
    pause(300).await;
    shown(".card .primary").await.click();
    shown("footer .primary").await;
    let listed = in_panel(".items").unwrap().text_content().unwrap();
    assert!(listed.contains("It began this morning."), "{listed}");
}
