//! The stored packets.

use baton_packet::reply::Event;
use baton_packet::{Author, Links, Packet, PacketId, Receipt, Timestamp};
use serde::Serialize;

use super::conversations::append;
use super::{Store, queues};
use crate::label::label;

/// What the inbox shows of a handoff; texts are cut to 240 characters.
#[derive(Debug, Clone, Serialize, sqlx::FromRow)]
pub struct Headline {
    /// The packet's id.
    pub id: String,
    /// When the desk stored it.
    pub received_at: String,
    /// When the packet was frozen in the page.
    pub created_at: String,
    /// The case in one line.
    pub title: String,
    /// Name, address or id of the customer, the first that is known.
    pub customer: Option<String>,
    /// The customer's plan.
    pub plan: Option<String>,
    /// Label of the intent.
    pub intent: String,
    /// Label of the urgency.
    pub urgency: String,
    /// Label of the customer's state.
    pub customer_state: String,
    /// Label of the priority.
    pub priority: String,
    /// The queue.
    pub queue: String,
    /// The escalation rule.
    pub rule: String,
    /// The rule's reason in words.
    pub reason: String,
    /// How many errors were captured.
    pub errors: i64,
    /// How many requests failed or were answered with 400 or more.
    pub failed_requests: i64,
    /// How many screenshots belong to it.
    pub screenshots: i64,
    /// Label of the state.
    pub status: String,
    /// Since when the customer waits for an answer; none where they do not.
    pub waiting_since: Option<String>,
    /// Messages of the customer that nobody of the team has seen.
    pub unread: i64,
}

/// A stored packet and the receipt given for it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Stored {
    /// Row number, for what belongs to the packet.
    pub seq: i64,
    /// When the desk stored it.
    pub received_at: String,
    /// The bytes as received.
    pub packet: Vec<u8>,
    /// What the page proves itself with afterwards.
    pub conversation_token: String,
}

impl Stored {
    /// The receipt, the same each time but for `missing`.
    ///
    /// # Errors
    /// If the stored time is not readable, which means a damaged database.
    pub fn receipt(
        &self,
        id: &PacketId,
        missing: Vec<String>,
    ) -> Result<Receipt, serde_json::Error> {
        let received_at: Timestamp = serde_json::from_value(self.received_at.as_str().into())?;
        Ok(Receipt {
            id: id.clone(),
            received_at: Some(received_at),
            conversation_token: Some(self.conversation_token.clone()),
            links: Links {
                replies: Some(format!("/v1/handoffs/{id}/replies")),
                messages: Some(format!("/v1/handoffs/{id}/messages")),
                events: Some(format!("/v1/handoffs/{id}/events")),
                evidence: Some(format!("/v1/handoffs/{id}/evidence")),
            },
            missing,
        })
    }
}

impl Store {
    /// Stores a packet with its manifest in one transaction; `stored` are the
    /// hashes whose files are kept already. The conversation begins with its place in the
    /// queue. A second row with the same id is an error of the database.
    pub async fn insert_handoff(
        &self,
        packet: &Packet,
        bytes: &[u8],
        received_at: &Timestamp,
        conversation_token: &str,
        stored: &[String],
    ) -> sqlx::Result<()> {
        let mut transaction = self.pool.begin().await?;
        let evidence = &packet.evidence;
        let is_failed = |status: Option<u16>| status.is_some_and(|status| status >= 400);
        let failed = evidence
            .network
            .records
            .iter()
            .filter(|record| record.failure.is_some() || is_failed(record.status))
            .count();
        let customer = &packet.customer;
        let name = customer.name.as_ref().or(customer.email.as_ref()).or(customer.id.as_ref());
        let seq = sqlx::query(
            "INSERT INTO handoffs (id, received_at, conversation_token, packet, created_at, title,
                customer, plan, intent, urgency, customer_state, priority, queue, rule, reason,
                errors, failed_requests, screenshots, waiting_since)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(packet.id.as_str())
        .bind(received_at.as_str())
        .bind(conversation_token)
        .bind(bytes)
        .bind(packet.created_at.as_str())
        .bind(cut(&packet.summary.title))
        .bind(name.map(|name| cut(name)))
        .bind(customer.plan.as_deref().map(cut))
        .bind(packet.triage.intent.as_str())
        .bind(packet.triage.urgency.as_str())
        .bind(packet.triage.customer_state.as_str())
        .bind(label(packet.route.priority))
        .bind(cut(&packet.route.queue))
        .bind(cut(&packet.escalation.rule))
        .bind(cut(&packet.escalation.reason))
        .bind(count(evidence.errors.records.len()))
        .bind(count(failed))
        .bind(count(evidence.screenshots.len()))
        .bind(received_at.as_str())
        .execute(&mut *transaction)
        .await?
        .last_insert_rowid();
        for attachment in &packet.attachments {
            sqlx::query(
                "INSERT INTO attachments (handoff, name, media_type, size, sha256, stored)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )
            .bind(seq)
            .bind(&attachment.name)
            .bind(&attachment.media_type)
            .bind(i64::try_from(attachment.size).unwrap_or(i64::MAX))
            .bind(&attachment.sha256)
            .bind(stored.contains(&attachment.sha256))
            .execute(&mut *transaction)
            .await?;
        }
        for one in &packet.overrides {
            super::overrides::insert(&mut transaction, seq, one).await?;
        }
        let queue = cut(&packet.route.queue);
        let sla_minutes = packet.route.sla_minutes;
        let status = queues::received(&mut transaction, seq, queue, sla_minutes, received_at);
        let status = Event::Status(status.await?);
        append(&mut transaction, seq, &status, Author::System, received_at).await?;
        transaction.commit().await
    }

    /// The packet with this id.
    pub async fn handoff(&self, id: &str) -> sqlx::Result<Option<Stored>> {
        sqlx::query_as(
            "SELECT seq, received_at, packet, conversation_token FROM handoffs WHERE id = ?",
        )
        .bind(id)
        .fetch_optional(&self.pool)
        .await
    }

    /// The newest handoffs, or those received before the one with id `before`.
    pub async fn headlines(&self, limit: u32, before: Option<&str>) -> sqlx::Result<Vec<Headline>> {
        sqlx::query_as(
            "SELECT id, received_at, created_at, title, customer, plan, intent, urgency,
                customer_state, priority, queue, rule, reason, errors, failed_requests, screenshots,
                status, waiting_since,
                (SELECT COUNT(*) FROM events WHERE handoff = handoffs.seq AND kind = 'message'
                    AND author = 'customer' AND events.seq > team_seen) AS unread
             FROM handoffs
             WHERE ?1 IS NULL OR seq < (SELECT seq FROM handoffs WHERE id = ?1)
             ORDER BY seq DESC LIMIT ?2",
        )
        .bind(before)
        .bind(limit)
        .fetch_all(&self.pool)
        .await
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// The start of a text, enough for a list; the packet has all of it.
fn cut(text: &str) -> &str {
    const LISTED_CHARS: usize = 240;
    text.char_indices().nth(LISTED_CHARS).map_or(text, |(end, _)| &text[..end])
}
