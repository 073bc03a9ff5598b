//! Several pictures of one case, in what is made of its packet.

use baton_evidence::export::{Format, export};
use baton_evidence::packet::redact_words;
use baton_evidence::redact::{Policy, Redactor};
use baton_packet::Packet;
use serde_json::Value;

const PICTURES: &str = include_str!("../../packet/tests/fixtures/packets/1.2-pictures.json");

fn packet() -> Packet {
    Packet::from_json(PICTURES.as_bytes()).unwrap()
}

#[test]
fn an_issue_names_every_picture_with_what_is_known_of_it() {
    let issue = export(Format::Markdown, &packet(), &|_| None).unwrap();
    for line in [
        "## Screenshots",
        "screenshot-1.png",
        "1 arrow, 1 box, 1 highlight, 1 line, 1 text: “here”; 2 regions removed",
        "not shown truly: 1 image or font could not be read",
        "screenshot-2.webp",
        "shared screen; 1920 × 1080 px",
        "screenshot-3.png",
        "added by the customer",
        "not shown truly: picture has fewer pixels than its source, to fit",
    ] {
        assert!(issue.contains(line), "{line} is not in\n{issue}");
    }
}

#[test]
fn without_a_recording_all_pictures_stand_in_for_the_page() {
    let files = |name: &str| Some(name.as_bytes().to_vec());
    let shown: Value =
        serde_json::from_str(&export(Format::Rrweb, &packet(), &files).unwrap()).unwrap();
    assert_eq!(shown[2]["data"]["payload"]["shown"], "screenshots");
    let page = shown[1].to_string();
    for part in [
        "data:image/png;base64,c2NyZWVuc2hvdC0xLnBuZw==",
        "data:image/webp;base64,c2NyZWVuc2hvdC0yLndlYnA=",
        "data:image/png;base64,c2NyZWVuc2hvdC0zLnBuZw==",
        "The customer's screen (shared screen)",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    // Node ids are unique in a page.
    let mut ids: Vec<_> =
        page.split("\"id\":").skip(1).filter_map(|rest| rest.split([',', '}']).next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn a_secret_written_on_a_picture_is_masked_and_counted() {
    let mut packet = packet();
    packet.evidence.screenshots[0].annotations[4].text =
        Some("my card 4242 4242 4242 4242".to_owned());
    let mut redactor = Redactor::new(Policy::default());
    redact_words(&mut packet, &mut redactor);
    let text = packet.evidence.screenshots[0].annotations[4].text.as_deref();
    assert_eq!(text, Some("my card [card ••4242]"));
    let report = redactor.into_report();
    assert!(report.iter().any(|one| one.section == "evidence.screenshots" && one.count == 1));
}
