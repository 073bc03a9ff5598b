//! National ids are masked where the embedder asks for it, and only there.

use baton_evidence::redact::{Policy, Redactor, Scope};

fn redact(text: &str, national_ids: bool) -> String {
    let policy = Policy { national_ids, ..Policy::default() };
    Redactor::new(policy).text("test", text, Scope::Secrets)
}

// Published examples, or made from the rules.
const IDS: [&str; 28] = [
    "US 123-45-6789",
    "US 899-12-0001",
    "GB AB 12 34 56 C",
    "GB ab123456c",
    "ES 12345678Z",
    "ES X1234567L",
    "ES Y-1234567-X",
    "IT RSSMRA85T10A562S",
    "IT rssmra85t10a562s",
    "FR 2 55 08 14 168 025 38",
    "FR 255081416802538",
    "DE 86095742719",
    "DE 65 929 970 489",
    "BR 111.444.777-35",
    "BR 52998224725",
    "NO 15076500565",
    "PL 44051401359",
    "BE 85.07.30-033.28",
    "CH 756.9217.0769.85",
    "SE 811228-9874",
    "SE 19811228-9874",
    "IN 2341 2341 2346",
    "IN 2341-2341-2346",
    "CA 130 692 544",
    "CA SIN 130692544",
    "NL 1112.22.333",
    "NL BSN: 111222333",
    "IN Aadhaar no. 234123412346",
];

#[test]
fn they_are_masked_by_opt_in() {
    let wrong: Vec<&str> =
        IDS.into_iter().filter(|id| !redact(id, true).ends_with("[national id]")).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    for id in IDS {
        assert_eq!(redact(id, false), id);
        let once = redact(id, true);
        assert_eq!(redact(&once, true), once);
    }
}

#[test]
fn a_wrong_check_or_form_is_none() {
    for text in [
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "123-00-4567",
        "123-45-0000",
        "123456789",
        "123-45-67890",
        "BG123456A",
        "DA123456C",
        "AB123456E",
        "12345678A",
        "X1234567A",
        "RSSMRA85T10A562T",
        "255081416802539",
        "86095742710",
        "111.444.777-36",
        "11111111111",
        "15076500564",
        "44051401358",
        "85.07.30-033.29",
        "756.9217.0769.84",
        "811228-9875",
        "2341 2341 2347",
        "130 692 545",
        "130692544",
        "since 130692544",
        "111222333",
        "1111.11.111",
        "order 302-1234567-1234567",
        "1795554320123",
        "9fceb02d0ae598e95dc970b74767f19372d61af8",
        "3f2b8c1d-4242-4242-8ccc-1234567890ab",
        "10.0.0.1, 192.168.178.24",
        "2026-11-24 21:05:20",
    ] {
        assert_eq!(redact(text, true), text);
    }
}

#[test]
fn they_are_counted_under_their_own_kind() {
    let policy = Policy { national_ids: true, ..Policy::default() };
    let mut redactor = Redactor::new(policy);
    let _ = redactor.text("test", "123-45-6789 and 111.444.777-35", Scope::All);
    let report = redactor.into_report();
    assert_eq!((report[0].kind.as_str(), report[0].count), ("national id", 2));
}
