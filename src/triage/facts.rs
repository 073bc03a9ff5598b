//! What triage may know of the page and of the conversation before anything is
//! gathered.

use baton_conversation::{Corrected, Facts, Standing};
use baton_packet::{Customer, Intent, Urgency};
use baton_triage::Area;
use wasm_bindgen::{JsCast, JsValue};

use crate::bridge::Bridge;
use crate::js::{get, get_string};

/// Reads them anew: they change while the customer writes. What the conversation
/// knows is `{intent, urgency, wants_human, answers, asked, locale}`: what the customer
/// said themselves, each if they did; a [`Standing`]; ids of questions that were
/// answered or skipped; the widget's language.
pub fn read(bridge: &Bridge, known: &JsValue) -> Facts {
    let (rings, global) = (bridge.drain(), js_sys::global());
    let traits = get(&bridge.user(), "traits");
    let failed = records(&rings, "network").iter().filter(has_failed).count();
    Facts {
        customer: Customer {
            email: get_string(&traits, "email"),
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
            intent: get_string(known, "intent").and_then(|label| Intent::parse(&label)),
            urgency: get_string(known, "urgency").and_then(|label| Urgency::parse(&label)),
            wants_human: get(known, "wants_human").is_truthy(),
        },
        answers: standing(&get(known, "answers")),
        asked: texts(&get(known, "asked")),
        ui_locale: get_string(known, "locale"),
    }
}

fn standing(answers: &JsValue) -> Standing {
    let is = |name| get(answers, name).is_truthy();
    Standing {
        available: is("available"),
        failed: get(answers, "failed").as_f64().unwrap_or_default() as u32,
        grounded: is("grounded"),
        inferred: is("inferred"),
        needs_human: is("needs_human"),
    }
}

/// The texts of a list; what is none is passed over.
fn texts(list: &JsValue) -> Vec<String> {
    let list = list.dyn_ref::<js_sys::Array>();
    list.into_iter().flat_map(|list| list.iter()).filter_map(|text| text.as_string()).collect()
}

/// The parts of the product as the page names them: `areas`, a list of names or of
/// `{name, synonyms}`. What is neither is passed over.
fn areas(bridge: &Bridge) -> Vec<Area> {
    let areas: js_sys::Array = get(&bridge.config(), "areas").dyn_into().unwrap_or_default();
    let read = |area: JsValue| {
        let name = area.as_string().or_else(|| get_string(&area, "name"))?;
        Some(Area { name, synonyms: texts(&get(&area, "synonyms")) })
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
