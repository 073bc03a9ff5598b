//! Rules and routes of one's own: each key of a condition, the actions, hours and
//! fall-backs; and what must hold of the shipped ones whatever else is the case.

use baton_packet::{
    Assurance, Customer, CustomerState, EvidenceKind, Intent, Priority, Topic, Triage, Urgency,
};
use baton_triage::{Action, Context, Decision, Rules, triage};
use serde_json::{Value, json};

fn calm() -> Triage {
    let mut calm = triage(None, &["Where do I set working hours?"]);
    calm.intent = Intent::HowTo;
    calm.urgency = Urgency::Normal;
    calm.customer_state = CustomerState::Neutral;
    calm.wants_human = false;
    calm.topics = Vec::new();
    calm.language = "en".to_owned();
    calm.confidence.intent = 0.9;
    calm.confidence.customer_state = 0.8;
    calm.confidence.urgency = 0.7;
    calm.scores.intent =
        [("how_to".to_owned(), 0.7), ("bug".to_owned(), 0.2)].into_iter().collect();
    calm
}

fn rules(rules: Value) -> Rules {
    let file = json!({ "version": 1, "messages": { "m": "Said so." }, "rules": rules });
    Rules::read(&file.to_string()).unwrap()
}

fn routing(routing: Value) -> Rules {
    Rules::read(&json!({ "version": 1, "routing": routing }).to_string()).unwrap()
}

fn customer() -> Customer {
    Customer {
        plan: Some("Pro".to_owned()),
        segment: Some("smb".to_owned()),
        role: Some("Admin".to_owned()),
        account_value: Some(1200.0),
        ..Customer::default()
    }
}

#[test]
fn each_key_asks_what_it_says() {
    let customer = customer();
    let context = Context {
        customer: Some(&customer),
        page_url: "https://app.example/billing/invoices?id=7",
        failed_requests: 2,
        console_errors: 3,
        turns: 4,
        repeats: 1,
        failed_answers: 1,
        entities: &["error_code", "step"],
        areas: &["Exports"],
        answer_available: true,
        ..Context::default()
    };
    let mut triage = calm();
    triage.topics = vec![Topic::Churn];
    let fires = |when: &Value| {
        let rule = json!({ "id": "r", "when": when, "action": "offer", "message": "m" });
        rules(json!([rule])).decide(&triage, &context).action == Action::Offer
    };
    for when in [
        json!({}),
        json!({ "intent": ["bug", "how_to"] }),
        json!({ "possible_intent": ["bug"] }),
        json!({ "customer_state": ["neutral"], "urgency": ["normal"] }),
        json!({ "topics": ["churn"] }),
        json!({ "entities": ["step"] }),
        json!({ "product_area": ["exports"] }),
        json!({ "plan": ["pro"], "segment": ["SMB"], "role": ["admin"] }),
        json!({ "assurance": ["none"] }),
        json!({ "language": ["en"] }),
        json!({ "page_url": ["/billing/*"] }),
        json!({ "intent_confidence": { "at_least": 0.9 }, "state_confidence": { "below": 0.81 } }),
        json!({ "urgency_confidence": { "at_least": 0.7, "below": 0.71 } }),
        json!({ "turns": { "at_least": 4, "below": 5 }, "repeats": { "at_least": 1 } }),
        json!({ "failed_answers": { "at_least": 1 }, "failed_requests": { "at_least": 2 } }),
        json!({ "console_errors": { "at_least": 3 }, "account_value": { "at_least": 1200 } }),
        json!({ "wants_human": false, "has_errors": false, "answer_available": true }),
        json!({ "answer_grounded": false, "answer_inferred": false }),
        json!({ "all": [{ "intent": ["how_to"] }, { "not": { "intent": ["bug"] } }] }),
        json!({ "any": [{ "intent": ["bug"] }, { "topics": ["churn"] }] }),
    ] {
        assert!(fires(&when), "{when}");
        assert!(!fires(&json!({ "not": when })), "not {when}");
    }
    for when in [
        json!({ "intent": ["bug"] }),
        json!({ "possible_intent": ["refund"] }),
        json!({ "topics": ["legal"] }),
        json!({ "entities": ["version"] }),
        json!({ "plan": ["pro"], "role": ["owner"] }),
        json!({ "assurance": ["jwt", "hmac"] }),
        json!({ "page_url": ["/settings*", "https://other.example/*"] }),
        json!({ "turns": { "below": 4 } }),
        json!({ "account_value": { "at_least": 1200.5 } }),
        json!({ "any": [] }),
    ] {
        assert!(!fires(&when), "{when}");
    }
    let unknown = Context::default();
    let rule = json!([{ "id": "r", "when": { "account_value": { "at_least": 0 } }, "action": "offer", "message": "m" }]);
    assert_eq!(rules(rule).decide(&triage, &unknown).action, Action::KeepAnswering);
}

#[test]
fn the_strongest_action_decides_and_a_rule_that_keeps_answering_ends_the_reading() {
    let rule = |id: &str, action: &str| json!({ "id": id, "action": action, "message": "m" });
    let mut asks = rule("asks", "ask_evidence");
    asks["evidence"] = json!(["steps", "console"]);
    let decided = |list: Vec<Value>| -> (Decision, Vec<String>) {
        let decision = rules(list.into()).decide(&calm(), &Context::default());
        let fired = decision.escalation.rules_fired.iter().map(|fired| fired.rule.clone());
        let fired = fired.collect();
        (decision, fired)
    };
    let (decision, fired) =
        decided(vec![asks.clone(), rule("offers", "offer"), rule("brings", "escalate")]);
    assert_eq!(fired, ["brings", "offers", "asks"]);
    assert_eq!((decision.action, &*decision.escalation.rule), (Action::Escalate, "brings"));
    assert_eq!(decision.escalation.evidence, [EvidenceKind::Steps, EvidenceKind::Console]);
    assert_eq!(decision.escalation.tone.as_deref(), Some("friendly"));

    let (decision, fired) =
        decided(vec![asks, rule("keeps", "keep_answering"), rule("brings", "escalate")]);
    assert_eq!(fired, ["asks", "keeps"]);
    assert_eq!(
        (decision.action, &*decision.escalation.rule),
        (Action::AskEvidence, "customer_choice")
    );
}

#[test]
fn claims_of_the_page_lift_no_priority() {
    let priority = |when: Value, lift: &str, customer: &Customer| {
        let rule = json!([{ "id": "r", "when": when, "action": "offer", "message": "m", "priority": lift }]);
        rules(rule)
            .route(&calm(), &Context { customer: Some(customer), ..Context::default() })
            .priority
    };
    let claimed = customer();
    let proven = Customer { assurance: Assurance::Hmac, ..customer() };
    for when in [
        json!({ "plan": ["pro"] }),
        json!({ "not": { "role": ["guest"] } }),
        json!({ "any": [{ "account_value": { "at_least": 1 } }] }),
    ] {
        assert_eq!(priority(when.clone(), "urgent", &claimed), Priority::Normal, "{when}");
        assert_eq!(priority(when, "urgent", &proven), Priority::Urgent);
    }
    assert_eq!(priority(json!({ "intent": ["how_to"] }), "high", &claimed), Priority::High);
    assert_eq!(priority(json!({}), "raise", &claimed), Priority::High);
    assert_eq!(priority(json!({}), "low", &claimed), Priority::Normal, "a floor lowers nothing");
}

/// Noon UTC of Monday, 2026-11-30, plus days and hours.
fn at(days: f64, hours: f64) -> Option<f64> {
    Some((20_787.5 + days + hours / 24.0) * 86_400_000.0)
}

fn office() -> Rules {
    let week = json!({ "utc_offset_minutes": 60, "open": [
        { "days": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "17:00" }] });
    routing(json!({
        "routes": [
            { "id": "exception", "when": { "topics": ["billing_exception"] }, "queue": "billing",
              "reason": "an exception", "never": ["technical"], "skill": "exceptions", "sla_minutes": 60 },
            { "id": "bug", "when": { "intent": ["bug"] }, "queue": "technical", "reason": "a bug", "language": "en" },
            { "id": "rest", "queue": "support", "reason": "anything else" },
        ],
        "queues": [
            { "queue": "billing", "hours": week, "instead": ["technical", "night-desk", "support"] },
            { "queue": "night-desk", "languages": ["en", "de"] },
            { "queue": "support", "languages": ["en", "fr"], "instead": ["night-desk"] },
            { "queue": "technical", "hours": week, "instead": [] ,
              "languages": ["en"] },
        ],
    }).as_object().map(|all| {
        // A list that is there must name somebody.
        let mut all = all.clone();
        all["queues"][3].as_object_mut().unwrap().remove("instead");
        Value::Object(all)
    }).unwrap())
}

#[test]
fn a_closed_queue_hands_on_to_the_first_that_may_is_open_and_speaks_the_language() {
    let exception = Triage { topics: vec![Topic::BillingException], ..calm() };
    let when = |now_ms, language: &str| {
        let triage = Triage { language: language.to_owned(), ..exception.clone() };
        office().route(&triage, &Context { now_ms, ..Context::default() })
    };
    let open = when(at(0.0, 0.0), "en");
    assert_eq!((&*open.queue, &*open.reason), ("billing", "an exception"));
    assert_eq!((open.skill.as_deref(), open.sla_minutes), (Some("exceptions"), Some(60)));
    assert_eq!(when(None, "en").queue, "billing", "without a clock it counts as open");

    let night = when(at(0.0, 8.0), "en");
    assert_eq!(night.queue, "night-desk", "never technical, though it stands first");
    assert_eq!(night.reason, "an exception; billing is closed now");
    assert_eq!(night.alternatives[0].queue, "billing");
    assert_eq!(when(at(5.0, 0.0), "de").queue, "night-desk", "Saturday");
    assert_eq!(when(at(0.0, 8.0), "fr").queue, "support");
    let nobody = when(at(0.0, 8.0), "pl");
    assert_eq!(nobody.queue, "billing");
    assert_eq!(nobody.reason, "an exception; billing is closed now, and nobody else may take it");
}

#[test]
fn a_language_that_a_queue_does_not_speak_goes_elsewhere() {
    let in_language = |language: &str, intent| {
        let triage = Triage { language: language.to_owned(), intent, ..calm() };
        office().route(&triage, &Context { now_ms: at(0.0, 0.0), ..Context::default() })
    };
    assert_eq!(in_language("fr", Intent::HowTo).queue, "support");
    let german = in_language("de", Intent::HowTo);
    assert_eq!((&*german.queue, &*german.language), ("night-desk", "de"));
    assert_eq!(german.reason, "anything else; support does not speak the language");
    assert_eq!(in_language("und", Intent::HowTo).queue, "support");
    let bug = in_language("de", Intent::Bug);
    assert_eq!((&*bug.queue, &*bug.language), ("technical", "en"), "the route's own language");
}

/// Every combination of what could lead a case astray.
fn each_case(customer: &Customer, mut check: impl FnMut(&Triage, &Context<'_>)) {
    let calm = calm();
    let topics: Vec<Vec<Topic>> = std::iter::once(Vec::new())
        .chain(Topic::ALL.iter().map(|topic| vec![*topic]))
        .chain([Topic::ALL.to_vec()])
        .collect();
    for &intent in Intent::ALL {
        for customer_state in [CustomerState::Neutral, CustomerState::ChurnRisk] {
            for urgency in [Urgency::Low, Urgency::Critical] {
                for topics in &topics {
                    for bits in 0u32..64 {
                        let is = |bit: u32| bits & 1 << bit != 0;
                        let triage = Triage {
                            intent,
                            customer_state,
                            urgency,
                            topics: topics.clone(),
                            wants_human: is(0),
                            ..calm.clone()
                        };
                        let context = Context {
                            customer: Some(customer),
                            has_errors: is(1),
                            answer_available: is(2),
                            answer_grounded: is(3),
                            failed_answers: if is(4) { 3 } else { 0 },
                            turns: if is(5) { 9 } else { 1 },
                            ..Context::default()
                        };
                        check(&triage, &context);
                    }
                }
            }
        }
    }
}

#[test]
fn a_billing_exception_never_lands_with_technical_support() {
    let rules = Rules::shipped();
    let mut cases = 0;
    for customer in [Customer::default(), enterprise_admin()] {
        each_case(&customer, |triage, context| {
            if triage.topics.contains(&Topic::BillingException) {
                cases += 1;
                let route = rules.route(triage, context);
                assert!(!matches!(&*route.queue, "technical" | "support" | "sales"), "{triage:?}");
                let escalates = rules.decide(triage, context).action == Action::Escalate;
                assert!(escalates, "{triage:?}");
            }
        });
    }
    assert!(cases > 5_000, "{cases}");
}

#[test]
fn a_billing_exception_never_falls_back_on_technical_support() {
    let closed = json!({ "utc_offset_minutes": 0, "open": [] });
    let file = json!({ "version": 1, "extends": "default", "routing": {
        "routes": [],
        "queues": [{ "queue": "billing", "hours": closed, "instead": ["technical", "support", "sales"] }],
    } });
    let rules = Rules::read(&file.to_string()).unwrap();
    let triage = Triage { topics: vec![Topic::BillingException], ..calm() };
    let route = rules.route(&triage, &Context { now_ms: at(0.0, 0.0), ..Context::default() });
    assert_eq!(route.queue, "sales");
}

fn enterprise_admin() -> Customer {
    Customer {
        segment: Some("enterprise".to_owned()),
        role: Some("admin".to_owned()),
        ..Customer::default()
    }
}

#[test]
fn an_enterprise_admins_bug_never_enters_the_how_to_flow() {
    let rules = Rules::shipped();
    let mut cases = 0;
    each_case(&enterprise_admin(), |triage, context| {
        let decision = rules.decide(triage, context);
        assert_eq!(decision.action, Action::Escalate, "an enterprise always gets a person");
        if triage.intent == Intent::Bug || context.has_errors && triage.intent == Intent::HowTo {
            cases += 1;
            let route = rules.route(triage, context);
            assert!(!matches!(&*route.queue, "support" | "sales"), "{triage:?} {}", route.reason);
        }
    });
    assert!(cases > 1_000, "{cases}");
}

#[test]
fn rules_are_read_and_applied_in_little_time() {
    let begun = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(Rules::read(baton_triage::rules::DEFAULT)).unwrap();
    }
    let read = begun.elapsed() / 100;
    let (rules, triage, context) = (Rules::shipped(), calm(), Context::default());
    let begun = std::time::Instant::now();
    for _ in 0..1000 {
        std::hint::black_box(rules.decide(&triage, &context));
        std::hint::black_box(rules.route(&triage, &context));
    }
    let applied = begun.elapsed() / 1000;
    println!("rules: read in {read:?}, decided and routed in {applied:?}");
    // Debug builds under load; release builds take a twentieth of it.
    assert!(read.as_millis() < 100 && applied.as_millis() < 10, "{read:?} {applied:?}");
}
