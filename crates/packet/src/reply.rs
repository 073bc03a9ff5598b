//! The reply channel: what goes on between customer and team after the hand-over.
//!
//! `GET {links.replies}?after=SEQ` gives [`Event`]s: as server-sent events (SSE: `id` is
//! the sequence number, `event` the type, `data` the JSON) or, without
//! `Accept: text/event-stream`, as one [`Page`]. `POST {links.messages}` takes a
//! [`NewMessage`], `POST {links.events}` a [`Signal`]; both answer with [`Accepted`].
//! What is stored has a sequence number, 1 and up in each conversation; what only
//! holds for a moment ([`Typing`]) has none.
//!
//! Reading is lenient: unknown fields are passed over, and an event of a type or with a
//! label this version does not know is skipped, not an error.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Attachment, Author, OverrideField, Timestamp};

/// Longest text of one message, in characters.
pub const MAX_TEXT_CHARS: usize = 20_000;
/// Most files in one message.
pub const MAX_FILES: usize = 5;
/// Media types of files in a message.
pub const FILE_TYPES: [&str; 6] =
    ["image/png", "image/jpeg", "image/webp", "image/gif", "text/plain", "application/pdf"];
/// Longest comment of a rating, in characters.
pub const MAX_COMMENT_CHARS: usize = 2_000;

/// Something that happened in a conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
pub enum Event {
    /// Somebody wrote, the customer included.
    Message(Message),
    /// An agent began or stopped to write.
    Typing(Typing),
    /// Where the case stands.
    Status(Status),
    /// An agent joined or left.
    Agent(Presence),
    /// The case went to another queue.
    Queue(Moved),
}

impl Event {
    /// The name of the type on the wire.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Message(_) => "message",
            Self::Typing(_) => "typing",
            Self::Status(_) => "status",
            Self::Agent(_) => "agent",
            Self::Queue(_) => "queue",
        }
    }

    /// Reads the data of an event of this type; `None` where this version knows no such
    /// event, or the data does not fit.
    #[must_use]
    pub fn read(kind: &str, data: serde_json::Value) -> Option<Self> {
        match kind {
            "message" => serde_json::from_value(data).map(Self::Message),
            "typing" => serde_json::from_value(data).map(Self::Typing),
            "status" => serde_json::from_value(data).map(Self::Status),
            "agent" => serde_json::from_value(data).map(Self::Agent),
            "queue" => serde_json::from_value(data).map(Self::Queue),
            _ => return None,
        }
        .ok()
    }

    /// The data alone, as it stands after `data:` of a server-sent event.
    ///
    /// # Errors
    /// None that these types can cause; the signature is that of `serde_json`.
    pub fn data(&self) -> serde_json::Result<String> {
        match self {
            Self::Message(data) => serde_json::to_string(data),
            Self::Typing(data) => serde_json::to_string(data),
            Self::Status(data) => serde_json::to_string(data),
            Self::Agent(data) => serde_json::to_string(data),
            Self::Queue(data) => serde_json::to_string(data),
        }
    }
}

/// A message of the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Id of the message; for the customer's own the one they were posted with.
    pub id: String,
    /// When the backend stored it.
    pub at: Timestamp,
    /// Who wrote it.
    pub author: Writer,
    /// Plain text; never HTML. Empty where only files were sent.
    #[serde(default)]
    pub text: String,
    /// Files that came with it.
    #[serde(default)]
    pub attachments: Vec<File>,
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Writer {
    /// Customer, agent, system, or an assistant of the backend.
    pub kind: Author,
    /// The name to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A file that can be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct File {
    /// File name.
    pub name: String,
    /// Media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// `GET` with the conversation's token as bearer; relative to the endpoint's origin.
    pub url: String,
}

/// An agent is writing, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Typing {
    /// The agent's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether they write. A reader forgets it after 10 seconds without another.
    pub active: bool,
}

/// Where the case stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Status {
    /// The state.
    pub status: State,
    /// Since when.
    pub at: Timestamp,
    /// The queue it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Place in that queue; 1 is next. Told again, with nothing else new, when it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Minutes from `at` until a first answer is expected; absent where that is not known
    /// or as told before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eta_minutes: Option<u32>,
}

vocabulary! {
    /// The states of a case.
    State {
        /// Arrived; nobody has looked at it.
        Received => "received",
        /// Somebody is on it.
        Open => "open",
        /// The team waits for the customer.
        Pending => "pending",
        /// Done, until somebody writes again.
        Resolved => "resolved",
    }
}

/// An agent joined or left the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Presence {
    /// The agent's name.
    pub name: String,
    /// True for joined, false for left.
    pub joined: bool,
    /// When.
    pub at: Timestamp,
}

/// The case went from one queue to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moved {
    /// The queue before.
    pub from: String,
    /// The queue now.
    pub to: String,
    /// Why, where the backend tells customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// An event with its number.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Sequence number; absent for what is not stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// The event.
    #[serde(flatten)]
    pub event: Event,
}

/// The answer to a long poll.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// What happened, oldest first; empty where the wait ended before anything did.
    pub events: Vec<Entry>,
    /// What to ask `after` next time.
    pub next: u64,
}

impl Page {
    /// Reads a page, passing over events this version does not know.
    ///
    /// # Errors
    /// If the bytes are not JSON of this shape at all.
    pub fn from_json(bytes: &[u8]) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        struct Raw {
            events: Vec<RawEntry>,
            next: u64,
        }
        #[derive(Deserialize)]
        struct RawEntry {
            #[serde(default)]
            seq: Option<u64>,
            #[serde(rename = "type")]
            kind: String,
            data: serde_json::Value,
        }
        let raw: Raw = serde_json::from_slice(bytes)?;
        let events = raw.events.into_iter().filter_map(|entry| {
            let event = Event::read(&entry.kind, entry.data)?;
            Some(Entry { seq: entry.seq, event })
        });
        Ok(Self { events: events.collect(), next: raw.next })
    }
}

/// What the customer writes: as JSON, or as part `message` of `multipart/form-data` with
/// one part for each file, named by its SHA-256.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewMessage {
    /// A new UUID (any version, lower case): the same id is the same message, however
    /// often it is sent.
    pub id: String,
    /// Plain text, at most [`MAX_TEXT_CHARS`]; may be empty where there are files.
    #[serde(default)]
    pub text: String,
    /// When it was written, by the customer's clock.
    pub at: Timestamp,
    /// The manifest of its files, at most [`MAX_FILES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// What is no message: a rating, "seen", an agent's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Signal {
    /// A new UUID, as in [`NewMessage`].
    pub id: String,
    /// What it says.
    #[serde(flatten)]
    pub what: SignalKind,
}

/// What a [`Signal`] says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SignalKind {
    /// How satisfied the customer is (CSAT).
    Csat {
        /// 1 (not at all) to 5 (very).
        #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 5)))]
        score: u8,
        /// Whether they had to repeat themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repeated: Option<bool>,
        /// In their words, at most [`MAX_COMMENT_CHARS`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<String>,
    },
    /// The customer has seen everything up to this event.
    Seen {
        /// Its sequence number.
        up_to: u64,
    },
    /// Something was sorted otherwise. Only with an agent's token.
    Override {
        /// What was changed.
        field: OverrideField,
        /// What it is instead, as the field's label.
        to: String,
        /// Why.
        reason: String,
    },
    /// Where the case stands now. Only with an agent's token.
    Status {
        /// The state.
        status: State,
    },
    /// An agent writes, or no longer; kept nowhere. Only with an agent's token.
    Typing {
        /// The agent's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Whether they write.
        active: bool,
    },
}

/// The answer to a message or a signal: 201 (202 for a signal), or 200 for a repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accepted {
    /// The id that was posted.
    pub id: String,
    /// The event's number, where it became one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

/// Whether the text is a UUID (RFC 9562) of any version in lower case.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_str, json, to_value};

    use super::{Accepted, Event, NewMessage, Page, Signal, is_uuid};

    /// One of each, as they stand on the wire.
    const PAGE: &str = include_str!("../tests/fixtures/replies.json");

    #[test]
    fn every_event_is_read_and_written_without_loss() {
        let page = Page::from_json(PAGE.as_bytes()).unwrap();
        assert_eq!(to_value(&page).unwrap(), from_str::<Value>(PAGE).unwrap());
        for entry in &page.events {
            let data = from_str(&entry.event.data().unwrap()).unwrap();
            assert_eq!(Event::read(entry.event.kind(), data).as_ref(), Some(&entry.event));
        }
    }

    #[test]
    fn what_a_newer_backend_says_is_passed_over() {
        let page = json!({
            "events": [
                { "seq": 1, "type": "mood", "data": { "colour": "green" } },
                { "seq": 2, "type": "status", "data": { "status": "asleep", "at": "2026-11-30T18:00:00.000Z" } },
                { "seq": 3, "type": "agent", "data": { "name": "Mia", "joined": false, "at": "2026-11-30T18:00:00.000Z", "hat": true }, "hue": 3 },
            ],
            "next": 3, "server": "new",
        });
        let page = Page::from_json(page.to_string().as_bytes()).unwrap();
        assert_eq!((page.events.len(), page.events[0].seq, page.next), (1, Some(3), 3));
        for bytes in [&b"<html>"[..], b"[]", br#"{"events":3,"next":1}"#, b""] {
            assert!(Page::from_json(bytes).is_err());
        }
    }

    #[test]
    fn what_the_customer_sends_has_this_form() {
        for text in [
            r#"{"id":"5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a6b","text":"It fails again.","at":"2026-11-30T18:01:00.000Z"}"#,
            r#"{"id":"5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a6c","text":"","at":"2026-11-30T18:01:00.000Z","attachments":[{"name":"a.png","type":"image/png","size":3,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}]}"#,
        ] {
            let message: NewMessage = from_str(text).unwrap();
            assert_eq!(to_value(&message).unwrap(), from_str::<Value>(text).unwrap());
        }
        for text in [
            r#"{"id":"5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a6d","type":"csat","score":4,"repeated":false,"comment":"Quick."}"#,
            r#"{"id":"5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a6e","type":"seen","up_to":6}"#,
            r#"{"id":"5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a6f","type":"override","field":"queue","to":"billing","reason":"About a charge"}"#,
            r#"{"id":"5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a70","type":"status","status":"resolved"}"#,
            r#"{"id":"5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a71","type":"typing","name":"Mia","active":true}"#,
        ] {
            let signal: Signal = from_str(text).unwrap();
            assert_eq!(to_value(&signal).unwrap(), from_str::<Value>(text).unwrap());
        }
        let accepted: Accepted =
            from_str(r#"{"id":"5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a6b","seq":2}"#).unwrap();
        assert_eq!(accepted.seq, Some(2));
    }

    #[test]
    fn an_id_is_a_uuid_in_lower_case() {
        assert!(is_uuid("5f0c2a34-7d1e-4b6f-9a50-3f1c2d4e5a6b"));
        for text in
            ["", "5F0C2A34-7D1E-4B6F-9A50-3F1C2D4E5A6B", "../../../../../../../../../../../../x"]
        {
            assert!(!is_uuid(text), "{text}");
        }
    }
}
