//! Reading a rules file: what is refused, with its place, and that no file, however
//! hostile, does harm.

mod hostile;

use baton_triage::rules::{Action, Bounds, DEFAULT, Measure, Test, json::Json, schema};
use baton_triage::{FileError, Rules};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A file with one rule.
fn with_rule(rule: &Value) -> Value {
    json!({ "version": 1, "messages": { "m": "Said." }, "rules": [rule] })
}

fn rule(when: Value) -> Value {
    json!({ "id": "r", "when": when, "action": "offer", "message": "m" })
}

fn read(file: &Value) -> Result<Rules, FileError> {
    Rules::read(&file.to_string())
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
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/rules.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        checked_in == text,
        "run UPDATE_SCHEMA=1 cargo test -p baton-triage --test rules_file, then read the diff"
    );
}

#[test]
fn the_shipped_rules_are_read_alone_and_satisfy_the_schema() {
    let shipped = Rules::shipped();
    assert!(shipped.rules.len() > 20 && shipped.routing.routes.len() > 15);
    assert_eq!(&Rules::read(DEFAULT).unwrap(), shipped);
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let document: Value = serde_json::from_str(DEFAULT).unwrap();
    let errors: Vec<_> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for rule in &shipped.rules {
        let said = shipped.message(&rule.message);
        assert!(said.ends_with('.') && said.len() > 10, "{}: {said}", rule.id);
    }
}

#[test]
fn the_shipped_rules_are_unsure_where_the_reports_say() {
    let rule = Rules::shipped().rules.iter().find(|rule| rule.id == "low_confidence").unwrap();
    let bounds = Bounds { at_least: None, below: Some(baton_triage::UNSURE_BELOW) };
    assert_eq!(rule.when.0, [Test::Within(Measure::IntentConfidence, bounds)]);
}

#[test]
fn a_fault_is_told_with_its_line_and_place() {
    let text = "{\n  \"version\": 1,\n  \"rules\": [\n    { \"id\": \"r\", \"action\": \"offer\",\n      \
                \"message\": \"refund\",\n      \"when\": { \"intent\": [\"bugs\"] } }\n  ]\n}";
    let refused = Rules::read(text).unwrap_err();
    assert_eq!((refused.0[0].line, &*refused.0[0].pointer), (6, "/rules/0/when/intent"));
    assert!(
        refused.to_string().starts_with("line 6, /rules/0/when/intent: is none of: security, ")
    );
    let broken = Rules::read("{\n\"version\": 1,\n}").unwrap_err();
    assert_eq!(broken.to_string(), "line 3, : no JSON: a name in quotes is missing");
}

#[test]
fn every_kind_of_fault_is_found() {
    check_fault(&json!([]), "", "must be an object");
    check_fault(&json!({}), "", "\"version\" is missing");
    check_fault(&json!({ "version": 2 }), "/version", "must be 1");
    check_fault(&json!({ "version": 1, "rule": [] }), "/rule", "is not known");
    check_fault(&json!({ "version": 1, "extends": "other" }), "/extends", "must be \"default\"");
    check_fault(&json!({ "version": 1, "messages": { "a/b": 5 } }), "/messages/a~1b", "a text");
    for (when, at, message) in [
        (json!([]), "", "must be an object"),
        (json!({ "mood": ["bad"] }), "/mood", "nothing that a condition can ask"),
        (json!({ "topics": ["money"] }), "/topics", "is none of: security, legal"),
        (json!({ "entities": ["mood"] }), "/entities", "is none of: error_code"),
        (json!({ "intent": "bug" }), "/intent", "must be a list"),
        (json!({ "plan": [""] }), "/plan/0", "must not be empty"),
        (json!({ "turns": 5 }), "/turns", "must be an object"),
        (json!({ "turns": {} }), "/turns", "needs \"at_least\" or \"below\""),
        (json!({ "turns": { "at_least": "5" } }), "/turns/at_least", "must be a number"),
        (json!({ "turns": { "over": 5 } }), "/turns/over", "is not known"),
        (json!({ "wants_human": 1 }), "/wants_human", "true or false"),
        (json!({ "any": [{ "not": { "x": 1 } }] }), "/any/0/not/x", "nothing that a condition"),
    ] {
        let file = with_rule(&rule(when.clone()));
        let read = read(&file).expect_err(&when.to_string()).0;
        assert_eq!(read[0].pointer, ["/rules/0/when", at].concat());
        assert!(read[0].message.contains(message), "{read:?}");
    }
    for (key, value, at, message) in [
        ("id", json!("A B"), "/id", "lower-case"),
        ("action", json!("shout"), "/action", "is none of: keep_answering, ask_evidence"),
        ("action", json!("ask_evidence"), "", "goes with the action ask_evidence"),
        ("evidence", json!(["screenshot"]), "", "goes with the action ask_evidence"),
        ("message", json!("n"), "/message", "there is no such message"),
        ("priority", json!("highest"), "/priority", "is none of: low, normal"),
        ("then", json!(1), "/then", "is not known"),
    ] {
        let mut rule = rule(json!({}));
        rule[key] = value;
        check_fault(&with_rule(&rule), &["/rules/0", at].concat(), message);
    }
    let twice = json!({ "version": 1, "messages": { "m": "x" }, "rules": [rule(json!({})), rule(json!({}))] });
    check_fault(&twice, "/rules/1", "another rule has the id r");
    let doubled = r#"{"version":1,"tone":"a","tone":"b"}"#;
    assert!(Rules::read(doubled).unwrap_err().to_string().contains("/tone: stands twice"));
}

#[test]
fn faults_of_the_routing_are_found() {
    let routing = |queues: Value, routes: Value| json!({ "version": 1, "routing": { "routes": routes, "queues": queues } });
    let last = json!({ "id": "x", "queue": "support", "reason": "why" });
    let bug = json!({ "id": "b", "queue": "q", "reason": "why", "when": { "intent": ["bug"] } });
    check_fault(&routing(json!([]), json!([bug])), "/routing/routes", "must have no condition");
    let mut never = last.clone();
    never["never"] = json!(["support"]);
    check_fault(&routing(json!([]), json!([never])), "/routing/routes/0", "never get it");
    let mut sla = last.clone();
    sla["sla_minutes"] = json!(0.5);
    check_fault(&routing(json!([]), json!([sla])), "/routing/routes/0/sla_minutes", "whole number");
    let hours = |hours: Value| routing(json!([{ "queue": "q", "hours": hours }]), json!([last]));
    let open = json!([{ "days": ["mon"], "from": "09:00", "to": "17:00" }]);
    let at = "/routing/queues/0/hours";
    assert!(read(&hours(json!({ "utc_offset_minutes": 60, "open": open }))).is_ok());
    let late = json!([{ "days": ["mon"], "from": "9:00", "to": "17:00" }]);
    for (value, place, message) in [
        (json!({ "open": open }), "", "\"utc_offset_minutes\" is missing"),
        (json!({ "utc_offset_minutes": 900, "open": open }), "/utc_offset_minutes", "range"),
        (json!({ "utc_offset_minutes": 0, "open": late }), "/open/0/from", "HH:MM"),
        (
            json!({ "utc_offset_minutes": 0, "open": [], "closed_on": ["2026-02-30"] }),
            "/closed_on/0",
            "YYYY-MM-DD",
        ),
    ] {
        check_fault(&hours(value), &[at, place].concat(), message);
    }
}

#[test]
fn a_file_may_build_upon_the_shipped_rules() {
    let own = json!({
        "version": 1, "extends": "default", "tone": "plain",
        "messages": { "refund": "We look at every refund.", "own": "Ours." },
        "rules": [
            { "id": "ours", "when": { "role": ["tester"] }, "action": "keep_answering", "message": "own" },
            { "id": "refund", "when": { "intent": ["refund"] }, "action": "offer", "message": "refund" },
        ],
        "routing": { "routes": [{ "id": "vip", "when": { "plan": ["vip"] }, "queue": "vip-desk", "reason": "a VIP" }] },
    });
    let (rules, shipped) = (read(&own).unwrap(), Rules::shipped());
    assert_eq!(rules.rules.len(), shipped.rules.len() + 1);
    let refunds: Vec<_> = rules.rules.iter().filter(|rule| rule.id == "refund").collect();
    assert_eq!((refunds.len(), refunds[0].action), (1, Action::Offer));
    assert_eq!(rules.message("refund"), "We look at every refund.");
    assert_eq!(rules.message("security"), shipped.message("security"));
    assert_eq!(rules.tone, "plain");
    assert_eq!(rules.routing.routes[0].queue, "vip-desk");
    assert_eq!(rules.routing.routes.len(), shipped.routing.routes.len() + 1);

    let alone = json!({ "version": 1, "rules": [{ "id": "only", "action": "offer", "message": "refund" }] });
    let alone = read(&alone).unwrap();
    assert_eq!((alone.rules.len(), &alone.routing), (1, &shipped.routing));
}

#[test]
fn the_reader_of_json_agrees_with_serde() {
    for text in [
        "0",
        "-0.5",
        "1e3",
        "12.25E-2",
        "0.4",
        "25000",
        "0.7",
        "true",
        "null",
        "\"\"",
        "[]",
        "{}",
        r#""\u00e9\ud83d\ude00\n\"\\\/""#,
        " [1 , {\"a\" : [ ] } ] ",
        "123456789012345",
        "1e-7",
    ] {
        let ours = Json::read(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(plain(&ours), floats(serde_json::from_str(text).unwrap()), "{text}");
    }
    for text in [
        "",
        "01",
        "1.",
        ".5",
        "-",
        "+1",
        "1e",
        "[1,]",
        "{\"a\"}",
        "{a:1}",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\n\"",
        "nul",
        "[1 2]",
        "{\"a\":1,}",
        "1 2",
        "\u{feff}1",
        "'a'",
        "1e999",
        "\u{e9}",
    ] {
        assert!(Json::read(text).is_err(), "{text}");
    }
}

fn floats(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(entries) => entries.into_iter().map(floats).collect(),
        other => other,
    }
}

/// As serde has it; numbers as floats.
fn plain(json: &Json) -> Value {
    use baton_triage::rules::json::Value as Own;
    match &json.value {
        Own::Null => Value::Null,
        Own::Bool(is) => json!(is),
        Own::Number(number) => json!(number),
        Own::Text(text) => json!(text),
        Own::List(entries) => entries.iter().map(plain).collect(),
        Own::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), plain(value))).collect()
        }
    }
}

/// Times are loose: other builders share the machine.
fn bounded(text: &str) -> Result<Rules, FileError> {
    let begun = std::time::Instant::now();
    let read = Rules::read(text);
    assert!(begun.elapsed().as_secs() < 5, "{} bytes took {:?}", text.len(), begun.elapsed());
    read
}

#[test]
fn hostile_files_are_refused_at_once() {
    let deep = |open: &str, close: &str| open.repeat(20_000) + &close.repeat(20_000);
    let conditions = (0..20).fold("{}".to_owned(), |inner, _| format!("{{\"not\":{inner}}}"));
    let members: Vec<String> = (0..20_000).map(|number| format!("\"k{number}\":1")).collect();
    for text in [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        "[".repeat(200_000),
        "\"".to_owned() + &"a".repeat(250_000),
        " ".repeat(300_000),
        format!("{{{}}}", members.join(",")),
        format!("{{\"version\":1,\"messages\":{{{}}}}}", members.join(",")),
        "9".repeat(250_000),
        format!("{{\"version\":1,\"rules\":[{}1]}}", "1,".repeat(100_000)),
        format!(
            "{{\"version\":1,\"rules\":[{{\"id\":\"x\",\"action\":\"offer\",\"message\":\"refund\",\"when\":{conditions}}}]}}"
        ),
    ] {
        let problems = bounded(&text).expect_err(&text[..text.len().min(40)]).0;
        assert!((1..=20).contains(&problems.len()));
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    hostile::any_json(&[
        "version",
        "rules",
        "routing",
        "messages",
        "when",
        "id",
        "action",
        "message",
        "intent",
        "topics",
        "any",
        "all",
        "not",
        "turns",
        "at_least",
        "below",
        "wants_human",
        "routes",
        "queues",
        "hours",
        "open",
        "from",
        "days",
        "queue",
        "reason",
        "evidence",
        "priority",
        "page_url",
        "",
        "bug",
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
        let _ = bounded(&json!({ "version": 1, "rules": value.clone() }).to_string());
        let _ = bounded(&json!({ "version": 1, "routing": value.clone() }).to_string());
        let _ = read(&with_rule(&rule(value)));
    }

    #[test]
    fn shipped_rules_cut_or_changed_anywhere_do_no_harm(at in 0..DEFAULT.len(), with in any::<char>()) {
        let at = DEFAULT.floor_char_boundary(at);
        let _ = bounded(&DEFAULT[..at]);
        let rest: String = DEFAULT[at..].chars().skip(1).collect();
        let _ = bounded(&format!("{}{with}{rest}", &DEFAULT[..at]));
    }

    /// What is read satisfies the schema: editors that check by it refuse nothing good.
    #[test]
    fn what_is_read_satisfies_the_schema(place in 0usize..900, value in any_json()) {
        static SCHEMA: std::sync::LazyLock<jsonschema::Validator> =
            std::sync::LazyLock::new(|| jsonschema::validator_for(&schema()).unwrap());
        let mut document: Value = serde_json::from_str(DEFAULT).unwrap();
        hostile::replace(&mut document, &mut place.clone(), &value);
        if read(&document).is_ok() {
            prop_assert!(SCHEMA.is_valid(&document), "{document}");
        }
    }
}
