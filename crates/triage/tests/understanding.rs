//! What triage makes of messages: accuracy on messages it did not learn from,
//! turns, languages, and hostile text.

use std::sync::LazyLock;

use baton_packet::{CustomerState, Intent, Topic, Triage, Urgency};
use baton_triage::{MODEL, Model};
use serde_json::Value;

/// What the model says of the messages.
fn triage(messages: &[&str]) -> Triage {
    static READ: LazyLock<Model> =
        LazyLock::new(|| Model::read(MODEL).expect("the model in the repository is good"));
    baton_triage::triage(Some(&READ), messages)
}

fn fixtures() -> Vec<Value> {
    include_str!("../../trainer/data/held-out/english.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a fixture is JSON"))
        .collect()
}

fn share_right(of: fn(&Triage) -> String, key: &str) -> f64 {
    let rows = fixtures();
    let right = rows.iter().filter(|row| {
        let found = triage(&[row["text"].as_str().unwrap()]);
        row[key].as_str().map_or_else(|| row[key].to_string(), str::to_owned) == of(&found)
    });
    right.count() as f64 / rows.len() as f64
}

#[test]
fn accuracy_stays_above_its_floor() {
    let intent = share_right(|found| found.intent.to_string(), "intent");
    let urgency = share_right(|found| found.urgency.to_string(), "urgency");
    let state = share_right(|found| found.customer_state.to_string(), "state");
    let human = share_right(|found| found.wants_human.to_string(), "wants_human");
    println!("intent {intent:.3} urgency {urgency:.3} state {state:.3} wants_human {human:.3}");
    assert!(intent >= 0.82, "intent {intent}");
    assert!(urgency >= 0.72, "urgency {urgency}");
    assert!(state >= 0.85, "state {state}");
    assert!(human >= 0.95, "wants_human {human}");
}

#[test]
fn probabilities_of_each_answer_sum_to_one_and_name_every_class() {
    for text in ["", "Export makes an empty file", "🎉", "refund refund refund REFUND!!!"] {
        let found = triage(&[text]);
        for (scores, classes) in [
            (&found.scores.intent, Intent::ALL.len()),
            (&found.scores.urgency, Urgency::ALL.len()),
            (&found.scores.customer_state, CustomerState::ALL.len()),
        ] {
            assert_eq!(scores.iter().count(), classes);
            assert!((scores.iter().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-9);
        }
        assert_eq!(found.scores.topics.iter().count(), Topic::ALL.len());
        assert!(found.scores.topics.iter().all(|(_, p)| (0.0..=1.0).contains(&p)));
        assert_eq!(Some(found.confidence.intent), found.scores.intent.get(found.intent.as_str()));
    }
}

#[test]
fn text_without_evidence_is_other_with_low_confidence() {
    for messages in [&[][..], &[""], &["   \n\t"], &["🎉🎉🎉"], &["qzxv wkjq"], &["..."]] {
        let found = triage(messages);
        assert_eq!(found.intent, Intent::Other, "{messages:?}");
        assert!(found.confidence.intent < 0.4, "{messages:?} {}", found.confidence.intent);
        assert!(found.topics.is_empty() && !found.wants_human, "{messages:?}");
    }
}

#[test]
fn reasons_name_the_words_that_weighed() {
    let found = triage(&["Please send me the invoice for March"]);
    assert_eq!(found.intent, Intent::Billing);
    let about_intent: Vec<&str> = found
        .reasons
        .iter()
        .filter(|reason| reason.about == "intent:billing")
        .map(|reason| reason.feature.as_str())
        .collect();
    assert!(about_intent.iter().any(|feature| feature.contains("invoice")), "{about_intent:?}");
    assert!(found.reasons.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
}

#[test]
fn reasons_never_repeat_what_may_be_a_secret() {
    let found =
        triage(&["My password1234secret is refused and apikey9f8e7d6c5b4a fails, reset it"]);
    for reason in &found.reasons {
        assert!(!reason.feature.contains("1234"), "{reason:?}");
        assert!(!reason.feature.contains("9f8e"), "{reason:?}");
    }
}

#[test]
fn later_turns_weigh_more() {
    let found = triage(&["Where do I find the invoices?", "Forget that. Please close my account."]);
    assert_eq!(found.intent, Intent::Cancel);
}

#[test]
fn small_talk_does_not_wash_out_what_was_said() {
    let found = triage(&["hello", "The export button crashes the page when I click it", "thanks"]);
    assert_eq!(found.intent, Intent::Bug);
}

#[test]
fn the_latest_wish_about_a_person_counts() {
    assert!(triage(&["I don't need a human", "ok, get me a real person"]).wants_human);
    assert!(!triage(&["get me a real person", "never mind, I don't need a human"]).wants_human);
}

#[test]
fn topics_are_independent_of_the_intent() {
    let found = triage(&["The API is slow, and my lawyer will write to you about it."]);
    assert!(found.topics.contains(&Topic::Legal), "{:?}", found.topics);
    let found = triage(&["All our notes are gone after the update, the page shows an error"]);
    assert!(found.topics.contains(&Topic::DataLoss), "{:?}", found.topics);
    let found = triage(&["Could you waive the overage fee, just this once?"]);
    assert!(found.topics.contains(&Topic::BillingException), "{:?}", found.topics);
    let found = triage(&["My co-founder removed me from our organisation"]);
    assert!(found.topics.contains(&Topic::AccessDispute), "{:?}", found.topics);
}

#[test]
fn a_forgotten_password_is_no_access_dispute() {
    let found = triage(&["I forgot my password and the reset mail never arrives"]);
    assert_eq!(found.intent, Intent::Access);
    assert!(!found.topics.contains(&Topic::AccessDispute));
}

#[test]
fn the_language_is_told_by_script_and_small_words() {
    for (language, text) in [
        ("en", "I cannot find the report that we made yesterday"),
        ("de", "Ich kann die Rechnung nicht finden, bitte helfen Sie mir"),
        ("fr", "Je ne trouve pas la facture de mon abonnement"),
        ("es", "No puedo entrar en mi cuenta desde ayer"),
        ("pt", "Não consigo entrar na minha conta"),
        ("it", "Non riesco ad accedere al mio account, grazie"),
        ("nl", "Ik kan niet inloggen op mijn account"),
        ("pl", "Nie mogę się zalogować, proszę o pomoc"),
        ("tr", "Hesabıma giriş yapamıyorum, bu çok önemli"),
        ("ja", "請求書が見つかりません"),
        ("zh", "我无法登录我的账户"),
        ("ko", "로그인이 안 됩니다"),
        ("ar", "لا أستطيع تسجيل الدخول"),
        ("hi", "मैं लॉगिन नहीं कर पा रहा हूँ"),
        ("ru", "Не могу войти в аккаунт"),
        ("el", "Δεν μπορώ να συνδεθώ"),
        ("he", "אני לא מצליח להתחבר"),
        ("th", "เข้าสู่ระบบไม่ได้"),
        ("und", "502"),
        ("und", ""),
    ] {
        assert_eq!(triage(&[text]).language, language, "{text}");
    }
}

#[test]
fn hostile_text_is_taken_calmly() {
    let zalgo: String = "refund".chars().flat_map(|c| [c, '\u{0301}', '\u{0336}']).collect();
    assert_eq!(
        triage(&[&format!("{zalgo} my payment please")]).intent,
        triage(&["refund my payment please"]).intent
    );
    let long = "the export fails with an error 500 and 私 🙂 ".repeat(25_000);
    for text in [
        long.as_str(),
        &"a".repeat(1_000_000),
        &"\u{202E}".repeat(1000),
        "\u{FFFD}\u{FFFD} \u{0} \u{200B}",
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
        "مرحبا \u{202B}abc\u{202C} refund",
        "<img src=x onerror=alert(1)>",
        "İİİ ẞ ŉ",
    ] {
        let found = triage(&[text]);
        assert!((0.0..=1.0).contains(&found.confidence.intent));
        assert!(found.reasons.len() < 30);
        assert!(found.reasons.iter().all(|reason| reason.feature.len() < 64));
    }
}

#[test]
fn a_megabyte_is_read_in_no_time() {
    let long = "I was charged twice and want my money back. ".repeat(24_000);
    let begin = std::time::Instant::now();
    assert_eq!(triage(&[&long]).intent, Intent::Refund);
    assert!(begin.elapsed() < std::time::Duration::from_secs(3), "{:?}", begin.elapsed());
}

/// The model knows none of these words; the phrase is known all the same.
#[test]
fn a_wish_for_a_person_needs_no_word_that_the_model_knows() {
    let heard = triage(&["أريد التحدث إلى شخص"]);
    assert!(heard.wants_human && heard.scores.wants_human > 0.8, "{}", heard.scores.wants_human);
}

#[test]
fn the_same_words_give_the_same_result() {
    for row in fixtures() {
        let text = row["text"].as_str().unwrap();
        let once = serde_json::to_string(&triage(&[text])).unwrap();
        assert_eq!(once, serde_json::to_string(&triage(&[text])).unwrap());
    }
}

/// What is said of a message, as it is recorded.
fn said(text: &str) -> Value {
    let found = triage(&[text]);
    let sure = found.confidence;
    serde_json::json!({
        "said": [
            found.intent.to_string(),
            found.urgency.to_string(),
            found.customer_state.to_string(),
            found.wants_human.to_string(),
            found.language,
        ],
        "topics": found.topics,
        "confidence": [
            sure.intent,
            sure.urgency,
            sure.customer_state,
            sure.wants_human,
            sure.language,
        ],
    })
}

/// Nothing changes unseen: after a wanted change, record anew with
/// `UPDATE_GOLDEN=1` and read the difference.
#[test]
fn labels_and_confidence_are_those_recorded() {
    let rows = fixtures();
    let texts = rows.iter().map(|row| row["text"].as_str().unwrap());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/golden.jsonl");
        let lines: String = texts.clone().map(|text| said(text).to_string() + "\n").collect();
        std::fs::write(path, lines).unwrap();
        return;
    }
    let recorded = include_str!("fixtures/golden.jsonl").lines();
    assert_eq!(recorded.clone().count(), rows.len());
    for (text, recorded) in texts.zip(recorded) {
        let recorded: Value = serde_json::from_str(recorded).unwrap();
        let found = said(text);
        assert_eq!(found["said"], recorded["said"], "{text}");
        assert_eq!(found["topics"], recorded["topics"], "{text}");
        let numbers = |value: &Value| -> Vec<f64> {
            value["confidence"].as_array().unwrap().iter().map(|p| p.as_f64().unwrap()).collect()
        };
        for (now, then) in numbers(&found).into_iter().zip(numbers(&recorded)) {
            assert!((now - then).abs() < 1e-6, "{text} {now} {then}");
        }
    }
}
