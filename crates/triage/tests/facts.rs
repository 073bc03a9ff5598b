//! What is read from the customer's words, against a corpus; and hostile text.

use std::time::Instant;

use baton_packet::FactKind;
use baton_triage::{Area, Facts, extract};
use proptest::prelude::*;
use serde_json::Value;

fn areas() -> Vec<Area> {
    let area = |name: &str, synonyms: &[&str]| Area {
        name: name.to_owned(),
        synonyms: synonyms.iter().map(|name| (*name).to_owned()).collect(),
    };
    vec![
        area("Billing", &["billing page", "payments tab"]),
        area("Reports", &["report builder", "dashboards"]),
        area("Kalender", &["calendar", "calendar sync"]),
    ]
}

type Row = (String, String, Option<String>);

fn found(facts: &Facts) -> Vec<Row> {
    let row = |fact: &baton_packet::Fact| {
        (fact.kind.clone(), fact.value.clone(), fact.normalized.clone())
    };
    facts.all().iter().map(row).collect()
}

fn expected(row: &Value) -> Vec<Row> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let fact = |fact: &Value| (text(&fact[0]).unwrap(), text(&fact[1]).unwrap(), text(&fact[2]));
    row["facts"].as_array().unwrap().iter().map(fact).collect()
}

#[test]
fn precision_and_recall_stay_above_their_floors() {
    let (mut right, mut wrong, mut missed, mut empty) = (0, 0, 0, 0);
    let lines: Vec<&str> = include_str!("fixtures/facts.jsonl").lines().collect();
    for line in &lines {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = row["text"].as_str().unwrap();
        let (want, have) = (expected(&row), found(&extract(&[text], &areas())));
        let good = have.iter().filter(|fact| want.contains(fact)).count();
        if good < have.len() || good < want.len() {
            println!("{text}\n  wanted {want:?}\n  found  {have:?}");
        }
        right += good;
        wrong += have.len() - good;
        missed += want.len() - good;
        empty += usize::from(want.is_empty());
    }
    let precision = f64::from(right as u32) / f64::from((right + wrong) as u32);
    let recall = f64::from(right as u32) / f64::from((right + missed) as u32);
    println!("{} messages, precision {precision:.3}, recall {recall:.3}", lines.len());
    assert!(lines.len() >= 150 && empty >= 40);
    assert!(precision >= 0.97, "{precision}");
    assert!(recall >= 0.95, "{recall}");
}

#[test]
fn places_point_at_the_words_in_characters() {
    let messages = ["Grüße! 🎉 Fehler 403 seit gestern", "und error 403, order #A-1029"];
    let facts = extract(&messages, &[]);
    assert!(facts.all().len() >= 3, "{facts:?}");
    for fact in facts.all() {
        let said = messages[fact.at.message as usize].chars();
        let (start, end) = (fact.at.start as usize, fact.at.end as usize);
        assert_eq!(said.skip(start).take(end - start).collect::<String>(), fact.value);
    }
    assert_eq!(facts.of(FactKind::ErrorCode).count(), 1, "what is said twice is one fact");
    assert_eq!(facts.kinds(), ["error_code", "order_id", "since"]);
}

#[test]
fn secrets_are_no_facts() {
    for text in [
        "my card 4242 4242 4242 4242, order 4242424242424242",
        "password: hunter2aa1 and token sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "it says \"Hunter2!\" is my password",
        "my code 482913 is refused",
        "https://ann:s3cret@example.com/a",
        "call +49 151 2345678 or mail ann@example.com",
    ] {
        assert!(extract(&[text], &[]).all().is_empty(), "{text} {:?}", extract(&[text], &[]));
    }
    let facts = extract(&["https://example.com/reset?token=8f7d6c5b4a3f2e1d#x"], &[]);
    assert_eq!(facts.all()[0].value, "https://example.com/reset");
}

#[test]
fn a_quoted_mail_and_a_signature_say_nothing() {
    let text = "Still broken.\n\nSent from my iPhone\n\nOn Tue, 3 May 2024, Support <s@example.com> wrote:\n> Order 991122, error 500";
    assert!(extract(&[text], &[]).all().is_empty());
}

#[test]
fn areas_are_matched_at_word_borders_whatever_the_case() {
    let facts = extract(&["The BILLING page and the Kalenders, the report-builder"], &areas());
    let names: Vec<_> = facts.all().iter().map(|f| f.normalized.as_deref().unwrap()).collect();
    assert_eq!(names, ["Billing", "Reports"]);
}

#[test]
fn facts_of_a_kind_are_bounded() {
    let many: String = (1000..3000).map(|code| format!("error {code}, ")).collect();
    assert_eq!(extract(&[&many], &[]).of(FactKind::ErrorCode).count(), 10);
}

/// A megabyte of each, in time that grows with the length.
#[test]
fn hostile_text_is_read_in_linear_time() {
    let zalgo: String = "error".chars().flat_map(|c| [c, '\u{0301}', '\u{0336}']).collect();
    for unit in [
        "a",
        "1",
        "1.",
        "\u{FFFD}",
        "\u{202E}",
        "👩‍👩‍👧‍👦",
        "\"",
        "“",
        "since the ",
        "error 500 ",
        "1. x\n",
        "https://",
        "$1,",
        "order #",
        "I click ",
        "expected but ",
        "'",
        "@.",
        "\n>",
        "(",
        "エラー",
        &zalgo,
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let start = Instant::now();
        let facts = extract(&[&text], &areas());
        assert!(facts.all().len() <= 10 * FactKind::ALL.len());
        assert!(start.elapsed().as_secs() < 5, "{unit} {:?}", start.elapsed());
    }
}

proptest! {
    #[test]
    fn any_text_is_taken(text in any::<String>(), other in "[ -~\n]{0,200}") {
        let facts = extract(&[&text, &other], &areas());
        for fact in facts.all() {
            let length = [&text, &other][fact.at.message as usize].chars().count() as u32;
            prop_assert!(fact.at.start < fact.at.end && fact.at.end <= length);
            prop_assert!(!fact.value.is_empty() && fact.value.chars().count() <= 160);
        }
    }

    #[test]
    fn pieces_of_facts_in_any_order_are_taken(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "error", "403", "#", "order", "since", "the", "update", "$", "1,200.50", "€", "\"", "“", "”", ":",
            "\n", "1.", "2.", " ", " ", "I", "click", "expected", "but got", "12", "people", "https://x.io/a?b", "May",
            "3", "2024-05-03", "v2.3", "Chrome", "昨日", "から", "Error:", "TypeError", "should", "it", "é", "ß", "\u{301}",
        ]), 0..60)) {
        let text = pieces.concat();
        let spaced = pieces.join(" ");
        let facts = extract(&[&text, &spaced], &areas());
        prop_assert!(facts.kinds().len() <= FactKind::ALL.len());
    }
}
