//! What was said leaves a packet without secrets, wherever it was repeated.

use baton_evidence::packet::redact_words;
use baton_evidence::redact::{Policy, Redactor};
use baton_packet::Packet;

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
