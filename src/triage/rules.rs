//! The embedder's own rules: the config key `rules`, an address or an object.

use std::cell::RefCell;
use std::rc::Rc;

use baton_triage::Rules;
use wasm_bindgen::JsValue;

use super::fetched;
use crate::bridge::Bridge;
use crate::js::get;

/// The rules in force, and what they were made of.
struct InForce {
    configured: JsValue,
    rules: Rc<Rules>,
}

thread_local! {
    static IN_FORCE: RefCell<Option<InForce>> = const { RefCell::new(None) };
}

/// The rules in force. Rules that do not come, or are refused, are told to the
/// developer, once; the last good ones stay.
pub async fn current(bridge: &Bridge) -> Rc<Rules> {
    let configured = get(&bridge.config(), "rules");
    let known = IN_FORCE.with_borrow(|known| {
        known.as_ref().map(|known| (Rc::clone(&known.rules), known.configured == configured))
    });
    let last = match known {
        Some((rules, true)) => return rules,
        Some((rules, false)) => rules,
        None => Rc::new(Rules::shipped().clone()),
    };
    let rules = match read(bridge, &configured).await {
        Ok(rules) => Rc::new(rules),
        Err(reason) => {
            bridge.problem("rules_invalid", &["the rules are not used: ", &reason].concat());
            last
        }
    };
    IN_FORCE.set(Some(InForce { configured, rules: Rc::clone(&rules) }));
    rules
}

async fn read(bridge: &Bridge, configured: &JsValue) -> Result<Rules, String> {
    if configured.is_undefined() || configured.is_null() {
        return Ok(Rules::shipped().clone());
    }
    let text = match configured.as_string() {
        Some(url) => {
            let bytes = fetched(bridge, &url).await;
            let bytes = bytes.map_err(|reason| [&url, ": ", &reason].concat())?;
            String::from_utf8(bytes).map_err(|_| "the file is no UTF-8".to_owned())?
        }
        // Throws for what contains itself.
        None => js_sys::JSON::stringify(configured)
            .ok()
            .and_then(|text| text.as_string())
            .ok_or("they must be an address or an object")?,
    };
    Rules::read(&text).map_err(|refused| refused.to_string())
}
