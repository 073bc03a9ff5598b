//! The embedder's own patterns, whose finders are foreign code.

use std::ops::Range;
use std::rc::Rc;

use baton_evidence::redact::{Custom, Policy, Redactor, Scope};

fn custom(kind: &str, find: impl Fn(&str) -> Vec<Range<usize>> + 'static) -> Custom {
    Custom { kind: kind.to_owned(), find: Rc::new(find) }
}

/// Finds a word wherever it stands.
fn word(kind: &str, word: &'static str) -> Custom {
    custom(kind, move |text| text.match_indices(word).map(|(at, _)| at..at + word.len()).collect())
}

fn redactor(custom: Vec<Custom>) -> Redactor {
    Redactor::new(Policy { custom, ..Policy::default() })
}

#[test]
fn what_they_find_is_masked_and_counted_under_their_kind() {
    let customs =
        || vec![word("order id", "ORD-1"), word("project", "Zeus"), word("order id", "ORD-2")];
    let mut first = redactor(customs());
    let once = first.text("test", "ORD-1 of Zeus, ORD-2, token=ORD-1 [order id]", Scope::Secrets);
    assert_eq!(once, "[order id] of [project], [order id], token=[token] [order id]");
    let report: Vec<_> = first.into_report().into_iter().map(|r| (r.kind, r.count)).collect();
    let want = [("token", 1), ("order id", 2), ("project", 1)];
    assert_eq!(report, want.map(|(kind, count)| (kind.to_owned(), count)));
    let mut second = redactor(customs());
    assert_eq!(second.text("test", &once, Scope::Secrets), once);
    assert!(second.into_report().is_empty());
}

#[test]
fn their_placeholders_are_left_alone_like_any_other() {
    for text in ["password=Zeus", "sig=[x Zeus", "https://a:Zeus@b.example", "{\"token\":\"Zeus\"}"]
    {
        let mut redactor = redactor(vec![word("secret project name", "Zeus")]);
        let once = redactor.text("test", text, Scope::All);
        assert!(!once.contains("Zeus"));
        assert_eq!(redactor.text("test", &once, Scope::All), once);
    }
    let mut redactor = redactor(vec![word("x", "Zeus")]);
    assert_eq!(
        redactor.text("test", "password=[x] token: [x]", Scope::All),
        "password=[x] token: [x]"
    );
}

#[test]
fn a_kind_of_our_own_keeps_its_placeholder_and_odd_ones_are_cleaned() {
    for (kind, want) in [
        ("token", "[token]"),
        ("national id", "[national id]"),
        ("card", "[card]"),
        ("", "[custom]"),
        ("]\"<b>\n[", "[b]"),
        ("Kunden-Nr", "[Kunden-Nr]"),
        ("номер", "[номер]"),
    ] {
        let mut redactor = redactor(vec![word(kind, "Zeus")]);
        let once = redactor.text("test", "a Zeus b", Scope::All);
        assert_eq!(once, ["a ", want, " b"].concat());
        assert_eq!(redactor.text("test", &once, Scope::All), once);
        let label = want.trim_matches(['[', ']']);
        assert_eq!(redactor.into_report()[0].kind, label);
    }
}

#[test]
fn ranges_that_make_no_sense_do_no_harm() {
    let text = "é🙂 secret and password=hunter2 tail";
    let range = |start, end| Range { start, end };
    let nonsense: [Vec<Range<usize>>; 9] = [
        vec![range(0, usize::MAX)],
        vec![range(usize::MAX - 1, usize::MAX)],
        vec![range(5, 2)],
        vec![range(3, 3)],
        vec![1..2, 3..5],
        vec![10..12, 2..4, 3..11, 0..1],
        vec![0..3; 5],
        (0..2000).map(|at| at..at + 2).rev().collect(),
        vec![7..13, text.len()..text.len() + 1],
    ];
    for ranges in nonsense {
        let mut redactor = redactor(vec![custom("k", move |_| ranges.clone())]);
        let masked = redactor.text("test", text, Scope::All);
        assert!(!masked.contains("hunter2"));
        assert!(masked.matches('[').count() <= text.len());
    }
    // A range that cuts through characters masks them whole, placeholders stay.
    let mut all = redactor(vec![custom("k", |text| vec![Range { start: 1, end: text.len() }])]);
    let masked = all.text("test", text, Scope::All);
    assert_eq!(masked, "[k][password][k]");
    assert_eq!(all.text("test", &masked, Scope::All), masked);
}

#[test]
fn more_kinds_than_there_are_places_for_still_mask() {
    let names = (0..100).map(|n| format!("kind {n}"));
    let customs = names.map(|name| word(Box::leak(name.into_boxed_str()), "Zeus")).collect();
    let mut redactor = redactor(customs);
    assert_eq!(redactor.text("test", "Zeus", Scope::All), "[kind 0]");
}
