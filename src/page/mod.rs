//! Everything that touches the host page: it reads, and never changes anything.

pub mod environment;
pub mod privacy;
pub mod screenshot;

/// Marks what Baton draws, so that it is never in a picture or a record.
pub const BATON_UI: &str = "data-baton-ui";

/// Milliseconds since the Unix epoch.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}
