//! The evidence of one handoff: the page that QA mode puts into its archive.

use std::collections::HashMap;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use baton_evidence::viewer;
use baton_packet::Packet;
use serde::Deserialize;

use crate::{Desk, problem::Problem};

use super::layout;
use super::session::SignedIn;

// Security: the page runs its own script on what a stranger sent, so it gets an
// origin of its own: no cookie, no request to this desk, no reach into the page
// around it. What it may do: offer its exports as files and open links in tabs.
const MORE_POLICY: &str = "sandbox allow-scripts allow-downloads allow-popups \
    allow-popups-to-escape-sandbox; frame-ancestors 'self'";

#[derive(Deserialize)]
pub struct Wanted {
    /// Present, with or without a value: as a file.
    download: Option<String>,
}

/// `GET /desk/handoffs/{id}/viewer`, with `?download` as a file to keep.
pub async fn page(
    _: SignedIn,
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Problem> {
    let Ok(Path(id)) = id else { return Ok(layout::not_found()) };
    let Some(stored) = desk.store.handoff(&id).await? else { return Ok(layout::not_found()) };
    let packet = Packet::from_json(&stored.packet).map_err(Problem::internal)?;
    let mut files = HashMap::new();
    for entry in desk.store.attachments(stored.seq).await? {
        if let Some(bytes) = desk.store.files.read(&entry.sha256).await? {
            files.insert(entry.name, bytes);
        }
    }
    let page = viewer::page(&packet, &|name| files.get(name).cloned());
    let policy = format!("{}; {MORE_POLICY}", viewer::policy());
    let mut response = ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response();
    if wanted.is_ok_and(|Query(Wanted { download })| download.is_some()) {
        // The id is a UUID: nothing in it needs quoting.
        let name = format!("attachment; filename=\"handoff-{}.html\"", packet.id);
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, name.parse().map_err(Problem::internal)?);
    }
    Ok(response)
}
