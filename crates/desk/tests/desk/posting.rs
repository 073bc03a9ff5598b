//! What is posted: once, by whom it may be, and within limits.

use axum::body::Body;
use axum::http::{Request, header};
use baton_packet::sha256_hex;
use serde_json::{Value, json};

use crate::support::{FILE, FILE_SHA256, TestDesk};
use crate::talk::{AT, Talk, uuid};

#[tokio::test]
async fn the_same_message_again_is_the_same_message() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let first = talk.say(&desk, 1, "Once.").await;
    let second = talk.say(&desk, 1, "Once.").await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 200));
    assert_eq!(first.json(), second.json());
    talk.say(&desk, 1, "Twice.").await.problem(422);
    for _ in 0..2 {
        let answered = talk.answer(&desk, 2, "Hello.").await;
        assert_eq!(answered.json()["seq"], 5);
    }
    let rating = json!({ "id": uuid(3), "type": "csat", "score": 4 });
    let statuses = [talk.signal(&desk, &rating).await, talk.signal(&desk, &rating).await];
    assert_eq!(statuses.map(|reply| reply.status.as_u16()), [202, 200]);
    talk.signal(&desk, &json!({ "id": uuid(3), "type": "csat", "score": 1 })).await.problem(422);
    assert_eq!(talk.told(&desk).await.len(), 5);
    // An id belongs to its conversation.
    assert_eq!(Talk::begin(&desk, 2).await.say(&desk, 1, "Other.").await.status, 201);
}

#[tokio::test]
async fn at_once_the_same_message_is_stored_once() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let replies = futures_util::future::join_all((0..8).map(|_| talk.say(&desk, 1, "Once."))).await;
    let mut statuses: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 201]);
    assert_eq!(talk.told(&desk).await.len(), 2);
}

#[tokio::test]
async fn only_the_two_sides_take_part_and_nobody_learns_what_exists() {
    let desk = TestDesk::with(|options| options.token = "s3cret".to_owned()).await;
    let (talk, other) = (Talk::begin(&desk, 1).await, Talk::begin(&desk, 2).await);
    let unknown =
        Talk { path: talk.path.replace("000001", "0000ff"), ..Talk::begin(&desk, 3).await };
    let message = json!({ "id": uuid(1), "text": "x", "at": AT });
    let seen = json!({ "id": uuid(2), "type": "seen", "up_to": 1 });
    let mut refusals = Vec::new();
    let almost = format!("{}0", &talk.token[..63]);
    for token in ["", "x", &*other.token, &almost, &talk.token.to_uppercase(), &unknown.token] {
        for at in [&talk, &unknown] {
            if token == at.token {
                continue;
            }
            refusals.push(at.post(&desk, "messages", token, &message).await.problem(401));
            refusals.push(at.post(&desk, "events", token, &seen).await.problem(401));
            let path = format!("{}/replies", at.path);
            refusals.push(desk.get_as(&path, &format!("Bearer {token}")).await.problem(401));
        }
    }
    let path = format!("{}/replies", talk.path);
    for authorization in [talk.token.clone(), format!("Basic {}", talk.token), String::new()] {
        refusals.push(desk.get_as(&path, &authorization).await.problem(401));
    }
    refusals.dedup();
    assert_eq!(refusals.len(), 1, "one answer to all of them");
    assert_eq!(talk.told(&desk).await, ["1 status received"]);
    desk.get_as(&format!("{}/replies", unknown.path), "Bearer s3cret").await.problem(404);
}

#[tokio::test]
async fn neither_side_speaks_for_the_other() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let message = json!({ "id": uuid(1), "text": "x", "at": AT, "name": "Mia" });
    talk.post(&desk, "replies", &talk.token, &message).await.problem(401);
    talk.post(&desk, "messages", "demo", &message).await.problem(401);
    for theirs in [
        json!({ "id": uuid(2), "type": "override", "field": "queue", "to": "sales", "reason": "x" }),
        json!({ "id": uuid(2), "type": "status", "status": "resolved" }),
        json!({ "id": uuid(2), "type": "typing", "active": true }),
    ] {
        talk.signal(&desk, &theirs).await.problem(403);
    }
    talk.decide(&desk, &json!({ "id": uuid(2), "type": "csat", "score": 5 })).await.problem(403);
    desk.get_as(&format!("{}/conversation", talk.path), &talk.bearer()).await.problem(401);
    assert_eq!(talk.told(&desk).await, ["1 status received"]);
    // A name in the customer's message makes nobody an agent.
    assert_eq!(talk.post(&desk, "messages", &talk.token, &message).await.status, 201);
    assert_eq!(
        talk.after(&desk, 1).await["events"][0]["data"]["author"],
        json!({ "kind": "customer" })
    );
}

#[tokio::test]
async fn what_is_no_message_is_refused_by_its_field() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let good = json!({ "id": uuid(1), "text": "x", "at": AT });
    let entry = |name: &str, media_type: &str| json!([{ "name": name, "type": media_type, "size": 3, "sha256": FILE_SHA256 }]);
    for (field, value, named) in [
        ("id", json!("1"), "id"),
        ("id", json!(uuid(1).to_uppercase()), "id"),
        ("at", json!("yesterday"), "at"),
        ("text", json!(" \n"), "text"),
        ("text", json!("ä".repeat(20_001)), "text"),
        ("text", json!(7), "message"),
        ("attachments", entry("../x.png", "image/png"), "attachments"),
        ("attachments", entry("x.html", "text/html"), "attachments"),
        ("attachments", entry("x.svg", "image/svg+xml"), "attachments"),
        (
            "attachments",
            Value::Array(vec![entry("x.png", "image/png")[0].clone(); 6]),
            "attachments",
        ),
    ] {
        let mut message = good.clone();
        message[field] = value;
        let reply =
            talk.post_parts(&desk, "messages", &talk.token, &message, &files(&message)).await;
        reply.problem(422);
        assert_eq!(reply.json()["errors"][0]["field"], named, "{}", reply.text());
    }
    let mut alone = good.clone();
    alone["attachments"] = entry("x.png", "image/png");
    talk.post(&desk, "messages", &talk.token, &alone).await.problem(422);
    let forged = talk.post_parts(&desk, "messages", &talk.token, &alone, &[(FILE_SHA256, b"abd")]);
    forged.await.problem(422);
    let stray = talk.post_parts(&desk, "messages", &talk.token, &good, &[(FILE_SHA256, FILE)]);
    stray.await.problem(422);
    let long = json!({ "id": uuid(1), "text": "ä".repeat(20_000), "at": AT });
    assert_eq!(talk.post(&desk, "messages", &talk.token, &long).await.status, 201);
    for (what, named) in [
        (json!({ "type": "csat", "score": 0 }), "score"),
        (json!({ "type": "csat", "score": 6 }), "score"),
        (json!({ "type": "csat", "score": 5, "comment": "x".repeat(2001) }), "comment"),
        (json!({ "type": "dance" }), "event"),
        (json!({ "type": "seen", "up_to": -1 }), "event"),
    ] {
        let mut signal = what.clone();
        signal["id"] = json!(uuid(9));
        let reply = talk.signal(&desk, &signal).await;
        reply.problem(422);
        assert_eq!(reply.json()["errors"][0]["field"], named);
    }
    for (to, reason) in [("mood", "x"), ("bug", " ")] {
        let sorted = json!({ "id": uuid(8), "type": "override", "field": "intent", "to": to, "reason": reason });
        talk.decide(&desk, &sorted).await.problem(422);
    }
}

/// The file that a message's manifest names, if it names one.
fn files(message: &Value) -> Vec<(&'static str, &'static [u8])> {
    if message["attachments"].is_array() { vec![(FILE_SHA256, FILE)] } else { Vec::new() }
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_kept() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    let huge = json!({ "id": uuid(1), "text": "x".repeat(300_000), "at": AT });
    talk.post(&desk, "messages", &talk.token, &huge).await.problem(413);
    talk.signal(
        &desk,
        &json!({ "id": uuid(1), "type": "csat", "score": 3, "comment": "x".repeat(70_000) }),
    )
    .await
    .problem(413);
    let bytes = vec![7; 10 * 1024 * 1024 + 1];
    let sha256 = sha256_hex(&bytes);
    let entry =
        json!({ "name": "a.png", "type": "image/png", "size": bytes.len(), "sha256": sha256 });
    let message = json!({ "id": uuid(1), "text": "", "at": AT, "attachments": [entry] });
    let reply =
        talk.post_parts(&desk, "messages", &talk.token, &message, &[(&sha256, &bytes)]).await;
    reply.problem(413);
    assert_eq!(std::fs::read_dir(desk.folder.path().join("evidence/arriving")).unwrap().count(), 0);
    let request = Request::post(format!("{}/messages", talk.path))
        .header(header::AUTHORIZATION, talk.bearer())
        .header(header::CONTENT_TYPE, "text/plain");
    desk.send(request.body(Body::from("hi")).unwrap()).await.problem(415);
}

#[tokio::test]
async fn a_flood_is_told_when_to_go_on() {
    let desk = TestDesk::new().await;
    let talk = Talk::begin(&desk, 1).await;
    for number in 0..60 {
        assert_eq!(talk.say(&desk, number, "Flood.").await.status, 201);
    }
    let refused = talk.say(&desk, 60, "Flood.").await;
    refused.problem(429);
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(talk.told(&desk).await.len(), 61, "what was refused left nothing");
    // What was stored can be asked for again; the agent and other customers are not held up.
    assert_eq!(talk.say(&desk, 59, "Flood.").await.status, 200);
    assert_eq!(talk.answer(&desk, 100, "Slowly.").await.status, 201);
    assert_eq!(Talk::begin(&desk, 2).await.say(&desk, 1, "Hello.").await.status, 201);
}
