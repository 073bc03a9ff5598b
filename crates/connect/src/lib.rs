//! Turns a frozen packet into requests, and answers into verdicts. Pure: whoever
//! has a network performs the requests.
//!
//! ```
//! use baton_connect::{Frozen, webhook};
//! use baton_packet::PacketId;
//!
//! let frozen = Frozen { id: PacketId::new(0, [0; 10]), bytes: b"{}".to_vec(), attachments: vec![] };
//! let request = webhook::handoff("https://example.org/v1/handoffs", &frozen);
//! assert!(request.headers.contains(&("Idempotency-Key".to_owned(), frozen.id.to_string())));
//! ```

pub mod sse;
pub mod talk;
pub mod webhook;

use baton_packet::{Attachment, PacketId, Receipt};

/// An approved packet as bytes. From here on nothing changes it: the same bytes
/// go out with every attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The packet's id, which is also the idempotency key.
    pub id: PacketId,
    /// The JSON document.
    pub bytes: Vec<u8>,
    /// Its manifest.
    pub attachments: Vec<Attachment>,
}

/// A request to perform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// HTTP method.
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// Headers, without the content type of a multipart body.
    pub headers: Vec<(String, String)>,
    /// What to send.
    pub body: Body,
}

/// The body of a request. Files are named, not copied: the shell holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The packet's bytes as `application/json`.
    Packet,
    /// `multipart/form-data` (RFC 7578).
    Multipart(Vec<Part>),
    /// The bytes of one attachment, by its SHA-256.
    Attachment(String),
}

/// One part of a multipart body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Name of the form field.
    pub name: String,
    /// File name.
    pub file_name: String,
    /// Where its bytes come from.
    pub source: Source,
}

/// Where the bytes of a part come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The packet's bytes, `application/json`.
    Packet,
    /// The attachment with this SHA-256.
    Attachment(String),
}

/// The answer to a request, as far as it was understood. Whoever performs the
/// request parses its JSON: every platform has a parser of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status; 0 if unknown.
    pub status: u16,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The body, if it is a receipt.
    pub receipt: Option<Receipt>,
    /// The body's own words, if it is an RFC 9457 problem: its `detail`, else its `title`.
    pub problem: Option<String>,
}

/// What an answer means for the delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The receiver has the packet.
    Delivered(Box<Receipt>),
    /// Not delivered; a later attempt may succeed.
    Retry {
        /// Why, for the developer.
        reason: String,
        /// The receiver's `Retry-After`, in milliseconds.
        after_ms: Option<u32>,
    },
    /// The body was too large for the receiver; its parts may fit one by one.
    TooLarge {
        /// Why, for the developer.
        reason: String,
    },
    /// Not delivered, and no later attempt will change that.
    Refused {
        /// Why, for the developer.
        reason: String,
    },
}
