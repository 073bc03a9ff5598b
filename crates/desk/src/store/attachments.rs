//! The manifest of each packet, and which of its files have arrived.

use super::Store;

/// One file of a packet's manifest.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StoredAttachment {
    /// File name, unique in the packet.
    pub name: String,
    /// Media type as the packet claims.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Whether the bytes are here.
    pub stored: bool,
}

impl Store {
    /// The manifest of the packet in this row.
    pub async fn attachments(&self, handoff: i64) -> sqlx::Result<Vec<StoredAttachment>> {
        sqlx::query_as(
            "SELECT name, media_type, size, sha256, stored FROM attachments
             WHERE handoff = ? ORDER BY rowid",
        )
        .bind(handoff)
        .fetch_all(&self.pool)
        .await
    }

    /// Notes that the bytes with this hash have arrived for this packet.
    pub async fn mark_stored(&self, handoff: i64, sha256: &str) -> sqlx::Result<()> {
        sqlx::query("UPDATE attachments SET stored = 1 WHERE handoff = ? AND sha256 = ?")
            .bind(handoff)
            .bind(sha256)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
