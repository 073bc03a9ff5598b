//! rrweb events: the page of the moment or its last seconds, with the other records
//! as markers on the same clock.

use baton_packet::{Packet, Screenshot};
use serde_json::{Value, json};

use super::document::object;
use super::picture::data_url;
use super::plan::viewport_size;
use super::{Files, document, place};
use crate::timeline::{Record, timeline};

// Event types of `@rrweb/types`.
const FULL_SNAPSHOT: u64 = 2;
const META: u64 = 4;
const CUSTOM: u64 = 5;

/// Nodes of a page have numbers; those of its fixed parts are smaller.
const FIRST_PICTURE_ID: u32 = 20;

/// A list of events that a player can show: Meta, FullSnapshot, what followed.
pub fn rrweb(packet: &Packet, files: Files<'_>) -> String {
    let mut events = match recorded(packet, files) {
        Ok(events) => events,
        Err(reason) => stand_in(packet, files, reason),
    };
    let start = time(&events[0]);
    events.extend(markers(packet, start));
    // Stable: at equal times a page comes before its markers.
    events.sort_by_key(time);
    document::text(&Value::Array(events))
}

/// Milliseconds since the epoch.
fn time(event: &Value) -> i64 {
    event["timestamp"].as_f64().map_or(0, |time| time as i64)
}

/// The packet's own events, Meta first; or why there are none to show.
fn recorded(packet: &Packet, files: Files<'_>) -> Result<Vec<Value>, &'static str> {
    let replay = packet.evidence.replay.as_ref().ok_or("the page was not recorded")?;
    let mut events = match &replay.attachment {
        Some(name) => {
            let bytes = files(name).ok_or("the recording's file is not at hand")?;
            let text = std::str::from_utf8(&bytes).ok();
            let events = text.and_then(|text| serde_json::from_str(text).ok());
            events.ok_or("the recording's file cannot be read")?
        }
        None => replay.inline.clone(),
    };
    let is_event = |event: &Value| {
        event["type"].is_u64() && event["timestamp"].as_f64().is_some_and(f64::is_finite)
    };
    events.retain(is_event);
    events.sort_by_key(time);
    let is = |kind: u64| move |event: &Value| event["type"] == kind;
    // Nothing can be shown before the first page.
    let first = events.iter().position(is(FULL_SNAPSHOT)).ok_or("the recording holds no page")?;
    let metas = events[..first].iter().rev().find(|event| is(META)(event)).cloned();
    let at = time(&events[first]);
    let mut shown = vec![metas.unwrap_or_else(|| meta(packet, at))];
    shown[0]["timestamp"] = json!(at);
    shown.extend(events.drain(first..));
    Ok(shown)
}

fn meta(packet: &Packet, at: i64) -> Value {
    let (width, height) = viewport_size(&packet.environment.viewport);
    let href = &packet.environment.page_url;
    json!({"type": META, "timestamp": at, "data": {"href": href, "width": width, "height": height}})
}

/// A page that shows the screenshots, or else only names the page; a marker says so.
fn stand_in(packet: &Packet, files: Files<'_>, reason: &str) -> Vec<Value> {
    let at = place::unix_ms(&packet.created_at).unwrap_or(0);
    let environment = &packet.environment;
    let element = |id: u32, tag: &str, attributes: Value, children: Vec<Value>| json!({"type": 2, "id": id, "tagName": tag, "attributes": attributes, "childNodes": children});
    let text = |id: u32, text: &str| json!({"type": 3, "id": id, "textContent": text});
    let mut pictures = Vec::new();
    for (screenshot, url) in pictures_of(packet, files) {
        let id = FIRST_PICTURE_ID + 3 * pictures.len() as u32;
        let image =
            json!({"src": url, "alt": screenshot.label, "style": "display:block;max-width:100%"});
        pictures.push(element(id, "img", image, vec![]));
        let told = [screenshot.label.as_str(), " (", screenshot.method.in_words(), ")"].concat();
        pictures.push(element(id + 1, "p", json!({}), vec![text(id + 2, &told)]));
    }
    let (shown, content) = match pictures.len() / 2 {
        0 => (
            "title and address",
            vec![
                element(6, "h1", json!({}), vec![text(7, &environment.page_title)]),
                element(8, "p", json!({}), vec![text(9, &environment.page_url)]),
            ],
        ),
        1 => ("screenshot", pictures),
        _ => ("screenshots", pictures),
    };
    let title = element(4, "title", json!({}), vec![text(10, &environment.page_title)]);
    let html = element(
        2,
        "html",
        json!({}),
        vec![
            element(3, "head", json!({}), vec![title]),
            element(5, "body", json!({"style": "margin:0;font-family:sans-serif"}), content),
        ],
    );
    vec![
        meta(packet, at),
        json!({"type": FULL_SNAPSHOT, "timestamp": at, "data": {
            "node": {"type": 0, "id": 1, "childNodes": [html]},
            "initialOffset": {"top": 0, "left": 0}}}),
        custom(at, "baton:stand-in", json!({"shown": shown, "reason": reason})),
    ]
}

/// The screenshots that are at hand, as `data:` URLs.
fn pictures_of<'a>(packet: &'a Packet, files: Files<'_>) -> Vec<(&'a Screenshot, String)> {
    let screenshots = packet.evidence.screenshots.iter();
    let pictures = screenshots.filter_map(|screenshot| {
        let mut entries = packet.attachments.iter();
        let entry = entries.find(|entry| entry.name == screenshot.attachment)?;
        Some((screenshot, data_url(entry, files)?))
    });
    pictures.collect()
}

/// The other records as custom events. What came before the first page stands at its
/// beginning; its payload has its own time.
fn markers(packet: &Packet, start: i64) -> Vec<Value> {
    let marker = |entry: crate::timeline::Entry<'_>| {
        let detail = match entry.record {
            Record::Step(step) => json!({"action": step.action, "selectors": step.selectors}),
            Record::Console(line) => json!({"level": line.level}),
            Record::Error(error) => json!({"stack": error.stack, "fingerprint": error.fingerprint}),
            Record::Network(request) => {
                json!({"status": request.status, "failure": request.failure})
            }
            Record::LongTask(task) => json!({"duration_ms": task.duration_ms}),
        };
        let mut payload = object(detail);
        payload.insert("text".to_owned(), json!(entry.text));
        payload.insert("at".to_owned(), json!(entry.at));
        payload.insert("ms".to_owned(), json!(entry.ms));
        let at = place::unix_ms(entry.at).unwrap_or(start).max(start);
        custom(at, &["baton:", entry.record.kind()].concat(), payload.into())
    };
    timeline(packet).into_iter().map(marker).collect()
}

fn custom(at: i64, tag: &str, payload: Value) -> Value {
    json!({"type": CUSTOM, "timestamp": at, "data": {"tag": tag, "payload": payload}})
}
