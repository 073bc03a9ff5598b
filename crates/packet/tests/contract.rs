//! The contract as third parties see it: the published schema, the packets ever
//! shipped, and errors that name their field.

use baton_packet::{Packet, PacketError, limits, reply, validate};
use serde_json::{Value, json};

const FULL: &str = include_str!("fixtures/packets/1.0-full.json");
const FULL_1_1: &str = include_str!("fixtures/packets/1.1-full.json");
const PICTURES_1_2: &str = include_str!("fixtures/packets/1.2-pictures.json");
const MINIMAL: &str = include_str!("fixtures/packets/1.0-minimal.json");

fn edited(edit: impl FnOnce(&mut Value)) -> Result<Packet, PacketError> {
    let mut document: Value = serde_json::from_str(FULL).unwrap();
    edit(&mut document);
    Packet::from_json(&serde_json::to_vec(&document).unwrap())
}

/// The problem must name its field, and be the only one.
fn check_invalid(edit: impl FnOnce(&mut Value), field: &str) {
    match edited(edit) {
        Err(PacketError::Invalid(problems)) => {
            let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
            assert_eq!(fields, [field]);
        }
        other => panic!("expected a problem with {field}, got {other:?}"),
    }
}

#[test]
fn the_checked_in_schema_is_the_one_of_the_types() {
    let schema = schemars::schema_for!(Packet);
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    check_schema("handoff-packet.schema.json", &text);
}

#[test]
fn the_checked_in_schema_of_the_reply_channel_is_the_one_of_the_types() {
    let mut generator = schemars::SchemaGenerator::default();
    generator.subschema_for::<reply::Page>();
    generator.subschema_for::<reply::NewMessage>();
    generator.subschema_for::<reply::Signal>();
    generator.subschema_for::<reply::Accepted>();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Reply channel",
        "description": "What goes on after the hand-over: $defs/Page answers a long poll, $defs/Event is a server-sent event, $defs/NewMessage and $defs/Signal are posted, $defs/Accepted is the answer.",
        "$ref": "#/$defs/Page",
        "$defs": generator.take_definitions(true),
    });
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    check_schema("replies.schema.json", &text);
}

#[test]
fn the_replies_that_both_sides_are_tested_with_satisfy_their_schema() {
    let schema = include_str!("../../../schema/replies.schema.json");
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let mut page: Value = serde_json::from_str(include_str!("fixtures/replies.json")).unwrap();
    let errors: Vec<_> = validator.iter_errors(&page).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    page["events"][0]["data"]["status"] = json!("asleep");
    assert!(!validator.is_valid(&page));
}

/// Compares a schema with the one in the repository, or writes it there.
fn check_schema(name: &str, text: &str) {
    let path = format!("{}/../../schema/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let checked_in = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        checked_in == text,
        "run UPDATE_SCHEMA=1 cargo test -p baton-packet, then read the diff"
    );
}

#[test]
fn every_packet_ever_shipped_is_read_and_written_without_loss() {
    for text in [FULL, FULL_1_1, PICTURES_1_2, MINIMAL] {
        let packet = Packet::from_json(text.as_bytes()).unwrap();
        let written = serde_json::to_value(&packet).unwrap();
        let again = Packet::from_json(written.to_string().as_bytes()).unwrap();
        assert_eq!(packet, again);
    }
    for text in [FULL, FULL_1_1] {
        let original: Value = serde_json::from_str(text).unwrap();
        let written = serde_json::to_value(Packet::from_json(text.as_bytes()).unwrap()).unwrap();
        assert_eq!(original, written);
    }
}

#[test]
fn shipped_packets_satisfy_the_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(Packet)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for text in [FULL, FULL_1_1, PICTURES_1_2, MINIMAL] {
        let document: Value = serde_json::from_str(text).unwrap();
        let errors: Vec<_> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    assert!(!validator.is_valid(&json!({"schema_version": "1.0"})));
}

#[test]
fn unknown_fields_of_a_newer_minor_version_are_kept() {
    let packet = edited(|document| {
        document["schema_version"] = json!("1.7");
        document["mood_ring"] = json!({"colour": "green"});
        document["customer"]["pronouns"] = json!("they");
        document["evidence"]["console"]["records"][0]["realm"] = json!("worker");
    })
    .unwrap();
    let written = serde_json::to_value(&packet).unwrap();
    assert_eq!(written["mood_ring"]["colour"], "green");
    assert_eq!(written["customer"]["pronouns"], "they");
    assert_eq!(written["evidence"]["console"]["records"][0]["realm"], "worker");
}

#[test]
fn a_newer_major_version_is_refused_by_name() {
    let refused = edited(|document| document["schema_version"] = json!("2.0"));
    assert_eq!(refused, Err(PacketError::Version("2.0".to_owned())));
}

#[test]
fn problems_name_their_field() {
    check_invalid(|d| d["id"] = json!("42"), "id");
    check_invalid(|d| d["consent"]["approved"] = json!(false), "consent.approved");
    check_invalid(|d| d["conversation"]["transcript"] = json!([]), "conversation.transcript");
    check_invalid(|d| d["created_at"] = json!("yesterday"), "created_at");
    check_invalid(
        |d| d["evidence"]["errors"]["records"][0]["at"] = json!(""),
        "evidence.errors.records[0].at",
    );
    check_invalid(|d| d["triage"]["confidence"]["intent"] = json!(1.5), "triage.confidence.intent");
    check_invalid(|d| d["attachments"][0]["sha256"] = json!("../x"), "attachments[0].sha256");
    let replay =
        json!({ "kind": "recording", "attachment": "gone.json", "events": 2, "duration_ms": 9.5 });
    check_invalid(|d| d["evidence"]["replay"] = replay, "evidence.replay.attachment");
    check_invalid(
        |d| {
            let twin = d["attachments"][0].clone();
            d["attachments"].as_array_mut().unwrap().push(twin);
        },
        "attachments[1].name",
    );
    check_invalid(
        |d| d["evidence"]["screenshots"][0]["attachment"] = json!("gone.png"),
        "evidence.screenshots[0].attachment",
    );
}

#[test]
fn a_sixth_picture_is_refused() {
    let pictures = |count: usize| {
        edited(|d| {
            let shot = d["evidence"]["screenshots"][0].clone();
            d["evidence"]["screenshots"] = Value::Array(vec![shot; count]);
        })
    };
    assert!(pictures(limits::MAX_SCREENSHOTS).is_ok());
    let Err(PacketError::Invalid(problems)) = pictures(limits::MAX_SCREENSHOTS + 1) else {
        panic!("it is accepted")
    };
    assert_eq!(problems[0].field, "evidence.screenshots");
}

#[test]
fn what_was_drawn_is_told_by_kind() {
    let mut packet = Packet::from_json(PICTURES_1_2.as_bytes()).unwrap();
    let shot = &mut packet.evidence.screenshots[0];
    assert_eq!(shot.drawn(), "1 arrow, 1 box, 1 highlight, 1 line, 1 text: “here”");
    assert_eq!(shot.removed_in_words(), "2 regions removed");
    shot.annotations =
        [&shot.annotations[1..2], &shot.annotations[1..2], &shot.annotations[4..]].concat();
    shot.annotations.push(shot.annotations[2].clone());
    assert_eq!(shot.drawn(), "2 boxes, 2 texts: “here”, “here”");
    assert_eq!(packet.evidence.screenshots[1].drawn(), "");
}

#[test]
fn what_nobody_drew_or_removed_leaves_no_trace_in_the_document() {
    let packet = Packet::from_json(PICTURES_1_2.as_bytes()).unwrap();
    let written = serde_json::to_value(&packet.evidence.screenshots).unwrap();
    let original: Value = serde_json::from_str(PICTURES_1_2).unwrap();
    assert_eq!(written, original["evidence"]["screenshots"]);
    assert_eq!(
        (&written[0]["removed"], written[0]["annotations"][4]["text"].as_str()),
        (&json!(2), Some("here"))
    );
    for field in ["removed", "annotations"] {
        assert!(written[1].get(field).is_none(), "{field}");
    }
}

#[test]
fn an_attachment_name_cannot_leave_its_folder() {
    for name in ["../secret", "/etc/passwd", "a\\b", ".htaccess", "", "a\u{0}b"] {
        let refused = edited(|d| {
            d["attachments"][0]["name"] = json!(name);
            d["evidence"]["screenshots"][0]["attachment"] = json!(name);
        });
        assert!(matches!(refused, Err(PacketError::Invalid(_))), "{name:?}");
    }
}

#[test]
fn bytes_that_are_no_packet_are_refused_with_a_reason() {
    for bytes in [&b""[..], b"<html>", b"[]", b"{\"schema_version\":1}", b"\xff\xfe"] {
        assert!(matches!(Packet::from_json(bytes), Err(PacketError::Malformed(_))));
    }
    let missing = edited(|d| {
        d.as_object_mut().unwrap().remove("route");
    });
    assert!(missing.unwrap_err().to_string().contains("route"));
    let huge = vec![b' '; limits::MAX_PACKET_BYTES + 1];
    assert!(matches!(Packet::from_json(&huge), Err(PacketError::TooLarge { .. })));
}

#[test]
fn versions_of_the_same_major_are_readable() {
    for (version, readable) in
        [("1.0", true), ("1.12", true), ("2.0", false), ("1", false), ("1.x", false), ("", false)]
    {
        assert_eq!(validate::is_readable_version(version), readable, "{version}");
    }
}
