//! Browser, device, page and host application.

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;
use crate::{Extra, Unknown};

/// Where the customer is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Environment {
    /// URL of the page, redacted.
    pub page_url: String,
    /// Title of the page, redacted.
    #[serde(default)]
    pub page_title: String,
    /// Where the visitor came from, redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    /// The browser.
    pub browser: Browser,
    /// The operating system.
    pub os: OperatingSystem,
    /// The device.
    pub device: Device,
    /// The visible part of the page.
    pub viewport: Viewport,
    /// The screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<Screen>,
    /// Preferred colour scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color_scheme: Option<ColorScheme>,
    /// Whether reduced motion is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduced_motion: Option<bool>,
    /// Preferred languages, BCP 47, best first.
    #[serde(default)]
    pub languages: Vec<String>,
    /// IANA time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// What the browser says of the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<Connection>,
    /// Whether cookies are enabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cookies_enabled: Option<bool>,
    /// Whether local storage can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_available: Option<bool>,
    /// Error messages that the page shows (alerts, invalid fields), redacted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visible_errors: Vec<String>,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// The browser.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Browser {
    /// For example `Chrome`.
    pub name: String,
    /// Version, as precise as known.
    pub version: String,
    /// The `User-Agent` text.
    pub user_agent: String,
}

/// The operating system.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OperatingSystem {
    /// For example `Windows`.
    pub name: String,
    /// Version, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// The device.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Device {
    /// What kind it is.
    pub kind: DeviceKind,
    /// Model, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Whether it can be touched.
    #[serde(default)]
    pub touch: bool,
}

vocabulary! {
    /// Kinds of devices.
    #[derive(Default)]
    DeviceKind {
        /// Desktop or laptop.
        Desktop => "desktop",
        /// Phone.
        Phone => "phone",
        /// Tablet.
        Tablet => "tablet",
        /// Not known.
        #[default]
        Unknown => "unknown",
    }
}

/// The visible part of the page, in CSS pixels.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Viewport {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub device_pixel_ratio: f64,
    /// Pinch-zoom factor (`visualViewport.scale`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<f64>,
}

/// The screen, in CSS pixels.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Screen {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
}

vocabulary! {
    /// Preferred colour scheme.
    ColorScheme {
        /// Light.
        Light => "light",
        /// Dark.
        Dark => "dark",
    }
}

/// What the browser says of the network.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Connection {
    /// `navigator.onLine`; true proves nothing.
    pub online: bool,
    /// `navigator.connection.effectiveType`, where present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_type: Option<String>,
    /// Estimated round trip in milliseconds, where present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rtt_ms: Option<f64>,
}

/// The host application, as its team describes it, and which Baton it embeds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct App {
    /// Name of the host application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Version of the host application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Release or deployment id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Custom data set through `Baton.setCustomData()`, redacted.
    #[serde(default)]
    pub custom_data: Extra,
    /// Feature flags of this customer, from the config key `featureFlags`, redacted.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub feature_flags: Extra,
    /// Which Baton made the packet.
    pub widget: WidgetVersion,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

/// Which Baton made the packet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WidgetVersion {
    /// `baton`, or `baton-fallback` for the plain form.
    pub name: String,
    /// Semantic version.
    pub version: String,
}
