//! What the desk keeps: rows in SQLite, files in a folder.

mod attachments;
mod conversations;
mod files;
mod handoffs;
mod overrides;
mod queues;
mod ratings;
mod sessions;

use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

pub use attachments::StoredAttachment;
pub use conversations::{Change, Conversation, Post};
pub use files::{Files, Received};
pub use handoffs::{Headline, Stored};
pub use ratings::{Metrics, Rating};
pub use sessions::Session;

/// The database and the evidence folder of one desk.
#[derive(Clone)]
pub struct Store {
    pool: SqlitePool,
    /// The evidence files.
    pub files: Files,
}

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder cannot be made or written.
    #[error("cannot use the data folder: {0}")]
    Folder(#[from] io::Error),
    /// The database cannot be opened.
    #[error("cannot open the database: {0}")]
    Database(#[from] sqlx::Error),
    /// The database is of a newer desk, or damaged.
    #[error("cannot bring the database up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl Store {
    /// Opens `desk.sqlite` and `evidence/` in this folder.
    pub async fn open(folder: &Path) -> Result<Self, OpenError> {
        let files = Files::open(folder.join("evidence")).await?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join("desk.sqlite"))
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A receipt says "stored": it must hold after a power cut too.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
        sqlx::migrate!().run(&pool).await?;
        Ok(Self { pool, files })
    }

    /// Closes every connection after its work.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
