//! Secrets of the corpus never survive, look-alikes always do, redacting twice
//! changes nothing, and hostile text costs no more than its length.

mod corpus;

use std::rc::Rc;
use std::time::{Duration, Instant};

use baton_evidence::redact::{Custom, Policy, Redactor, Scope};
use baton_packet::Redaction;

use corpus::{Random, expand, secrets};

const INNOCENT: &str = include_str!("corpus/innocent.jsonl");

fn innocent() -> Vec<String> {
    let read = |line| serde_json::from_str::<String>(line).expect("a line of the corpus");
    INNOCENT.lines().map(read).map(|text| expand(&text)).collect()
}

fn redact(text: &str) -> (String, Vec<Redaction>) {
    redact_within(text, Scope::All)
}

fn redact_within(text: &str, scope: Scope) -> (String, Vec<Redaction>) {
    let mut redactor = Redactor::new(Policy::default());
    let masked = redactor.text("test", text, scope);
    (masked, redactor.into_report())
}

#[test]
fn every_secret_is_masked_and_nothing_around_it() {
    let cases = secrets();
    assert!(cases.len() >= 300);
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let (masked, report) = redact(&case.text);
            let is_right = masked == case.want && !report.is_empty();
            (!is_right).then(|| format!("{}\n  got  {masked}\n  want {}", case.text, case.want))
        })
        .collect();
    let found = cases.len() - wrong.len();
    println!("recall: {found} of {} secrets, {:.1} %", cases.len(), percent(found, cases.len()));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn look_alikes_stay_and_are_not_counted() {
    let texts = innocent();
    assert!(texts.len() >= 300);
    let wrong: Vec<String> = texts
        .iter()
        .filter_map(|text| {
            let (masked, report) = redact(text);
            (masked != *text || !report.is_empty()).then(|| format!("{text} -> {masked}"))
        })
        .collect();
    let rate = percent(wrong.len(), texts.len());
    println!("false positives: {} of {} look-alikes, {rate:.1} %", wrong.len(), texts.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

#[test]
fn every_secret_is_masked_in_json_that_stays_json() {
    for case in secrets() {
        let data = serde_json::json!({"a": [{"note": case.text}], "n": 1}).to_string();
        let mut redactor = Redactor::new(Policy::default());
        let masked = redactor.body("test", "application/json", &data);
        let read: Result<serde_json::Value, _> = serde_json::from_str(&masked);
        assert!(read.is_ok(), "{masked}");
        let report = redactor.into_report();
        assert!(!report.is_empty(), "{masked}");
        assert_eq!(Redactor::new(Policy::default()).body("test", "", &masked), masked);
    }
}

#[test]
fn redacting_twice_changes_and_counts_nothing() {
    let mut texts: Vec<String> = secrets().into_iter().map(|case| case.text).collect();
    texts.extend(innocent());
    // Every pair with its neighbours, glued in the ways that logs glue.
    let glued: Vec<String> = texts
        .windows(2)
        .flat_map(|pair| ["", " ", "=", "\"", ": ", "&", "@", "/"].map(|glue| pair.join(glue)))
        .collect();
    for text in texts.iter().chain(&glued) {
        let once = redact(text).0;
        let (twice, report) = redact(&once);
        assert_eq!(once, twice, "from {text}");
        assert!(report.is_empty(), "{once} is counted again: {report:?}");
    }
}

#[test]
fn random_text_neither_panics_nor_moves() {
    const PARTS: [&str; 48] = [
        "password",
        "token",
        "Cookie",
        "authorization",
        "session",
        "name",
        "value",
        "code",
        "phone",
        "pin",
        "key",
        "api",
        "user",
        "secrets",
        "=",
        ":",
        "\"",
        "'",
        "\\",
        "\\\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ";",
        "&",
        "?",
        "#",
        "/",
        "@",
        "<",
        ">",
        "%3D",
        "%22",
        "\n",
        "\r\n\r\n",
        " ",
        " is ",
        "é",
        "🙂",
        "[token]",
        "[order id]",
        "[card ••4242]",
        "hunter2",
        "4242424242424242",
        "a.b@example.com",
        "123-45-6789",
    ];
    let order_id = Custom {
        kind: "order id".to_owned(),
        find: Rc::new(|text| text.match_indices("ter2").map(|(at, _)| at..at + 4).collect()),
    };
    let policy = Policy { national_ids: true, custom: vec![order_id], ..Policy::default() };
    let mut random = Random(7);
    for _ in 0..4_000 {
        let size = 1 + random.next() % 24;
        let text: String = (0..size).map(|_| PARTS[random.next() % PARTS.len()]).collect();
        for media_type in ["text/plain", "application/json", "application/x-www-form-urlencoded"] {
            let once = Redactor::new(policy.clone()).body("test", media_type, &text);
            let mut second = Redactor::new(policy.clone());
            assert_eq!(second.body("test", media_type, &once), once, "{media_type} {text:?}");
            assert!(second.into_report().is_empty(), "{once:?} is counted again");
        }
    }
}

#[test]
fn cut_text_neither_panics_nor_moves() {
    for case in secrets() {
        for (at, _) in case.text.char_indices() {
            for part in [&case.text[..at], &case.text[at..]] {
                let once = redact(part).0;
                assert_eq!(redact(&once).0, once, "from {part}");
            }
        }
    }
}

#[test]
fn what_a_customer_writes_keeps_addresses_but_no_secrets() {
    let said = "I am ann@example.com, +49 30 1234567, card 4242 4242 4242 4242, password: hunter2";
    let (masked, _) = redact_within(said, Scope::Secrets);
    assert_eq!(
        masked,
        "I am ann@example.com, +49 30 1234567, card [card ••4242], password: [password]"
    );
}

#[test]
fn the_report_counts_by_section_and_kind_and_holds_no_content() {
    let mut redactor = Redactor::new(Policy::default());
    let _ = redactor.text("b", "ann@example.com bob@example.com password=x [token]", Scope::All);
    let _ = redactor.text("a", "token=abcdef", Scope::All);
    let _ = redactor.url("b", "/x?email=cy@example.com");
    let entry = |section: &str, kind: &str, count| Redaction {
        section: section.to_owned(),
        kind: kind.to_owned(),
        count,
    };
    assert_eq!(
        redactor.into_report(),
        [entry("a", "token", 1), entry("b", "e-mail", 3), entry("b", "password", 1)]
    );
}

#[test]
fn hostile_text_takes_time_in_proportion_to_its_length() {
    let seeds = [
        "A",
        "eyJ",
        "a@",
        "eyJaaaaaaaaaaa.",
        "password=",
        "sig=",
        "sig=\"",
        "sig='a",
        "sig=[\"",
        "cookie:",
        "authorization: digest ",
        "?email=",
        "pwd=/",
        "password=true!",
        "<sig>",
        "https://a",
        "://",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN ",
        "SG.",
        "pypi-",
        "xoxb-",
        "sk-ant-",
        "Bearer ",
        "token ",
        "1",
        "1 ",
        "4242 ",
        "+1 ",
        "DE89",
        "%25",
        "%253D",
        "\\\\",
        "\\\"",
        "sig=\\\"",
        "/reset/",
        "password is ",
        " ",
        "é",
        "[token]",
        "[",
        "&quot;",
        "a.b@c.",
        "=",
        "key ",
        "a,=",
        "password=a,b",
        "name=\"password\" ",
        "name=\"password\"",
        "name=\"sig\" value='",
        "name=\"password\"\n\nx",
        " -u a:",
        " --user ",
        "{\"password\":",
        "{\"a\":[",
        "{\"",
        "{\"value\":1,",
        "<a:Password ",
        "<p>",
        "-----END PRIVATE KEY-----",
        "a-----END ",
        "M.aaaaaa.",
        "1:AA",
        "/verify/1/",
        "cookie: a=\"b",
        "cookie \"",
        "phone: 1 ",
        "key-0",
        "discord.com/api/webhooks/",
        "12 34 56 ",
        "AB12",
        "bsn 111222333 ",
    ];
    let time = |text: &str| {
        let mut redactor = Redactor::new(Policy { national_ids: true, ..Policy::default() });
        let start = Instant::now();
        // By the beginning of the text, as JSON or as text.
        let _ = redactor.body("test", "", text);
        start.elapsed()
    };
    for seed in seeds {
        // The likeliest ones at full size; all of them would hold up the gate.
        let size =
            if matches!(seed, "A" | "eyJ" | "a@" | "password=") { 1_000_000 } else { 60_000 };
        let short = seed.repeat(size / 10 / seed.len());
        let long = seed.repeat(size / seed.len());
        // Ten times the text; a quadratic scanner would take a hundred times, and many
        // seconds. Other work may share the machine, so a slow run gets two more chances.
        let of_short = time(&short);
        let allowed = (of_short * 40).max(Duration::from_millis(1500));
        let mut of_long = time(&long);
        for _ in 0..2 {
            if of_long >= allowed {
                of_long = time(&long);
            }
        }
        assert!(of_long < allowed, "{seed:?}: {of_short:?} for a tenth, {of_long:?} for all");
    }
}
