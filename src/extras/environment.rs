//! Browser, device and page. Read by name, because half of these interfaces are
//! missing in one browser or another.

use baton_evidence::environment::{parse_user_agent, refine};
use baton_evidence::redact::{Redactor, Scope};
use baton_packet::{ColorScheme, Connection, Device, Environment, Screen, Viewport};
use wasm_bindgen::{JsCast, JsValue};

use super::visible_errors;
use crate::js::{get, get_string};
use crate::limit::within;
use crate::page;
use crate::privacy::Judge;

const SECTION: &str = "environment";
/// What the hints may take: the `User-Agent` tells nearly as much.
const TIME_LIMIT_MS: u32 = 1000;

/// Reads the environment; what the page wrote is redacted, and its errors are only
/// read where the judge tells what is private.
pub async fn read(page_url: &str, judge: Option<&Judge>, redactor: &mut Redactor) -> Environment {
    let window: JsValue = match web_sys::window() {
        Some(window) => window.into(),
        None => return Environment::default(),
    };
    // Before the first wait: an alert may be gone in a second.
    let visible_errors = judge.map_or_else(Vec::new, |judge| visible_errors::read(judge, redactor));
    let (navigator, document) = (get(&window, "navigator"), get(&window, "document"));
    let number = |object: &JsValue, key: &str| get(object, key).as_f64().unwrap_or(0.0);

    let user_agent = get_string(&navigator, "userAgent").unwrap_or_default();
    let (mut browser, mut os, mut kind) = parse_user_agent(&user_agent);
    let hints = client_hints(&navigator).await;
    let hint = |key: &str| get_string(&hints, key).filter(|value| !value.is_empty());
    if let Some(version) = full_version(&hints, &browser.version) {
        browser.version = version;
    }
    let touch_points = number(&navigator, "maxTouchPoints");
    refine(&mut os, &mut kind, hint("platformVersion").as_deref(), touch_points);
    let screen = get(&window, "screen");
    let connection = get(&navigator, "connection");
    Environment {
        page_url: redactor.url(SECTION, page_url),
        page_title: redactor.text(
            SECTION,
            &get_string(&document, "title").unwrap_or_default(),
            Scope::All,
        ),
        referrer: get_string(&document, "referrer")
            .filter(|url| !url.is_empty())
            .map(|url| redactor.url(SECTION, &url)),
        browser,
        os,
        device: Device { kind, model: hint("model"), touch: touch_points > 0.0 },
        viewport: Viewport {
            width: number(&window, "innerWidth"),
            height: number(&window, "innerHeight"),
            device_pixel_ratio: number(&window, "devicePixelRatio"),
            scale: get(&get(&window, "visualViewport"), "scale").as_f64(),
        },
        screen: screen
            .is_object()
            .then(|| Screen { width: number(&screen, "width"), height: number(&screen, "height") }),
        color_scheme: matches(&window, "(prefers-color-scheme: dark)")
            .map(|dark| if dark { ColorScheme::Dark } else { ColorScheme::Light }),
        reduced_motion: matches(&window, "(prefers-reduced-motion: reduce)"),
        languages: page::list(&navigator, "languages")
            .iter()
            .filter_map(|language| language.as_string())
            .collect(),
        time_zone: time_zone(),
        connection: Some(Connection {
            online: get(&navigator, "onLine").as_bool().unwrap_or(true),
            effective_type: get_string(&connection, "effectiveType"),
            rtt_ms: get(&connection, "rtt").as_f64(),
        }),
        cookies_enabled: get(&navigator, "cookieEnabled").as_bool(),
        storage_available: Some(get(&window, "localStorage").is_object()),
        visible_errors,
        extra: Default::default(),
    }
}

fn matches(window: &JsValue, query: &str) -> Option<bool> {
    let window: &web_sys::Window = window.unchecked_ref();
    let list = window.match_media(query).ok()??;
    get(&list, "matches").as_bool()
}

fn time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::default();
    get_string(&format.resolved_options(), "timeZone")
}

/// User-Agent Client Hints (Chromium only); `undefined` elsewhere.
async fn client_hints(navigator: &JsValue) -> JsValue {
    let data = get(navigator, "userAgentData");
    let Ok(ask) = get(&data, "getHighEntropyValues").dyn_into::<js_sys::Function>() else {
        return JsValue::UNDEFINED;
    };
    let wanted: js_sys::Array = ["platformVersion", "model", "fullVersionList"]
        .iter()
        .map(|hint| JsValue::from_str(hint))
        .collect();
    let Ok(answer) = ask.call1(&data, &wanted) else { return JsValue::UNDEFINED };
    let answer = within(js_sys::Promise::resolve(&answer), TIME_LIMIT_MS).await;
    answer.and_then(Result::ok).unwrap_or_default()
}

/// The full version whose major part is the one of the `User-Agent`.
fn full_version(hints: &JsValue, version: &str) -> Option<String> {
    let major = version.split('.').next().filter(|major| !major.is_empty())?;
    page::list(hints, "fullVersionList")
        .iter()
        .filter_map(|brand| get_string(&brand, "version"))
        .find(|full| full.split('.').next() == Some(major))
}
