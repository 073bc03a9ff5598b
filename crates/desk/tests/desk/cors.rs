//! Pages of other origins.

use axum::body::Body;
use axum::http::Request;

use crate::support::{Reply, TestDesk, json_request, packet};

const PAGE: &str = "https://app.example";

async fn desk() -> TestDesk {
    TestDesk::with(|options| options.allow_origins = vec![PAGE.parse().unwrap()]).await
}

async fn preflight(path: &str, origin: &str) -> Reply {
    let request = Request::options(path)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type,idempotency-key")
        .body(Body::empty())
        .unwrap();
    desk().await.send(request).await
}

#[tokio::test]
async fn an_allowed_origins_preflight_says_what_may_be_sent() {
    for path in [
        "/v1/handoffs",
        "/v1/handoffs/x/evidence/y",
        "/v1/handoffs/x/replies",
        "/v1/handoffs/x/messages",
        "/v1/handoffs/x/events",
        "/v1/handoffs/x/files/y/z",
    ] {
        let reply = preflight(path, PAGE).await;
        assert!(reply.status.is_success());
        assert_eq!(reply.header("access-control-allow-origin"), PAGE);
        let headers = reply.header("access-control-allow-headers").to_ascii_lowercase();
        for name in ["content-type", "idempotency-key", "authorization", "prefer", "last-event-id"]
        {
            assert!(headers.contains(name), "{headers}");
        }
        assert_eq!(reply.header("access-control-allow-methods"), "GET,POST,PUT");
        assert_eq!(reply.header("access-control-max-age"), "600");
        assert_eq!(reply.header("access-control-allow-credentials"), "");
    }
}

#[tokio::test]
async fn any_other_origin_is_allowed_nothing() {
    for origin in ["https://evil.example", "null", "https://app.example.evil", "http://app.example"]
    {
        assert_eq!(
            preflight("/v1/handoffs", origin).await.header("access-control-allow-origin"),
            ""
        );
    }
    assert_eq!(preflight("/desk", PAGE).await.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn answers_can_be_read_by_the_allowed_page_even_refusals() {
    let desk = desk().await;
    for body in [packet(1).to_string(), "{".to_owned()] {
        let mut request = json_request(body);
        request.headers_mut().insert("origin", PAGE.parse().unwrap());
        let reply = desk.send(request).await;
        assert_eq!(reply.header("access-control-allow-origin"), PAGE);
        assert_eq!(reply.header("access-control-expose-headers"), "location,retry-after");
    }
}
