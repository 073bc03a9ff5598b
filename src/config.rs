//! The embedder's configuration. The loader tells the developer what does not
//! fit; here, a value of a wrong type counts as absent. Each module reads only
//! the keys it needs.

use crate::bridge::Bridge;
use crate::js::{get, get_string};

/// What the customer agrees to, unless the embedder has other words.
#[cfg(feature = "extras")]
const CONSENT_TEXT: &str = "I agree to send what is listed here to the support team.";

#[derive(Debug, Default)]
pub struct Config {
    #[cfg(any(feature = "widget", feature = "extras"))]
    pub endpoint: Option<String>,
    #[cfg(feature = "extras")]
    pub app: AppConfig,
    #[cfg(any(feature = "widget", feature = "annotate"))]
    pub accent: Option<String>,
    /// A CSS length.
    #[cfg(any(feature = "widget", feature = "annotate"))]
    pub radius: Option<String>,
    #[cfg(any(feature = "widget", feature = "annotate"))]
    pub font: Option<String>,
    #[cfg(feature = "widget")]
    pub position: Option<String>,
    /// Of the launcher from its corner, as CSS lengths.
    #[cfg(feature = "widget")]
    pub offset: [Option<String>; 2],
    #[cfg(any(feature = "widget", feature = "annotate"))]
    pub theme: Option<String>,
    #[cfg(any(feature = "widget", feature = "extras"))]
    pub consent_text: Option<String>,
    #[cfg(any(feature = "widget", feature = "annotate"))]
    pub style_nonce: Option<String>,
}

/// A CSS length: a number, or what an attribute has in its place, is in pixels.
#[cfg(any(feature = "widget", feature = "annotate"))]
fn length(value: &wasm_bindgen::JsValue) -> Option<String> {
    if value.as_f64().is_some() {
        return Some(pixels(value));
    }
    let text = value.as_string().filter(|text| !text.is_empty())?;
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    Some(if is_number { text + "px" } else { text })
}

/// A number as a CSS length. JavaScript writes it: Rust's code for that is large.
#[cfg(any(feature = "widget", feature = "annotate"))]
pub fn pixels(number: &wasm_bindgen::JsValue) -> String {
    use wasm_bindgen::JsCast;
    let number = number.unchecked_ref::<js_sys::Object>().to_string();
    String::from(number) + "px"
}

#[cfg(feature = "extras")]
#[derive(Debug, Default)]
pub struct AppConfig {
    pub name: Option<String>,
    pub version: Option<String>,
    pub release: Option<String>,
}

impl Config {
    /// The current configuration. Only the keys needed are read: others may hold
    /// functions, elements or anything else.
    pub fn read(bridge: &Bridge) -> Self {
        let config = bridge.config();
        let text = |key| get_string(&config, key);
        Self {
            #[cfg(any(feature = "widget", feature = "extras"))]
            endpoint: text("endpoint"),
            #[cfg(feature = "extras")]
            app: AppConfig::read(&get(&config, "app")),
            #[cfg(any(feature = "widget", feature = "annotate"))]
            accent: text("accent"),
            #[cfg(any(feature = "widget", feature = "annotate"))]
            radius: length(&get(&config, "radius")),
            #[cfg(any(feature = "widget", feature = "annotate"))]
            font: text("font"),
            #[cfg(feature = "widget")]
            position: text("position"),
            #[cfg(feature = "widget")]
            offset: ["x", "y"].map(|axis| length(&get(&get(&config, "offset"), axis))),
            #[cfg(any(feature = "widget", feature = "annotate"))]
            theme: text("theme"),
            #[cfg(any(feature = "widget", feature = "extras"))]
            consent_text: text("consentText"),
            #[cfg(any(feature = "widget", feature = "annotate"))]
            style_nonce: text("styleNonce"),
        }
    }

    /// The endpoint as an absolute URL. Without one, or with one that is no
    /// http(s) URL, nothing can be delivered.
    #[cfg(any(feature = "widget", feature = "extras"))]
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
            .ok_or_else(|| ["the endpoint \"", endpoint, "\" is not an http(s) URL"].concat())
    }

    #[cfg(feature = "extras")]
    pub fn consent_text(&self) -> &str {
        self.consent_text.as_deref().unwrap_or(CONSENT_TEXT)
    }
}

#[cfg(feature = "extras")]
impl AppConfig {
    fn read(app: &wasm_bindgen::JsValue) -> Self {
        let text = |key| get_string(app, key);
        Self { name: text("name"), version: text("version"), release: text("release") }
    }
}
