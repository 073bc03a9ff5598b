//! Errors as problem details (RFC 9457), the only form in which `/v1` refuses.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use baton_packet::PacketError;
use serde::Serialize;

/// One refusal. `type` stays `about:blank`: the status says what kind it is.
#[derive(Debug, Serialize)]
pub struct Problem {
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    title: &'static str,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    #[serde(skip)]
    header: Option<Extra>,
}

/// What a refusal says beside its body.
#[derive(Debug, Clone, Copy)]
enum Extra {
    /// `WWW-Authenticate: Bearer`.
    Bearer,
    /// `Retry-After`, in seconds.
    RetryAfter(u64),
}

/// A field and what is wrong with it.
#[derive(Debug, Serialize)]
struct FieldError {
    field: String,
    detail: String,
}

fn as_number<S: serde::Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u16(status.as_u16())
}

impl Problem {
    /// A refusal with this status, explained in words.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        Self { status, title, detail: detail.into(), errors: Vec::new(), header: None }
    }

    /// 400.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 401, the same for a missing, a wrong and a misplaced token.
    pub fn unauthorized() -> Self {
        let mut problem = Self::new(StatusCode::UNAUTHORIZED, "a valid bearer token is required");
        problem.header = Some(Extra::Bearer);
        problem
    }

    /// 404.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// 405.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "this route has other methods")
    }

    /// 409: the same packet is being stored by another request.
    pub fn in_progress() -> Self {
        let mut problem = Self::new(StatusCode::CONFLICT, "this packet is just being stored");
        problem.header = Some(Extra::RetryAfter(1));
        problem
    }

    /// 413.
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    }

    /// 429: try again after this many seconds.
    pub fn too_many(detail: impl Into<String>, seconds: u64) -> Self {
        let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, detail);
        problem.header = Some(Extra::RetryAfter(seconds));
        problem
    }

    /// 422 for one field or part.
    pub fn field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        let (field, detail) = (field.into(), detail.into());
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{field}: {detail}"));
        problem.errors.push(FieldError { field, detail });
        problem
    }

    /// 500. The cause goes to the log, never to the client.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        eprintln!("baton-desk: {cause}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the desk failed; its log says why")
    }
}

impl Problem {
    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What is wrong, in words.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// Whether the desk failed, not whoever asked.
    pub fn is_internal(&self) -> bool {
        self.status.is_server_error()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let media_type = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, media_type, body).into_response();
        let headers = response.headers_mut();
        match self.header {
            Some(Extra::Bearer) => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Some(Extra::RetryAfter(seconds)) => {
                headers.insert(header::RETRY_AFTER, seconds.into());
            }
            None => {}
        }
        response
    }
}

impl From<PacketError> for Problem {
    fn from(error: PacketError) -> Self {
        match error {
            PacketError::TooLarge { .. } => Self::too_large(error.to_string()),
            PacketError::Version(_) => Self::field("schema_version", error.to_string()),
            PacketError::Invalid(problems) => {
                let mut problem =
                    Self::new(StatusCode::UNPROCESSABLE_ENTITY, "the packet is not valid");
                problem.errors = problems
                    .into_iter()
                    .map(|found| FieldError { field: found.field, detail: found.message })
                    .collect();
                problem
            }
            other => Self::field("packet", other.to_string()),
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::internal(error)
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self::internal(error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::bad_request(rejection.body_text())
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        Self::bad_request(rejection.body_text())
    }
}
