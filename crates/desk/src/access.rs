//! Tokens: made, read from a request and compared; ids.

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header, request::Parts};
use baton_packet::PacketId;
use subtle::ConstantTimeEq;

use crate::{Desk, moment, problem::Problem};

/// Proof that a request carries the desk's own token.
///
/// Security: only the `Authorization` header counts, never a cookie, so that no
/// other page can make a browser use it.
pub struct Agent;

impl FromRequestParts<Desk> for Agent {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        match bearer(&parts.headers) {
            Some(token) if is_same(token, &desk.options.token) => Ok(Self),
            _ => Err(Problem::unauthorized()),
        }
    }
}

/// The token of `Authorization: Bearer …` (RFC 6750, section 2.1).
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Security: compared in constant time, so that the time taken tells nothing
/// about how much of a guess was right.
#[must_use]
pub fn is_same(given: &str, expected: &str) -> bool {
    given.as_bytes().ct_eq(expected.as_bytes()).into()
}

/// A new secret: 256 random bits as 64 hexadecimal digits.
///
/// # Errors
/// If the system gives no random bytes.
pub fn new_secret() -> Result<String, Problem> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A new id for what the desk itself posts.
///
/// # Errors
/// If the system gives no random bytes.
pub fn new_id() -> Result<PacketId, Problem> {
    let mut random = [0u8; 10];
    getrandom::fill(&mut random).map_err(Problem::internal)?;
    let unix_ms = u64::try_from(moment::unix_ms()).unwrap_or_default();
    Ok(PacketId::new(unix_ms, random))
}
