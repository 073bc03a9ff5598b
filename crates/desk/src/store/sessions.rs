//! Who is signed in.

use super::Store;

/// One signed-in browser.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Session {
    /// Its key in the database.
    pub key: String,
    /// The name under which its agent answers, once it was given.
    pub name: Option<String>,
}

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

    /// The session with this key, if it is open at `now` (Unix seconds).
    pub async fn session(&self, key: &str, now: i64) -> sqlx::Result<Option<Session>> {
        sqlx::query_as("SELECT key, name FROM sessions WHERE key = ? AND expires > ?")
            .bind(key)
            .bind(now)
            .fetch_optional(&self.pool)
            .await
    }

    /// Keeps the name under which an agent answers.
    pub async fn name_session(&self, key: &str, name: &str) -> sqlx::Result<()> {
        sqlx::query("UPDATE sessions SET name = ? WHERE key = ?")
            .bind(name)
            .bind(key)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Ends a session.
    pub async fn delete_session(&self, key: &str) -> sqlx::Result<()> {
        sqlx::query("DELETE FROM sessions WHERE key = ?").bind(key).execute(&self.pool).await?;
        Ok(())
    }
}
