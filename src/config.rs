//! The embedder's configuration, as far as the widget needs it. The loader has
//! checked the types of the keys already and refused what does not fit.

use serde::Deserialize;

use crate::{bridge::Bridge, js};

/// What the customer agrees to, unless the embedder has other words.
const CONSENT_TEXT: &str = "I agree to send what is listed here to the support team.";

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Config {
    pub endpoint: Option<String>,
    pub app: AppConfig,
    pub accent: Option<String>,
    pub position: Option<String>,
    pub theme: Option<String>,
    pub consent_text: Option<String>,
    pub style_nonce: Option<String>,
    pub privacy: PrivacyConfig,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AppConfig {
    pub name: Option<String>,
    pub version: Option<String>,
    pub release: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PrivacyConfig {
    /// `"all"` masks e-mails and phone numbers in the transcript, too.
    pub transcript: Option<String>,
}

impl Config {
    /// The current configuration; the default where it cannot be read at all.
    pub fn read(bridge: &Bridge) -> Self {
        js::from_js(bridge.config()).unwrap_or_default()
    }

    /// The endpoint as an absolute URL. Without one, or with one that is no
    /// http(s) URL, nothing can be delivered.
    pub fn endpoint_url(&self) -> Result<String, String> {
        let endpoint = self.endpoint.as_deref().unwrap_or_default();
        if endpoint.is_empty() {
            return Err("no endpoint is configured (data-endpoint or init({endpoint}))".to_owned());
        }
        let base = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.base_uri().ok().flatten())
            .unwrap_or_default();
        web_sys::Url::new_with_base(endpoint, &base)
            .ok()
            .filter(|url| matches!(url.protocol().as_str(), "http:" | "https:"))
            .map(|url| url.href())
            .ok_or_else(|| format!("the endpoint {endpoint:?} is not an http(s) URL"))
    }

    pub fn consent_text(&self) -> &str {
        self.consent_text.as_deref().unwrap_or(CONSENT_TEXT)
    }
}
