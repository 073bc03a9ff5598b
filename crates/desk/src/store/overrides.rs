//! What people decided otherwise than Baton.

use baton_packet::{Override, OverrideBy, OverrideField, Timestamp};
use sqlx::SqliteConnection;

use super::{Change, Store};

#[derive(sqlx::FromRow)]
struct Row {
    field: String,
    was: String,
    becomes: String,
    by: String,
    at: String,
    reason: Option<String>,
}

impl Row {
    /// `None` for a row of a newer desk.
    fn read(self) -> Option<Override> {
        Some(Override {
            field: OverrideField::parse(&self.field)?,
            from: self.was,
            to: self.becomes,
            by: OverrideBy::parse(&self.by)?,
            at: serde_json::from_value::<Timestamp>(self.at.into()).ok()?,
            reason: self.reason,
            extra: Default::default(),
        })
    }
}

impl Store {
    /// The overrides of a handoff, oldest first.
    pub async fn overrides(&self, handoff: i64) -> sqlx::Result<Vec<Override>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT field, was, becomes, by, at, reason FROM overrides
             WHERE handoff = ? ORDER BY seq",
        )
        .bind(handoff)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().filter_map(Row::read).collect())
    }

    /// Row numbers and packets of up to `limit` handoffs that somebody overrode, after
    /// the row `after`, oldest first.
    pub async fn overridden(&self, after: i64, limit: u32) -> sqlx::Result<Vec<(i64, Vec<u8>)>> {
        sqlx::query_as(
            "SELECT seq, packet FROM handoffs
             WHERE seq > ? AND seq IN (SELECT handoff FROM overrides) ORDER BY seq LIMIT ?",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&self.pool)
        .await
    }
}

impl Change {
    /// Records an agent's override; the inbox lists the handoff by it from now on.
    pub async fn insert_override(&mut self, one: &Override) -> sqlx::Result<()> {
        insert(&mut self.transaction, self.handoff, one).await?;
        let column = match one.field {
            OverrideField::Queue => "UPDATE handoffs SET queue = ? WHERE seq = ?",
            OverrideField::Intent => "UPDATE handoffs SET intent = ? WHERE seq = ?",
            OverrideField::Urgency => "UPDATE handoffs SET urgency = ? WHERE seq = ?",
        };
        sqlx::query(column)
            .bind(&one.to)
            .bind(self.handoff)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}

/// Within a transaction of the caller.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    handoff: i64,
    one: &Override,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO overrides (handoff, field, was, becomes, by, at, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(handoff)
    .bind(one.field.as_str())
    .bind(&one.from)
    .bind(&one.to)
    .bind(one.by.as_str())
    .bind(one.at.as_str())
    .bind(&one.reason)
    .execute(connection)
    .await?;
    Ok(())
}
