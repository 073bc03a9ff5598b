//! The embedder's own rules: the config key `rules`, an address or an object.

use std::cell::RefCell;

use baton_triage::Rules;
use wasm_bindgen::JsValue;

use super::{LIMIT_MS, fetched, late, thrown};
use crate::bridge::Bridge;
use crate::js::get;
use crate::limit::within;

/// The rules in force, and what they were made of.
struct InForce {
    configured: JsValue,
    rules: &'static Rules,
}

thread_local! {
    static IN_FORCE: RefCell<Option<InForce>> = const { RefCell::new(None) };
}

/// The rules in force. Rules that do not come, or are refused, are told to the
/// developer, once; the last good ones stay. They live as long as the page: a page
/// changes its rules at most a few times.
pub async fn current(bridge: &Bridge) -> &'static Rules {
    let configured = get(&bridge.config(), "rules");
    let known = IN_FORCE.with_borrow(|known| {
        known.as_ref().map(|known| (known.rules, known.configured == configured))
    });
    let last = match known {
        Some((rules, true)) => return rules,
        Some((rules, false)) => rules,
        None => Rules::shipped(),
    };
    let rules = match read(bridge, &configured).await {
        Ok(rules) => rules,
        Err(reason) => {
            bridge.problem("rules_invalid", &["the rules are not used: ", &reason].concat());
            last
        }
    };
    IN_FORCE.set(Some(InForce { configured, rules }));
    rules
}

async fn read(bridge: &Bridge, configured: &JsValue) -> Result<&'static Rules, String> {
    if configured.is_undefined() || configured.is_null() {
        return Ok(Rules::shipped());
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
    let rules = Rules::read(&text).map_err(|refused| refused.to_string())?;
    Ok(Box::leak(Box::new(rules)))
}

async fn fetched_text(bridge: &Bridge, url: &str) -> Result<String, String> {
    let text = fetched(bridge, url).await?.text().map_err(thrown)?;
    let text = within(text, LIMIT_MS).await.ok_or_else(late)?.map_err(thrown)?;
    Ok(text.as_string().unwrap_or_default())
}
