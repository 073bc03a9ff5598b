//! `/desk`: what the team sees in a browser.
//!
//! Security: everything from a packet is hostile. It reaches a page only as
//! text through maud's escaping (never `PreEscaped`), and becomes a link only by
//! [`words::link`]. The policy below would stop what slipped through.

mod clock;
mod handoff;
mod inbox;
mod layout;
mod session;
mod sign_in;
mod viewer;
mod words;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State, rejection::PathRejection};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::conversation::{self, MAX_BODY_BYTES};
use crate::{Desk, agents, problem::Problem};

use session::SignedIn;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; \
    connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The routes.
pub fn routes() -> Router<Desk> {
    let unless_set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    Router::new()
        .route("/desk", get(inbox::page))
        .route("/desk/", get(inbox::page))
        .route("/desk/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/desk/sign-out", post(sign_in::sign_out))
        .route("/desk/handoffs/{id}", get(handoff::page))
        .route("/desk/handoffs/{id}/thread", get(handoff::thread::part))
        .route(
            "/desk/handoffs/{id}/replies",
            post(handoff::answering::reply).layer(DefaultBodyLimit::max(MAX_BODY_BYTES)),
        )
        .route("/desk/handoffs/{id}/status", post(handoff::answering::set_state))
        .route("/desk/handoffs/{id}/typing", post(handoff::answering::typing))
        .route("/desk/handoffs/{id}/files/{sha256}/{name}", get(message_file))
        .route("/desk/handoffs/{id}/overrides", post(handoff::overrides::change))
        .route("/desk/handoffs/{id}/viewer", get(viewer::page))
        .route("/desk/handoffs/{id}/packet.json", get(packet))
        .route("/desk/handoffs/{id}/attachments/{name}", get(attachment))
        .route(
            "/desk/assets/desk.css",
            get(|| asset("text/css", include_str!("../../assets/desk.css"))),
        )
        .route(
            "/desk/assets/desk.js",
            get(|| asset("text/javascript", include_str!("../../assets/desk.js"))),
        )
        .route(
            "/desk/assets/desk.svg",
            get(|| asset("image/svg+xml", include_str!("../../assets/desk.svg"))),
        )
        .layer(CsrfLayer::new())
        .layer(unless_set(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(unless_set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(unless_set(header::REFERRER_POLICY, "same-origin"))
        .layer(unless_set(header::CACHE_CONTROL, "no-store"))
}

async fn asset(media_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-cache")], text)
        .into_response()
}

async fn packet(
    _: SignedIn,
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
) -> Response {
    let Ok(Path(id)) = id else { return layout::not_found() };
    match agents::packet_of(&desk, &id).await {
        Ok(packet) => {
            let download = [(header::CONTENT_DISPOSITION, "attachment; filename=\"packet.json\"")];
            (download, packet).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

async fn attachment(
    _: SignedIn,
    State(desk): State<Desk>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Response {
    let Ok(Path((id, name))) = path else { return layout::not_found() };
    agents::attachment_of(&desk, &id, &name).await.into_response()
}

async fn message_file(
    _: SignedIn,
    State(desk): State<Desk>,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Response, Problem> {
    let Ok(Path((id, sha256, _name))) = path else { return Ok(layout::not_found()) };
    match desk.store.conversation(&id).await? {
        Some(conversation) => conversation::file_of(&desk, conversation.seq, &sha256).await,
        None => Ok(layout::not_found()),
    }
}
