//! The summary keeps to the customer's words.

use baton_packet::Intent;
use baton_triage::{summarize, summarize_about};

#[test]
fn the_title_is_never_the_greeting() {
    for (text, title) in [
        ("Hi! The export is empty.", "The export is empty."),
        ("Hi, the export is empty", "the export is empty"),
        ("Hello team, the export is empty", "the export is empty"),
        ("Good morning everyone. The export is empty.", "The export is empty."),
        ("hey there\nexport is empty", "export is empty"),
        ("hi i need the March invoice", "i need the March invoice"),
        ("Hallo zusammen, der Export ist leer", "der Export ist leer"),
        ("Dear Sir or Madam,\n\nThe export is empty.", "The export is empty."),
        ("こんにちは。エクスポートが空です。", "エクスポートが空です。"),
        ("Hide the sidebar for guests", "Hide the sidebar for guests"),
    ] {
        assert_eq!(summarize(&[text]).title, title, "{text}");
    }
    assert_eq!(summarize(&["Hello!", "My card is refused"]).title, "My card is refused");
}

#[test]
fn the_title_is_cut_at_a_word_and_never_empty() {
    let long = "the quarterly revenue export ".repeat(30);
    let title = summarize(&[&long]).title;
    assert!(title.chars().count() <= 120 && title.ends_with("export…"), "{title}");
    let unbroken = "é".repeat(500);
    assert_eq!(summarize(&[&unbroken]).title.chars().count(), 120);
    for nothing in [&[][..], &[""], &["\u{0}\u{0}"], &["🎉"], &["..."]] {
        assert_eq!(summarize(nothing).title, "No description given", "{nothing:?}");
    }
    assert_eq!(summarize(&["hi"]).title, "hi");
}

#[test]
fn what_was_tried_expected_and_hit_is_found() {
    let messages = [
        "The export is empty since Monday. It should have 40 rows.",
        "I already cleared my cache. Also tried another browser!\nOur whole team is blocked.",
    ];
    let summary = summarize_about(Intent::Bug, &messages);
    assert_eq!(summary.title, "The export is empty since Monday.");
    assert_eq!(summary.tried, ["I already cleared my cache.", "Also tried another browser!"]);
    assert_eq!(summary.expected.as_deref(), Some("It should have 40 rows."));
    assert_eq!(summary.impact.as_deref(), Some("Our whole team is blocked."));
    assert!(summary.open_questions.is_empty(), "{:?}", summary.open_questions);
    assert!(summary.problem.contains("Monday") && summary.problem.contains("another browser"));
}

#[test]
fn what_is_missing_is_asked() {
    let questions = summarize(&["The export button crashes the page"]).open_questions;
    assert!(questions.iter().any(|q| q == "Since when does it happen?"), "{questions:?}");
    let questions = summarize(&["I want a refund"]).open_questions;
    assert!(questions.iter().any(|q| q == "Which charge, and how much?"), "{questions:?}");
    assert!(summarize(&["Refund the 49 dollars taken on May 3"]).open_questions.is_empty());
}

#[test]
fn the_problem_is_bounded() {
    let long = "ω ".repeat(600_000);
    let summary = summarize(&[&long, &long]);
    assert_eq!(summary.problem.chars().count(), 2000);
}

#[test]
fn the_questions_follow_the_intent_that_is_told() {
    let questions = summarize_about(Intent::Billing, &["The total is off"]).open_questions;
    assert_eq!(questions, ["Which invoice or payment?"]);
    assert!(summarize_about(Intent::Feedback, &["The total is off"]).open_questions.is_empty());
}
