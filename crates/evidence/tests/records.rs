//! Records on one clock, what explains a failure, fingerprints, and the hashes.

mod support;

use std::process::{Command, Stdio};

use baton_evidence::fingerprint::fingerprint;
use baton_evidence::integrity::{Broken, seal, verify};
use baton_evidence::slice::slice;
use baton_evidence::timeline::timeline;
use baton_packet::{ErrorRecord, Packet};
use serde_json::{Value, json};
use support::{console, error, packet, request, step};

/// What explains the failure, as texts; the failure itself in capitals.
fn story(packet: &Packet) -> Vec<String> {
    let (entries, slice) = (timeline(packet), slice(packet));
    let text = |&at: &usize| {
        let text = &entries[at].text;
        if slice.cause == Some(at) { text.to_uppercase() } else { text.clone() }
    };
    slice.entries.iter().map(text).collect()
}

#[test]
fn records_of_all_kinds_stand_in_the_order_of_the_monotonic_clock() {
    let packet = packet(json!({
        "console": [console(30, "log", "later")],
        "errors": [error(20, "TypeError", "x is undefined", "")],
        "network": [request(20, "GET", "/api", 200, 5)],
        "steps": [step(20, "click", "button “Go”", "/")],
    }));
    let texts: Vec<(&str, String)> =
        timeline(&packet).into_iter().map(|entry| (entry.record.kind(), entry.text)).collect();
    assert_eq!(
        texts,
        [
            ("step", "Clicked the button “Go”".to_owned()),
            ("network", "GET /api → 200 after 5 ms".to_owned()),
            ("error", "TypeError: x is undefined".to_owned()),
            ("console", "later".to_owned()),
        ]
    );
}

#[test]
fn an_error_is_explained_by_what_happened_since_the_page_was_reached() {
    let packet = packet(json!({
        "steps": [
            step(100, "click", "button “Elsewhere”", "/#/projects"),
            step(5_000, "click", "link “Invoices”", "/#/projects"),
            step(5_010, "navigate", "", "/#/invoices"),
            step(9_000, "resize", "", "/#/invoices"),
            step(200_000, "click", "button “Open”", "/#/invoices"),
        ],
        "network": [
            request(50, "GET", "/api/old", 500, 5),
            request(5_020, "GET", "/api/fine", 200, 5),
            request(199_900, "GET", "/api/last", 200, 150),
        ],
        "console": [console(5_500, "log", "noise"), console(200_060, "error", "it failed")],
        "errors": [error(200_050, "TypeError", "no address", "")],
    }));
    assert_eq!(
        story(&packet),
        [
            "Clicked the link “Invoices”",
            "The page went to /#/invoices",
            "GET /api/last → 200 after 150 ms",
            "Clicked the button “Open”",
            "TYPEERROR: NO ADDRESS",
            "it failed",
        ]
    );
}

#[test]
fn a_refused_request_after_another_step_is_the_later_failure() {
    let broken = json!([error(1_000, "TypeError", "old", "")]);
    let steps = json!([
        step(900, "click", "button “A”", "/"),
        step(5_000, "click", "button “Export”", "/"),
    ]);
    let refused = json!([request(5_010, "POST", "/api/export", 500, 80)]);
    let both = packet(json!({"errors": broken, "steps": steps, "network": refused}));
    assert!(story(&both).contains(&"POST /API/EXPORT → 500 AFTER 80 MS".to_owned()));
    let mut blocked = request(5_010, "GET", "https://ads.example/", 0, 80);
    blocked["failure"] = json!("network");
    let both = packet(json!({"errors": broken, "steps": steps, "network": [blocked]}));
    assert!(story(&both).contains(&"TYPEERROR: OLD".to_owned()));
}

#[test]
fn without_a_failure_the_last_step_stands_for_it_and_no_record_is_no_story() {
    let calm = packet(json!({"steps": [
        step(10, "click", "button “A”", "/"), step(20, "visibility", "hidden", "/")]}));
    assert_eq!(story(&calm), ["CLICKED THE BUTTON “A”"]);
    assert!(story(&packet(json!({}))).is_empty());
}

#[test]
fn a_step_is_told_as_the_sensors_record_it() {
    let told = |action: &str, target: &str, value: Option<&str>| {
        let mut recorded = step(10, action, target, "/");
        recorded["value"] = json!(value);
        let packet = packet(json!({"steps": [recorded]}));
        timeline(&packet)[0].text.clone()
    };
    assert_eq!(told("visibility", "tab", Some("hidden")), "The page became hidden");
    assert_eq!(told("click", "checkbox “A”", Some("checked")), "Checked the checkbox “A”");
    assert_eq!(told("click", "checkbox “A”", Some("unchecked")), "Unchecked the checkbox “A”");
    assert_eq!(told("click", "checkbox “A”", None), "Clicked the checkbox “A”");
}

fn error_of(value: Value) -> ErrorRecord {
    serde_json::from_value(value).unwrap()
}

#[test]
fn the_same_bug_has_one_fingerprint_and_another_bug_another() {
    let of =
        |message: &str, stack: &str| fingerprint(&error_of(error(1, "TypeError", message, stack)));
    let production = of(
        "Cannot read properties of undefined (reading 'address') of invoice 2041",
        "TypeError: Cannot read\n    at billingAddress (https://app.example/assets/index-Bx3kQ9zT.js:13:46)\n    \
         at t (https://app.example/assets/index-Bx3kQ9zT.js:1:99)",
    );
    let staging = of(
        "Cannot read properties of undefined (reading 'address') of invoice 7",
        "TypeError: Cannot read\n    at Proxy.fetch (https://cdn.example/baton.js:9:9)\n    \
         at billingAddress (http://localhost:3000/assets/index-DiwrgTda.js?t=1:77:3)\n    \
         at n (http://localhost:3000/assets/index-DiwrgTda.js?t=1:9:9)",
    );
    assert_eq!(production, staging);
    assert_eq!(production.len(), 16);
    let elsewhere = of(
        "Cannot read properties of undefined (reading 'address') of invoice 7",
        "TypeError\n    at shippingAddress (https://app.example/assets/index-Bx3kQ9zT.js:13:46)",
    );
    assert_ne!(production, elsewhere);
    assert_ne!(of("x is not a function", ""), of("y failed", ""));
}

fn sealed() -> Value {
    let mut sealed = packet(json!({
        "console": [console(30, "log", "Ünïcode € 😀 \u{1}")],
        "network": [request(20, "GET", "/api", 200, 5)],
    }));
    sealed.evidence.network.records[0].duration_ms = Some(1.0 / 3.0);
    sealed.evidence.network.records[0].transfer_bytes = Some(9_007_199_254_740_993);
    sealed.app.custom_data.insert("\u{e000}".into(), json!([1e21, 1e-7, -0.0, 5e-324]));
    sealed.app.custom_data.insert("😀".into(), json!({"b": 0.1, "a": [true, null]}));
    sealed.extra.insert("newer".into(), json!({"z": 1}));
    seal(&mut sealed);
    serde_json::from_slice(&serde_json::to_vec(&sealed).unwrap()).unwrap()
}

#[test]
fn a_sealed_packet_verifies_and_every_change_is_named() {
    let sealed = sealed();
    assert_eq!(verify(&sealed), Ok(()));
    let pretty: Value =
        serde_json::from_str(&serde_json::to_string_pretty(&sealed).unwrap()).unwrap();
    assert_eq!(verify(&pretty), Ok(()));
    let broken = |change: fn(&mut Value)| {
        let mut changed = sealed.clone();
        change(&mut changed);
        verify(&changed).unwrap_err()
    };
    let part = |path: &str| Broken::Part(path.to_owned());
    let line =
        |packet: &mut Value| packet["evidence"]["console"]["records"][0]["level"] = json!("warn");
    assert_eq!(broken(line), part("evidence.console"));
    assert_eq!(broken(|packet| packet["newer"]["z"] = json!(2)), part("newer"));
    assert_eq!(broken(|packet| packet["added"] = json!(1)), part("added"));
    assert_eq!(broken(|packet| packet["evidence"]["added"] = json!(1)), part("evidence.added"));
    assert_eq!(broken(|packet| packet["integrity"]["chain"] = json!("00")), Broken::Chain);
    assert_eq!(broken(|packet| packet["integrity"]["algorithm"] = json!("md5")), Broken::Algorithm);
    let unsealed = |packet: &mut Value| {
        packet.as_object_mut().unwrap().remove("integrity");
    };
    assert_eq!(broken(unsealed), Broken::Unsealed);
}

#[test]
fn another_language_computes_the_same_hashes() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/verify.py");
    let python =
        Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else {
        eprintln!("SKIPPED: there is no python3 to cross-check the hashes");
        return;
    };
    serde_json::to_writer(python.stdin.take().unwrap(), &sealed()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "the hashes are right\n");
}
