//! Reading a flows file: what is refused, with its place, and that no file, however
//! hostile, does harm.

mod hostile;

use std::collections::BTreeSet;

use baton_triage::flows::{DEFAULT, schema};
use baton_triage::{FileError, Flows};
use proptest::prelude::*;
use serde_json::{Value, json};

fn question(id: &str) -> Value {
    json!({ "id": id, "kind": "text", "text": "How?" })
}

fn with_questions(ask: Value) -> Value {
    json!({ "version": 1, "flows": [{ "id": "f", "ask": ask }] })
}

fn read(file: &Value) -> Result<Flows, FileError> {
    Flows::read(&file.to_string())
}

/// The file has one fault, at this place.
fn check_fault(file: &Value, pointer: &str, message: &str) {
    let problems = read(file).expect_err(pointer).0;
    let told: Vec<_> = problems.iter().map(|one| (one.pointer.as_str(), &*one.message)).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, pointer, "{told:?}");
    assert!(told[0].1.contains(message), "{told:?}");
}

#[test]
fn the_checked_in_schema_is_the_one_of_the_types() {
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/flows.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        checked_in == text,
        "run UPDATE_SCHEMA=1 cargo test -p baton-triage --test flows_file, then read the diff"
    );
}

#[test]
fn the_shipped_flows_are_read_and_satisfy_the_schema() {
    let shipped = Flows::shipped();
    assert!(shipped.flows.len() >= 14 && shipped.most == 4);
    assert!(shipped.flows.iter().all(|flow| flow.shipped));
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let document: Value = serde_json::from_str(DEFAULT).unwrap();
    let errors: Vec<_> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn every_shipped_text_has_a_key_of_its_own() {
    let mut keys = BTreeSet::new();
    for flow in &Flows::shipped().flows {
        for ask in &flow.ask {
            let key = format!("flow_{}_{}", flow.id, ask.id);
            let options = ask.options.iter().map(|option| format!("{key}_{}", option.id));
            let hint = ask.hint.as_ref().map(|_| format!("{key}_hint"));
            for key in options.chain(hint).chain([key.clone()]) {
                assert!(keys.insert(key.clone()), "{key} names two texts");
            }
        }
    }
    assert!(keys.len() > 60, "{}", keys.len());
}

#[test]
fn a_fault_is_told_with_its_line_and_place() {
    let text = "{\n  \"version\": 1,\n  \"flows\": [\n    { \"id\": \"f\", \"ask\": [\n      \
                { \"id\": \"q\", \"kind\": \"speech\", \"text\": \"How?\" }] }\n  ]\n}";
    let refused = Flows::read(text).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "line 5, /flows/0/ask/0/kind: is none of: \
         text, long_text, choice, file, screenshot, element, email"
    );
}

#[test]
fn every_kind_of_fault_is_found() {
    check_fault(&json!([]), "", "must be an object");
    check_fault(&json!({}), "", "\"version\" is missing");
    check_fault(&json!({ "version": 2 }), "/version", "must be 1");
    check_fault(&json!({ "version": 1, "flow": [] }), "/flow", "is not known");
    check_fault(&json!({ "version": 1, "extends": "mine" }), "/extends", "must be \"default\"");
    check_fault(&json!({ "version": 1, "most": 21 }), "/most", "in the range allowed");
    check_fault(&json!({ "version": 1, "most": 1.5 }), "/most", "in the range allowed");
    check_fault(&json!({ "version": 1, "limits": [{ "most": 1 }] }), "/limits/0", "\"when\"");
    check_fault(
        &json!({ "version": 1, "limits": [{ "when": { "intent": ["bugs"] }, "most": 1 }] }),
        "/limits/0/when/intent",
        "is none of",
    );
    let twice =
        json!({ "version": 1, "flows": [{ "id": "f", "ask": [] }, { "id": "f", "ask": [] }] });
    check_fault(&twice, "/flows/1", "another flow has the id f");
    check_fault(&json!({ "version": 1, "flows": [{ "id": "f" }] }), "/flows/0", "\"ask\"");
    check_fault(
        &with_questions(json!([question("q"), question("q")])),
        "/flows/0/ask/1",
        "another question has the id q",
    );
    let option = |id: &str| json!({ "id": id, "text": "So." });
    let many: Vec<Value> = (0..13).map(|number| option(&number.to_string())).collect();
    for (key, value, at, message) in [
        ("id", json!("a.b"), "/id", "must have no dot"),
        ("id", json!("A"), "/id", "lower-case"),
        ("text", json!(""), "/text", "must not be empty"),
        ("text", json!({}), "/text", "must not be empty"),
        ("text", json!(["How?"]), "/text", "must be a text"),
        ("text", json!({ "e n": "How?" }), "/text/e n", "is no tag of a language"),
        ("text", json!({ "en": 1 }), "/text/en", "must be a text"),
        ("hint", json!({ "": "So." }), "/hint/", "is no tag of a language"),
        ("options", json!([option("a")]), "", "go with the kind choice"),
        ("kind", json!("choice"), "", "go with the kind choice"),
        ("when", json!({ "mood": 1 }), "/when/mood", "nothing that a condition can ask"),
        ("unless", json!({ "entities": ["mood"] }), "/unless/entities", "is none of"),
        ("must", json!(true), "/must", "is not known"),
    ] {
        let mut question = question("q");
        question[key] = value;
        let at = ["/flows/0/ask/0", at].concat();
        check_fault(&with_questions(json!([question])), &at, message);
    }
    for (options, at, message) in [
        (json!([option("a"), option("a")]), "/options/1", "another option has the id a"),
        (json!([{ "id": "a" }]), "/options/0", "\"text\" is missing"),
        (json!(many), "", "more than 12 options"),
    ] {
        let choice = json!({ "id": "q", "kind": "choice", "text": "Which?", "options": options });
        check_fault(&with_questions(json!([choice])), &["/flows/0/ask/0", at].concat(), message);
    }
}

#[test]
fn a_file_may_build_upon_the_shipped_flows() {
    let own = json!({
        "version": 1, "extends": "default", "most": 2,
        "flows": [
            { "id": "device", "when": { "product_area": ["Scanner"] }, "ask": [question("serial")] },
            { "id": "bug", "when": { "intent": ["bug"] }, "ask": [question("build")] },
        ],
    });
    let (flows, shipped) = (read(&own).unwrap(), Flows::shipped());
    assert_eq!(flows.flows.len(), shipped.flows.len() + 1);
    let bugs: Vec<_> = flows.flows.iter().filter(|flow| flow.id == "bug").collect();
    assert_eq!((bugs.len(), &*bugs[0].ask[0].id, bugs[0].shipped), (1, "build", false));
    assert_eq!((flows.most, &flows.limits), (2, &shipped.limits));

    let alone = json!({ "version": 1, "limits": [], "flows": [{ "id": "only", "ask": [] }] });
    let alone = read(&alone).unwrap();
    assert_eq!((alone.flows.len(), alone.limits.len(), alone.most), (1, 0, shipped.most));
    assert_eq!(&read(&json!({ "version": 1 })).unwrap(), shipped);
}

/// Times are loose: other builders share the machine.
fn bounded(text: &str) -> Result<Flows, FileError> {
    let begun = std::time::Instant::now();
    let read = Flows::read(text);
    assert!(begun.elapsed().as_secs() < 5, "{} bytes took {:?}", text.len(), begun.elapsed());
    read
}

#[test]
fn hostile_files_are_refused_at_once() {
    let deep = |open: &str, close: &str| open.repeat(20_000) + &close.repeat(20_000);
    let conditions = (0..20).fold("{}".to_owned(), |inner, _| format!("{{\"not\":{inner}}}"));
    let tags: Vec<String> = (0..20_000).map(|number| format!("\"k{number}\":\"x\"")).collect();
    let tags = tags.join(",");
    for text in [
        deep("[", "]"),
        deep("{\"flows\":", "}"),
        " ".repeat(300_000),
        format!("{{\"version\":1,\"flows\":[{}1]}}", "1,".repeat(100_000)),
        format!(
            "{{\"version\":1,\"flows\":[{{\"id\":\"f\",\"ask\":[{}1]}}]}}",
            "[],".repeat(60_000)
        ),
        format!(
            "{{\"version\":1,\"flows\":[{{\"id\":\"f\",\"ask\":[{{\"id\":\"q\",\"kind\":\"text\",\"text\":{{{tags}}}}}]}}]}}"
        ),
        format!("{{\"version\":1,\"flows\":[{{\"id\":\"f\",\"ask\":[],\"when\":{conditions}}}]}}"),
    ] {
        let problems = bounded(&text).expect_err(&text[..text.len().min(40)]).0;
        assert!((1..=20).contains(&problems.len()));
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    hostile::any_json(&[
        "version",
        "extends",
        "default",
        "most",
        "limits",
        "flows",
        "id",
        "when",
        "ask",
        "kind",
        "text",
        "long_text",
        "choice",
        "email",
        "hint",
        "options",
        "unless",
        "entities",
        "intent",
        "bug",
        "not",
        "any",
        "en",
        "de-AT",
        "",
        "x",
    ])
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,300}") {
        let _ = bounded(&text);
    }

    #[test]
    fn any_json_is_read_or_refused(value in any_json()) {
        let _ = bounded(&value.to_string());
        let _ = bounded(&json!({ "version": 1, "flows": value.clone() }).to_string());
        let _ = bounded(&json!({ "version": 1, "limits": value.clone() }).to_string());
        let _ = read(&with_questions(json!([value])));
    }

    #[test]
    fn shipped_flows_cut_or_changed_anywhere_do_no_harm(at in 0..DEFAULT.len(), with in any::<char>()) {
        let at = DEFAULT.floor_char_boundary(at);
        let _ = bounded(&DEFAULT[..at]);
        let rest: String = DEFAULT[at..].chars().skip(1).collect();
        let _ = bounded(&format!("{}{with}{rest}", &DEFAULT[..at]));
    }

    /// What is read satisfies the schema: editors that check by it refuse nothing good.
    #[test]
    fn what_is_read_satisfies_the_schema(place in 0usize..700, value in any_json()) {
        static SCHEMA: std::sync::LazyLock<jsonschema::Validator> =
            std::sync::LazyLock::new(|| jsonschema::validator_for(&schema()).unwrap());
        let mut document: Value = serde_json::from_str(DEFAULT).unwrap();
        hostile::replace(&mut document, &mut place.clone(), &value);
        if read(&document).is_ok() {
            prop_assert!(SCHEMA.is_valid(&document), "{document}");
        }
    }
}
