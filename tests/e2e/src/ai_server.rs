//! An AI endpoint of the embedder's own, as Baton's small protocol has it.

use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower_http::cors::CorsLayer;

use crate::scenario;

/// What it answers, whatever it is asked.
#[derive(Debug, Clone)]
pub enum AiAnswer {
    /// This JSON.
    Json(Value),
    /// 500.
    Fails,
}

impl AiAnswer {
    /// With a source.
    #[must_use]
    pub fn grounded(text: &str) -> Self {
        Self::Json(json!({
            "answer": text, "confidence": 0.9, "inferred": false,
            "citations": [{ "title": "Handbook", "url": "https://help.example/handbook" }],
        }))
    }

    /// A conclusion of its own.
    #[must_use]
    pub fn inferred(text: &str) -> Self {
        Self::Json(json!({ "answer": text, "confidence": 0.4, "inferred": true }))
    }

    /// With the word that a human has to look at it.
    #[must_use]
    pub fn needs_human(text: &str) -> Self {
        Self::Json(json!({ "answer": text, "confidence": 0.3, "needs_human": true }))
    }
}

/// A running endpoint; it ends with the scenario.
pub struct AiServer {
    /// Where it is.
    pub url: String,
}

impl AiServer {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// There is no port.
    pub async fn start(answer: AiAnswer) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/answer", listener.local_addr()?);
        let router = Router::new()
            .route("/answer", post(reply))
            .layer(CorsLayer::very_permissive())
            .with_state(answer);
        let server = tokio::spawn(async move {
            // Ends only with the test.
            let _ = axum::serve(listener, router).await;
        });
        scenario::keep(server);
        Ok(Self { url })
    }
}

async fn reply(State(answer): State<AiAnswer>) -> Response {
    match answer {
        AiAnswer::Json(answer) => Json(answer).into_response(),
        AiAnswer::Fails => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
