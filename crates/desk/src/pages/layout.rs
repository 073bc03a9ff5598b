//! The frame around every page.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// What the frame needs to know.
pub struct Layout<'a> {
    /// Title of the page, as the browser's tab shows it.
    pub title: &'a str,
    /// Whether there is someone to sign out.
    pub is_signed_in: bool,
    /// After how many seconds the page loads itself again while it is looked at.
    pub refresh_seconds: Option<u32>,
}

/// A whole page around `body`.
pub fn page(layout: &Layout<'_>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (layout.title) " · Baton desk" }
                link rel="icon" type="image/svg+xml" href="/desk/assets/desk.svg";
                link rel="stylesheet" href="/desk/assets/desk.css";
                script defer src="/desk/assets/desk.js" {}
            }
            body data-refresh-seconds=[layout.refresh_seconds] {
                header.bar {
                    a.brand href="/desk" {
                        img src="/desk/assets/desk.svg" alt="" width="20" height="20";
                        "Baton desk"
                    }
                    @if layout.is_signed_in {
                        form method="post" action="/desk/sign-out" {
                            button.quiet type="submit" { "Sign out" }
                        }
                    }
                }
                (body)
            }
        }
    }
}

/// 404 for a signed-in human.
pub fn not_found() -> Response {
    let body = html! {
        main.plain {
            h1 { "There is no such handoff" }
            p { "It may belong to another desk. " a href="/desk" { "Back to the inbox" } }
        }
    };
    let layout = Layout { title: "Not found", is_signed_in: true, refresh_seconds: None };
    (StatusCode::NOT_FOUND, page(&layout, &body)).into_response()
}
