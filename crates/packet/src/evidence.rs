//! What the page's sensors saw: normalised records on one clock.
//!
//! Every record carries both clocks: `at` is wall time, `ms` is monotonic
//! (milliseconds since the page's `performance.timeOrigin`), so that records of
//! different kinds can be ordered even when the wall clock jumps.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Timestamp, Unknown};

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
    /// Pictures of the page.
    #[serde(default)]
    pub screenshots: Vec<Screenshot>,
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
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// What started a request.
    Initiator {
        /// `fetch()`.
        Fetch => "fetch",
        /// `XMLHttpRequest`.
        Xhr => "xhr",
    }
}

vocabulary! {
    /// How a request failed without a response.
    NetworkFailure {
        /// No response: DNS, connection, CORS or CSP; a page cannot tell which.
        Network => "network",
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
    /// Ways to find the element again, best first.
    #[serde(default)]
    pub selectors: Vec<String>,
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

/// One picture of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Screenshot {
    /// Name of the file in the manifest.
    pub attachment: String,
    /// What it shows, in words.
    pub label: String,
    /// When it was taken.
    pub at: Timestamp,
    /// URL of the page it shows, redacted.
    pub page_url: String,
    /// How it was made.
    pub method: ScreenshotMethod,
    /// Width in pixels of the picture.
    pub width: u32,
    /// Height in pixels of the picture.
    pub height: u32,
    /// What it does not show truly, and why.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

vocabulary! {
    /// How a picture was made.
    ScreenshotMethod {
        /// The page's copy, laid out by the browser and drawn to a canvas.
        Engine => "engine",
        /// `getDisplayMedia`, by the customer's choice.
        DisplayMedia => "display_media",
        /// A picture the customer gave.
        Upload => "upload",
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
