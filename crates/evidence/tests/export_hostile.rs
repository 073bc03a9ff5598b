//! Whatever a packet holds, every format is well-formed and its text stays text.

mod support;

use std::io::Write as _;
use std::process::{Command, Stdio};

use baton_evidence::export::{Format, export};
use baton_packet::Packet;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Stands in every piece of hostile text; must never be code.
const MARK: &str = "EVIL";

/// Text that means something to one of the languages written.
const PIECES: [&str; 22] = [
    "'",
    "\"",
    "`",
    "```",
    "\\",
    "\n",
    "\r",
    "\u{2028}",
    "\0",
    "${",
    "}",
    "$(",
    ";",
    "#",
    "*/",
    "</script>",
    "<!--",
    "[e-mail]",
    "[card ••4242]",
    " >> ",
    "\u{202e}",
    "… [cut, 5 characters]",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => Just(MARK.to_owned()),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..1e6_f64, proptest::num::f64::NORMAL, Just(-0.0)]
}

/// Replaces every string and number of the free-form parts.
fn fill(
    value: &mut Value,
    texts: &mut impl Iterator<Item = String>,
    numbers: &mut impl Iterator<Item = f64>,
) {
    match value {
        Value::String(text) if text == "?" => *text = texts.next().unwrap(),
        Value::Number(number) if number.is_f64() => *value = json!(numbers.next().unwrap()),
        Value::Array(list) => list.iter_mut().for_each(|value| fill(value, texts, numbers)),
        Value::Object(fields) => fields.values_mut().for_each(|value| fill(value, texts, numbers)),
        _ => {}
    }
}

fn steps() -> Vec<Value> {
    let actions = [
        "click",
        "double_click",
        "key",
        "input",
        "submit",
        "scroll",
        "navigate",
        "visibility",
        "resize",
        "breadcrumb",
    ];
    actions
        .into_iter()
        .map(|action| {
            let kinds = ["select", "checkbox", "email", "?"];
            json!({
                "at": "2026-11-24T21:05:20Z", "ms": 1.5, "action": action, "target": "?",
                "selectors": ["?", "css=?", "role=button[name=\"?\"]"], "frame": [1], "key": "?",
                "field": {"kind": kinds[action.len() % 4], "length": 7, "private": action.len() % 2 == 0},
                "point": {"x": 1.5, "y": 1.5}, "size": {"width": 1.5, "height": 1.5},
                "value": "?", "url": "?",
            })
        })
        .collect()
}

fn hostile(texts: Vec<String>, numbers: Vec<f64>) -> Packet {
    let content =
        json!({"headers": [{"name": "?", "value": "?"}], "type": "?", "body": "?", "omitted": "?"});
    let at = "2026-11-24T21:05:20.5+01:00";
    let mut evidence = json!({
        "steps": steps(),
        "console": [{"at": at, "ms": 1.5, "level": "error", "message": "?"}],
        "errors": [{"at": at, "ms": 1.5, "kind": "uncaught", "name": "?", "message": "?", "stack": "?",
                    "cause": "?", "source": "?", "fingerprint": "?"}],
        "network": [{"at": at, "ms": 1.5, "initiator": "fetch", "method": "?", "url": "?", "status": 500,
                     "duration_ms": 1.5, "wait_ms": 1.5, "protocol": "?", "request": content, "response": content},
                    {"at": "?", "ms": 1.5, "initiator": "xhr", "method": "?", "url": "?", "failure": "cors",
                     "failure_text": "?"}],
        "replay": {"kind": "snapshot", "inline": ["?", {"type": 2, "timestamp": 1.5, "data": "?"}],
                   "events": 1, "duration_ms": 1.5, "gaps": []},
    });
    let (mut texts, mut numbers) = (texts.into_iter().cycle(), numbers.into_iter().cycle());
    fill(&mut evidence, &mut texts, &mut numbers);
    let mut packet = support::packet(evidence);
    for text in [
        &mut packet.summary.title,
        &mut packet.summary.problem,
        &mut packet.environment.page_url,
        &mut packet.environment.page_title,
        &mut packet.environment.browser.name,
    ] {
        *text = texts.next().unwrap();
    }
    packet.summary.expected = texts.next();
    packet.app.release = texts.next();
    packet.environment.viewport.width = numbers.next().unwrap();
    packet
}

/// What is left of a program without its strings and comments; `None` if one of them
/// does not end.
fn code_only(program: &str, quotes: &[char], comment: &str, has_escapes: bool) -> Option<String> {
    let mut code = String::new();
    let mut rest = program;
    while let Some(char) = rest.chars().next() {
        let starts_line = code.is_empty() || code.ends_with([' ', '\n', ')', '}']);
        if rest.starts_with(comment) && starts_line {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if char == '\\' && !has_escapes {
            // A shell's escape outside quotes.
            rest = rest.get(2..)?;
        } else if quotes.contains(&char) {
            let mut chars = rest.char_indices().skip(1);
            let end = loop {
                match chars.next()? {
                    (_, '\\') if has_escapes => drop(chars.next()?),
                    (_, '\n') if has_escapes && char == '\'' => return None,
                    (at, found) if found == char => break at,
                    _ => {}
                }
            };
            rest = &rest[end + 1..];
            code.push('_');
        } else {
            code.push(char);
            rest = &rest[char.len_utf8()..];
        }
    }
    Some(code)
}

fn check(packet: &Packet) {
    for format in Format::ALL {
        let Ok(text) = export(*format, packet, &|_| None) else { continue };
        let name = format.as_str();
        match format {
            Format::Har | Format::Recorder | Format::Rrweb => {
                assert!(serde_json::from_str::<Value>(&text).is_ok(), "{name}: {text}");
                assert!(!text.contains('<'), "{name}: {text}");
            }
            Format::Console => {
                assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
                assert!(!text.contains('<'));
            }
            Format::Playwright => {
                let code = code_only(&text, &['\'', '`'], "//", true);
                let code = code.unwrap_or_else(|| panic!("a string does not end in\n{text}"));
                assert!(!code.contains(MARK) && !code.contains('\0'), "{code}\n{text}");
                assert!(!text.contains("</script") && !text.contains("<!--"));
            }
            Format::Curl => {
                let code = code_only(&text, &['\'', '"'], "#", false);
                let code = code.unwrap_or_else(|| panic!("a string does not end in\n{text}"));
                assert!(!code.contains(MARK) && !code.contains('$'), "{code}\n{text}");
            }
            Format::Markdown => {
                let prose = prose(&text);
                let prose = prose.replace("<details><summary>", "").replace("</summary>", "");
                assert!(!prose.replace("</details>", "").contains('<'), "{prose}");
            }
            Format::Steps => assert!(!text.contains('\0')),
        }
    }
}

/// Markdown without its fenced blocks and code spans.
fn prose(text: &str) -> String {
    let (mut prose, mut fence) = (String::new(), None::<String>);
    for line in text.lines() {
        let ticks: String = line.chars().take_while(|char| *char == '`').collect();
        match &fence {
            Some(open) if line == open.as_str() => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            // A code span, if there is one, ends its line.
            None => prose.push_str(line.split(" `").next().unwrap_or_default()),
        }
        prose.push('\n');
    }
    assert_eq!(fence, None, "a fence is never closed in\n{text}");
    prose
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_never_becomes_code(
        texts in proptest::collection::vec(text(), 1..40),
        numbers in proptest::collection::vec(number(), 1..10),
    ) {
        check(&hostile(texts, numbers));
    }
}

#[test]
fn every_piece_alone_is_harmless() {
    for piece in PIECES {
        check(&hostile(vec![[piece, MARK, piece].concat()], vec![1.0]));
    }
}

/// Whether the tool takes the text on its standard input; `None` if there is no such tool.
fn accepted(tool: &str, arguments: &[&str], text: &str) -> Option<bool> {
    let mut command = Command::new(tool);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::inherit());
    let mut child = command.spawn().ok()?;
    // A tool that refuses may not read to the end.
    let _ = child.stdin.take()?.write_all(text.as_bytes());
    Some(child.wait().ok()?.success())
}

#[test]
fn the_languages_own_parsers_take_hostile_scripts() {
    for piece in PIECES {
        let packet = hostile(vec![[piece, MARK, piece].concat()], vec![1.0]);
        let test = export(Format::Playwright, &packet, &|_| None).unwrap();
        let script = export(Format::Curl, &packet, &|_| None).unwrap();
        let node = accepted("node", &["--input-type=module", "--check", "-"], &test);
        let shell = accepted("sh", &["-n"], &script);
        for (tool, result) in [("node", node), ("sh", shell)] {
            match result {
                Some(is_accepted) => assert!(is_accepted, "{tool}: {piece:?}\n{test}\n{script}"),
                None => eprintln!("SKIPPED: there is no {tool} to check scripts"),
            }
        }
    }
}
