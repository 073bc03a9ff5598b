//! The browser's own model as the one who answers: the config key `browserModel`.
//! Only where it is already there: a support widget starts no download of gigabytes.
//! Grounded on the articles that were found, and on nothing else.

pub mod global;

use std::future::Future;
use std::pin::Pin;

use baton_answers::ai::local;
use js_sys::{Array, Object};
use wasm_bindgen::JsValue;

use super::deadline::Deadline;
use super::json::Value;
use super::provider::{Answer, Outcome, Provider, Show, problem};
use super::request::Request;
use crate::bridge::Bridge;
use crate::js::{get, set};
use global::Session;

/// As the packet names it.
pub const NAME: &str = "browser_model";

/// A customer waits no longer for a model that may not be as fast as the device.
pub const LIMIT_MS: u32 = 8000;

/// The model, where the embedder allows it.
pub struct BrowserModel;

impl BrowserModel {
    pub fn configured(bridge: &Bridge) -> Option<Self> {
        let allowed = get(&bridge.config(), "browserModel");
        let is_allowed = allowed.as_bool() == Some(true) || allowed == "true" || allowed == "";
        is_allowed.then_some(Self)
    }
}

impl Provider for BrowserModel {
    fn name(&self) -> &'static str {
        NAME
    }

    fn answer<'a>(
        &'a self,
        request: &'a Request,
        _show: &'a Show,
    ) -> Pin<Box<dyn Future<Output = Outcome> + 'a>> {
        Box::pin(async {
            let Some(asked) = local::question(&request.question) else { return Ok(None) };
            let system = local::answering();
            let language = &request.question.language;
            let written = prompt(&system, &asked, local::ANSWER, language).await?;
            let reply =
                written.and_then(|written| local::answer::<Value>(&written, &request.question));
            Ok(reply.map(|reply| Answer::of_model(NAME, reply)))
        })
    }
}

/// One prompt to a model that was told `system` first; its answer has the shape of a
/// JSON Schema. `None` where there is no model for the language.
///
/// # Errors
/// What the model threw, or that it took too long.
pub async fn prompt(
    system: &str,
    asked: &str,
    schema: &str,
    language: &str,
) -> Result<Option<String>, String> {
    let deadline = Deadline::after(LIMIT_MS);
    let language = if language.is_empty() { "en" } else { language };
    let told = Object::new();
    set(&told, "role", &"system".into());
    set(&told, "content", &system.into());
    let options = Object::new();
    // Our own words are English, whatever the customer speaks.
    set(&options, "expectedInputs", &expected(&["en", language]));
    set(&options, "expectedOutputs", &expected(&[language]));
    set(&options, "initialPrompts", &Array::of1(&told));
    let Some(session) = Session::of("LanguageModel", &options, deadline).await? else {
        return Ok(None);
    };
    let constraint = js_sys::JSON::parse(schema).unwrap_or(JsValue::UNDEFINED);
    let options = session.options();
    set(&options, "responseConstraint", &constraint);
    let written = session.worker.prompt(asked, &options);
    Ok(deadline.settled(written).await?.as_string())
}

/// Text in these languages, as `expectedInputs` and `expectedOutputs` have it.
fn expected(languages: &[&str]) -> JsValue {
    let mut languages = languages.to_vec();
    languages.dedup();
    let tags: Array = languages.into_iter().map(JsValue::from).collect();
    let text = Object::new();
    set(&text, "type", &"text".into());
    set(&text, "languages", &tags);
    Array::of1(&text).into()
}

/// What came of it, as text or `null`; what went wrong is told to the developer.
pub fn told(bridge: &Bridge, made: Result<Option<String>, String>) -> JsValue {
    match made {
        Ok(made) => made.map_or(JsValue::NULL, JsValue::from),
        Err(reason) => {
            problem(bridge, NAME, &reason);
            JsValue::NULL
        }
    }
}
