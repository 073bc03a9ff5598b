//! How a queue goes: who is before whom, and how long a first answer takes.

use baton_packet::reply::{Event, State, Status};
use baton_packet::{Author, Timestamp};
use sqlx::SqliteConnection;

use super::Change;
use super::conversations::append;

/// First answers looked back at.
const LOOKED_AT: u32 = 50;
/// Fewer than these say nothing about the next one.
const FEWEST: usize = 5;

/// Whose place among the first in a queue changes is told so; who is further behind learns
/// of it on coming closer. So nobody gets more of these than this.
const TOLD_PLACES: u32 = 20;

impl Change {
    /// Tells those who wait behind this handoff in a queue their new place.
    pub async fn tell_places(&mut self, queue: &str, at: &Timestamp) -> sqlx::Result<()> {
        let waiting: Vec<i64> = sqlx::query_scalar(
            "SELECT seq FROM handoffs WHERE queue = ? AND status = 'received'
             ORDER BY seq LIMIT ?",
        )
        .bind(queue)
        .bind(TOLD_PLACES)
        .fetch_all(&mut *self.transaction)
        .await?;
        for (position, handoff) in (1..).zip(waiting) {
            if handoff > self.handoff {
                let status = Event::Status(Status {
                    status: State::Received,
                    at: at.clone(),
                    queue: Some(queue.to_owned()),
                    position: Some(position),
                    eta_minutes: None,
                });
                append(&mut self.transaction, handoff, &status, Author::System, at).await?;
            }
        }
        Ok(())
    }

    /// How the customer is told that the case waits in this queue.
    pub async fn received(&mut self, queue: &str, at: &Timestamp) -> sqlx::Result<Status> {
        received(&mut self.transaction, self.handoff, queue, None, at).await
    }
}

/// What a customer is told about a case that nobody has looked at: its place, and when a
/// first answer is expected, by the route's promise or by how long the last ones took.
pub(super) async fn received(
    connection: &mut SqliteConnection,
    handoff: i64,
    queue: &str,
    sla_minutes: Option<u32>,
    at: &Timestamp,
) -> sqlx::Result<Status> {
    let eta_minutes = match sla_minutes {
        Some(minutes) => Some(minutes),
        None => median_minutes(connection, queue).await?,
    };
    Ok(Status {
        status: State::Received,
        at: at.clone(),
        queue: Some(queue.to_owned()),
        position: Some(position(connection, handoff).await?),
        eta_minutes,
    })
}

/// The place of a handoff in its queue, 1 for the next: those wait before it that came
/// earlier and have no answer yet.
async fn position(connection: &mut SqliteConnection, handoff: i64) -> sqlx::Result<u32> {
    sqlx::query_scalar(
        "SELECT COUNT(*) + 1 FROM handoffs AS other JOIN handoffs AS this ON this.seq = ?
         WHERE other.queue = this.queue AND other.status = 'received' AND other.seq < this.seq",
    )
    .bind(handoff)
    .fetch_one(connection)
    .await
}

/// Median of the last first answers of a queue, in minutes rounded up; none where there
/// were too few to say.
async fn median_minutes(
    connection: &mut SqliteConnection,
    queue: &str,
) -> sqlx::Result<Option<u32>> {
    let mut seconds: Vec<i64> = sqlx::query_scalar(
        "SELECT answered_after FROM handoffs WHERE queue = ? AND answered_after IS NOT NULL
         ORDER BY seq DESC LIMIT ?",
    )
    .bind(queue)
    .bind(LOOKED_AT)
    .fetch_all(connection)
    .await?;
    if seconds.len() < FEWEST {
        return Ok(None);
    }
    seconds.sort_unstable();
    let minutes = percentile(&seconds, 50).map(|seconds| (seconds + 59) / 60);
    Ok(minutes.and_then(|minutes| u32::try_from(minutes.max(1)).ok()))
}

/// The smallest value that at least `percent` of the sorted values do not exceed
/// (nearest rank); none of none.
pub fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_percentile_is_a_value_that_occurred() {
        assert_eq!(percentile(&[], 50), None);
        assert_eq!(percentile(&[7], 95), Some(7));
        assert_eq!(percentile(&[1, 2, 3, 4, 5], 50), Some(3));
        assert_eq!(percentile(&[1, 2, 3, 4], 50), Some(2));
        assert_eq!(percentile(&(1..=100).collect::<Vec<_>>(), 95), Some(95));
    }
}
