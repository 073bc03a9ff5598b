//! A desk in a folder of its own, and packets to send to it.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use baton_desk::{Desk, Options, app};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

const FULL: &str = include_str!("../../../packet/tests/fixtures/packets/1.0-full.json");

/// The bytes whose hash the fixture's manifest names.
pub const FILE: &[u8] = b"abc";
/// Their hash.
pub const FILE_SHA256: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

pub struct TestDesk {
    pub app: Router,
    pub folder: TempDir,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl TestDesk {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        Self::open(TempDir::new().unwrap(), change).await
    }

    /// Another desk on the same folder.
    pub async fn restarted(self, change: impl FnOnce(&mut Options)) -> Self {
        drop(self.app);
        Self::open(self.folder, change).await
    }

    async fn open(folder: TempDir, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::new(folder.path());
        change(&mut options);
        Self { app: app(Desk::open(options).await.unwrap()), folder }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        send(self.app.clone(), request).await
    }

    /// Delivers as plain JSON.
    pub async fn post(&self, packet: &Value) -> Reply {
        self.send(json_request(packet.to_string())).await
    }

    /// Delivers as multipart: the packet, then these parts.
    pub async fn post_parts(&self, packet: &Value, parts: &[(&str, &[u8])]) -> Reply {
        self.send(multipart(packet.to_string().as_bytes(), parts)).await
    }

    /// Reads as the team's API does.
    pub async fn get(&self, path: &str) -> Reply {
        self.get_as(path, "Bearer demo").await
    }

    pub async fn get_as(&self, path: &str, authorization: &str) -> Reply {
        let request = Request::get(path).header(header::AUTHORIZATION, authorization);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn put_evidence(&self, path: &str, token: &str, bytes: &[u8]) -> Reply {
        let request = Request::builder()
            .method(Method::PUT)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(bytes.to_vec()))
            .unwrap();
        self.send(request).await
    }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts a refusal in problem details and gives its text.
    pub fn problem(&self, status: u16) -> String {
        let text = self.text();
        assert_eq!(self.status.as_u16(), status, "{text}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json()["status"], json!(status));
        text
    }
}

pub async fn send(app: Router, request: Request<Body>) -> Reply {
    let response = app.oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
    Reply { status, headers, body }
}

/// The full fixture with its own id per number.
pub fn packet(number: u32) -> Value {
    let mut packet: Value = serde_json::from_str(FULL).unwrap();
    packet["id"] = json!(format!("019ab7f0-1c2d-7e3f-8a4b-{number:012x}"));
    packet
}

pub fn path(packet: &Value) -> String {
    format!("/v1/handoffs/{}", packet["id"].as_str().unwrap())
}

pub fn json_request(body: String) -> Request<Body> {
    Request::post("/v1/handoffs")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .unwrap()
}

pub fn multipart(packet: &[u8], parts: &[(&str, &[u8])]) -> Request<Body> {
    let whole: Vec<_> = std::iter::once(("packet", packet)).chain(parts.iter().copied()).collect();
    let (media_type, body) = form(&whole);
    Request::post("/v1/handoffs").header(header::CONTENT_TYPE, media_type).body(body).unwrap()
}

/// The media type and the body of a `multipart/form-data` with these parts.
pub fn form(parts: &[(&str, &[u8])]) -> (&'static str, Body) {
    let mut body = Vec::new();
    for (name, bytes) in parts {
        let head = format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    ("multipart/form-data; boundary=edge", Body::from(body))
}
