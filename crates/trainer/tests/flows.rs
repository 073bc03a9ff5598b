//! The linter's findings on flows, and the examples of the shipped ones.

use baton_trainer::flows::{SHIPPED, lint, try_examples};
use baton_trainer::rules::Severity;
use baton_triage::{Flows, MODEL, Model, flows::DEFAULT};
use serde_json::{Value, json};

fn flow(id: &str, when: Value, ask: Value) -> Value {
    json!({ "id": id, "when": when, "ask": ask })
}

fn question(id: &str) -> Value {
    json!({ "id": id, "kind": "text", "text": "How?" })
}

fn file(flows: Value) -> String {
    serde_json::to_string_pretty(&json!({ "version": 1, "flows": flows })).unwrap()
}

/// The file has one finding, at this place.
fn check(text: &str, severity: Severity, pointer: &str, message: &str) {
    let findings = lint(text);
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(findings.len(), 1, "{told:?}");
    assert_eq!((findings[0].severity, &*findings[0].pointer), (severity, pointer), "{told:?}");
    assert!(findings[0].message.contains(message), "{told:?}");
}

#[test]
fn the_shipped_flows_have_no_findings() {
    assert_eq!(lint(DEFAULT), []);
}

#[test]
fn a_fault_of_the_form_is_an_error() {
    let text = file(json!([flow("a", json!({ "topics": ["money"] }), json!([]))]));
    check(&text, Severity::Error, "/flows/0/when/topics", "is none of");
    check("{", Severity::Error, "", "no JSON");
}

#[test]
fn a_flow_that_never_fits_is_an_error() {
    let never = flow("a", json!({ "intent": [] }), json!([question("q")]));
    check(&file(json!([never])), Severity::Error, "/flows/0/when", "it can never hold");
    let wide = flow("wide", json!({ "intent": ["bug", "outage"] }), json!([question("q")]));
    let narrow =
        flow("narrow", json!({ "intent": ["bug"], "has_errors": true }), json!([question("q")]));
    let message = "flow wide fits whenever this one does";
    check(&file(json!([wide, narrow])), Severity::Error, "/flows/1", message);
    assert_eq!(lint(&file(json!([narrow, wide]))), [], "the narrow one first");
}

#[test]
fn a_question_that_is_never_asked_is_an_error() {
    for (key, value) in [
        ("when", json!({ "intent": ["refund"] })),
        ("unless", json!({})),
        ("unless", json!({ "intent": ["bug", "outage"] })),
    ] {
        let mut never = question("never");
        never[key] = value;
        let text =
            file(json!([flow("a", json!({ "intent": ["bug"] }), json!([question("q"), never]))]));
        check(&text, Severity::Error, "/flows/0/ask/1", "is never asked");
    }
}

#[test]
fn words_without_english_and_limits_without_effect_are_warnings() {
    let mut german = question("q");
    german["hint"] = json!({ "de": "Kurz.", "fr": "En bref." });
    let text = file(json!([flow("a", json!({}), json!([german]))]));
    check(&text, Severity::Warning, "/flows/0/ask/0/hint", "no English words");
    let choice = json!({ "id": "q", "kind": "choice", "text": { "en": "Which?", "de": "Welche?" },
        "options": [{ "id": "a", "text": "This." }, { "id": "b", "text": { "de": "Diese." } }] });
    let text = file(json!([flow("a", json!({}), json!([choice]))]));
    check(&text, Severity::Warning, "/flows/0/ask/0/options/1/text", "no English words");
    let idle = json!({ "version": 1, "most": 2, "limits": [
        { "when": { "wants_human": true }, "most": 1 },
        { "when": { "customer_state": ["angry"] }, "most": 2 },
    ] });
    check(&idle.to_string(), Severity::Warning, "/limits/1", "no more than 2 are asked anyway");
}

#[test]
fn own_flows_before_the_shipped_ones_are_judged_alone() {
    let own = json!({ "version": 1, "extends": "default",
        "flows": [flow("mine", json!({ "intent": ["bug"] }), json!([question("q")]))] });
    assert_eq!(lint(&own.to_string()), []);
}

#[test]
fn the_example_of_the_readme_has_no_findings() {
    let readme = include_str!("../../../README.md");
    let (_, section) = readme.split_once("### Questions of your own").unwrap();
    let (_, example) = section.split_once("```json\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    assert_eq!(lint(example), []);
    assert_eq!(Flows::read(example).unwrap().flows[0].ask.len(), 3);
}

#[test]
fn the_examples_of_the_shipped_flows_hold_and_ask_every_question() {
    let flows = Flows::shipped();
    let outcomes = try_examples(flows, &Model::read(MODEL).unwrap(), SHIPPED).unwrap();
    assert!(outcomes.len() >= 40);
    for outcome in &outcomes {
        assert_eq!(outcome.differences(), [] as [String; 0], "line {}", outcome.line);
    }
    for flow in &flows.flows {
        for ask in &flow.ask {
            let id = format!("{}.{}", flow.id, ask.id);
            let asks = outcomes.iter().any(|one| one.questions.iter().any(|one| one.id == id));
            assert!(asks, "no example asks {id}");
        }
    }
}

#[test]
fn an_example_that_asks_otherwise_says_how() {
    let example =
        r#"{"name":"x","messages":["Please cancel"],"triage":{"intent":"cancel"},"expect":[]}"#;
    let model = Model::read(MODEL).unwrap();
    let outcomes = try_examples(Flows::shipped(), &model, example).unwrap();
    assert_eq!(outcomes[0].differences(), ["questions: expected [], found [cancel.change]"]);
    let wrong = try_examples(Flows::shipped(), &model, "\n{}").unwrap_err();
    assert!(wrong.to_string().starts_with("examples, line 2: missing field"));
}
