//! Listening, and stopping when asked to.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::options::DEFAULT_TOKEN;
use crate::{Desk, OpenError, Options, app, demo_agent};

/// How long running requests may take to finish after a signal.
const GRACE: Duration = Duration::from_secs(10);

/// Why a desk could not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The data folder could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// What `--listen` said.
        address: String,
        /// What the system said.
        source: io::Error,
    },
    /// `--site` names no folder.
    #[error("--site {0:?} is not a folder")]
    Site(PathBuf),
    /// Others can reach it, and the token is the one everybody knows.
    #[error("{listening_on} can be reached by others: choose a --token")]
    DefaultToken {
        /// Where it would have listened.
        listening_on: SocketAddr,
    },
    /// The listener failed later.
    #[error("stopped serving: {0}")]
    Serve(#[from] io::Error),
}

/// Serves until SIGTERM or SIGINT, then lets running requests finish.
///
/// # Errors
/// [`ServeError`] if the folder cannot be opened or the address not taken.
pub async fn run(options: Options) -> Result<(), ServeError> {
    let address = options.listen.clone();
    if let Some(site) = options.site.as_ref().filter(|site| !site.is_dir()) {
        return Err(ServeError::Site(site.clone()));
    }
    let has_default_token = options.token == DEFAULT_TOKEN;
    let desk = Desk::open(options).await?;
    let listener = TcpListener::bind(&address)
        .await
        .map_err(|source| ServeError::Listen { address, source })?;
    let listening_on = listener.local_addr()?;
    // Security: the default token is in the manual.
    if has_default_token && !listening_on.ip().is_loopback() {
        return Err(ServeError::DefaultToken { listening_on });
    }
    // Others wait for this line to know the port and that requests are taken.
    println!("desk listening on http://{listening_on}");

    let (asked_to_stop, stopping) = oneshot::channel();
    if desk.options.demo_agent {
        tokio::spawn(demo_agent::play(desk.clone()));
    }
    let served = desk.clone();
    let service = axum::serve(listener, app(desk.clone())).with_graceful_shutdown(async move {
        stop_signal().await;
        served.stop();
        let _ = asked_to_stop.send(());
    });
    let deadline = async {
        let _ = stopping.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = async { service.await } => result?,
        () = deadline => {}
    }
    desk.close().await;
    Ok(())
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
