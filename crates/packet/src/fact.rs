//! What the customer already said, so that nobody asks for it again, and where.

use serde::{Deserialize, Serialize};

use crate::Unknown;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Kinds of facts that are read from the customer's words.
    FactKind {
        /// `ERR_TIMED_OUT`, `E1234`, the 403 of "error 403".
        ErrorCode => "error_code",
        /// What a program said, without its quotes.
        ErrorMessage => "error_message",
        /// An address, without a query that carries a secret.
        Url => "url",
        /// Of an order.
        OrderId => "order_id",
        /// Of an invoice.
        InvoiceId => "invoice_id",
        /// Of a ticket, case or request.
        TicketId => "ticket_id",
        /// Of the product or a part of it; normalised: the number alone.
        Version => "version",
        /// Normalised: name and version.
        Browser => "browser",
        /// Operating system; normalised: name and version.
        Os => "os",
        /// A day; normalised: ISO 8601, if it is complete and not in doubt.
        Date => "date",
        /// Since when it happens; normalised as a date.
        Since => "since",
        /// Something the customer did, one of several.
        Step => "step",
        /// What should have happened.
        Expected => "expected",
        /// What happened instead.
        Actual => "actual",
        /// Money; normalised: `1200.50 EUR`, if the currency is not in doubt.
        Amount => "amount",
        /// A part of the product; normalised: its configured name.
        ProductArea => "product_area",
        /// Normalised: a number, `all` or `just_me`.
        PeopleAffected => "people_affected",
    }
}

/// A place in the transcript.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Excerpt {
    /// Place of the message in `conversation.transcript`, from 0.
    pub message: u32,
    /// Where it begins, in Unicode characters of the message's text.
    pub start: u32,
    /// Where it ends, as `start`; the first character that is not part of it.
    pub end: u32,
}

/// Something the customer said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fact {
    /// Label of a [`FactKind`], or a newer name.
    pub kind: String,
    /// As it was written; long ones are cut.
    pub value: String,
    /// In a form to compare or count with, where there is one; see [`FactKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normalized: Option<String>,
    /// Where it was said.
    pub at: Excerpt,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// Where a line of the summary comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The line, as a JSON Pointer (RFC 6901) within the summary: `/title`, `/tried/0`.
    pub line: String,
    /// Where it was said.
    pub at: Excerpt,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}
