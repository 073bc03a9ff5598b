//! Which questions are asked: what is known is not, nothing twice, and never more
//! than the most. The shipped flows' examples are the trainer's to try.

use baton_packet::{CustomerState, Intent, Topic, Triage};
use baton_triage::flows::Flow;
use baton_triage::{Context, ENTITIES, Flows, Question, QuestionKind, extract, triage};
use proptest::prelude::*;
use serde_json::{Value, json};

fn case(intent: Intent) -> Triage {
    let mut case = triage(None, &["It is about this."]);
    case.intent = intent;
    case.confidence.intent = 0.9;
    case.customer_state = CustomerState::Neutral;
    case.topics = Vec::new();
    case.wants_human = false;
    case
}

fn ids(questions: &[Question]) -> Vec<&str> {
    questions.iter().map(|question| &*question.id).collect()
}

fn flows(file: Value) -> Flows {
    Flows::read(&file.to_string()).unwrap()
}

fn question(id: &str) -> Value {
    json!({ "id": id, "kind": "text", "text": "How?" })
}

#[test]
fn the_first_flow_that_fits_asks_and_an_empty_one_asks_nothing() {
    let flows = flows(json!({ "version": 1, "flows": [
        { "id": "quiet", "when": { "intent": ["feedback"] }, "ask": [] },
        { "id": "bug", "when": { "intent": ["bug"] }, "ask": [question("a"), question("b")] },
        { "id": "rest", "ask": [question("c")] },
    ] }));
    let asked = |intent, asked: &[&str]| -> Vec<String> {
        let asked: Vec<String> = asked.iter().map(|id| (*id).to_owned()).collect();
        let questions = flows.questions(&case(intent), &Context::default(), &asked, "en");
        questions.into_iter().map(|question| question.id).collect()
    };
    assert_eq!(asked(Intent::Bug, &[]), ["bug.a", "bug.b"]);
    assert_eq!(asked(Intent::Bug, &["bug.a"]), ["bug.b"]);
    assert!(asked(Intent::Bug, &["bug.a", "bug.b"]).is_empty(), "the next flow is not asked");
    assert!(asked(Intent::Feedback, &[]).is_empty());
    assert_eq!(asked(Intent::Billing, &[]), ["rest.c"]);
}

#[test]
fn the_least_limit_that_holds_counts() {
    let questions: Vec<Value> = ["a", "b", "c", "d", "e"].iter().map(|id| question(id)).collect();
    let flows = flows(json!({ "version": 1, "most": 3, "limits": [
        { "when": { "turns": { "at_least": 2 } }, "most": 2 },
        { "when": { "turns": { "at_least": 3 } }, "most": 0 },
        { "when": { "has_errors": true }, "most": 5 },
    ], "flows": [{ "id": "f", "ask": questions }] }));
    for (turns, asked, count) in [(1, 0, 3), (1, 2, 1), (1, 9, 0), (2, 0, 2), (2, 1, 1), (3, 0, 0)]
    {
        let context = Context { turns, has_errors: true, ..Context::default() };
        let asked: Vec<String> = (0..asked).map(|number| format!("other.{number}")).collect();
        let questions = flows.questions(&case(Intent::Bug), &context, &asked, "en");
        assert_eq!(questions.len(), count, "{turns} {asked:?}");
    }
}

#[test]
fn a_question_is_in_the_language_asked_for_else_in_english_else_in_the_first() {
    let words = json!({ "de": "Wie?", "en": "How?", "pt-BR": "Como?" });
    let option = json!({ "id": "o", "text": { "fr": "Oui", "it": "Sì" } });
    let flows = flows(json!({ "version": 1, "flows": [{ "id": "f", "ask": [
        { "id": "q", "kind": "choice", "text": words, "hint": "One for all.", "options": [option] },
    ] }] }));
    for (locale, text, answer) in [
        ("de", "Wie?", "Oui"),
        ("DE-at", "Wie?", "Oui"),
        ("de_CH", "Wie?", "Oui"),
        ("pt-br", "Como?", "Oui"),
        ("pt", "How?", "Oui"),
        ("it-CH", "How?", "Sì"),
        ("", "How?", "Oui"),
    ] {
        let asked = flows.questions(&case(Intent::Bug), &Context::default(), &[], locale);
        assert_eq!((&*asked[0].text, &*asked[0].options[0].text), (text, answer), "{locale}");
        assert_eq!(asked[0].hint.as_deref(), Some("One for all."));
    }
}

#[test]
fn a_question_is_plain_data() {
    let asked = Flows::shipped().questions(&case(Intent::Security), &Context::default(), &[], "en");
    assert_eq!(
        serde_json::to_value(&asked).unwrap(),
        json!([{
            "id": "security.ongoing", "flow": "security", "kind": "choice",
            "text": "Is it still going on?", "hint": "Please write no passwords or codes here.",
            "options": [
                { "id": "yes", "text": "Yes, right now" },
                { "id": "no", "text": "No, it is over" },
                { "id": "unknown", "text": "I don't know" },
            ],
            "shipped": true,
        }])
    );
    for (kind, name) in QuestionKind::NAMED {
        assert_eq!(serde_json::to_value(kind).unwrap(), json!(name), "as a file has it");
    }
}

/// The kinds of facts that make a shipped question needless, as its file says.
fn answered_by(flow: &str, question: &str) -> Vec<String> {
    let file: Value = serde_json::from_str(baton_triage::flows::DEFAULT).unwrap();
    let find = |list: &Value, id: &str| {
        list.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
    };
    let unless = find(&find(&file["flows"], flow)["ask"], question)["unless"].clone();
    let direct = unless["entities"].as_array().into_iter().flatten();
    let within = unless["any"].as_array().into_iter().flatten();
    let within = within.filter_map(|part| part["entities"].as_array()).flatten();
    direct.chain(within).map(|kind| kind.as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_known_is_never_asked() {
    let shipped = Flows::shipped();
    let mut known = 0;
    for flow in &shipped.flows {
        for ask in &flow.ask {
            for kind in answered_by(&flow.id, &ask.id) {
                known += 1;
                let kinds = [kind.as_str()];
                let context = Context { entities: &kinds, ..Context::default() };
                let mut alone = Flows { limits: Vec::new(), ..shipped.clone() };
                alone.most = 20;
                alone.flows = vec![Flow { when: Default::default(), ..flow.clone() }];
                let asked = |context: &Context<'_>| {
                    let asked = alone.questions(&case(Intent::Bug), context, &[], "en");
                    asked.iter().any(|one| one.id == [&*flow.id, ".", &ask.id].concat())
                };
                assert!(!asked(&context), "{}.{} though {kind} is known", flow.id, ask.id);
                assert!(asked(&Context::default()), "{}.{}", flow.id, ask.id);
            }
        }
    }
    assert!(known >= 20, "{known}");
}

#[test]
fn every_intent_has_its_flow_and_angry_customers_get_one_question_at_most() {
    for &intent in Intent::ALL {
        let name = intent.as_str();
        let flow = Flows::shipped().flows.iter().find(|flow| flow.id == name);
        assert!(flow.is_some(), "{name}");
        let mut angry = case(intent);
        angry.customer_state = CustomerState::Angry;
        let asked = Flows::shipped().questions(&angry, &Context::default(), &[], "en");
        assert!(asked.len() <= 1, "{name}: {:?}", ids(&asked));
    }
    for intent in [Intent::Security, Intent::PrivacyLegal, Intent::Cancel, Intent::Feedback] {
        let asked = Flows::shipped().questions(&case(intent), &Context::default(), &[], "en");
        assert!(asked.len() <= 1, "{intent:?}: {:?}", ids(&asked));
    }
}

#[test]
fn nobody_is_asked_for_a_secret() {
    for flow in &Flows::shipped().flows {
        for ask in &flow.ask {
            let words = ask.text.within("en").to_lowercase();
            for secret in ["password", "card", "token", "key", "code", "pin"] {
                let names = words.split(|letter: char| !letter.is_alphabetic());
                assert!(!names.into_iter().any(|word| word == secret), "{}: {words}", ask.id);
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_said_few_questions_follow_each_once_and_none_of_what_was_asked(
        texts in prop::collection::vec("\\PC{0,80}", 0..5),
        intent in prop::sample::select(Intent::ALL),
        state in prop::sample::select(CustomerState::ALL),
        topics in prop::collection::vec(prop::sample::select(Topic::ALL), 0..3),
        entities in prop::collection::vec(prop::sample::select(&ENTITIES[..]), 0..6),
        sure in 0.0..1.0f64,
        bits in 0u32..16,
        skipped in 0usize..6,
        locale in "\\PC{0,8}",
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut triage = triage(None, &texts);
        (triage.intent, triage.customer_state, triage.topics) = (intent, state, topics);
        triage.confidence.intent = sure;
        triage.wants_human = bits & 1 != 0;
        let mut kinds = extract(&texts, &[]).kinds();
        kinds.extend(entities);
        let context = Context {
            entities: &kinds,
            turns: texts.len() as u32,
            has_errors: bits & 2 != 0,
            answer_available: bits & 4 != 0,
            email_known: bits & 8 != 0,
            ..Context::default()
        };
        let shipped = Flows::shipped();
        // As the customer answers or skips one after the other.
        let mut asked: Vec<String> = Vec::new();
        for _ in 0..skipped {
            let next = shipped.questions(&triage, &context, &asked, &locale);
            prop_assert!(asked.len() + next.len() <= shipped.most as usize);
            prop_assert!(next.iter().all(|question| !asked.contains(&question.id)));
            prop_assert!(next.iter().all(|question| !question.text.is_empty()));
            let Some(first) = next.into_iter().next() else { break };
            asked.push(first.id);
        }
        let angry = triage.customer_state == CustomerState::Angry || triage.wants_human;
        prop_assert!(!angry || asked.len() <= 1);
    }
}
