//! `PUT /v1/handoffs/{id}/evidence/{sha256}`.

use serde_json::json;

use crate::support::{FILE, FILE_SHA256, TestDesk, packet, path};

async fn desk_with_a_missing_file() -> (TestDesk, String, String) {
    let desk = TestDesk::new().await;
    let receipt = desk.post(&packet(1)).await.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let token = text(&receipt["conversation_token"]);
    let link = format!("{}/{FILE_SHA256}", text(&receipt["links"]["evidence"]));
    (desk, link, token)
}

#[tokio::test]
async fn a_missing_file_can_follow_and_repeating_is_harmless() {
    let (desk, link, token) = desk_with_a_missing_file().await;
    assert_eq!(desk.put_evidence(&link, &token, FILE).await.status, 204);
    assert_eq!(desk.put_evidence(&link, &token, FILE).await.status, 204);
    assert_eq!(desk.post(&packet(1)).await.json()["missing"], json!([]));
    let file = desk.get(&format!("{}/attachments/screenshot-1.png", path(&packet(1)))).await;
    assert_eq!(file.body, FILE);
}

#[tokio::test]
async fn wrong_bytes_are_refused_and_the_file_stays_missing() {
    let (desk, link, token) = desk_with_a_missing_file().await;
    for bytes in [b"abd".as_slice(), b"", b"abcd", &[0; 100_000]] {
        desk.put_evidence(&link, &token, bytes).await.problem(422);
    }
    assert_eq!(desk.post(&packet(1)).await.json()["missing"], json!([FILE_SHA256]));
}

#[tokio::test]
async fn only_this_conversations_token_opens_the_route() {
    let (desk, link, _) = desk_with_a_missing_file().await;
    let other = desk.post(&packet(2)).await.json()["conversation_token"].clone();
    for token in ["", "demo", other.as_str().unwrap()] {
        desk.put_evidence(&link, token, FILE).await.problem(401);
    }
    desk.put_evidence("/v1/handoffs/unknown/evidence/x", "demo", FILE).await.problem(401);
}

#[tokio::test]
async fn a_hash_outside_the_manifest_is_unknown() {
    let (desk, link, token) = desk_with_a_missing_file().await;
    let other = link.replace(FILE_SHA256, &baton_packet::sha256_hex(b"other"));
    desk.put_evidence(&other, &token, b"other").await.problem(404);
    let escape = link.replace(FILE_SHA256, "..%2f..%2fdesk.sqlite");
    desk.put_evidence(&escape, &token, b"other").await.problem(404);
}
