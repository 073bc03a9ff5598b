//! What goes on after the hand-over: events, what was posted, who has seen what.

use baton_packet::reply::{Entry, Event, State};
use baton_packet::{Author, Timestamp};
use sqlx::{Sqlite, SqliteConnection, Transaction};

use super::Store;

/// A conversation as its routes need it, without the packet.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Conversation {
    /// Row number of the handoff.
    pub seq: i64,
    /// The packet's id.
    pub id: String,
    /// What the customer's page proves itself with.
    pub conversation_token: String,
    /// When the desk stored the packet.
    pub received_at: String,
    /// Label of the state.
    pub status: String,
    /// The queue it is in now.
    pub queue: String,
    /// Up to which event the customer has seen it.
    pub customer_seen: i64,
    /// Since when the customer waits; none once there is an answer.
    pub waiting_since: Option<String>,
}

impl Conversation {
    /// The state; a label of a newer desk counts as open.
    pub fn state(&self) -> State {
        State::parse(&self.status).unwrap_or(State::Open)
    }
}

/// Something that was posted before.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Post {
    /// Hash of what was posted.
    pub sha256: String,
    /// The event it became.
    pub seq: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    kind: String,
    body: String,
}

impl Row {
    /// `None` for a row of a newer desk.
    fn read(self) -> Option<Entry> {
        let event = Event::read(&self.kind, serde_json::from_str(&self.body).ok()?)?;
        Some(Entry { seq: u64::try_from(self.seq).ok(), event })
    }
}

impl Store {
    /// The conversation of the packet with this id.
    pub async fn conversation(&self, id: &str) -> sqlx::Result<Option<Conversation>> {
        sqlx::query_as("SELECT * FROM conversations WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.pool)
            .await
    }

    /// The conversation of the handoff in this row.
    pub async fn conversation_in_row(&self, handoff: i64) -> sqlx::Result<Option<Conversation>> {
        sqlx::query_as("SELECT * FROM conversations WHERE seq = ?")
            .bind(handoff)
            .fetch_optional(&self.pool)
            .await
    }

    /// Up to `limit` events after this one, oldest first.
    pub async fn events(&self, handoff: i64, after: u64, limit: u32) -> sqlx::Result<Vec<Entry>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, kind, body FROM events WHERE handoff = ? AND seq > ?
             ORDER BY seq LIMIT ?",
        )
        .bind(handoff)
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().filter_map(Row::read).collect())
    }

    /// The last event of any conversation, as a place to go on from.
    pub async fn last_event(&self) -> sqlx::Result<i64> {
        sqlx::query_scalar("SELECT COALESCE(MAX(rowid), 0) FROM events").fetch_one(&self.pool).await
    }

    /// Place and handoff of up to 1,000 events after this place.
    pub async fn events_since(&self, place: i64) -> sqlx::Result<Vec<(i64, i64)>> {
        sqlx::query_as(
            "SELECT rowid, handoff FROM events WHERE rowid > ? ORDER BY rowid LIMIT 1000",
        )
        .bind(place)
        .fetch_all(&self.pool)
        .await
    }

    /// The media type of a file of a message, as claimed.
    pub async fn message_file(&self, handoff: i64, sha256: &str) -> sqlx::Result<Option<String>> {
        sqlx::query_scalar("SELECT media_type FROM message_files WHERE handoff = ? AND sha256 = ?")
            .bind(handoff)
            .bind(sha256)
            .fetch_optional(&self.pool)
            .await
    }

    /// Notes that the customer has seen everything up to this event, as far as it exists.
    pub async fn seen_by_customer(&self, handoff: i64, up_to: u64) -> sqlx::Result<()> {
        sqlx::query(
            "UPDATE handoffs SET customer_seen = MAX(customer_seen, MIN(?1,
                (SELECT COALESCE(MAX(seq), 0) FROM events WHERE handoff = ?2))) WHERE seq = ?2",
        )
        .bind(i64::try_from(up_to).unwrap_or(i64::MAX))
        .bind(handoff)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Notes that the team has seen everything up to this event.
    pub async fn seen_by_team(&self, handoff: i64, up_to: u64) -> sqlx::Result<()> {
        sqlx::query("UPDATE handoffs SET team_seen = MAX(team_seen, ?) WHERE seq = ?")
            .bind(i64::try_from(up_to).unwrap_or(i64::MAX))
            .bind(handoff)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Begins a change of one conversation. Others wait until it ends, in this process
    /// and in any other on this database.
    pub async fn change(&self, handoff: i64) -> sqlx::Result<Change> {
        let transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Change { transaction, handoff })
    }
}

/// A change of one conversation: all of it is stored, or nothing.
pub struct Change {
    pub(super) transaction: Transaction<'static, Sqlite>,
    pub(super) handoff: i64,
}

impl Change {
    /// Stores what was changed.
    pub async fn commit(self) -> sqlx::Result<()> {
        self.transaction.commit().await
    }

    /// How it stands now.
    pub async fn conversation(&mut self) -> sqlx::Result<Conversation> {
        sqlx::query_as("SELECT * FROM conversations WHERE seq = ?")
            .bind(self.handoff)
            .fetch_one(&mut *self.transaction)
            .await
    }

    /// What was posted under this id.
    pub async fn post(&mut self, id: &str) -> sqlx::Result<Option<Post>> {
        sqlx::query_as("SELECT sha256, seq FROM posts WHERE handoff = ? AND id = ?")
            .bind(self.handoff)
            .bind(id)
            .fetch_optional(&mut *self.transaction)
            .await
    }

    /// How many posts of this kind came after `since`, and when the first of them came
    /// (Unix milliseconds).
    pub async fn posts_since(
        &mut self,
        kind: &str,
        since: i64,
    ) -> sqlx::Result<(i64, Option<i64>)> {
        sqlx::query_as(
            "SELECT COUNT(*), MIN(at) FROM posts WHERE handoff = ? AND kind = ? AND at > ?",
        )
        .bind(self.handoff)
        .bind(kind)
        .bind(since)
        .fetch_one(&mut *self.transaction)
        .await
    }

    /// Remembers a post; `at` in Unix milliseconds.
    pub async fn insert_post(
        &mut self,
        id: &str,
        kind: &str,
        post: &Post,
        at: i64,
    ) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO posts (handoff, id, kind, sha256, seq, at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(self.handoff)
        .bind(id)
        .bind(kind)
        .bind(&post.sha256)
        .bind(post.seq)
        .bind(at)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Adds an event and gives its number.
    pub async fn append(
        &mut self,
        event: &Event,
        author: Author,
        at: &Timestamp,
    ) -> sqlx::Result<i64> {
        append(&mut self.transaction, self.handoff, event, author, at).await
    }

    /// Notes a file of a message.
    pub async fn insert_file(&mut self, sha256: &str, media_type: &str) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT OR IGNORE INTO message_files (handoff, sha256, media_type) VALUES (?, ?, ?)",
        )
        .bind(self.handoff)
        .bind(sha256)
        .bind(media_type)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Sets the state.
    pub async fn set_state(&mut self, state: State) -> sqlx::Result<()> {
        sqlx::query("UPDATE handoffs SET status = ? WHERE seq = ?")
            .bind(state.as_str())
            .bind(self.handoff)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// The customer waits from now on, unless they do already.
    pub async fn customer_waits(&mut self, since: &Timestamp) -> sqlx::Result<()> {
        sqlx::query("UPDATE handoffs SET waiting_since = COALESCE(waiting_since, ?) WHERE seq = ?")
            .bind(since.as_str())
            .bind(self.handoff)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// The customer has an answer; the first one took this many seconds. What they wrote
    /// before it has been seen.
    pub async fn customer_is_answered(&mut self, seconds: i64) -> sqlx::Result<()> {
        sqlx::query(
            "UPDATE handoffs SET waiting_since = NULL,
                answered_after = COALESCE(answered_after, ?1),
                team_seen = (SELECT MAX(seq) FROM events WHERE handoff = ?2) WHERE seq = ?2",
        )
        .bind(seconds)
        .bind(self.handoff)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Nobody waits: the case is done.
    pub async fn nobody_waits(&mut self) -> sqlx::Result<()> {
        sqlx::query("UPDATE handoffs SET waiting_since = NULL WHERE seq = ?")
            .bind(self.handoff)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// The agent events, newest first.
    pub async fn presences(&mut self) -> sqlx::Result<Vec<Event>> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, kind, body FROM events WHERE handoff = ? AND kind = 'agent'
             ORDER BY seq DESC",
        )
        .bind(self.handoff)
        .fetch_all(&mut *self.transaction)
        .await?;
        Ok(rows.into_iter().filter_map(|row| Some(row.read()?.event)).collect())
    }
}

/// Within a transaction of the caller.
pub(super) async fn append(
    connection: &mut SqliteConnection,
    handoff: i64,
    event: &Event,
    author: Author,
    at: &Timestamp,
) -> sqlx::Result<i64> {
    let body = event.data().map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query_scalar(
        "INSERT INTO events (handoff, seq, kind, author, body, at)
         SELECT ?1, COALESCE(MAX(seq), 0) + 1, ?2, ?3, ?4, ?5 FROM events WHERE handoff = ?1
         RETURNING seq",
    )
    .bind(handoff)
    .bind(event.kind())
    .bind(author.as_str())
    .bind(body)
    .bind(at.as_str())
    .fetch_one(connection)
    .await
}
