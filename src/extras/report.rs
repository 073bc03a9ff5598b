//! A tester's report: what was captured stays as it was, the words are written
//! meanwhile.

use baton_conversation::{Report, speech};
use baton_evidence::packet::redact_words;
use baton_packet::Urgency;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use super::{CASE, Parcel, approved, border, bridge, gathered, read};
use crate::js::{self, now};
use crate::policy;

/// Captures the page for this [`Report`]; as [`super::draft`].
///
/// # Errors
/// If it cannot be read, which would be a fault of the widget.
#[wasm_bindgen]
pub async fn report(report: JsValue) -> Result<JsValue, JsValue> {
    gathered(&bridge()?, read_report(&report)?.words(now())).await
}

/// Puts what the [`Report`] says now in the place of what the draft says.
///
/// # Errors
/// If there is no draft.
#[wasm_bindgen]
pub fn reword(report: JsValue) -> Result<(), JsValue> {
    let words = read_report(&report)?.words(now());
    let mut redactor = policy::redactor(&bridge()?);
    CASE.with_borrow_mut(|case| {
        let draft = case.draft.as_mut().ok_or_else(|| js::error("nothing was captured"))?;
        let packet = &mut draft.packet;
        packet.conversation.transcript = words.transcript;
        packet.summary = words.summary;
        packet.triage = words.triage;
        packet.route = words.route;
        redact_words(packet, &mut redactor);
        // What redact_words counts anew; the rest of the packet is as it was.
        let of_words = ["conversation.transcript", "summary"];
        let fresh = redactor.into_report();
        packet.redactions.retain(|entry| !of_words.contains(&&*entry.section));
        let fresh = fresh.into_iter().filter(|entry| of_words.contains(&&*entry.section));
        packet.redactions.extend(fresh);
        packet.redactions.sort_by(|a, b| a.section.cmp(&b.section));
        Ok(())
    })
}

/// The draft as it would be frozen with this [`baton_conversation::Approval`], for
/// the reporter alone: `{json, files: [{name, blob}], holds: [{what, count}]}`. The draft stays.
///
/// # Errors
/// If there is no draft.
#[wasm_bindgen(js_name = ownCopy)]
pub fn own_copy(approval: JsValue) -> Result<JsValue, JsValue> {
    let approval = read::approval(&border::from_js(&approval))
        .ok_or_else(|| js::error("the approval could not be read"))?;
    let draft = CASE
        .with_borrow(|case| case.draft.clone().map(|draft| case.pictured(draft)))
        .ok_or_else(|| js::error("nothing was captured"))?;
    let bridge = bridge()?;
    let draft = approved(&bridge, draft, approval);
    let parcel = Parcel::freeze(&draft).map_err(|reason| js::error(&reason))?;
    bridge.clear_attached(&draft.attached);
    let files: js_sys::Array = draft
        .files
        .iter()
        .filter(|file| parcel.frozen.attachments.contains(&file.entry))
        .map(|file| {
            let entry = js_sys::Object::new();
            js::set(&entry, "name", &file.entry.name.as_str().into());
            js::set(&entry, "blob", &file.blob);
            JsValue::from(entry)
        })
        .collect();
    let copy = js_sys::Object::new();
    let json = String::from_utf8(parcel.frozen.bytes).unwrap_or_default();
    js::set(&copy, "json", &json.into());
    js::set(&copy, "files", &files);
    js::set(&copy, "holds", &border::to_js(&speech::what_they_see(&draft.packet)));
    Ok(copy.into())
}

/// A [`Report`] as the widget writes it.
fn read_report(value: &JsValue) -> Result<Report, JsValue> {
    let value = border::from_js(value);
    let text = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let severity = text("severity").and_then(|label| Urgency::parse(&label));
    let report = severity.and_then(|severity| {
        Some(Report {
            title: text("title")?,
            expected: text("expected")?,
            actual: text("actual")?,
            severity,
            language: text("language"),
            suggested: false,
            kept: None,
        })
    });
    report.ok_or_else(|| js::error("the report could not be read"))
}
