//! The command `baton-export`: its files, its faults, its exit codes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

const FULL: &str = include_str!("../../packet/tests/fixtures/packets/1.1-full.json");

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baton-export"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn every_format_is_written_to_its_file() {
    let folder = folder("formats");
    std::fs::write(folder.join("packet.json"), FULL).unwrap();
    for format in ["har", "recorder", "playwright", "markdown", "curl", "rrweb", "steps", "console"]
    {
        let output =
            run(&folder, &["--packet", "packet.json", "--format", format, "--out", "made"]);
        // Valid, and still as it was sealed.
        assert_eq!((output.status.code(), errors(&output).as_str()), (Some(0), ""), "{format}");
        assert!(!std::fs::read_to_string(folder.join("made")).unwrap().is_empty());
        std::fs::remove_file(folder.join("made")).unwrap();
    }
    let output = run(&folder, &["--packet=packet.json", "--format=steps", "--out=-"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Steps to reproduce"));
}

#[test]
fn attachments_beside_the_packet_are_used_if_they_are_the_ones() {
    let folder = folder("attachments");
    let mut packet: Value = serde_json::from_str(FULL).unwrap();
    packet["evidence"].as_object_mut().unwrap().remove("replay");
    std::fs::write(folder.join("packet.json"), packet.to_string()).unwrap();
    let arguments = ["--packet", "packet.json", "--format", "rrweb", "--out", "-"];
    std::fs::write(folder.join("screenshot-1.webp"), "abc").unwrap();
    let output = run(&folder, &arguments);
    assert!(String::from_utf8_lossy(&output.stdout).contains("data:image/webp;base64,YWJj"));
    std::fs::write(folder.join("screenshot-1.webp"), "other").unwrap();
    let output = run(&folder, &arguments);
    assert!(output.status.success());
    assert!(errors(&output).contains("screenshot-1.webp is not the file"));
    assert!(!String::from_utf8_lossy(&output.stdout).contains("data:image"));
}

#[test]
fn a_draft_is_of_use_and_a_changed_packet_is_told() {
    let folder = folder("draft");
    let mut packet: Value = serde_json::from_str(FULL).unwrap();
    packet["consent"]["approved"] = json!(false);
    packet["integrity"] = json!({"algorithm": "sha-256", "items": [], "chain": ""});
    let built = json!({"packet": packet, "attachments": []});
    std::fs::write(folder.join("built.json"), built.to_string()).unwrap();
    let output = run(&folder, &["--packet", "built.json", "--format", "har", "--out", "-"]);
    assert!(output.status.success(), "{}", errors(&output));
    assert!(errors(&output).contains("consent.approved: must be true"));
    assert!(errors(&output).contains("app is not what was sealed"));
}

#[test]
fn faults_are_named_and_have_their_exit_code() {
    let folder = folder("faults");
    std::fs::write(folder.join("newer.json"), r#"{"schema_version":"2.0"}"#).unwrap();
    std::fs::write(folder.join("broken.json"), "{").unwrap();
    let check = |arguments: &[&str], code: i32, words: &str| {
        let output = run(&folder, arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(errors(&output).contains(words), "{}", errors(&output));
    };
    check(&[], 2, "--packet is missing");
    check(&["--packet", "x", "--format", "pdf"], 2, "no format pdf");
    check(&["--frobnicate"], 2, "--frobnicate");
    let rest = ["--format", "har", "--out", "-"];
    check(&[&["--packet", "none.json"], &rest[..]].concat(), 1, "none.json: ");
    check(&[&["--packet", "broken.json"], &rest[..]].concat(), 1, "broken.json: EOF");
    check(&[&["--packet", "newer.json"], &rest[..]].concat(), 1, "schema_version 2.0");
    let help = run(&folder, &["--help"]);
    assert!(help.status.success() && String::from_utf8_lossy(&help.stdout).contains("Usage:"));
}
