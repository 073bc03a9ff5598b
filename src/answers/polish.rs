//! A summary in better words, by the browser's own model.

use baton_answers::ai::local;
use js_sys::{Array, Object};

use super::browser_model::{BrowserModel, LIMIT_MS, global::Session, prompt};
use super::deadline::Deadline;
use super::json::Value;
use crate::bridge::Bridge;
use crate::js::set;
use crate::policy::redactor;

/// What the summarizer is told of the text.
const CONTEXT: &str = "A support case, for the person who will take it. Keep every fact.";

/// The summary in this language; `None` where there is no model, or what it wrote cannot
/// be trusted.
///
/// # Errors
/// What the browser threw, or that it took too long.
pub async fn polish(
    bridge: &Bridge,
    summary: &str,
    language: &str,
) -> Result<Option<String>, String> {
    if BrowserModel::configured(bridge).is_none() || summary.trim().is_empty() {
        return Ok(None);
    }
    let mut redactor = redactor(bridge);
    let scope = redactor.transcript_scope();
    let summary = redactor.text("summary", summary, scope);
    if let Some(written) = summarised(&summary, language).await? {
        return Ok(local::polished(&written, &summary));
    }
    let asked = local::summary(&summary, language);
    let written = prompt(local::POLISHING, &asked, local::SUMMARY, language).await?;
    Ok(written.and_then(|written| local::summarised::<Value>(&written, &summary)))
}

async fn summarised(summary: &str, language: &str) -> Result<Option<String>, String> {
    let deadline = Deadline::after(LIMIT_MS);
    let language = if language.is_empty() { "en" } else { language };
    let options = Object::new();
    for (name, value) in [
        ("type", "tldr"),
        ("format", "plain-text"),
        ("length", "medium"),
        ("sharedContext", CONTEXT),
        // Without it, Chrome writes a warning to the page's console.
        ("outputLanguage", language),
    ] {
        set(&options, name, &value.into());
    }
    set(&options, "expectedInputLanguages", &Array::of1(&language.into()));
    set(&options, "expectedContextLanguages", &Array::of1(&"en".into()));
    let Some(session) = Session::of("Summarizer", &options, deadline).await? else {
        return Ok(None);
    };
    let written = session.worker.summarize(summary, &session.options());
    Ok(deadline.settled(written).await?.as_string())
}
