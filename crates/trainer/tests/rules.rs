//! The linter's findings, and the examples of the shipped rules.

use baton_trainer::rules::{SHIPPED, Severity, lint, try_examples};
use baton_triage::{MODEL, Model, Rules, rules::DEFAULT};
use serde_json::{Value, json};

fn rule(id: &str, when: Value, action: &str) -> Value {
    json!({ "id": id, "when": when, "action": action, "message": "refund" })
}

fn file(rules: Value) -> String {
    serde_json::to_string_pretty(&json!({ "version": 1, "rules": rules })).unwrap()
}

/// The file has one error, at this place.
fn check(text: &str, pointer: &str, message: &str) {
    let findings = lint(text);
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(findings.len(), 1, "{told:?}");
    assert_eq!(
        (findings[0].severity, &*findings[0].pointer),
        (Severity::Error, pointer),
        "{told:?}"
    );
    assert!(findings[0].message.contains(message), "{told:?}");
    let line = text.lines().nth(findings[0].line - 1).unwrap_or_default();
    assert!(!line.trim().is_empty());
}

#[test]
fn the_shipped_rules_have_no_findings() {
    assert_eq!(lint(DEFAULT), []);
}

#[test]
fn a_fault_of_the_form_is_an_error() {
    let text = file(json!([rule("a", json!({ "topics": ["money"] }), "offer")]));
    check(&text, "/rules/0/when/topics", "is none of");
    let twice = json!([
        rule("a", json!({}), "offer"),
        rule("a", json!({ "turns": { "at_least": 9 } }), "escalate")
    ]);
    check(&file(twice), "/rules/1", "another rule has the id a");
    let mut unknown = rule("a", json!({}), "offer");
    unknown["message"] = json!("nonesuch");
    check(&file(json!([unknown])), "/rules/0/message", "there is no such message");
    check("{", "", "no JSON");
}

#[test]
fn a_rule_that_can_never_fire_is_an_error() {
    for when in [
        json!({ "any": [] }),
        json!({ "intent": ["bug"], "not": { "intent": ["bug", "outage"] } }),
        json!({ "intent_confidence": { "at_least": 1.1 } }),
        json!({ "turns": { "at_least": 5, "below": 5 } }),
    ] {
        let text = file(json!([rule("a", when, "offer")]));
        check(&text, "/rules/0/when", "it can never hold");
    }
    let silenced = file(json!([
        rule("a", json!({}), "keep_answering"),
        rule("b", json!({ "intent": ["bug"] }), "keep_answering")
    ]));
    check(&silenced, "/rules/1", "is unreachable: rule a holds whenever");
}

#[test]
fn a_shadowed_rule_is_an_error_and_one_that_adds_something_is_not() {
    let wide = rule("wide", json!({ "intent": ["bug", "outage"] }), "escalate");
    let narrow = rule("narrow", json!({ "intent": ["bug"], "has_errors": true }), "offer");
    check(&file(json!([wide, narrow])), "/rules/1", "is shadowed by rule wide");
    check(&file(json!([rule("all", json!({}), "escalate"), narrow])), "/rules/1", "rule all");
    assert_eq!(lint(&file(json!([narrow, wide]))), [], "the narrow one first");
    for (key, value) in [("tone", json!("calm")), ("priority", json!("urgent"))] {
        let mut narrow = narrow.clone();
        narrow[key] = value;
        assert_eq!(lint(&file(json!([wide, narrow]))), [], "{key}");
    }
    let mut stronger = narrow.clone();
    stronger["action"] = json!("escalate");
    let offers = rule("offers", json!({ "intent": ["bug"] }), "offer");
    assert_eq!(lint(&file(json!([offers, stronger]))), []);
}

#[test]
fn opposite_actions_on_the_same_condition_are_an_error() {
    let one = rule(
        "one",
        json!({ "any": [{ "intent": ["bug"] }, { "intent": ["outage"] }] }),
        "escalate",
    );
    let other = rule("other", json!({ "intent": ["outage", "bug"] }), "keep_answering");
    check(&file(json!([one, other])), "/rules/1", "contradicts rule one");
    check(&file(json!([other, one])), "/rules/1", "contradicts rule other");
}

#[test]
fn routes_and_queues_are_looked_at_too() {
    let routing = |routes: Value, queues: Value| {
        json!({ "version": 1, "routing": { "routes": routes, "queues": queues } }).to_string()
    };
    let last = json!({ "id": "rest", "queue": "support", "reason": "rest" });
    let bug = |id: &str, when: Value, queue: &str| json!({ "id": id, "when": when, "queue": queue, "reason": "a bug" });
    let shadowed = json!([
        bug("a", json!({ "intent": ["bug", "outage"] }), "technical"),
        bug("b", json!({ "intent": ["bug"] }), "technical"),
        last,
    ]);
    check(&routing(shadowed, json!([])), "/routing/routes/1", "is shadowed by route a");
    let elsewhere = json!([
        bug("a", json!({ "intent": ["bug", "outage"] }), "technical"),
        bug("b", json!({ "intent": ["bug"] }), "sales"),
        last,
    ]);
    assert_eq!(lint(&routing(elsewhere, json!([]))), [], "it is an alternative");
    let itself = json!([{ "queue": "q", "languages": ["en"], "instead": ["q"] }]);
    check(&routing(json!([last]), itself), "/routing/queues/0", "takes its own cases");
    let alone = lint(&routing(json!([last]), json!([{ "queue": "q", "languages": ["en"] }])));
    assert_eq!(alone[0].severity, Severity::Warning);
}

#[test]
fn a_message_that_no_rule_says_is_a_warning() {
    let text = json!({ "version": 1, "messages": { "spare": "Unused." } }).to_string();
    let findings = lint(&text);
    assert_eq!((findings.len(), findings[0].severity), (1, Severity::Warning));
    assert_eq!(findings[0].pointer, "/messages/spare");
}

#[test]
fn own_rules_before_the_shipped_ones_are_judged_alone() {
    let text = json!({
        "version": 1, "extends": "default",
        "rules": [rule("mine", json!({ "intent": ["refund"] }), "escalate")],
    });
    assert_eq!(lint(&text.to_string()), []);
}

#[test]
fn the_examples_of_the_shipped_rules_hold_and_each_rule_has_two() {
    let rules = Rules::shipped();
    let outcomes = try_examples(rules, &Model::read(MODEL).unwrap(), SHIPPED).unwrap();
    for outcome in &outcomes {
        assert!(outcome.differences.is_empty(), "line {}: {:?}", outcome.line, outcome.differences);
    }
    for rule in &rules.rules {
        let fires = outcomes.iter().any(|outcome| outcome.fired.contains(&rule.id));
        assert!(fires, "no example fires {}", rule.id);
        let near = outcomes.iter().filter(|outcome| outcome.near.as_ref() == Some(&rule.id));
        let spared = near.clone().count() > 0
            && near.clone().all(|outcome| !outcome.fired.contains(&rule.id));
        assert!(spared, "no example nearly fires {}", rule.id);
    }
    for route in &rules.routing.routes {
        let taken = outcomes.iter().any(|outcome| outcome.queue == route.queue);
        assert!(taken, "no example goes to {}", route.queue);
    }
}

#[test]
fn an_example_that_ends_otherwise_says_how() {
    let example = r#"{"name":"x","messages":["hi"],"triage":{"intent":"refund"},"expect":{"action":"offer","queue":"billing"}}"#;
    let outcomes = try_examples(Rules::shipped(), &Model::read(MODEL).unwrap(), example).unwrap();
    assert_eq!(outcomes[0].differences, ["action: expected offer, found escalate"]);
    let wrong = try_examples(Rules::shipped(), &Model::read(MODEL).unwrap(), "\n{}").unwrap_err();
    assert!(wrong.to_string().starts_with("examples, line 2: missing field"));
}
