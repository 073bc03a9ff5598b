//! Baton in the page: the only browser code in Rust, as two modules that are
//! downloaded apart.
//!
//! - `widget` (feature of the same name): the panel and the conversation. Loaded
//!   by `www/baton.js` when a customer comes near the launcher.
//! - `extras`: evidence, screenshot, packet and delivery. Loaded by the widget
//!   when a case is handed over, or by a call such as `Baton.captureScreenshot()`.
//!
//! What needs no browser lives in `crates/`.
#![cfg(target_arch = "wasm32")]

mod bridge;
mod config;
#[cfg(feature = "widget")]
mod data;
mod js;

#[cfg(feature = "extras")]
pub mod extras;

#[cfg(feature = "widget")]
pub mod widget;

pub use bridge::Bridge;
