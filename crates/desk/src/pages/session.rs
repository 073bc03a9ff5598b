//! The browser's session: a random id in a cookie, its hash in the database.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use baton_packet::sha256_hex;

use crate::store::Session;
use crate::{Desk, problem::Problem};

/// How long a session lasts, in seconds: one working day.
pub const LIFETIME_SECONDS: i64 = 12 * 60 * 60;

const COOKIE: &str = "baton_desk";

/// Proof that the browser is signed in. Without it the answer is the way to
/// the sign-in page.
pub struct SignedIn(pub Session);

impl FromRequestParts<Desk> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Response> {
        let jar = CookieJar::from_headers(&parts.headers);
        if let Some(key) = key_in(&jar, desk) {
            let session = desk.store.session(&key, now()).await;
            if let Some(session) = session.map_err(|error| Problem::from(error).into_response())? {
                return Ok(Self(session));
            }
        }
        Err(Redirect::to(&format!("/desk/sign-in?to={}", parts.uri.path())).into_response())
    }
}

/// The cookie of a new session.
pub fn cookie(id: String, is_https: bool) -> Cookie<'static> {
    Cookie::build((COOKIE, id))
        .path("/desk")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(is_https)
        .build()
}

/// The cookie that takes the session's away.
pub fn no_cookie() -> Cookie<'static> {
    Cookie::build(COOKIE).path("/desk").build()
}

/// The database key of the request's session, open or not.
pub fn key_in(jar: &CookieJar, desk: &Desk) -> Option<String> {
    jar.get(COOKIE).map(|cookie| key(cookie.value(), desk))
}

/// The database key of a session id. The desk's token is part of it, so that a
/// new token ends every session.
pub fn key(id: &str, desk: &Desk) -> String {
    sha256_hex(format!("{id}:{}", desk.options.token).as_bytes())
}

/// Unix time in seconds.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
