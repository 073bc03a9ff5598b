//! What was seen of the page, in the review and after it was struck out.

use baton_conversation::{Approval, Item, ReviewItem, approve, review, speech};
use baton_packet::{
    Attachment, ConsentVia, Field, Packet, PacketId, Performance, Redaction, Replay, ReplayKind,
    StepAction, StepRecord, Timestamp,
};
use serde_json::json;

mod support;

fn seen(packet: &Packet) -> String {
    speech::seen(&speech::what_they_see(packet), &support::English)
}

fn at() -> Timestamp {
    Timestamp::from_unix_ms(1_795_554_320_000.0)
}

fn step(action: StepAction, target: &str) -> StepRecord {
    StepRecord {
        at: at(),
        ms: 1.0,
        action,
        target: target.to_owned(),
        selectors: Vec::new(),
        frame: Vec::new(),
        key: None,
        field: None,
        point: None,
        size: None,
        value: None,
        url: Some("https://app.example/invoices".to_owned()),
        extra: Default::default(),
    }
}

fn draft(kind: ReplayKind, attachment: Option<&str>) -> Packet {
    let bytes = include_bytes!("../../packet/tests/fixtures/packets/1.0-full.json");
    let mut packet = Packet::from_json(bytes).unwrap();
    packet.attachments.clear();
    packet.evidence.screenshots.clear();
    packet.app.custom_data.clear();
    packet.app.feature_flags.insert("new_export".to_owned(), true.into());
    packet.redactions = ["evidence.replay", "app.feature_flags", "app", "evidence.steps"]
        .map(|section| Redaction {
            section: section.to_owned(),
            kind: "e-mail".to_owned(),
            count: 1,
        })
        .to_vec();
    packet.environment.visible_errors = vec!["Could not save".to_owned()];
    packet.evidence.performance =
        Some(Performance { lcp_ms: Some(1200.4), ..Performance::default() });
    packet
        .attachments
        .extend(attachment.map(|name| Attachment::of(name, "application/json", b"[]")));
    packet.evidence.replay = Some(Replay {
        kind,
        attachment: attachment.map(str::to_owned),
        inline: match attachment {
            Some(_) => Vec::new(),
            None => vec![json!({ "type": 4, "data": { "href": "https://app.example/invoices" } })],
        },
        events: 2,
        duration_ms: 14_200.0,
        gaps: Vec::new(),
    });
    let field = Field { kind: "password".to_owned(), length: 12, private: true };
    packet.evidence.steps.records = vec![
        step(StepAction::Navigate, ""),
        step(StepAction::Click, "button “Save invoice”"),
        StepRecord {
            value: Some("2041".to_owned()), ..step(StepAction::Input, "field “Number”")
        },
        StepRecord { field: Some(field), ..step(StepAction::Input, "field “Password”") },
        StepRecord { key: Some("Enter".to_owned()), ..step(StepAction::Key, "") },
    ];
    packet
}

fn reviewed(draft: &Packet, item: Item) -> ReviewItem {
    review(draft).items.into_iter().find(|entry| entry.item == item).unwrap()
}

fn without(draft: Packet, item: Item) -> Packet {
    let approval = Approval {
        at: at(),
        via: ConsentVia::Review,
        text: "I agree.".to_owned(),
        struck: vec![item],
        contact: None,
        summary: None,
        timeline: Vec::new(),
    };
    approve(draft, PacketId::new(1_795_554_320_000, [1; 10]), approval)
}

#[test]
fn steps_are_told_as_a_person_would() {
    let draft = draft(ReplayKind::Snapshot, None);
    assert_eq!(
        reviewed(&draft, Item::Steps).lines,
        [
            "go to https://app.example/invoices",
            "click button “Save invoice”",
            "change field “Number”: 2041",
            "change field “Password” (12 characters you typed stay here)",
            "press Enter",
        ]
    );
}

#[test]
fn a_copy_and_a_recording_have_names_of_their_own() {
    let snapshot = reviewed(&draft(ReplayKind::Snapshot, None), Item::Replay);
    assert_eq!((snapshot.label.as_str(), snapshot.count, snapshot.masked), ("replay", 2, 1));
    assert_eq!(snapshot.lines, ["one moment, 2 events"]);
    let recorded = draft(ReplayKind::Recording, Some("replay.json"));
    let recording = reviewed(&recorded, Item::Replay);
    assert_eq!(recording.label, "recording");
    assert_eq!(recording.lines, ["15 seconds, 2 events", "replay.json"]);
    assert!(seen(&recorded).contains("a recording of the last seconds"));
    assert!(review(&recorded).items.iter().all(|entry| entry.item != Item::Files));
}

#[test]
fn the_errors_shown_the_speed_and_the_flags_are_in_the_review() {
    let draft = draft(ReplayKind::Snapshot, None);
    let environment = reviewed(&draft, Item::Environment).lines;
    assert!(environment.contains(&"Could not save".to_owned()), "{environment:?}");
    let speed = "1200 ms to the largest content".to_owned();
    assert!(environment.contains(&speed), "{environment:?}");
    let data = reviewed(&draft, Item::CustomData);
    assert_eq!((data.lines, data.masked), (vec!["new_export: true".to_owned()], 1));
}

#[test]
fn a_struck_replay_leaves_neither_file_nor_counts() {
    for attachment in [None, Some("replay.json")] {
        let packet = without(draft(ReplayKind::Recording, attachment), Item::Replay);
        assert_eq!(packet.evidence.replay, None);
        assert!(packet.attachments.is_empty());
        assert!(packet.redactions.iter().all(|it| it.section != "evidence.replay"));
        assert!(!seen(&packet).contains("recording"));
    }
}

#[test]
fn struck_steps_leave_nothing() {
    let packet = without(draft(ReplayKind::Snapshot, None), Item::Steps);
    assert!(packet.evidence.steps.records.is_empty());
    assert!(packet.redactions.iter().all(|it| it.section != "evidence.steps"));
}

#[test]
fn a_struck_environment_takes_address_errors_and_speed_along() {
    let packet = without(draft(ReplayKind::Snapshot, None), Item::Environment);
    assert_eq!(packet.evidence.performance, None);
    assert!(packet.environment.visible_errors.is_empty());
    assert!(packet.evidence.steps.records.iter().all(|step| step.url.is_none()));
    assert_eq!(packet.evidence.replay.unwrap().inline[0]["data"]["href"], "");
}

#[test]
fn struck_data_of_the_application_takes_its_flags_along() {
    let packet = without(draft(ReplayKind::Snapshot, None), Item::CustomData);
    assert!(packet.app.feature_flags.is_empty());
    let left: Vec<_> = packet.redactions.iter().map(|it| it.section.as_str()).collect();
    assert_eq!(left, ["evidence.replay", "app", "evidence.steps"]);
}
