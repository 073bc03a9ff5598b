//! JSON is masked by name and by look, at any depth, and keeps its shape.

use baton_evidence::redact::{Policy, Redactor};
use serde_json::{Value, json};

fn check(data: Value, want: Value, masked: u32) {
    let redact = |data: &Value| {
        let mut object = data.as_object().cloned().expect("an object");
        let mut redactor = Redactor::new(Policy::default());
        redactor.json("app.custom_data", &mut object);
        (Value::Object(object), redactor.into_report().iter().map(|entry| entry.count).sum::<u32>())
    };
    let (once, count) = redact(&data);
    assert_eq!(once, want);
    assert_eq!(count, masked);
    assert_eq!(redact(&once), (want, 0), "redacting twice");
}

#[test]
fn a_secret_name_masks_its_value_at_any_depth() {
    check(
        json!({"a": [{"b": {"apiKey": "abcdef", "user": "ann"}}], "password": 123456}),
        json!({"a": [{"b": {"apiKey": "[token]", "user": "ann"}}], "password": "[password]"}),
        2,
    );
}

#[test]
fn a_secret_name_masks_all_that_is_under_it() {
    check(
        json!({"credentials": {"login": "ann", "list": ["x", 7], "ok": true, "none": null}}),
        json!({"credentials": {"login": "[token]", "list": ["[token]", "[token]"], "ok": true, "none": null}}),
        3,
    );
}

#[test]
fn values_are_masked_by_their_look() {
    check(
        json!({"note": "ann@example.com paid", "pan": 4_242_424_242_424_242_u64, "n": 4}),
        json!({"note": "[e-mail] paid", "pan": "[card ••4242]", "n": 4}),
        2,
    );
}

#[test]
fn lists_of_names_and_values_are_read_as_pairs() {
    check(
        json!({"headers": [{"name": "X-Api-Key", "value": "abcdef"}, {"name": "Accept", "value": "a/b"}]}),
        json!({"headers": [{"name": "X-Api-Key", "value": "[token]"}, {"name": "Accept", "value": "a/b"}]}),
        1,
    );
}

#[test]
fn names_are_masked_without_losing_values() {
    check(
        json!({"seats": {"ann@example.com": 1, "bob@example.com": 2}}),
        json!({"seats": {"[e-mail]": 1, "[e-mail]'": 2}}),
        2,
    );
}

#[test]
fn harmless_data_stays() {
    let data = json!({
        "plan": "pro", "author": "Ann", "keyboard": "qwerty", "tokens": 1500, "hasPassword": true,
        "id": 4_242_424_242_424_242_u64, "created_at": 1_795_554_320_001_u64, "deep": {"x": [1, 2.5]},
    });
    check(data.clone(), data, 0);
}

#[test]
fn bottomless_data_is_cut() {
    let mut data = json!("password=hunter2");
    for _ in 0..1000 {
        data = json!({ "a": data });
    }
    let mut object = data.as_object().cloned().expect("an object");
    Redactor::new(Policy::default()).json("app.custom_data", &mut object);
    let text = Value::Object(object).to_string();
    assert!(!text.contains("hunter2") && text.contains("too deep"));
}
