//! A conversation as both sides hold it over HTTP.

use axum::body::Body;
use axum::http::{Request, header};
use baton_connect::sse::{Event, Reader};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Reply, TestDesk, form, packet, path};

/// A time as the customer's clock says it.
pub const AT: &str = "2026-11-30T18:00:00.000Z";

/// A UUID of this number.
pub fn uuid(number: u32) -> String {
    format!("5f0c2a34-7d1e-4b6f-9a50-{number:012x}")
}

/// One handoff with the token of its receipt.
pub struct Talk {
    pub path: String,
    pub id: String,
    pub token: String,
}

impl Talk {
    /// Hands over the packet of this number.
    pub async fn begin(desk: &TestDesk, number: u32) -> Self {
        Self::begin_with(desk, &packet(number)).await
    }

    pub async fn begin_with(desk: &TestDesk, packet: &Value) -> Self {
        let receipt = desk.post(packet).await.json();
        let token = receipt["conversation_token"].as_str().unwrap().to_owned();
        Self { path: path(packet), id: packet["id"].as_str().unwrap().to_owned(), token }
    }

    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    pub async fn post(&self, desk: &TestDesk, route: &str, token: &str, body: &Value) -> Reply {
        let request = Request::post(format!("{}/{route}", self.path))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        desk.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A message with files.
    pub async fn post_parts(
        &self,
        desk: &TestDesk,
        route: &str,
        token: &str,
        message: &Value,
        files: &[(&str, &[u8])],
    ) -> Reply {
        let message = message.to_string();
        let mut parts = vec![("message", message.as_bytes())];
        parts.extend(files);
        let (media_type, body) = form(&parts);
        let request = Request::post(format!("{}/{route}", self.path))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, media_type);
        desk.send(request.body(body).unwrap()).await
    }

    /// The customer writes.
    pub async fn say(&self, desk: &TestDesk, number: u32, text: &str) -> Reply {
        let message = json!({ "id": uuid(number), "text": text, "at": AT });
        self.post(desk, "messages", &self.token, &message).await
    }

    /// Mia answers.
    pub async fn answer(&self, desk: &TestDesk, number: u32, text: &str) -> Reply {
        let message = json!({ "id": uuid(number), "text": text, "at": AT, "name": "Mia" });
        self.post(desk, "replies", "demo", &message).await
    }

    /// The customer's signal.
    pub async fn signal(&self, desk: &TestDesk, what: &Value) -> Reply {
        self.post(desk, "events", &self.token, what).await
    }

    /// The team's signal.
    pub async fn decide(&self, desk: &TestDesk, what: &Value) -> Reply {
        self.post(desk, "events", "demo", what).await
    }

    /// What there is after this event, without a wait.
    pub async fn after(&self, desk: &TestDesk, seq: u64) -> Value {
        let path = format!("{}/replies?after={seq}", self.path);
        let reply = desk.get_as(&path, &self.bearer()).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    /// All events in short: `1 status received`, `2 message customer: Hello`.
    pub async fn told(&self, desk: &TestDesk) -> Vec<String> {
        let page = self.after(desk, 0).await;
        page["events"].as_array().unwrap().iter().map(in_short).collect()
    }

    /// Opens the stream.
    pub async fn stream(&self, desk: &TestDesk, query: &str, last_id: Option<u64>) -> Stream {
        let mut request = Request::get(format!("{}/replies{query}", self.path))
            .header(header::AUTHORIZATION, self.bearer())
            .header(header::ACCEPT, "text/event-stream");
        if let Some(id) = last_id {
            request = request.header("last-event-id", id);
        }
        let response = desk.app.clone().oneshot(request.body(Body::empty()).unwrap()).await;
        let response = response.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Stream { body: response.into_body(), reader: Reader::default(), events: Vec::new() }
    }
}

fn in_short(event: &Value) -> String {
    let (data, text) = (&event["data"], |value: &Value| value.as_str().unwrap().to_owned());
    let what = match event["type"].as_str().unwrap() {
        "status" => text(&data["status"]),
        "message" => format!("{}: {}", text(&data["author"]["kind"]), text(&data["text"])),
        "agent" => text(&data["name"]),
        "queue" => format!("{} to {}", text(&data["from"]), text(&data["to"])),
        other => panic!("{other} is not stored"),
    };
    format!("{} {} {what}", event["seq"], text(&event["type"]))
}

/// A stream of replies as the widget reads it.
pub struct Stream {
    body: Body,
    reader: Reader,
    events: Vec<Event>,
}

impl Stream {
    /// The next event; none where the stream ends.
    pub async fn next(&mut self) -> Option<Event> {
        while self.events.is_empty() {
            let frame = self.body.frame().await?.unwrap();
            self.events = self.reader.push(&frame.into_data().unwrap());
            self.events.reverse();
        }
        self.events.pop()
    }

    pub fn retry_ms(&self) -> Option<u32> {
        self.reader.retry_ms()
    }
}
