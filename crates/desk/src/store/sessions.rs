//! Who is signed in.

use super::Store;

impl Store {
    /// Remembers a session until `expires` (Unix seconds) and forgets old ones.
    pub async fn insert_session(&self, key: &str, now: i64, expires: i64) -> sqlx::Result<()> {
        sqlx::query("DELETE FROM sessions WHERE expires <= ?")
            .bind(now)
            .execute(&self.pool)
            .await?;
        sqlx::query("INSERT INTO sessions (key, expires) VALUES (?, ?)")
            .bind(key)
            .bind(expires)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Whether this session is open at `now` (Unix seconds).
    pub async fn has_session(&self, key: &str, now: i64) -> sqlx::Result<bool> {
        let found = sqlx::query("SELECT 1 FROM sessions WHERE key = ? AND expires > ?")
            .bind(key)
            .bind(now)
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.is_some())
    }

    /// Ends a session.
    pub async fn delete_session(&self, key: &str) -> sqlx::Result<()> {
        sqlx::query("DELETE FROM sessions WHERE key = ?").bind(key).execute(&self.pool).await?;
        Ok(())
    }
}
