//! The reference backend: receives handoff packets, stores them and shows them
//! to a human.
//!
//! ```no_run
//! # async fn example() -> Result<(), baton_desk::OpenError> {
//! let desk = baton_desk::Desk::open(baton_desk::Options::new("desk-data")).await?;
//! let router = baton_desk::app(desk);
//! # let _ = router; Ok(()) }
//! ```
//!
//! Routes: `receive` takes packets, `evidence` the files that came later,
//! `conversation` is what goes on after that, `agents` the API of the team, `pages` what
//! the team sees in a browser.

mod access;
mod agents;
mod conversation;
mod cors;
mod demo;
mod demo_agent;
mod evidence;
mod label;
mod metrics;
mod moment;
pub mod options;
mod overrides;
mod pages;
mod parts;
mod problem;
mod receive;
pub mod serve;
mod site;
mod store;

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use baton_packet::PacketId;

use conversation::live::Live;
pub use options::Options;
use problem::Problem;
pub use store::OpenError;

/// A running desk: its options, its store, who listens, and the packets being stored now.
#[derive(Clone)]
pub struct Desk {
    options: Arc<Options>,
    store: store::Store,
    live: Arc<Live>,
    receiving: Arc<Mutex<HashSet<PacketId>>>,
}

impl Desk {
    /// Opens the data folder, making what is missing and bringing the database
    /// up to date.
    ///
    /// # Errors
    /// [`OpenError`] if the folder or the database cannot be used.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        let store = store::Store::open(&options.data).await?;
        let live = Arc::new(Live::start(store.clone()).await?);
        Ok(Self { options: Arc::new(options), store, live, receiving: Arc::default() })
    }

    /// Ends every stream, so that no request holds a stopping desk up.
    pub fn stop(&self) {
        self.live.stop();
    }

    /// Writes what is pending and closes the database.
    pub async fn close(&self) {
        self.store.close().await;
    }
}

/// Every route of the desk.
pub fn app(desk: Desk) -> Router {
    let api = receive::routes()
        .merge(evidence::routes())
        .merge(conversation::routes())
        .merge(agents::routes())
        .merge(overrides::routes())
        .merge(metrics::routes())
        // Before the layer: preflights, which no route takes, are the layer's.
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .layer(cors::layer(&desk.options.allow_origins));
    let mut router = Router::new().merge(api).merge(pages::routes());
    if desk.options.demo {
        router = router.merge(demo::routes());
    }
    site::serve(router, desk.options.site.as_deref()).with_state(desk)
}
