//! What the end-to-end tests stand on: a real browser over WebDriver, the real
//! desk, and host pages and receivers of our own that behave as badly as asked.
//!
//! A test is one [`scenario`]: it gets a [`Page`] in a fresh browser profile and
//! fails, besides its own checks, on every page error it did not name.

mod ai_server;
pub mod answer_server;
mod axe;
mod browser;
pub mod demo;
pub mod desk;
mod device;
pub mod host;
pub mod page;
pub mod page_log;
pub mod panel;
pub mod picture;
pub mod receiver;
pub mod replies;
pub mod scenario;
mod spoken;
pub mod trace;
pub mod workspace;

pub use ai_server::{AiAnswer, AiServer};
pub use desk::Desk;
pub use host::Host;
pub use page::Page;
pub use picture::Picture;
pub use receiver::{Behaviour, Receiver};
pub use replies::{Manner, Replies};
pub use scenario::{scenario, scenario_within};
pub use trace::{Arrived, Trace};
