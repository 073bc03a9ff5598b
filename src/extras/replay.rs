//! The page as rrweb events, from the loader: redacted, and small enough for the
//! document, or a file beside it.

use baton_evidence::redact::Scope;
use baton_evidence::replay::{Events, SECTION, redact_events};
use baton_packet::{Gap, Redaction, Replay, ReplayKind, limits};
use js_sys::{Array, JSON};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

use crate::bridge::Bridge;
use crate::js::{get, get_string};
use crate::limit::within;
use crate::page::list;
use crate::policy;

use super::border;
use super::delivery::blob;
use super::gather::{self, File};

/// What the snapshot of a page may take.
const TIME_LIMIT_MS: u32 = 5000;
/// Longest JSON of all events, in UTF-16 units.
const LARGEST: u32 = 8 * 1024 * 1024;
/// Receivers read JSON to a depth of 128, as serde_json does; the rest of the packet
/// around the events takes some of it.
const DEEPEST_INLINE: u8 = 100;
const FILE_NAME: &str = "replay.json";

/// A replay of the page, with its file if it has one.
#[derive(Clone)]
pub struct Recording {
    pub record: Replay,
    pub file: Option<File>,
    /// What was masked in it.
    pub redactions: Vec<Redaction>,
}

/// The page as it is now, or as it was up to now.
pub async fn take(bridge: &Bridge) -> Result<Recording, Gap> {
    let gap = |reason: &str| Gap::new("replay", reason);
    let failed = || gap("the page could not be recorded");
    let asked = bridge.replay().map_err(|_| failed())?;
    let taken = match within(asked, TIME_LIMIT_MS).await {
        Some(taken) => taken.map_err(|_| failed())?,
        None => return Err(gap("the page took too long to be read")),
    };
    let events: Array = get(&taken, "events").dyn_into().map_err(|_| failed())?;
    let raw = JSON::stringify(&events).map_err(|_| failed())?;
    if raw.length() > LARGEST {
        return Err(gap("is too large"));
    }
    let mut redactor = policy::redactor(bridge);
    let Events { json, depth } = redact_events(&String::from(raw), &mut redactor);
    let text = |object: &JsValue, name: &str| get_string(object, name).unwrap_or_default();
    let gaps = list(&taken, "gaps");
    let gaps = gaps.iter().map(|gap| {
        let reason = redactor.text(SECTION, &text(&gap, "reason"), Scope::All);
        Gap::new(text(&gap, "stage"), reason)
    });
    let count = events.length();
    if count == 0 {
        let reasons: Vec<_> = gaps.map(|gap| gap.reason).collect();
        return Err(if reasons.is_empty() { failed() } else { gap(&reasons.join("; ")) });
    }
    let time = |index: u32| get(&events.get(index), "timestamp").as_f64().unwrap_or(0.0);
    let mut record = Replay {
        kind: ReplayKind::parse(&text(&taken, "kind")).unwrap_or(ReplayKind::Snapshot),
        attachment: None,
        inline: Vec::new(),
        events: count,
        duration_ms: (time(count.saturating_sub(1)) - time(0)).max(0.0),
        gaps: gaps.collect(),
    };
    let redactions = redactor.into_report();
    if json.len() <= limits::MAX_INLINE_REPLAY_BYTES && depth <= usize::from(DEEPEST_INLINE) {
        let Some(Value::Array(events)) = border::parse(&json, DEEPEST_INLINE + 1) else {
            return Err(failed());
        };
        record.inline = events;
        return Ok(Recording { record, file: None, redactions });
    }
    let bytes = blob(json.as_bytes(), "application/json").map_err(|_| failed())?;
    record.attachment = Some(FILE_NAME.to_owned());
    let file = gather::file(FILE_NAME.to_owned(), bytes).await?;
    Ok(Recording { record, file: Some(file), redactions })
}
