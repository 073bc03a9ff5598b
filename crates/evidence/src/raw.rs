//! What the loader's `drain()` returns, read tolerantly: a record that cannot be
//! read is counted and becomes a gap, and never costs the others.
//!
//! Reading goes on after an unreadable record only with formats that hand out
//! elements one by one, as JavaScript values and `serde_json::Value` do.

use serde::{Deserialize, Deserializer};

/// All rings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawRings {
    /// `performance.timeOrigin`, Unix milliseconds.
    #[serde(deserialize_with = "lenient")]
    pub time_origin: Option<f64>,
    /// Console lines.
    #[serde(deserialize_with = "ring")]
    pub console: RawRing<RawConsole>,
    /// Errors.
    #[serde(deserialize_with = "ring")]
    pub errors: RawRing<RawError>,
    /// Requests.
    #[serde(deserialize_with = "ring")]
    pub network: RawRing<RawRequest>,
    /// What the customer did.
    #[serde(deserialize_with = "ring")]
    pub steps: RawRing<RawStep>,
    /// What the sensors could not do.
    #[serde(deserialize_with = "gaps")]
    pub gaps: Vec<baton_packet::Gap>,
}

impl RawRings {
    /// Requests that failed or were answered with 400 or above.
    #[must_use]
    pub fn failed_requests(&self) -> u32 {
        let has_failed = |request: &&RawRequest| {
            request.failure.is_some() || request.status.is_some_and(|status| status >= 400.0)
        };
        self.network.records.iter().filter(has_failed).count() as u32
    }
}

/// One bounded ring.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "WrittenRing<T>", bound(deserialize = "T: Deserialize<'de>"))]
pub struct RawRing<T> {
    /// How many records it holds at most.
    pub cap: u32,
    /// How many older records it dropped.
    pub dropped: u32,
    /// The readable records, oldest first.
    pub records: Vec<T>,
    /// How many records could not be read.
    pub unreadable: u32,
}

impl<T> Default for RawRing<T> {
    fn default() -> Self {
        Self { cap: 0, dropped: 0, records: Vec::new(), unreadable: 0 }
    }
}

/// One console line.
#[derive(Debug, Clone, Deserialize)]
pub struct RawConsole {
    /// `performance.now()`.
    #[serde(default, deserialize_with = "lenient")]
    pub ms: Option<f64>,
    /// `Date.now()`, Unix milliseconds.
    #[serde(default, deserialize_with = "lenient")]
    pub at: Option<f64>,
    /// Name of the console method.
    pub level: String,
    /// The arguments as text.
    pub text: String,
}

/// One error.
#[derive(Debug, Clone, Deserialize)]
pub struct RawError {
    /// `performance.now()`.
    #[serde(default, deserialize_with = "lenient")]
    pub ms: Option<f64>,
    /// `Date.now()`, Unix milliseconds.
    #[serde(default, deserialize_with = "lenient")]
    pub at: Option<f64>,
    /// `uncaught` or `unhandled_rejection`.
    pub kind: String,
    /// Class of the error.
    #[serde(default, deserialize_with = "lenient")]
    pub name: Option<String>,
    /// Message.
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<String>,
    /// Script URL.
    #[serde(default, deserialize_with = "lenient")]
    pub source: Option<String>,
    /// Line, from 1.
    #[serde(default, deserialize_with = "lenient")]
    pub line: Option<f64>,
    /// Column, from 1.
    #[serde(default, deserialize_with = "lenient")]
    pub column: Option<f64>,
    /// Stack as the engine writes it.
    #[serde(default, deserialize_with = "lenient")]
    pub stack: Option<String>,
}

/// One request.
#[derive(Debug, Clone, Deserialize)]
pub struct RawRequest {
    /// `performance.now()`.
    #[serde(default, deserialize_with = "lenient")]
    pub ms: Option<f64>,
    /// `Date.now()`, Unix milliseconds.
    #[serde(default, deserialize_with = "lenient")]
    pub at: Option<f64>,
    /// `fetch` or `xhr`.
    pub initiator: String,
    /// Method.
    #[serde(default, deserialize_with = "lenient")]
    pub method: Option<String>,
    /// URL as the page gave it.
    pub url: String,
    /// Status; absent while pending.
    #[serde(default, deserialize_with = "lenient")]
    pub status: Option<f64>,
    /// Milliseconds; absent while pending.
    #[serde(default, deserialize_with = "lenient")]
    pub duration: Option<f64>,
    /// `network`, `abort`, `timeout` or `offline`.
    #[serde(default, deserialize_with = "lenient")]
    pub failure: Option<String>,
    /// The browser's words about the failure.
    #[serde(default, deserialize_with = "lenient")]
    pub failure_text: Option<String>,
}

/// One thing the customer did.
#[derive(Debug, Clone, Deserialize)]
pub struct RawStep {
    /// `performance.now()`.
    #[serde(default, deserialize_with = "lenient")]
    pub ms: Option<f64>,
    /// `Date.now()`, Unix milliseconds.
    #[serde(default, deserialize_with = "lenient")]
    pub at: Option<f64>,
    /// A step's action, as the packet names it.
    pub action: String,
    /// To what.
    #[serde(default, deserialize_with = "lenient")]
    pub target: Option<String>,
    /// Ways to find the element again.
    #[serde(default, deserialize_with = "lenient")]
    pub selectors: Option<Vec<String>>,
    /// What was entered.
    #[serde(default, deserialize_with = "lenient")]
    pub value: Option<String>,
    /// Page URL at that moment.
    #[serde(default, deserialize_with = "lenient")]
    pub url: Option<String>,
}

/// A ring as JavaScript writes it: all numbers are floating point.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct WrittenRing<T> {
    #[serde(default, deserialize_with = "lenient")]
    cap: Option<f64>,
    #[serde(default, deserialize_with = "lenient")]
    dropped: Option<f64>,
    #[serde(default)]
    records: Vec<Tolerant<T>>,
}

impl<T> From<WrittenRing<T>> for RawRing<T> {
    fn from(written: WrittenRing<T>) -> Self {
        let total = written.records.len();
        let records: Vec<T> = written.records.into_iter().filter_map(|record| record.0).collect();
        Self {
            cap: written.cap.unwrap_or(0.0) as u32,
            dropped: written.dropped.unwrap_or(0.0) as u32,
            unreadable: (total - records.len()) as u32,
            records,
        }
    }
}

/// A value, or nothing where it has another type.
struct Tolerant<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(T::deserialize(deserializer).ok()))
    }
}

fn lenient<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(T::deserialize(deserializer).ok())
}

/// A ring; one that is no ring at all counts as one unreadable record.
fn ring<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<RawRing<T>, D::Error> {
    Ok(match Option::<RawRing<T>>::deserialize(deserializer) {
        Ok(ring) => ring.unwrap_or_default(),
        Err(_) => RawRing { unreadable: 1, ..RawRing::default() },
    })
}

fn gaps<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<baton_packet::Gap>, D::Error> {
    let gaps = Vec::<Tolerant<baton_packet::Gap>>::deserialize(deserializer).unwrap_or_default();
    Ok(gaps.into_iter().filter_map(|gap| gap.0).collect())
}
