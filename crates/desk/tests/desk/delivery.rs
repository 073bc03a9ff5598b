//! `POST /v1/handoffs`.

use axum::body::Body;
use axum::http::{Request, header};
use baton_packet::{Attachment, limits};
use serde_json::json;

use crate::support::{FILE, FILE_SHA256, TestDesk, json_request, multipart, packet, path};

#[tokio::test]
async fn a_new_packet_is_stored_as_received_and_receipted() {
    let desk = TestDesk::new().await;
    let packet = packet(1);
    let bytes = serde_json::to_string_pretty(&packet).unwrap();
    let reply = desk.send(multipart(bytes.as_bytes(), &[(FILE_SHA256, FILE)])).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert_eq!(reply.header("location"), path(&packet));
    let receipt = reply.json();
    assert_eq!(receipt["id"], packet["id"]);
    assert_eq!(receipt["missing"], json!([]));
    for name in ["replies", "messages", "events", "evidence"] {
        assert_eq!(receipt["links"][name], format!("{}/{name}", path(&packet)));
    }
    assert!(receipt["conversation_token"].as_str().unwrap().len() >= 32);
    let stored = desk.get(&path(&packet)).await;
    assert_eq!(stored.text(), bytes);
    assert_eq!(stored.header("content-type"), "application/json");
}

#[tokio::test]
async fn plain_json_is_accepted_and_its_files_are_missing() {
    let desk = TestDesk::new().await;
    let reply = desk.post(&packet(1)).await;
    assert_eq!(reply.status, 201);
    assert_eq!(reply.json()["missing"], json!([FILE_SHA256]));
}

#[tokio::test]
async fn a_repeat_gets_the_first_receipt_with_what_is_still_missing() {
    let desk = TestDesk::new().await;
    let first = desk.post(&packet(1)).await.json();
    let second = desk.post(&packet(1)).await;
    assert_eq!((second.status.as_u16(), second.json()), (200, first.clone()));
    // A repeat may bring the files that the first delivery lost.
    let third = desk.post_parts(&packet(1), &[(FILE_SHA256, FILE)]).await;
    let mut expected = first;
    expected["missing"] = json!([]);
    assert_eq!((third.status.as_u16(), third.json()), (200, expected));
}

#[tokio::test]
async fn the_same_id_with_other_bytes_is_refused() {
    let desk = TestDesk::new().await;
    let (first, mut second) = (packet(1), packet(1));
    second["summary"]["title"] = json!("Another case");
    desk.post(&first).await;
    desk.post(&second).await.problem(422);
    assert_eq!(desk.get(&path(&first)).await.json(), first);
}

#[tokio::test]
async fn fifty_deliveries_at_once_store_one_row() {
    let desk = TestDesk::new().await;
    let bytes = packet(1).to_string();
    let deliveries: Vec<_> = (0..50)
        .map(|_| {
            let request = multipart(bytes.as_bytes(), &[(FILE_SHA256, FILE)]);
            tokio::spawn(crate::support::send(desk.app.clone(), request))
        })
        .collect();
    let (mut created, mut tokens) = (0, Vec::new());
    for delivery in deliveries {
        let reply = delivery.await.unwrap();
        match reply.status.as_u16() {
            409 => assert_eq!(reply.header("retry-after"), "1"),
            status @ (200 | 201) => {
                created += u32::from(status == 201);
                tokens.push(reply.json()["conversation_token"].clone());
            }
            status => panic!("{status}: {}", reply.text()),
        }
    }
    tokens.dedup();
    assert_eq!((created, tokens.len()), (1, 1));
    assert_eq!(desk.get("/v1/handoffs").await.json()["handoffs"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_idempotency_key_is_the_packets_id_or_absent() {
    let desk = TestDesk::new().await;
    let packet = packet(1);
    let id = packet["id"].as_str().unwrap();
    for (key, status) in [(id.to_owned(), 201), (format!("\"{id}\""), 200), ("x".into(), 400)] {
        let mut request = json_request(packet.to_string());
        request.headers_mut().insert("idempotency-key", key.parse().unwrap());
        assert_eq!(desk.send(request).await.status, status, "{key}");
    }
}

#[tokio::test]
async fn an_invalid_packet_names_its_fields() {
    let desk = TestDesk::new().await;
    let mut packet = packet(1);
    packet["consent"]["approved"] = json!(false);
    packet["attachments"][0]["name"] = json!("../../etc/passwd");
    let reply = desk.post(&packet).await;
    reply.problem(422);
    let errors = reply.json()["errors"].clone();
    let fields: Vec<_> = errors.as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert!(fields.contains(&&json!("consent.approved")), "{errors}");
    assert!(fields.contains(&&json!("attachments[0].name")), "{errors}");
}

#[tokio::test]
async fn what_is_no_packet_is_refused() {
    let desk = TestDesk::new().await;
    for body in ["", "{", "[]", "{\"schema_version\":\"2.0\"}", "{\"schema_version\":\"1.0\"}"] {
        desk.send(json_request(body.to_owned())).await.problem(422);
    }
    let mut other_form = json_request("{}".to_owned());
    other_form.headers_mut().insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
    desk.send(other_form).await.problem(415);
    let deletion = Request::delete("/v1/handoffs").body(Body::empty()).unwrap();
    desk.send(deletion).await.problem(405);
    let request = Request::post("/v1/handoffs")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from("--edge\r\nno end"))
        .unwrap();
    desk.send(request).await.problem(400);
    assert!(desk.send(multipart(b"{}", &[("packet", b"{}")])).await.problem(422).contains("twice"));
}

#[tokio::test]
async fn files_that_are_not_the_manifests_are_refused_and_not_kept() {
    let desk = TestDesk::new().await;
    desk.post_parts(&packet(1), &[(FILE_SHA256, b"abd")]).await.problem(422);
    desk.post_parts(&packet(1), &[("screenshot-1.png", FILE)]).await.problem(422);
    let other = baton_packet::sha256_hex(b"other");
    desk.post_parts(&packet(1), &[(other.as_str(), b"other")]).await.problem(422);
    let mut wrong_size = packet(1);
    wrong_size["attachments"][0]["size"] = json!(4);
    desk.post_parts(&wrong_size, &[(FILE_SHA256, FILE)]).await.problem(422);
    desk.get(&path(&packet(1))).await.problem(404);
    let evidence = desk.folder.path().join("evidence");
    let kept: Vec<_> = std::fs::read_dir(&evidence).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(kept, [evidence.join("arriving")]);
    assert_eq!(std::fs::read_dir(&kept[0]).unwrap().count(), 0);
}

#[tokio::test]
async fn what_is_over_a_cap_is_refused() {
    let desk = TestDesk::new().await;
    let mut long = packet(1);
    long["summary"]["problem"] = json!("x".repeat(limits::MAX_PACKET_BYTES));
    desk.post(&long).await.problem(413);
    desk.post_parts(&long, &[]).await.problem(413);
    let big = vec![0; limits::MAX_ATTACHMENT_BYTES + 1];
    desk.post_parts(&packet(1), &[(FILE_SHA256, &big)]).await.problem(413);
    let file = vec![1; limits::MAX_ATTACHMENT_BYTES];
    let names: Vec<String> = (0..5).map(|n| baton_packet::sha256_hex(&[n])).collect();
    let parts: Vec<_> = names.iter().map(|name| (name.as_str(), file.as_slice())).collect();
    desk.post_parts(&packet(1), &parts).await.problem(413);
}

#[tokio::test]
async fn files_of_one_content_are_kept_once_and_missing_is_told_per_packet() {
    let desk = TestDesk::new().await;
    desk.post_parts(&packet(1), &[(FILE_SHA256, FILE)]).await;
    // Security: that the desk has the file from elsewhere is not told.
    assert_eq!(desk.post(&packet(2)).await.json()["missing"], json!([FILE_SHA256]));
    let mut twins = packet(3);
    let second = Attachment::of("screenshot-2.png", "image/png", FILE);
    twins["attachments"].as_array_mut().unwrap().push(serde_json::to_value(second).unwrap());
    assert_eq!(desk.post(&twins).await.json()["missing"], json!([FILE_SHA256]));
}

#[tokio::test]
async fn what_was_receipted_survives_a_restart() {
    let desk = TestDesk::new().await;
    let first = desk.post_parts(&packet(1), &[(FILE_SHA256, FILE)]).await.json();
    let again = desk.restarted(|_| {}).await;
    let repeat = again.post(&packet(1)).await;
    assert_eq!((repeat.status.as_u16(), repeat.json()), (200, first));
    let file = format!("{}/attachments/screenshot-1.png", path(&packet(1)));
    assert_eq!(again.get(&file).await.body, FILE);
}
