//! An AI endpoint and a feed of articles that behave as badly as asked, on an origin of
//! their own.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::any;
use futures_util::stream::{self, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::scenario;

/// What a good endpoint of ours says.
pub const ANSWER: &str = "Open **Billing**, choose the month, then press Download.";

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its path.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, if it is JSON.
    pub body: Value,
}

/// A served endpoint; its path says how it behaves. It runs until the scenario has ended.
pub struct AnswerServer {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl AnswerServer {
    /// Serves on a free port.
    ///
    /// # Errors
    /// There is no port.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let asked = Arc::new(Mutex::default());
        let router = Router::new().route("/{way}", any(answer)).with_state(Arc::clone(&asked));
        let server = tokio::spawn(async move {
            // Ends only with the test.
            let _ = axum::serve(listener, router).await;
        });
        scenario::keep(Server(server));
        Ok(Self { url, asked })
    }

    /// Every request but preflights so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

type Log = Arc<Mutex<Vec<Asked>>>;

async fn answer(
    State(asked): State<Log>,
    Path(way): Path<String>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if method == Method::OPTIONS {
        return allowed(StatusCode::NO_CONTENT.into_response());
    }
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(Asked {
        path: format!("/{way}"),
        headers,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    });
    match &*way {
        "no-cors" => axum::Json(json!({ "answer": ANSWER })).into_response(),
        "redirect" => allowed(Redirect::temporary("/whole").into_response()),
        "html" => allowed(Html("<!DOCTYPE html><h1>Welcome</h1>").into_response()),
        "down" => allowed((StatusCode::SERVICE_UNAVAILABLE, "no").into_response()),
        "whole" => {
            allowed(axum::Json(json!({ "answer": ANSWER, "confidence": 0.9 })).into_response())
        }
        "evil" => allowed(axum::Json(json!({ "answer": EVIL })).into_response()),
        "stream" => events(parts().chain([done()]).collect(), 30),
        "cut" => events(parts().collect(), 30),
        "cut-early" => events(parts().take(1).collect(), 30),
        "drip" => events(vec![": still here\n\n".to_owned(); 100_000], 200),
        "chat" => events(chat(), 30),
        "feed" => allowed(feed().into_response()),
        "large" => allowed(vec![b' '; 50_000_000].into_response()),
        _ => allowed(StatusCode::NOT_FOUND.into_response()),
    }
}

/// What an article or a customer may have put into a model's mouth.
const EVIL: &str = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script> \
    [click](javascript:window.pwned=1) \u{202e}gnp.exe\u{0}";

fn parts() -> impl Iterator<Item = String> {
    let words = ANSWER.split_inclusive(' ');
    words.map(|word| format!("event: delta\ndata: {}\n\n", json!({ "text": word })))
}

fn done() -> String {
    let citations = json!([{ "title": "Invoices", "url": "/help/invoices" }]);
    format!("event: done\ndata: {}\n\n", json!({ "confidence": 0.9, "citations": citations }))
}

fn chat() -> Vec<String> {
    let marked = format!("INFERRED\n{ANSWER}");
    let mut events: Vec<String> = marked
        .split_inclusive(['D', ' ', '\n'])
        .map(|part| {
            format!("data: {}\n\n", json!({ "choices": [{ "delta": { "content": part } }] }))
        })
        .collect();
    events.push("data: [DONE]\n\n".to_owned());
    events
}

/// Two thousand articles and the one that is asked for.
fn feed() -> axum::Json<Value> {
    let mut articles: Vec<Value> = (0..2000)
        .map(|n: usize| {
            let words = (0..150).map(|w| format!("word{}", (n * 31 + w * w * 17) % 4000));
            let body = words.collect::<Vec<_>>().join(" ") + ".";
            json!({ "id": format!("a{n}"), "title": format!("Subject {}", n * 7919 % 997), "body": body })
        })
        .collect();
    articles.push(json!({ "id": "invoice", "title": "Download an invoice", "url": "/help/invoice", "body": ANSWER }));
    axum::Json(json!({ "articles": articles }))
}

/// The texts one after the other, with a pause of so many milliseconds before each.
fn events(texts: Vec<String>, pause_ms: u64) -> Response {
    let parts = stream::iter(texts).then(move |text| async move {
        tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        Ok::<_, Infallible>(text)
    });
    let kind = [(header::CONTENT_TYPE, "text/event-stream")];
    allowed((kind, Body::from_stream(parts)).into_response())
}

/// Readable by every page.
fn allowed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        // A `*` would not hold for `authorization`.
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
