//! The demo application's API.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;

use crate::support::{Reply, TestDesk};

async fn request(desk: &TestDesk, method: Method, path: &str, is_fixed: bool, body: &str) -> Reply {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .header("x-demo-fixed", if is_fixed { "1" } else { "0" });
    desk.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn demo() -> TestDesk {
    TestDesk::with(|options| options.demo = true).await
}

#[tokio::test]
async fn the_demos_api_exists_only_when_asked_for() {
    let desk = TestDesk::new().await;
    request(&desk, Method::GET, "/api/projects", false, "").await.problem(404);
}

#[tokio::test]
async fn projects_and_invoices_are_listed() {
    let desk = demo().await;
    for (path, count) in [("/api/projects", 6), ("/api/invoices", 14)] {
        let list = request(&desk, Method::GET, path, false, "").await.json();
        assert_eq!(list.as_array().unwrap().len(), count);
    }
}

#[tokio::test]
async fn the_export_and_the_chart_fail_until_fixed() {
    let desk = demo().await;
    let failed = request(&desk, Method::POST, "/api/invoices/export", false, "").await;
    assert_eq!(failed.status, 500);
    let expected = json!({ "error": "export_failed", "detail": "column totals: unexpected null" });
    assert_eq!(failed.json(), expected);
    let csv = request(&desk, Method::POST, "/api/invoices/export", true, "").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text().lines().count(), 15);
    assert!(
        csv.text().contains("INV-2036,Café Lumière,Loyalty programme,2026-10-30,1487.50,EUR,paid")
    );
    let broken = request(&desk, Method::GET, "/api/reports/revenue", false, "").await.json();
    assert!(broken["months"].is_null());
    let chart = request(&desk, Method::GET, "/api/reports/revenue", true, "").await.json();
    assert_eq!(chart["months"].as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn settings_are_kept_if_they_make_sense() {
    let desk = demo().await;
    let mut settings = request(&desk, Method::GET, "/api/settings", false, "").await.json();
    settings["company"] = json!("New name");
    let saved = request(&desk, Method::PUT, "/api/settings", false, &settings.to_string()).await;
    assert_eq!(saved.status, 200);
    assert_eq!(request(&desk, Method::GET, "/api/settings", false, "").await.json(), settings);
    request(&desk, Method::PUT, "/api/settings", false, "{").await.problem(400);
    let mut wrong = settings.clone();
    wrong["billing_email"] = json!("nobody");
    request(&desk, Method::PUT, "/api/settings", false, &wrong.to_string()).await.problem(422);
    assert_eq!(request(&desk, Method::GET, "/api/settings", false, "").await.json(), settings);
}
