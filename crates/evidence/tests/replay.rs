//! The events of a replay keep their shape, and lose what is secret.

use baton_evidence::redact::{Policy, Redactor};
use baton_evidence::replay::{Events, redact_events};
use serde_json::{Value, json};

fn redacted(events: &Value) -> (Value, Events) {
    let mut redactor = Redactor::new(Policy::default());
    let events = redact_events(&events.to_string(), &mut redactor);
    (serde_json::from_str(&events.json).unwrap(), events)
}

#[test]
fn texts_at_any_depth_are_redacted_and_the_rest_stays() {
    let event = |text: &str, value: &str| {
        json!([
            { "type": 4, "data": { "href": "https://app.test/", "width": 800.5 }, "timestamp": 1 },
            { "type": 2, "data": { "node": { "type": 0, "childNodes": [
                { "type": 2, "tagName": "p", "attributes": { "title": value }, "childNodes": [
                    { "type": 3, "textContent": text, "id": 7 }
                ] }
            ] } } }
        ])
    };
    let raw = event("write to ann@example.com\n\"now\"", "token=sk_live_aaaaaaaaaaaaaaaaaaaaaaaa");
    let (clean, events) = redacted(&raw);
    let text = clean.to_string();
    assert!(!text.contains("ann@example.com") && !text.contains("sk_live_a"), "{text}");
    let node = &clean[1]["data"]["node"]["childNodes"][0];
    assert_eq!(node["childNodes"][0]["textContent"], "write to [e-mail]\n\"now\"");
    assert_eq!(clean[0], raw[0]);
    assert_eq!(events.depth, 8);
}

#[test]
fn what_holds_no_secret_is_the_same_text() {
    let raw = r#"[{"a\"b":"\u0007 \ud83d\ude00 \ud83d tab\t/\/","n":[-1.5e3,null,true,""]}]"#;
    let mut redactor = Redactor::new(Policy::default());
    assert_eq!(redact_events(raw, &mut redactor).json, raw);
    assert!(redactor.into_report().is_empty());
}

#[test]
fn a_secret_behind_escapes_is_found() {
    let raw = r#"["ann\u0040example.com \ud83d\ude00\u0001"]"#;
    let mut redactor = Redactor::new(Policy::default());
    assert_eq!(redact_events(raw, &mut redactor).json, "[\"[e-mail] 😀\\u0001\"]");
    assert_eq!(redactor.into_report()[0].section, "evidence.replay");
}

#[test]
fn style_sheets_and_pictures_are_not_mistaken_for_personal_data() {
    let picture = format!("data:image/png;base64,{}", "iVBORw0KGgo4242424242424242".repeat(4));
    let raw = json!([{ "_cssText": "a { margin: +49 30 1234567 }", "rr_dataURL": picture }]);
    assert_eq!(redacted(&raw).0, raw);
}

#[test]
fn any_text_ends() {
    for raw in ["", "\"", "[\"\\", "[\"\\u12", "}}}]]", "\"a\":\"b", "[\"\\ud800\\ud800\"]"] {
        let mut redactor = Redactor::new(Policy::default());
        assert_eq!(redact_events(raw, &mut redactor).json, raw);
    }
    let deep = "[".repeat(100_000);
    let mut redactor = Redactor::new(Policy::default());
    assert_eq!(redact_events(&deep, &mut redactor).depth, 100_000);
}
