//! A text in another language, by the browser's own translator.

use baton_answers::ai::clean;
use js_sys::{Array, Object};
use wasm_bindgen::JsCast;

use super::browser_model::{BrowserModel, LIMIT_MS, global::Session};
use super::deadline::Deadline;
use super::json::text as member;
use crate::bridge::Bridge;
use crate::js::{get, set};
use crate::policy::redactor;

/// A guess below this is none; the limit of the specification's own example.
const LEAST_CONFIDENCE: f64 = 0.4;

/// The text in the other language; `None` where there is no translator for the two, they
/// are the same, or the first cannot be told.
///
/// # Errors
/// What the browser threw, or that it took too long.
pub async fn translate(
    bridge: &Bridge,
    text: &str,
    from: &str,
    to: &str,
) -> Result<Option<String>, String> {
    let is_needed = !text.trim().is_empty() && !to.is_empty();
    if BrowserModel::configured(bridge).is_none() || !is_needed {
        return Ok(None);
    }
    let deadline = Deadline::after(LIMIT_MS);
    let mut redactor = redactor(bridge);
    let scope = redactor.transcript_scope();
    let text = redactor.text("conversation.transcript", text, scope);
    let from = match from {
        "" => detected(&text, deadline).await?,
        from => Some(from.to_owned()),
    };
    let Some(from) = from.filter(|from| primary(from) != primary(to)) else { return Ok(None) };
    let options = Object::new();
    set(&options, "sourceLanguage", &from.into());
    set(&options, "targetLanguage", &to.into());
    let Some(session) = Session::of("Translator", &options, deadline).await? else {
        return Ok(None);
    };
    let translated = session.worker.translate(&text, &session.options());
    let translated = deadline.settled(translated).await?.as_string();
    Ok(translated.map(|text| clean::text(&text)).filter(|text| !text.trim().is_empty()))
}

/// The language of a text, as a BCP 47 tag.
async fn detected(text: &str, deadline: Deadline) -> Result<Option<String>, String> {
    let Some(session) = Session::of("LanguageDetector", &Object::new(), deadline).await? else {
        return Ok(None);
    };
    let guesses = session.worker.detect(text, &session.options());
    let guesses: Array = deadline.settled(guesses).await?.dyn_into().unwrap_or_default();
    let best = guesses.get(0);
    let is_sure = get(&best, "confidence").as_f64().is_some_and(|n| n >= LEAST_CONFIDENCE);
    let tag = member(&best, "detectedLanguage");
    Ok((is_sure && !tag.is_empty() && tag != "und").then_some(tag))
}

/// The language of a tag, without script and region.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}
