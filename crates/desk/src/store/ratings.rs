//! How satisfied customers were, and what the team's work looks like in numbers.

use serde::Serialize;

use super::queues::percentile;
use super::{Change, Store};

/// One rating (CSAT).
#[derive(Debug, Clone, Serialize, sqlx::FromRow)]
pub struct Rating {
    /// 1 (not at all) to 5 (very satisfied).
    pub score: i64,
    /// Whether the customer had to repeat themselves; none if they did not say.
    pub repeated: Option<bool>,
    /// In their words.
    pub comment: Option<String>,
    /// When.
    pub at: String,
}

/// All handoffs in numbers.
#[derive(Debug, Serialize)]
pub struct Metrics {
    /// Handoffs.
    pub handoffs: i64,
    /// Those with a first answer.
    pub answered: usize,
    /// Those that are done.
    pub resolved: i64,
    /// Median time to the first answer, in seconds.
    pub first_response_median_seconds: Option<i64>,
    /// 95th percentile of it, in seconds.
    pub first_response_p95_seconds: Option<i64>,
    /// Those that changed their queue at least twice.
    pub bounced: i64,
    /// Those that were rated; the last rating counts.
    pub rated: i64,
    /// Rated 1 or 2.
    pub low_csat: i64,
    /// Those whose customer had to repeat themselves.
    pub repeats: i64,
}

impl Store {
    /// The last rating of a handoff.
    pub async fn rating(&self, handoff: i64) -> sqlx::Result<Option<Rating>> {
        sqlx::query_as(
            "SELECT score, repeated, comment, at FROM ratings WHERE handoff = ?
             ORDER BY seq DESC LIMIT 1",
        )
        .bind(handoff)
        .fetch_optional(&self.pool)
        .await
    }

    /// Counts everything anew; nothing is kept.
    pub async fn metrics(&self) -> sqlx::Result<Metrics> {
        let mut seconds: Vec<i64> = sqlx::query_scalar(
            "SELECT answered_after FROM handoffs WHERE answered_after IS NOT NULL",
        )
        .fetch_all(&self.pool)
        .await?;
        seconds.sort_unstable();
        let (handoffs, resolved): (i64, i64) = sqlx::query_as(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE status = 'resolved') FROM handoffs",
        )
        .fetch_one(&self.pool)
        .await?;
        let bounced = sqlx::query_scalar(
            "SELECT COUNT(*) FROM (SELECT 1 FROM events WHERE kind = 'queue'
             GROUP BY handoff HAVING COUNT(*) >= 2)",
        )
        .fetch_one(&self.pool)
        .await?;
        let (rated, low_csat, repeats): (i64, i64, i64) = sqlx::query_as(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE score <= 2),
                COUNT(*) FILTER (WHERE repeated = 1)
             FROM ratings WHERE seq IN (SELECT MAX(seq) FROM ratings GROUP BY handoff)",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(Metrics {
            handoffs,
            answered: seconds.len(),
            resolved,
            first_response_median_seconds: percentile(&seconds, 50),
            first_response_p95_seconds: percentile(&seconds, 95),
            bounced,
            rated,
            low_csat,
            repeats,
        })
    }
}

impl Change {
    /// Adds a rating.
    pub async fn insert_rating(&mut self, rating: &Rating) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO ratings (handoff, score, repeated, comment, at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(self.handoff)
        .bind(rating.score)
        .bind(rating.repeated)
        .bind(&rating.comment)
        .bind(&rating.at)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }
}
