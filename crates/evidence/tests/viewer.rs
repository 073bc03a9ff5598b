//! The page of a packet: complete, inert, and without what it must not show.

use baton_evidence::export::{Format, export};
use baton_evidence::viewer::{page, policy};
use baton_packet::{Attachment, Packet, Screenshot};
use serde_json::{Value, json};

const FULL: &str = include_str!("../../packet/tests/fixtures/packets/1.1-full.json");
/// Short enough to name each of its records.
const SHORT: &str = include_str!("../../packet/tests/fixtures/packets/1.0-full.json");
const DATA: &str = "<script type=\"application/json\" id=\"data\">";

fn full() -> Packet {
    serde_json::from_str(FULL).unwrap()
}

fn without_files(packet: &Packet) -> String {
    page(packet, &|_| None)
}

/// What the page's script reads.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once(DATA).unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_page_is_one_file_that_asks_for_nothing() {
    let page = without_files(&full());
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    let meta = format!("http-equiv=\"Content-Security-Policy\" content=\"{}\"", policy());
    // Before anything that it must hold for.
    assert!(page.find(&meta).unwrap() < page.find("<style>").unwrap());
    assert!(policy().starts_with("default-src 'none'; script-src 'sha256-"));
    assert!(!policy().contains("unsafe"));
    let (head, rest) = page.split_once(DATA).unwrap();
    let (_, script) = rest.split_once("</script>").unwrap();
    for part in [" src=", "@import", "url(", "{{policy", "{{title", "{{style", "{{script"] {
        assert!(!head.contains(part) && !script.contains(part), "{part}");
    }
}

#[test]
fn the_packet_is_in_it_without_the_proof_of_identity_and_the_replay() {
    let mut packet = full();
    packet.evidence.replay = serde_json::from_value(json!({
        "kind": "snapshot", "inline": [{ "type": 4 }, { "type": 2 }], "events": 2, "duration_ms": 0.0,
    }))
    .unwrap();
    let shown = &data(&without_files(&packet))["packet"];
    assert_eq!(shown["customer"]["name"], "Dana Reyes");
    assert_eq!(shown["customer"]["token"], json!(null));
    assert_eq!(shown["evidence"]["replay"]["events"], 2);
    assert_eq!(shown["evidence"]["replay"]["inline"], json!([]));
    packet.customer.token = None;
    packet.evidence.replay.as_mut().unwrap().inline.clear();
    assert_eq!(serde_json::from_value::<Packet>(shown.clone()).unwrap(), packet);
}

#[test]
fn no_text_of_a_packet_leaves_its_data_block() {
    for evil in [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "<img src=x onerror=alert(1)>",
        "{{script}}{{data}}{{",
        "</title><script>alert(1)</script>",
        "a\u{2028}b\u{2029}c\0\u{1b}\\\"'&lt;",
    ] {
        let mut packet = full();
        packet.summary.title = evil.to_owned();
        packet.environment.page_url = evil.to_owned();
        packet.app.custom_data = [(evil.to_owned(), json!({ evil: [evil] }))].into_iter().collect();
        packet.evidence.console.records[0].message = evil.to_owned();
        packet.evidence.screenshots[0].attachment = evil.to_owned();
        packet.attachments[0].name = evil.to_owned();
        let page = page(&packet, &|_| Some(b"picture".to_vec()));
        assert_eq!(page.matches("<script").count(), 2, "{evil}");
        assert_eq!(page.matches("</script").count(), 2, "{evil}");
        assert_eq!(page.matches("</title>").count(), 1, "{evil}");
        assert_eq!(page.matches("<img").count() + page.matches("<!--").count(), 0, "{evil}");
        let block = page.split_once(DATA).unwrap().1;
        assert!(!block.contains(['\u{2028}', '\u{2029}']));
        let data = data(&page);
        assert_eq!(data["packet"]["app"]["custom_data"][evil][evil][0], evil);
        assert_eq!(data["pictures"][evil], "data:image/webp;base64,cGljdHVyZQ==");
    }
}

#[test]
fn only_pictures_of_pixels_that_are_at_hand_become_part_of_it() {
    let mut packet = full();
    let shot = packet.evidence.screenshots[0].clone();
    for (name, media_type) in
        [("a.webp", "image/webp"), ("b.svg", "image/svg+xml"), ("gone.png", "image/png")]
    {
        packet.attachments.push(Attachment::of(name, media_type, b"x"));
        packet.evidence.screenshots.push(Screenshot { attachment: name.into(), ..shot.clone() });
    }
    // A picture, but nobody's screenshot.
    packet.attachments.push(Attachment::of("other.png", "image/png", b"x"));
    let page = page(&packet, &|name| (name != "gone.png").then(|| b"x".to_vec()));
    let pictures = data(&page)["pictures"].as_object().unwrap().clone();
    assert_eq!(pictures.keys().collect::<Vec<_>>(), ["a.webp", "screenshot-1.webp"]);
    assert_eq!(pictures["a.webp"], "data:image/webp;base64,eA==");
}

#[test]
fn records_come_in_the_order_of_time_and_what_explains_the_failure_is_marked() {
    let data = data(&without_files(&serde_json::from_str(SHORT).unwrap()));
    assert_eq!(
        data["timeline"],
        json!([
            ["step", 0, "Clicked the button “Export”"],
            ["network", 0, null],
            ["network", 1, null],
            ["console", 0, null],
            ["error", 0, null],
        ])
    );
    assert_eq!(data["slice"], json!({ "cause": 4, "entries": [0, 1, 2, 3, 4] }));
}

#[test]
fn every_format_that_the_packet_has_something_for_is_offered() {
    let packet = full();
    let exports = data(&without_files(&packet))["exports"].clone();
    let offered: Vec<&str> =
        exports.as_array().unwrap().iter().filter_map(|one| one["format"].as_str()).collect();
    let made = Format::ALL.iter().filter(|&&format| export(format, &packet, &|_| None).is_ok());
    assert_eq!(offered, made.map(|format| format.as_str()).collect::<Vec<_>>());
    for one in exports.as_array().unwrap() {
        let format = Format::parse(one["format"].as_str().unwrap()).unwrap();
        assert_eq!(one["text"], export(format, &packet, &|_| None).unwrap());
        assert_eq!(one["name"], format.file_name());
    }
}
