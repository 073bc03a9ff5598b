//! What triage may know of the page before anything is gathered.

use baton_conversation::{Corrected, Facts};
use baton_packet::{Customer, Intent, Urgency};
use baton_triage::Area;
use wasm_bindgen::{JsCast, JsValue};

use crate::bridge::Bridge;
use crate::js::{get, get_string};

/// Reads them anew: they change while the customer writes. What the customer
/// corrected is `{intent, urgency}`, each if it was.
pub fn read(bridge: &Bridge, corrected: &JsValue) -> Facts {
    let (rings, global) = (bridge.drain(), js_sys::global());
    let traits = get(&bridge.user(), "traits");
    let failed = records(&rings, "network").iter().filter(has_failed).count();
    Facts {
        customer: Customer {
            segment: get_string(&traits, "segment"),
            plan: get_string(&traits, "plan"),
            role: get_string(&traits, "role"),
            locale: get_string(&traits, "locale"),
            account_value: get(&traits, "account_value").as_f64(),
            ..Customer::default()
        },
        page_url: get_string(&get(&global, "location"), "href").unwrap_or_default(),
        has_errors: records(&rings, "errors").length() > 0,
        failed_requests: failed as u32,
        console_errors: records(&rings, "console").iter().filter(is_error).count() as u32,
        locale: get_string(&get(&global, "navigator"), "language"),
        now_ms: Some(js_sys::Date::now()),
        areas: areas(bridge),
        corrected: Corrected {
            intent: get_string(corrected, "intent").and_then(|label| Intent::parse(&label)),
            urgency: get_string(corrected, "urgency").and_then(|label| Urgency::parse(&label)),
        },
    }
}

/// The parts of the product as the page names them: `areas`, a list of names or of
/// `{name, synonyms}`. What is neither is passed over.
fn areas(bridge: &Bridge) -> Vec<Area> {
    let areas: js_sys::Array = get(&bridge.config(), "areas").dyn_into().unwrap_or_default();
    let read = |area: JsValue| {
        let name = area.as_string().or_else(|| get_string(&area, "name"))?;
        let synonyms: js_sys::Array = get(&area, "synonyms").dyn_into().unwrap_or_default();
        let synonyms = synonyms.iter().filter_map(|synonym| synonym.as_string()).collect();
        Some(Area { name, synonyms })
    };
    areas.iter().filter_map(read).collect()
}

fn records(rings: &JsValue, ring: &str) -> js_sys::Array {
    get(&get(rings, ring), "records").dyn_into().unwrap_or_default()
}

fn is_error(line: &JsValue) -> bool {
    get_string(line, "level").as_deref() == Some("error")
}

fn has_failed(request: &JsValue) -> bool {
    get(request, "failure").is_string()
        || get(request, "status").as_f64().is_some_and(|status| status >= 400.0)
}
