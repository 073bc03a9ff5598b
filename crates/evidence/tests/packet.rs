//! What was said leaves a packet without secrets, wherever it was repeated.

use baton_evidence::packet::redact_words;
use baton_evidence::redact::{Policy, Redactor};
use baton_packet::{Excerpt, Fact, Packet, Source};

const FULL: &str = include_str!("../../packet/tests/fixtures/packets/1.0-full.json");
const SAID: &str = "I am ann@example.com and my password: hunter2";

fn redacted(policy: Policy) -> (Packet, Redactor) {
    let mut packet: Packet = serde_json::from_str(FULL).expect("the packet crate's fixture");
    packet.conversation.transcript[0].text = SAID.to_owned();
    packet.summary.title = SAID.to_owned();
    packet.summary.problem = SAID.to_owned();
    packet.summary.tried = vec![SAID.to_owned()];
    packet.summary.expected = Some(SAID.to_owned());
    packet.escalation.reason = SAID.to_owned();
    packet.route.reason = SAID.to_owned();
    packet.triage.reasons[0].feature = SAID.to_owned();
    packet.customer.traits.insert("note".to_owned(), SAID.into());
    let mut redactor = Redactor::new(policy);
    redact_words(&mut packet, &mut redactor);
    (packet, redactor)
}

#[test]
fn secrets_leave_every_text_made_from_what_was_said() {
    let (packet, redactor) = redacted(Policy::default());
    let text = serde_json::to_string(&packet).expect("a packet is JSON");
    assert!(!text.contains("hunter2"));
    assert_eq!(packet.summary.title, "I am ann@example.com and my password: [password]");
    assert!(redactor.into_report().iter().any(|entry| entry.section == "conversation.transcript"));
}

#[test]
fn the_policy_masks_personal_data_in_the_transcript_too() {
    let (packet, _) = redacted(Policy { transcript_all: true, ..Policy::default() });
    assert_eq!(packet.conversation.transcript[0].text, "I am [e-mail] and my password: [password]");
}

/// The words at a place of the transcript.
fn at(packet: &Packet, place: Excerpt) -> String {
    let text = &packet.conversation.transcript[place.message as usize].text;
    text.chars().skip(place.start as usize).take((place.end - place.start) as usize).collect()
}

#[test]
fn places_follow_their_words_and_a_fact_holds_no_secret() {
    let mut packet: Packet = serde_json::from_str(FULL).expect("the packet crate's fixture");
    let said = "Grüße! password: hunter2 – error 403 since Monday";
    packet.conversation.transcript[0].text = said.to_owned();
    let place = |piece: &str| {
        let start = said.split(piece).next().unwrap().chars().count() as u32;
        Excerpt { message: 0, start, end: start + piece.chars().count() as u32 }
    };
    let fact = |value: &str| Fact {
        kind: "error_code".to_owned(),
        value: value.to_owned(),
        normalized: Some(value.to_owned()),
        at: place(value),
        ..Fact::default()
    };
    packet.summary.facts = vec![fact("403"), fact("password: hunter2")];
    packet.summary.sources =
        vec![Source { line: "/title".to_owned(), at: place("since Monday"), ..Source::default() }];
    redact_words(&mut packet, &mut Redactor::new(Policy::default()));
    let summary = &packet.summary;
    assert_eq!(at(&packet, summary.facts[0].at), "403");
    assert_eq!(at(&packet, summary.sources[0].at), "since Monday");
    assert!(at(&packet, summary.facts[1].at).contains("[password]"));
    assert_eq!(summary.facts[1].value, "password: [password]");
    assert_eq!(summary.facts[1].normalized.as_deref(), Some("password: [password]"));
}
