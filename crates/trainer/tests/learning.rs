//! Learning from overrides: what is proposed, what is learned, and what is
//! refused.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use baton_trainer::learn::{examples, proposals, read, sent_right, with_routes};
use baton_triage::{Rules, rules::DEFAULT, triage};
use serde_json::json;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A line as the desk writes it.
fn line(field: &str, from: &str, to: &str, text: &str, intent: &str, topics: &[&str]) -> String {
    let mut found = serde_json::to_value(triage(None, &[text])).unwrap();
    found["intent"] = intent.into();
    found["topics"] = json!(topics);
    json!({
        "handoff": "0191", "field": field, "from": from, "to": to, "by": "agent",
        "at": "2026-11-30T10:00:00Z", "messages": [text], "triage": found,
        "queue": "support", "rule": "low_confidence",
    })
    .to_string()
        + "\n"
}

fn learn(overrides: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_baton-trainer"))
        .args(["learn", "--overrides", overrides.to_str().unwrap()])
        .args(more)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]].map(String::from_utf8_lossy).concat()
}

#[test]
fn routes_are_proposed_where_people_agree() {
    let folder = folder("routes");
    let file = folder.join("overrides.jsonl");
    let mut text = String::new();
    for place in 0..4 {
        let words = format!("the Xero sync of invoice {place} is off");
        text += &line("queue", "technical", "billing", &words, "integration", &[]);
    }
    text += &line("queue", "support", "sales", "what does it cost", "how_to", &[]);
    text += &line("queue", "support", "sales", "price list please", "how_to", &[]);
    std::fs::write(&file, text).unwrap();
    let overrides = read(&file).unwrap();
    let proposed = proposals(&overrides);
    assert_eq!(proposed.len(), 1, "two of a kind are too few: {proposed:?}");
    assert_eq!(proposed[0].route["when"]["intent"][0], "integration");
    assert_eq!((proposed[0].saves, proposed[0].against), (4, 0));
    let rules = with_routes(DEFAULT, &proposed).unwrap();
    let (before, after) = (Rules::read(DEFAULT).unwrap(), Rules::read(&rules).unwrap());
    assert_eq!((sent_right(&before, &overrides), sent_right(&after, &overrides)), (0, 4));

    let out = folder.join("rules.json");
    let done = learn(&file, &["--rules-out", out.to_str().unwrap()]);
    assert!(done.status.success(), "{}", said(&done));
    assert!(said(&done).contains("0 before, 4 after"), "{}", said(&done));
    assert!(said(&done).contains("examples that end otherwise"), "{}", said(&done));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), rules);
}

#[test]
fn overrides_of_one_conversation_are_one_message() {
    let folder = folder("examples");
    let file = folder.join("overrides.jsonl");
    let words = "the totals are off since monday";
    let text = line("intent", "how_to", "bug", words, "how_to", &[])
        + &line("urgency", "low", "high", words, "how_to", &[]);
    std::fs::write(&file, text).unwrap();
    let examples = examples(&read(&file).unwrap());
    assert_eq!(examples.len(), 1);
    let labels = (examples[0].intent.unwrap().as_str(), examples[0].urgency.unwrap().as_str());
    assert_eq!(labels, ("bug", "high"));
    std::fs::write(&file, "{\"field\":\"intent\"}\n").unwrap();
    assert!(read(&file).unwrap_err().to_string().contains("line 1"));
}

/// A small corpus of two voices, and overrides that are right or all wrong.
#[test]
fn a_model_that_got_worse_is_refused_unless_it_is_insisted_on() {
    let folder = folder("model");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let voices = folder.join("voices");
    std::fs::create_dir_all(&voices).unwrap();
    let cut = |name: &str, lines: usize| {
        let text = std::fs::read_to_string(data.join("messages").join(name)).unwrap();
        let some: Vec<&str> = text.lines().take(lines).collect();
        std::fs::write(voices.join(name), some.join("\n")).unwrap();
    };
    cut("everyday-a.jsonl", 300);
    cut("more-b.jsonl", 300);
    let held_out = data.join("held-out/english.jsonl");
    let rows = std::fs::read_to_string(data.join("messages/everyday-b.jsonl")).unwrap();
    let mut wrong = String::new();
    let mut right = String::new();
    for row in rows.lines().take(250) {
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        let text = row["text"].as_str().unwrap();
        wrong += &line("intent", "bug", "other", text, "bug", &[]);
        if let Some(intent) = row["intent"].as_str() {
            right += &line("intent", "other", intent, text, "other", &[]);
        }
        if let Some(urgency) = row["urgency"].as_str() {
            right += &line("urgency", "low", urgency, text, "other", &[]);
        }
    }
    let none = line("queue", "support", "sales", "hello", "other", &[]);
    for (name, text) in [("wrong", &wrong), ("right", &right), ("none", &none)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let small = [
        "--data",
        voices.to_str().unwrap(),
        "--held-out",
        held_out.to_str().unwrap(),
        "--entries",
        "12000",
    ];
    let base = folder.join("base.model");
    let trained = Command::new(env!("CARGO_BIN_EXE_baton-trainer"))
        .args(["train", "--data", voices.to_str().unwrap(), "--entries", "12000", "--folds", "2"])
        .args(["--lexicons", data.join("lexicons.txt").to_str().unwrap()])
        .args(["--out", base.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(trained.status.success(), "{}", said(&trained));
    let out = folder.join("learned.model");
    let lexicons = data.join("lexicons.txt");
    let with = |name: &str, more: &[&str]| {
        let common = [
            "--model",
            base.to_str().unwrap(),
            "--model-out",
            out.to_str().unwrap(),
            "--lexicons",
            lexicons.to_str().unwrap(),
        ];
        learn(&folder.join(name), &[&small[..], &common, more].concat())
    };
    let refused = with("wrong", &[]);
    assert!(!refused.status.success() && !out.exists(), "{}", said(&refused));
    assert!(said(&refused).contains("worse: intent accuracy"), "{}", said(&refused));
    let insisted = with("wrong", &["--force"]);
    assert!(insisted.status.success() && out.exists(), "{}", said(&insisted));
    std::fs::remove_file(&out).unwrap();
    let learned = with("right", &[]);
    assert!(learned.status.success() && out.exists(), "{}", said(&learned));
    let nothing = with("none", &[]);
    assert!(
        nothing.status.success() && said(&nothing).contains("nothing to learn"),
        "{}",
        said(&nothing)
    );
}
