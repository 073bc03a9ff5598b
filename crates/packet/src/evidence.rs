//! What the page's sensors saw: normalised records on one clock.
//!
//! Every record carries both clocks: `at` is wall time, `ms` is monotonic
//! (milliseconds since the page's `performance.timeOrigin`), so that records of
//! different kinds can be ordered even when the wall clock jumps.

use serde::{Deserialize, Serialize};

use crate::{Extra, Timestamp};

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
    #[serde(flatten)]
    pub extra: Extra,
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
    #[serde(flatten)]
    pub extra: Extra,
}

/// Console methods that are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConsoleLevel {
    /// `console.debug`.
    Debug,
    /// `console.trace`.
    Trace,
    /// `console.log`.
    Log,
    /// `console.info`.
    Info,
    /// `console.warn`.
    Warn,
    /// `console.error`.
    Error,
    /// A failed `console.assert`.
    Assert,
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
    #[serde(flatten)]
    pub extra: Extra,
}

/// How an error surfaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The window's `error` event.
    Uncaught,
    /// The window's `unhandledrejection` event.
    UnhandledRejection,
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
    #[serde(flatten)]
    pub extra: Extra,
}

/// What started a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Initiator {
    /// `fetch()`.
    Fetch,
    /// `XMLHttpRequest`.
    Xhr,
}

/// How a request failed without a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NetworkFailure {
    /// No response: DNS, connection, CORS or CSP; a page cannot tell which.
    Network,
    /// Aborted by the page.
    Abort,
    /// Timed out.
    Timeout,
    /// The browser was offline.
    Offline,
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
    #[serde(flatten)]
    pub extra: Extra,
}

/// Kinds of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepAction {
    /// Click or tap.
    Click,
    /// Double click.
    DoubleClick,
    /// A key action such as Enter; never typed characters.
    Key,
    /// A field was changed.
    Input,
    /// A form was submitted.
    Submit,
    /// A settled scroll.
    Scroll,
    /// Another URL.
    Navigate,
    /// The page became visible or hidden.
    Visibility,
    /// The viewport changed.
    Resize,
    /// Told by the host through `Baton.addBreadcrumb()`.
    Breadcrumb,
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
    #[serde(flatten)]
    pub extra: Extra,
}

/// How a picture was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScreenshotMethod {
    /// The page's copy, laid out by the browser and drawn to a canvas.
    Engine,
    /// `getDisplayMedia`, by the customer's choice.
    DisplayMedia,
    /// A picture the customer gave.
    Upload,
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
