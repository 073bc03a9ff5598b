//! What understands the customer, in the browser: the rules, and the learned
//! model, which is a file of its own. Loaded by the widget at the first words.

mod facts;
mod files;

use std::cell::{OnceCell, RefCell};

use baton_conversation::understand;
use baton_triage::Model;
use wasm_bindgen::prelude::*;

use crate::{bridge::Bridge, js, limit::within};

/// What is shipped answers better than a customer who waits.
const LIMIT_MS: u32 = 4000;

thread_local! {
    static BRIDGE: RefCell<Option<Bridge>> = const { RefCell::new(None) };
    /// Set after the only try to fetch it; `None` if that failed.
    static MODEL: OnceCell<Option<Box<Model>>> = const { OnceCell::new() };
}

/// Connects the module to the page. Called once, by the loader.
#[wasm_bindgen(js_name = attach_triage)]
pub fn attach(bridge: Bridge) {
    BRIDGE.set(Some(bridge));
}

/// Understands the customer's words, a list of texts, oldest first, with what the
/// conversation knows besides, see [`facts::read`]; resolves to a
/// [`baton_conversation::Understanding`] and tells the host page.
///
/// # Errors
/// If the module was not attached.
#[wasm_bindgen(js_name = understand)]
pub async fn understand_words(texts: js_sys::Array, known: JsValue) -> Result<JsValue, JsValue> {
    let bridge = ready().await?;
    let (rules, flows) = files::current(&bridge).await;
    let texts: Vec<String> = texts.iter().filter_map(|text| text.as_string()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let facts = facts::read(&bridge, &known);
    let understanding = MODEL.with(|model| {
        understand(model.get().and_then(Option::as_deref), rules, flows, &texts, &facts)
    });
    let understanding = js::to_js(&understanding);
    bridge.emit("triage", &js::get(&understanding, "triage"));
    Ok(understanding)
}

/// `Baton.triage(text)`: resolves to the triage of one text.
///
/// # Errors
/// If the module was not attached.
#[wasm_bindgen(js_name = triage)]
pub async fn triage_text(text: String) -> Result<JsValue, JsValue> {
    ready().await?;
    let triage = MODEL.with(|model| {
        baton_triage::triage(model.get().and_then(Option::as_deref), &[text.as_str()])
    });
    Ok(js::to_js(&triage))
}

/// The bridge, once the model is there. A model that does not come, or is
/// refused, is told to the developer; explicit rules carry on alone.
async fn ready() -> Result<Bridge, JsValue> {
    let bridge =
        BRIDGE.with_borrow(Clone::clone).ok_or_else(|| js::error("Baton is not running"))?;
    if MODEL.with(|model| model.get().is_none()) {
        let fetched = fetch_model(&bridge).await;
        if let Err(reason) = &fetched {
            bridge.problem("triage_model", reason);
        }
        // Two first words at once both fetch it; the second is dropped.
        MODEL.with(|model| model.set(fetched.ok().map(Box::new))).unwrap_or_default();
    }
    Ok(bridge)
}

async fn fetch_model(bridge: &Bridge) -> Result<Model, String> {
    let url = [&bridge.base(), "triage/triage.model?v=", &bridge.version()].concat();
    let bytes = fetched(bridge, &url).await?.array_buffer().map_err(thrown)?;
    let bytes = within(bytes, LIMIT_MS).await.ok_or_else(late)?.map_err(thrown)?;
    Model::read(&js_sys::Uint8Array::new(&bytes).to_vec()).map_err(|error| error.to_string())
}

fn thrown(thrown: JsValue) -> String {
    js::message_of(&thrown)
}

fn late() -> String {
    "no answer in time".to_owned()
}

/// What stands at an address.
async fn fetched(bridge: &Bridge, url: &str) -> Result<web_sys::Response, String> {
    let response = bridge.fetch(url, &JsValue::UNDEFINED).map_err(thrown)?;
    let response = within(response, LIMIT_MS).await.ok_or_else(late)?.map_err(thrown)?;
    let response: web_sys::Response = response.unchecked_into();
    if !response.ok() {
        return Err(["HTTP ", &response.status().to_string()].concat());
    }
    Ok(response)
}
