//! The summary keeps to the customer's words.

use baton_packet::FactKind;
use baton_packet::Intent;
use baton_triage::{extract, summarize, summarize_about, summarize_with};

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
    assert!((200..=600).contains(&summary.problem.chars().count()), "{}", summary.problem);
}

#[test]
fn the_questions_follow_the_intent_that_is_told() {
    let questions = summarize_about(Intent::Billing, &["The total is off"]).open_questions;
    assert_eq!(questions, ["Which invoice or payment?"]);
    assert!(summarize_about(Intent::Feedback, &["The total is off"]).open_questions.is_empty());
}

/// The words a line of the summary points at.
fn pointed(messages: &[&str], summary: &baton_packet::Summary, line: &str) -> String {
    let source = summary.sources.iter().find(|source| source.line == line).expect(line);
    let at = source.at;
    let said = messages[at.message as usize].chars().skip(at.start as usize);
    said.take((at.end - at.start) as usize).collect()
}

#[test]
fn each_line_says_where_it_was_written() {
    let messages = [
        "Hallo! 🎉",
        "Hi, the export is empty. It should have 40 rows.",
        "I restarted it. All of us are blocked.",
    ];
    let summary = summarize_about(Intent::Bug, &messages);
    assert_eq!(pointed(&messages, &summary, "/title"), "the export is empty.");
    assert_eq!(pointed(&messages, &summary, "/expected"), "It should have 40 rows.");
    assert_eq!(pointed(&messages, &summary, "/tried/0"), "I restarted it.");
    assert_eq!(pointed(&messages, &summary, "/impact"), "All of us are blocked.");
    assert!(summary.sources.iter().any(|source| source.line == "/problem"));
    assert!(summary.facts.iter().any(|fact| fact.kind == FactKind::PeopleAffected.as_str()));
    assert_eq!(summary, summarize_about(Intent::Bug, &messages));
}

const MAIL: &str = "Hi support team,\n\nI hope you are well. I am writing because our March invoice \
(INV-2024-0031) shows 12 seats but we only have 9.\n\nI already checked the members page.\n\n\
Kind regards,\nAnna Weber\nHead of Operations\n\n\
On Tue, 3 May 2024 at 10:12, Support <help@example.com> wrote:\n> Dear Anna, ticket 77812 was created.";

#[test]
fn a_mail_is_summed_up_without_politeness_signature_and_quote() {
    let summary = summarize_about(Intent::Billing, &[MAIL]);
    assert!(
        summary.title.starts_with("I am writing because our March invoice"),
        "{}",
        summary.title
    );
    assert_eq!(summary.tried, ["I already checked the members page."]);
    assert!(summary.open_questions.is_empty(), "{:?}", summary.open_questions);
    for left_out in ["hope", "Anna", "Operations", "77812", "wrote"] {
        assert!(!summary.problem.contains(left_out), "{left_out}: {}", summary.problem);
    }
}

#[test]
fn a_trace_is_never_the_title() {
    let trace = "TypeError: Cannot read properties of undefined (reading 'map')\n    at Table \
(https://cdn.example.com/app.js:10:15)\n    at render (react-dom.js:100:2)\nIt happens in the report list since Monday.";
    let summary = summarize_about(Intent::Bug, &[trace]);
    assert_eq!(summary.title, "It happens in the report list since Monday.");
    assert!(summary.problem.starts_with("TypeError") && !summary.problem.contains("react-dom"));
    let alone = summarize_about(Intent::Bug, &["{\"error\":\"invalid_grant\",\"code\":401}"]);
    assert_eq!(alone.title, "invalid_grant");
}

#[test]
fn who_is_wanted_is_not_the_title() {
    let text = "Could a real person look at this one? The filter for overdue tasks shows tasks that are done.";
    let title = summarize(&[text]).title;
    assert_eq!(title, "The filter for overdue tasks shows tasks that are done.");
}

#[test]
fn a_long_story_is_told_by_its_sentences() {
    let long = "ok so basically I run a small bakery with my sister and we have been using your app for years. \
It has always been lovely, we take orders on it and print the labels and so on. Last Thursday I was in the middle of \
the Easter orders and I pressed print and the whole thing just hung there. I waited maybe ten minutes. I restarted the \
tablet, tried the other tablet, then tried my phone. On the phone it says \"Printer service unavailable\". My sister \
thinks it is the wifi but the wifi is fine because the card reader works. We ended up writing 140 labels by hand until \
two in the morning. It should print one label per order like it always did. Please tell me what to do before Saturday \
because we have another 200 orders and I really cannot do that again.";
    let summary = summarize_about(Intent::Bug, &[long]);
    assert!(summary.title.starts_with("Last Thursday"), "{}", summary.title);
    assert!(summary.problem.chars().count() <= 600 && summary.problem.contains("hung there"));
    assert!(!summary.problem.contains("bakery"), "{}", summary.problem);
    assert_eq!(
        summary.tried,
        ["I restarted the tablet, tried the other tablet, then tried my phone."]
    );
    assert!(summary.expected.is_some_and(|line| line.contains("one label per order")));
}

#[test]
fn other_languages_are_summed_up_too() {
    let german = "Guten Tag,\n\nseit dem Update kann ich keine Rechnungen mehr exportieren. Ich habe schon den Cache \
geleert. Es sollte eine PDF herauskommen. Das ganze Team ist blockiert.\n\nMit freundlichen Grüßen\nJonas";
    let summary = summarize_about(Intent::Bug, &[german]);
    assert_eq!(summary.title, "seit dem Update kann ich keine Rechnungen mehr exportieren.");
    assert!(summary.open_questions.is_empty(), "{:?}", summary.open_questions);
    assert!(!summary.problem.contains("Jonas"));
    let japanese = summarize_about(
        Intent::Bug,
        &["昨日からログインできません。再起動しました。全員が困っています。"],
    );
    assert_eq!(japanese.title, "昨日からログインできません。");
    assert_eq!(japanese.impact.as_deref(), Some("全員が困っています。"));
}

#[test]
fn what_is_known_is_not_asked() {
    for (intent, text) in [
        (Intent::Outage, "Nobody can log in since 9am, all of us are stuck"),
        (Intent::Access, "Since yesterday the code is refused. I already tried another browser."),
        (Intent::Refund, "Refund the $49.99 of May 3 please"),
        (Intent::Cancel, "Close it at the end of the month"),
        (Intent::Security, "Since this morning somebody is in my account, right now"),
        (
            Intent::Bug,
            "Since Monday I expected a PDF but got nothing, only on my account, I restarted the app",
        ),
        (Intent::Billing, "Invoice INV-2024-0031 is wrong"),
    ] {
        let questions = summarize_about(intent, &[text]).open_questions;
        assert!(questions.is_empty(), "{text} {questions:?}");
    }
    let facts = extract(&["The total is off, see order #A-1029"], &[]);
    let summary = summarize_with(Intent::Billing, &["The total is off, see order #A-1029"], &facts);
    assert!(summary.open_questions.is_empty() && summary.facts == facts.all());
}
