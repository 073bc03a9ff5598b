//! What `drain()` returns becomes evidence: ordered, redacted, cut, with gaps for
//! what could not be read.

use baton_evidence::normalise::{MAX_BODY_CHARS, MAX_TEXT_CHARS, normalise};
use baton_evidence::redact::{Policy, Redactor};
use baton_packet::{ErrorKind, Evidence, NetworkFailure, StepAction};
use serde_json::{Value, json};

const ORIGIN: f64 = 1_795_554_320_000.0;

fn evidence(drained: Value) -> Evidence {
    normalise(&drained, &mut Redactor::new(Policy::default()))
}

fn console(records: Value) -> Evidence {
    let ring = json!({"cap": 200, "dropped": 3, "records": records});
    evidence(json!({"time_origin": ORIGIN, "console": ring}))
}

#[test]
fn every_kind_of_record_arrives() {
    let found = evidence(json!({
        "time_origin": ORIGIN,
        "console": {"cap": 2, "dropped": 1, "records": [
            {"ms": 5.5, "at": ORIGIN + 5.5, "level": "warn", "text": "password=hunter2"}]},
        "errors": {"cap": 2, "dropped": 0, "records": [
            {"ms": 6, "at": ORIGIN, "kind": "uncaught", "name": "TypeError", "message": "x",
             "source": "https://a.example/a.js?token=abc", "line": 3, "column": 0, "stack": "at a"}]},
        "network": {"cap": 2, "dropped": 0, "records": [
            {"ms": 7, "at": ORIGIN, "initiator": "fetch", "method": "post", "url": "/x?key=abc",
             "status": 503, "duration": 12.5},
            {"ms": 8, "at": ORIGIN, "initiator": "xhr", "method": "GET", "url": "/y",
             "failure": "timeout", "failure_text": "timed out"}]},
        "steps": {"cap": 2, "dropped": 0, "records": [
            {"ms": 9, "at": ORIGIN, "action": "click", "target": "button “Save”",
             "selectors": ["#save"], "url": "/projects"}]},
        "gaps": [{"stage": "console", "reason": "console is frozen"}],
    }));
    let line = &found.console.records[0];
    assert_eq!((line.message.as_str(), line.ms), ("password=[password]", 5.5));
    assert_eq!(line.at.as_str(), "2026-11-24T21:05:20.005Z");
    assert_eq!((found.console.cap, found.console.dropped), (2, 1));
    let error = &found.errors.records[0];
    assert_eq!((error.kind, error.line, error.column), (ErrorKind::Uncaught, Some(3), None));
    assert_eq!(error.source.as_deref(), Some("https://a.example/a.js?token=[token]"));
    let [answered, failed] = &found.network.records[..] else { panic!("two requests") };
    assert_eq!((answered.method.as_str(), answered.url.as_str()), ("POST", "/x?key=[token]"));
    assert_eq!((answered.status, answered.duration_ms), (Some(503), Some(12.5)));
    assert_eq!((failed.status, failed.failure), (None, Some(NetworkFailure::Timeout)));
    assert_eq!(found.steps.records[0].action, StepAction::Click);
    assert_eq!(found.gaps.len(), 1);
}

#[test]
fn an_unreadable_record_becomes_a_counted_gap_and_costs_no_other() {
    let found = console(json!([
        {"ms": 1, "at": ORIGIN, "level": "log", "text": "kept"},
        {"ms": 2, "at": ORIGIN, "level": "shout", "text": "unknown level"},
        {"ms": 3, "at": ORIGIN, "level": "log", "text": 5},
        "no record", null,
        {"level": "log", "text": "kept, too", "more": [1]},
    ]));
    assert_eq!(found.console.records.len(), 2);
    assert_eq!(found.gaps[0].stage, "console");
    assert_eq!(found.gaps[0].reason, "4 records could not be read");
}

#[test]
fn rings_of_any_type_are_read() {
    for drained in [
        json!({}),
        json!({"console": null, "gaps": null}),
        json!({"console": 5, "errors": [], "network": {"records": {}}, "gaps": [1, {"stage": 1}]}),
        json!({"console": {"cap": -1, "dropped": "x", "records": []}, "time_origin": "x"}),
    ] {
        let found = evidence(drained);
        assert!(found.console.records.is_empty());
        assert_eq!(found.console.cap, 0);
    }
}

#[test]
fn records_are_ordered_by_the_monotonic_clock() {
    let found = console(json!([
        {"ms": 30, "at": ORIGIN, "level": "log", "text": "c"},
        {"ms": 10, "at": ORIGIN, "level": "log", "text": "a"},
        {"ms": 20, "at": ORIGIN, "level": "log", "text": "b"},
        {"ms": 20, "at": ORIGIN, "level": "log", "text": "b2"},
    ]));
    let order: Vec<&str> = found.console.records.iter().map(|r| r.message.as_str()).collect();
    assert_eq!(order, ["a", "b", "b2", "c"]);
}

#[test]
fn each_clock_stands_in_for_the_other() {
    let found = console(json!([
        {"ms": 1000, "level": "log", "text": "no wall time"},
        {"ms": 2000, "at": 5, "level": "log", "text": "absurd wall time"},
        {"at": ORIGIN + 3000.0, "level": "log", "text": "no monotonic time"},
    ]));
    let times: Vec<(&str, f64)> =
        found.console.records.iter().map(|r| (r.at.as_str(), r.ms)).collect();
    assert_eq!(
        times,
        [
            ("2026-11-24T21:05:21.000Z", 1000.0),
            ("2026-11-24T21:05:22.000Z", 2000.0),
            ("2026-11-24T21:05:23.000Z", 3000.0),
        ]
    );
}

#[test]
fn long_text_is_cut_visibly_and_leaks_no_half_secret() {
    let mut text = "é".repeat(MAX_TEXT_CHARS - 12);
    text.push_str(" password=hunter2hunter2hunter2 ");
    text.push_str(&"z".repeat(300_000));
    let found = console(json!([{"ms": 1, "at": ORIGIN, "level": "log", "text": text}]));
    let message = &found.console.records[0].message;
    assert!(message.chars().count() < MAX_TEXT_CHARS + 40);
    assert!(message.ends_with(" characters]") && message.contains("… [cut, 3"));
    assert!(!message.contains("hunter"));
}

#[test]
fn names_and_selectors_of_elements_hide_no_half_secret() {
    let token =
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkFubiJ9.q7Zp9xK2mVt4RbW8";
    let found = evidence(json!({"steps": {"cap": 2, "dropped": 0, "records": [{
        "ms": 1, "at": ORIGIN, "action": "click",
        "target": format!("button “Copy the token of this session, {token} {}” (button)", "and more ".repeat(9)),
        "selectors": ["css=#ann\\@example\\.com", "css=#save\\:now"],
    }]}}));
    let step = &found.steps.records[0];
    let start = "button “Copy the token of this session, [token] and more ";
    assert!(
        step.target.starts_with(start) && step.target.ends_with("…” (button)"),
        "{}",
        step.target
    );
    assert_eq!(
        step.target.chars().count(),
        "button “".len() - 2 + 79 + "…” (button)".chars().count()
    );
    assert_eq!(step.selectors, ["css=#[e-mail]", "css=#save\\:now"]);
}

#[test]
fn what_is_no_snapshot_at_all_is_a_gap() {
    for drained in [json!(null), json!("x"), json!([])] {
        assert_eq!(evidence(drained).gaps[0].stage, "sensors");
    }
    assert!(evidence(json!({})).gaps.is_empty());
}

#[test]
fn headers_bodies_and_steps_are_judged_by_their_names() {
    let found = evidence(json!({
        "time_origin": ORIGIN,
        "network": {"cap": 2, "dropped": 0, "records": [{
            "ms": 7, "at": ORIGIN, "initiator": "fetch", "method": "POST", "url": "/x",
            "request": {
                "headers": [
                    {"name": "Authorization", "value": "Bearer abc"},
                    {"name": "Cookie", "value": "opaque"},
                    {"name": "Accept", "value": "a/b"}],
                "type": "application/x-www-form-urlencoded", "body": "password=hunter2&a=b"},
            "response": {"type": "application/json", "body": "{\"pin\":4711,\"a\":{\"token\":\"cut o"},
        }]},
        "steps": {"cap": 9, "dropped": 0, "records": [
            {"ms": 9, "at": ORIGIN, "action": "input", "target": "field “Security code”",
             "selectors": ["css=#f > input"], "value": "737", "url": "/pay",
             "field": {"kind": "text", "length": 3, "private": false}},
            {"ms": 9, "at": ORIGIN, "action": "input", "target": "field",
             "selectors": ["css=input[name=\"api_key\"]"], "value": "abcdef", "url": "/pay"},
            {"ms": 9, "at": ORIGIN, "action": "input", "target": "field “Contact” (email)",
             "selectors": [], "value": "ann@exa", "url": "/pay",
             "field": {"kind": "email", "length": 7, "private": false}},
            {"ms": 9, "at": ORIGIN, "action": "click", "target": "link “ann@example.com”",
             "selectors": ["role=link[name=\"ann@example.com\"]", "css=#save"], "url": "/pay"},
            {"ms": 9, "at": ORIGIN, "action": "input", "target": "field “Title”",
             "selectors": ["css=#title"], "value": "Q3 report", "url": "/pay"}]},
    }));
    let request = found.network.records[0].request.as_ref().expect("request");
    let headers: Vec<_> =
        request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!(
        headers,
        [("authorization", "Bearer [token]"), ("cookie", "[session]"), ("accept", "a/b")]
    );
    assert_eq!(request.body.as_deref(), Some("password=[password]&a=b"));
    let response = found.network.records[0].response.as_ref().expect("response");
    assert_eq!(response.body.as_deref(), Some("{\"pin\":\"[token]\",\"a\":{\"token\":\"[token]"));
    let values: Vec<_> = found.steps.records.iter().map(|step| step.value.as_deref()).collect();
    assert_eq!(
        values,
        [Some("[token]"), Some("[token]"), Some("[e-mail]"), None, Some("Q3 report")]
    );
    let step = &found.steps.records[3];
    assert_eq!(step.target, "link “[e-mail]”");
    assert_eq!(step.selectors, ["role=link[name=\"[e-mail]\"]", "css=#save"]);
}

#[test]
fn bodies_have_a_limit_of_their_own() {
    let body = "z".repeat(MAX_BODY_CHARS + 10);
    let found = evidence(json!({
        "time_origin": ORIGIN,
        "network": {"cap": 2, "dropped": 0, "records": [
            {"ms": 7, "at": ORIGIN, "initiator": "fetch", "url": "/x", "response": {"body": body}}]},
    }));
    let body =
        found.network.records[0].response.as_ref().and_then(|response| response.body.clone());
    let body = body.expect("body");
    assert!(body.ends_with("… [cut, 10 characters]"), "{}", &body[body.len() - 40..]);
}
