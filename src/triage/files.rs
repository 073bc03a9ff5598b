//! The embedder's own rules and flows: the config keys `rules` and `flows`, each an
//! address or an object.

use std::cell::{Cell, RefCell};

use baton_triage::{FileError, Flows, Rules};
use wasm_bindgen::JsValue;

use super::{LIMIT_MS, fetched, late, thrown};
use crate::bridge::Bridge;
use crate::js::get;
use crate::limit::within;

/// What an embedder may replace.
struct File {
    /// The config key.
    key: &'static str,
    /// How a fault is told to the developer.
    code: &'static str,
    /// Puts what is read in force; without a text, what is shipped. It lives as long
    /// as the page: a page changes its rules at most a few times.
    take: fn(Option<&str>) -> Result<(), FileError>,
}

const FILES: [File; 2] = [
    File { key: "rules", code: "rules_invalid", take: take_rules },
    File { key: "flows", code: "flows_invalid", take: take_flows },
];

thread_local! {
    static RULES: Cell<&'static Rules> = Cell::new(Rules::shipped());
    static FLOWS: Cell<&'static Flows> = Cell::new(Flows::shipped());
    /// What each of [`FILES`] was configured as when it was last looked at.
    static SEEN: RefCell<[JsValue; 2]> = const { RefCell::new([JsValue::UNDEFINED; 2]) };
}

fn take_rules(text: Option<&str>) -> Result<(), FileError> {
    RULES.set(match text {
        Some(text) => Box::leak(Box::new(Rules::read(text)?)),
        None => Rules::shipped(),
    });
    Ok(())
}

fn take_flows(text: Option<&str>) -> Result<(), FileError> {
    FLOWS.set(match text {
        Some(text) => Box::leak(Box::new(Flows::read(text)?)),
        None => Flows::shipped(),
    });
    Ok(())
}

/// Rules and flows in force. Those that do not come, or are refused, are told to the
/// developer, once; the last good ones stay.
pub async fn current(bridge: &Bridge) -> (&'static Rules, &'static Flows) {
    for (place, file) in FILES.iter().enumerate() {
        let configured = get(&bridge.config(), file.key);
        if SEEN.with_borrow(|seen| seen[place] == configured) {
            continue;
        }
        let taken = match text(bridge, &configured).await {
            Ok(text) => (file.take)(text.as_deref()).map_err(|refused| refused.to_string()),
            Err(reason) => Err(reason),
        };
        if let Err(reason) = taken {
            let told = ["the ", file.key, " are not used: ", &reason].concat();
            bridge.problem(file.code, &told);
        }
        SEEN.with_borrow_mut(|seen| seen[place] = configured);
    }
    (RULES.get(), FLOWS.get())
}

/// The text of the file; none if nothing is configured.
async fn text(bridge: &Bridge, configured: &JsValue) -> Result<Option<String>, String> {
    if configured.is_undefined() || configured.is_null() {
        return Ok(None);
    }
    let text = match configured.as_string() {
        Some(url) => {
            let text = fetched_text(bridge, &url).await;
            text.map_err(|reason| [&url, ": ", &reason].concat())?
        }
        // Throws for what contains itself.
        None => js_sys::JSON::stringify(configured)
            .ok()
            .and_then(|text| text.as_string())
            .ok_or("they must be an address or an object")?,
    };
    Ok(Some(text))
}

async fn fetched_text(bridge: &Bridge, url: &str) -> Result<String, String> {
    let text = fetched(bridge, url).await?.text().map_err(thrown)?;
    let text = within(text, LIMIT_MS).await.ok_or_else(late)?.map_err(thrown)?;
    Ok(text.as_string().unwrap_or_default())
}
