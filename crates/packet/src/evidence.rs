//! What the page's sensors saw: normalised records on one clock.
//!
//! Every record carries both clocks: `at` is wall time, `ms` is monotonic
//! (milliseconds since the page's `performance.timeOrigin`), so that records of
//! different kinds can be ordered even when the wall clock jumps.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Performance, Screenshot, Timestamp, Unknown};

/// All evidence of a packet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Console lines, oldest first.
    #[serde(default)]
    pub console: Records<ConsoleRecord>,
    /// Requests, oldest first.
    #[serde(default)]
    pub network: Records<NetworkRecord>,
    /// What the customer did, oldest first.
    #[serde(default)]
    pub steps: Records<StepRecord>,
    /// Errors, oldest first.
    #[serde(default)]
    pub errors: Records<ErrorRecord>,
    /// How the page performed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performance: Option<Performance>,
    /// Pictures of the page.
    #[serde(default)]
    pub screenshots: Vec<Screenshot>,
    /// The page's DOM at the moment of the report, or its last seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<Replay>,
    /// What could not be captured, and why.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// Records of one kind from a bounded ring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Records<T> {
    /// The records kept, oldest first.
    pub records: Vec<T>,
    /// How many the ring holds at most.
    pub cap: u32,
    /// How many older records were dropped.
    pub dropped: u32,
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self { records: Vec::new(), cap: 0, dropped: 0 }
    }
}

/// One console line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsoleRecord {
    /// Wall time.
    pub at: Timestamp,
    /// Monotonic time, milliseconds since the page's time origin.
    pub ms: f64,
    /// Which console method.
    pub level: ConsoleLevel,
    /// The arguments as one line of text, redacted.
    pub message: String,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// Console methods that are recorded.
    ConsoleLevel {
        /// `console.debug`.
        Debug => "debug",
        /// `console.trace`.
        Trace => "trace",
        /// `console.log`.
        Log => "log",
        /// `console.info`.
        Info => "info",
        /// `console.warn`.
        Warn => "warn",
        /// `console.error`.
        Error => "error",
        /// A failed `console.assert`.
        Assert => "assert",
    }
}

/// One error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorRecord {
    /// Wall time.
    pub at: Timestamp,
    /// Monotonic time, milliseconds since the page's time origin.
    pub ms: f64,
    /// How it surfaced.
    pub kind: ErrorKind,
    /// Class of the error, for example `TypeError`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Message, redacted.
    pub message: String,
    /// Script URL, redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The engine's stack text, redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stack: Option<String>,
    /// The error's `cause`, outermost first, as `name: message` and stack, redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Groups the same bug of many customers; see `baton_evidence::fingerprint`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// How an error surfaced.
    ErrorKind {
        /// The window's `error` event.
        Uncaught => "uncaught",
        /// The window's `unhandledrejection` event.
        UnhandledRejection => "unhandled_rejection",
        /// An element's file (image, script, style sheet …) did not load.
        Resource => "resource",
        /// The page's Content-Security-Policy was violated.
        Csp => "csp",
        /// A report of the browser (Reporting API): deprecation, intervention.
        Report => "report",
    }
}

/// One request of the page. Baton's own are never recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NetworkRecord {
    /// Wall time of the start.
    pub at: Timestamp,
    /// Monotonic time of the start, milliseconds since the page's time origin.
    pub ms: f64,
    /// What started it.
    pub initiator: Initiator,
    /// Method, upper case.
    pub method: String,
    /// URL, redacted.
    pub url: String,
    /// Status; absent while pending and after a failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Time to the response headers (fetch) or to the end (XHR), in
    /// milliseconds; absent while pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// How it failed; absent if there was a response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<NetworkFailure>,
    /// The browser's own words about the failure, redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure_text: Option<String>,
    /// Whether it took longer than the page's limit for slow requests.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub slow: bool,
    /// From the start to the first byte of the response, in milliseconds, where
    /// the browser tells (never across origins without `Timing-Allow-Origin`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_ms: Option<f64>,
    /// From the first to the last byte of the response, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receive_ms: Option<f64>,
    /// Network protocol (ALPN id, for example `h2`), where the browser tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// Bytes of the response on the wire, headers included, where the browser tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer_bytes: Option<u64>,
    /// Headers and body that were sent, by the page's opt-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Content>,
    /// Headers and body that came back, by the page's opt-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Content>,
    /// Close code of a WebSocket (RFC 6455, section 7.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_code: Option<u16>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// What is known of a request's or response's headers and body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Content {
    /// Headers on the page's allow-list, redacted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// Size of the body in bytes (of a response: decoded), where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Media type of the body.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The body, redacted; what is longer than the page's limit ends with a marker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Why there is no body although the page asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub omitted: Option<String>,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Header {
    /// Name, lower case.
    pub name: String,
    /// Value, redacted.
    pub value: String,
}

vocabulary! {
    /// What started a request.
    Initiator {
        /// `fetch()`.
        Fetch => "fetch",
        /// `XMLHttpRequest`.
        Xhr => "xhr",
        /// `WebSocket`: its duration is how long it was open.
        WebSocket => "websocket",
        /// `EventSource`: its duration is how long it was open.
        EventSource => "eventsource",
    }
}

vocabulary! {
    /// How a request failed without a response.
    NetworkFailure {
        /// No response: DNS, connection or CSP; a page cannot tell which.
        Network => "network",
        /// No readable response of another origin while the browser was online: most
        /// often CORS, but a page cannot tell that from a broken connection.
        Cors => "cors",
        /// Aborted by the page.
        Abort => "abort",
        /// Timed out.
        Timeout => "timeout",
        /// The browser was offline.
        Offline => "offline",
    }
}

/// One thing the customer did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepRecord {
    /// Wall time.
    pub at: Timestamp,
    /// Monotonic time, milliseconds since the page's time origin.
    pub ms: f64,
    /// What was done.
    pub action: StepAction,
    /// To what, as a person would say it: `button “Save invoice”`.
    #[serde(default)]
    pub target: String,
    /// Ways to find the element again, best first, in Playwright's selector
    /// syntax: `role=button[name="Save"]`, `data-testid=save`, `text="Save"`,
    /// `css=#save`. Where the element is inside open shadow roots, the hosts come
    /// first: `css=my-app >> role=button[name="Save"]`.
    #[serde(default)]
    pub selectors: Vec<String>,
    /// Indexes into `window.frames`, outermost first, of the same-origin frame it
    /// happened in; empty in the page itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frame: Vec<u32>,
    /// Which key, as `KeyboardEvent.key`: `Enter`, `Escape` or `Tab`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Of a field: its kind and how much is in it; never what, where it is private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// CSS pixels: of a click from the element's top left corner; of a scroll the
    /// new offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// CSS pixels: the new size of the viewport.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// What was entered, where the field is not private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Page URL at that moment, redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// A form field without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Field {
    /// The input's `type`, or `select`, `select-multiple`, `textarea`, `contenteditable`.
    pub kind: String,
    /// Characters in it.
    pub length: u32,
    /// Whether its value is private and therefore not recorded.
    pub private: bool,
}

/// A place in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A size in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

vocabulary! {
    /// Kinds of steps.
    StepAction {
        /// Click or tap.
        Click => "click",
        /// Double click.
        DoubleClick => "double_click",
        /// A key action such as Enter; never typed characters.
        Key => "key",
        /// A field was changed.
        Input => "input",
        /// A form was submitted.
        Submit => "submit",
        /// A settled scroll.
        Scroll => "scroll",
        /// Another URL.
        Navigate => "navigate",
        /// The page became visible or hidden.
        Visibility => "visibility",
        /// The viewport changed.
        Resize => "resize",
        /// Told by the host through `Baton.addBreadcrumb()`.
        Breadcrumb => "breadcrumb",
    }
}

/// The page's DOM as rrweb events (`@rrweb/types`), private regions masked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Replay {
    /// Whether it is one moment or a recording.
    pub kind: ReplayKind,
    /// Name of the file in the manifest that holds the events as a JSON list;
    /// absent where they are in [`Replay::inline`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<String>,
    /// The events themselves, where they are few enough to travel in the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inline: Vec<serde_json::Value>,
    /// How many events it has.
    pub events: u32,
    /// Milliseconds from the first to the last event.
    pub duration_ms: f64,
    /// What it does not show truly, and why.
    #[serde(default)]
    pub gaps: Vec<Gap>,
}

vocabulary! {
    /// What a replay file holds.
    ReplayKind {
        /// Meta and full snapshot of the moment of the report.
        Snapshot => "snapshot",
        /// The last seconds before the report, by the page's opt-in.
        Recording => "recording",
    }
}

/// Something that could not be captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Gap {
    /// Where: `screenshot`, `console`, `steps`, …
    pub stage: String,
    /// Why, in words.
    pub reason: String,
}

impl Gap {
    /// A gap at this stage.
    #[must_use]
    pub fn new(stage: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { stage: stage.into(), reason: reason.into() }
    }
}
