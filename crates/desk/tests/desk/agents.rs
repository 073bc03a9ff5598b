//! The team's API.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::support::{FILE, FILE_SHA256, TestDesk, packet, path};

#[tokio::test]
async fn every_route_wants_the_token_as_bearer() {
    let desk = TestDesk::with(|options| options.token = "s3cret".to_owned()).await;
    let token = desk.post(&packet(1)).await.json()["conversation_token"].clone();
    let base = path(&packet(1));
    for path in ["/v1/handoffs", &base, &format!("{base}/attachments/screenshot-1.png")] {
        let conversation = format!("Bearer {}", token.as_str().unwrap());
        for given in ["", "Bearer", "Bearer demo", "Basic s3cret", "s3cret", &conversation] {
            let reply = desk.get_as(path, given).await;
            reply.problem(401);
            assert_eq!(reply.header("www-authenticate"), "Bearer");
        }
        let cookie = Request::get(path).header("cookie", "baton_desk=s3cret");
        desk.send(cookie.body(Body::empty()).unwrap()).await.problem(401);
    }
    assert_eq!(desk.get_as(&base, "Bearer s3cret").await.status, 200);
}

#[tokio::test]
async fn the_list_is_newest_first_and_paged() {
    let desk = TestDesk::new().await;
    // Ids out of order: the order is that of arrival.
    for number in [3, 1, 2] {
        desk.post(&packet(number)).await;
    }
    let ids = |list: &serde_json::Value| -> Vec<_> {
        list["handoffs"].as_array().unwrap().iter().map(|handoff| handoff["id"].clone()).collect()
    };
    let first = desk.get("/v1/handoffs?limit=2").await.json();
    assert_eq!(ids(&first), [packet(2)["id"].clone(), packet(1)["id"].clone()]);
    assert_eq!(first["handoffs"][0]["failed_requests"], json!(2));
    let second = desk.get(first["next"].as_str().unwrap()).await.json();
    assert_eq!(ids(&second), [packet(3)["id"].clone()]);
    assert_eq!(second["next"], json!(null));
    desk.get("/v1/handoffs?limit=many").await.problem(400);
}

#[tokio::test]
async fn only_pictures_are_shown_and_nothing_runs() {
    let desk = TestDesk::new().await;
    let mut packet = packet(1);
    let shown = ["image/png", "image/webp", "image/jpeg"];
    let offered = ["text/html", "image/svg+xml", "IMAGE/PNG", "application/pdf"];
    let entries: Vec<_> = shown
        .iter()
        .chain(&offered)
        .enumerate()
        .map(|(index, media_type)| {
            let name =
                if index == 0 { "screenshot-1.png".into() } else { format!("ü {index}?#.html") };
            json!({ "name": name, "type": media_type, "size": 3, "sha256": FILE_SHA256 })
        })
        .collect();
    packet["attachments"] = json!(entries);
    let reply = desk.post_parts(&packet, &[(FILE_SHA256, FILE)]).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    for (index, media_type) in shown.iter().chain(&offered).enumerate() {
        let name = if index == 0 {
            "screenshot-1.png".into()
        } else {
            format!("%C3%BC%20{index}%3F%23.html")
        };
        let file = desk.get(&format!("{}/attachments/{name}", path(&packet))).await;
        let (expected_type, disposition) = match shown.get(index) {
            Some(_) => (*media_type, "inline"),
            None => ("application/octet-stream", "attachment"),
        };
        assert_eq!(file.header("content-type"), expected_type);
        assert_eq!(file.header("content-disposition"), disposition);
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert!(file.header("content-security-policy").contains("sandbox"));
        assert_eq!(file.body, FILE);
    }
}

#[tokio::test]
async fn unknown_ids_and_names_that_climb_find_nothing() {
    let desk = TestDesk::new().await;
    desk.post_parts(&packet(1), &[(FILE_SHA256, FILE)]).await;
    let base = path(&packet(1));
    for path in [
        "/v1/handoffs/..%2f..%2fdesk.sqlite".to_owned(),
        "/v1/handoffs/%00".to_owned(),
        "/v1/handoffs/'%20OR%201=1--".to_owned(),
        format!("{base}/attachments/..%2f..%2f..%2fdesk.sqlite"),
        format!("{base}/attachments/{FILE_SHA256}"),
        format!("{base}/attachments/missing.png"),
    ] {
        desk.get(&path).await.problem(404);
    }
    desk.get("/v1/handoffs/%ff").await.problem(400);
}
