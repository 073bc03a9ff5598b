//! How the page performed, from the browser's `PerformanceObserver`.

use serde::{Deserialize, Serialize};

use crate::{Records, Timestamp};

/// Long tasks and web vitals of the page, as far as the browser measures them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Performance {
    /// Tasks that blocked the page for 50 ms or more (W3C Long Tasks), oldest first.
    #[serde(default)]
    pub long_tasks: Records<LongTask>,
    /// Largest Contentful Paint, milliseconds since the page's time origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lcp_ms: Option<f64>,
    /// Cumulative Layout Shift: the largest sum of one session window, no unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cls: Option<f64>,
    /// Interaction to Next Paint: the slowest interaction, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inp_ms: Option<f64>,
}

/// One task that blocked the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LongTask {
    /// Wall time of its start.
    pub at: Timestamp,
    /// Monotonic time of its start, milliseconds since the page's time origin.
    pub ms: f64,
    /// How long it took, in milliseconds.
    pub duration_ms: f64,
}
