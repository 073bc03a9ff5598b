//! Signing in with the desk's token, and out.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;

use crate::access::{is_same, new_secret};
use crate::{Desk, problem::Problem};

use super::layout::{self, Layout};
use super::session;

#[derive(Deserialize)]
pub struct Target {
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
pub struct Credentials {
    token: String,
    #[serde(default)]
    to: String,
}

/// `GET /desk/sign-in`.
pub async fn page(target: Result<Query<Target>, QueryRejection>) -> Markup {
    form(target.map(|Query(target)| target.to).as_deref().unwrap_or_default(), None)
}

/// `POST /desk/sign-in`.
pub async fn sign_in(
    State(desk): State<Desk>,
    jar: CookieJar,
    headers: HeaderMap,
    credentials: Result<Form<Credentials>, FormRejection>,
) -> Result<Response, Problem> {
    let Ok(Form(Credentials { token, to })) = credentials else {
        return Ok((StatusCode::BAD_REQUEST, form("", Some("Enter the token."))).into_response());
    };
    if !is_same(token.trim(), &desk.options.token) {
        let page = form(&to, Some("This is not the desk's token."));
        return Ok((StatusCode::FORBIDDEN, page).into_response());
    }
    let id = new_secret()?;
    let now = session::now();
    let key = session::key(&id, &desk);
    desk.store.insert_session(&key, now, now + session::LIFETIME_SECONDS).await?;
    let is_https = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let jar = jar.add(session::cookie(id, is_https));
    Ok((jar, Redirect::to(own_page(&to))).into_response())
}

/// `POST /desk/sign-out`.
pub async fn sign_out(State(desk): State<Desk>, jar: CookieJar) -> Result<Response, Problem> {
    if let Some(key) = session::key_in(&jar, &desk) {
        desk.store.delete_session(&key).await?;
    }
    Ok((jar.remove(session::no_cookie()), Redirect::to("/desk/sign-in")).into_response())
}

/// Security: signing in leads to a page of the desk and nowhere else.
fn own_page(to: &str) -> &str {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._".contains(&byte);
    if to.starts_with("/desk/") && to.bytes().all(is_plain) { to } else { "/desk" }
}

fn form(to: &str, mistake: Option<&str>) -> Markup {
    let body = html! {
        main.sign-in {
            h1 { "Sign in to the desk" }
            form method="post" action="/desk/sign-in" {
                input type="hidden" name="to" value=(to);
                label for="token" { "Token" }
                input #token type="password" name="token" required autofocus
                    autocomplete="current-password"
                    aria-invalid=[mistake.map(|_| "true")] aria-describedby="hint";
                p #hint .hint.wrong[mistake.is_some()] {
                    (mistake.unwrap_or("The one the desk was started with; “demo” unless --token said otherwise."))
                }
                button type="submit" { "Sign in" }
            }
        }
    };
    layout::page(&Layout { title: "Sign in", is_signed_in: false, refresh_seconds: None }, &body)
}

#[cfg(test)]
mod tests {
    use super::own_page;

    #[test]
    fn signing_in_leads_nowhere_else() {
        assert_eq!(own_page("/desk/handoffs/a-1"), "/desk/handoffs/a-1");
        for to in ["", "//evil.example", "https://evil.example", "/desk/\r\nx", "/desk/?a=\\"] {
            assert_eq!(own_page(to), "/desk");
        }
    }
}
