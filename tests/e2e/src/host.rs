//! A host application of our own: pages with any headers, Baton's files beside
//! them, a [`Receiver`] at `/v1/handoffs`, and an echo at `/echo`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::{Receiver, Replies, scenario, workspace};

/// The tag as the README gives it.
pub const TAG: &str = "<script src=\"/baton/baton.js\" data-endpoint=\"/v1/handoffs\"></script>";

/// A request for a page or file.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its path, without the query.
    pub path: String,
    /// `Sec-Fetch-Mode`: `cors`, `no-cors`, `navigate` …; empty where not told.
    pub mode: String,
    /// Whether a cookie came with it.
    pub has_cookie: bool,
}

/// A served host application. It runs until the scenario has ended.
pub struct Host {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub url: String,
    /// What is at `/v1/handoffs`.
    pub receiver: Receiver,
    /// What is under `/v1/handoffs/ID/`.
    pub replies: Replies,
    shared: Arc<Shared>,
}

struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Shared {
    site: PathBuf,
    pages: Mutex<HashMap<String, String>>,
    headers: Mutex<HeaderMap>,
    blocked: Mutex<Option<String>>,
    asked: Mutex<Vec<Asked>>,
}

impl Shared {
    fn pages(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn blocked(&self) -> MutexGuard<'_, Option<String>> {
        self.blocked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn asked(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn headers(&self) -> MutexGuard<'_, HeaderMap> {
        self.headers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host {
    /// Serves on a free port, with no page yet.
    ///
    /// # Errors
    /// Baton was not built, or there is no port.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared {
            site: workspace::site()?,
            pages: Mutex::default(),
            headers: Mutex::default(),
            blocked: Mutex::default(),
            asked: Mutex::default(),
        });
        let replies = Replies::default();
        let receiver = Receiver::with(&replies);
        let router = Router::new()
            .merge(receiver.routes())
            .merge(replies.routes())
            .route("/echo", any(echo))
            .fallback(file)
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            // Ends only with the test.
            let _ = axum::serve(listener, router).await;
        });
        scenario::keep(Server(server));
        Ok(Self { url, receiver, replies, shared })
    }

    /// One page at `/`, made of what goes into its head and its body.
    ///
    /// # Errors
    /// As [`Host::start`].
    pub async fn with_page(head: &str, body: &str) -> Result<Self> {
        let host = Self::start().await?;
        host.page("/", head, body);
        Ok(host)
    }

    /// Puts a page at a path.
    pub fn page(&self, path: &str, head: &str, body: &str) {
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>Host</title>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"
        );
        self.file(path, &html);
    }

    /// Puts any text at a path; its media type follows the path's extension.
    pub fn file(&self, path: &str, text: &str) {
        self.shared.pages().insert(path.to_owned(), text.to_owned());
    }

    /// The requests for pages and files so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked().clone()
    }

    /// Answers 503 to every path that begins like this; `None` lifts it.
    pub fn block(&self, path: Option<&str>) {
        *self.shared.blocked() = path.map(str::to_owned);
    }

    /// A header of every page from now on.
    ///
    /// # Errors
    /// It is no header.
    pub fn header(&self, name: &'static str, value: &str) -> Result<()> {
        let value = HeaderValue::from_str(value).context("not a header's value")?;
        self.shared.headers().insert(HeaderName::from_static(name), value);
        Ok(())
    }
}

/// The request's body, as it came.
async fn echo(headers: HeaderMap, body: Bytes) -> Response {
    let media_type = headers.get(header::CONTENT_TYPE).cloned();
    let media_type = media_type.unwrap_or(HeaderValue::from_static("text/plain"));
    ([(header::CONTENT_TYPE, media_type)], body).into_response()
}

async fn file(State(shared): State<Arc<Shared>>, uri: Uri, request: HeaderMap) -> Response {
    let path = uri.path();
    let mode = request.get("sec-fetch-mode").and_then(|mode| mode.to_str().ok());
    shared.asked().push(Asked {
        path: path.to_owned(),
        mode: mode.unwrap_or_default().to_owned(),
        has_cookie: request.contains_key(header::COOKIE),
    });
    if path == "/favicon.ico" {
        return StatusCode::NO_CONTENT.into_response();
    }
    if shared.blocked().as_deref().is_some_and(|blocked| path.starts_with(blocked)) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let media_type = [(header::CONTENT_TYPE, media_type(path))];
    let page = shared.pages().get(path).cloned();
    if let Some(page) = page {
        let headers = shared.headers().clone();
        return (headers, media_type, page).into_response();
    }
    // Only Baton's own files, and nothing above them.
    if path.starts_with("/baton/")
        && !path.contains("..")
        && let Ok(bytes) = tokio::fs::read(shared.site.join(&path[1..])).await
    {
        return (media_type, bytes).into_response();
    }
    StatusCode::NOT_FOUND.into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "js" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        _ => "text/html; charset=utf-8",
    }
}
