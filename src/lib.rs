//! Baton in the page: the only browser code in Rust, as modules that are
//! downloaded apart, one cargo feature each.
//!
//! - `widget`: the panel and the conversation. Loaded by `www/baton.js` when a
//!   customer comes near the launcher.
//! - `triage`: what understands the customer. Loaded with the first words.
//! - `extras`: evidence, packet and delivery. Loaded when a case is handed over.
//! - `screenshot`: the picture of the page. Loaded with `extras`, or by
//!   `Baton.captureScreenshot()`.
//! - `annotate`: the editor of a picture and the pickers. Loaded when a customer edits
//!   a picture or chooses a part of the page.
//! - `exports`: a packet as a `.zip` and as Markdown. Loaded when a tester reports.
//! - `answers`: help articles, the embedder's AI endpoint and the browser's own model.
//!   Loaded with the first question, where one of them is configured.
//!
//! What needs no browser lives in `crates/`.
#![cfg(target_arch = "wasm32")]

mod bridge;
#[cfg(any(feature = "extras", feature = "screenshot"))]
mod canvas;
#[cfg(any(feature = "widget", feature = "extras", feature = "annotate"))]
mod config;
#[cfg(any(feature = "widget", feature = "extras"))]
mod data;
mod js;
#[cfg(any(
    feature = "widget",
    feature = "triage",
    feature = "extras",
    feature = "screenshot",
    feature = "exports",
    feature = "answers"
))]
mod limit;
#[cfg(any(feature = "extras", feature = "screenshot", feature = "answers"))]
mod page;
#[cfg(any(feature = "extras", feature = "screenshot", feature = "answers"))]
mod policy;
#[cfg(any(feature = "extras", feature = "screenshot"))]
mod privacy;
#[cfg(any(feature = "widget", feature = "annotate"))]
mod theme;

#[cfg(feature = "annotate")]
pub mod annotate;

#[cfg(feature = "answers")]
pub mod answers;

#[cfg(feature = "exports")]
pub mod exports;

#[cfg(feature = "extras")]
pub mod extras;

#[cfg(feature = "screenshot")]
pub mod screenshot;

#[cfg(feature = "triage")]
pub mod triage;

#[cfg(feature = "widget")]
pub mod widget;

pub use bridge::Bridge;

/// Marks what Baton draws, so that it is never in a picture or a record.
#[cfg(any(feature = "widget", feature = "extras", feature = "screenshot", feature = "annotate"))]
pub(crate) const BATON_UI: &str = "data-baton-ui";
