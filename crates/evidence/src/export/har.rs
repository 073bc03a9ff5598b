//! HTTP Archive 1.2, usable as a network mock by Playwright's `routeFromHAR`.

use baton_packet::{Content, Header, Initiator, NetworkRecord, Packet};
use serde_json::{Value, json};

use super::document::object;
use super::masked::Masks;
use super::{ExportError, document, place};
use crate::words;

const PAGE: &str = "page_1";

/// The archive.
pub fn har(packet: &Packet) -> Result<String, ExportError> {
    let records = &packet.evidence.network.records;
    let first = records.first().ok_or(ExportError::Nothing("the packet holds no request"))?;
    let environment = &packet.environment;
    let widget = &packet.app.widget;
    let entries: Vec<Value> = records.iter().map(|record| entry(record, packet)).collect();
    Ok(document::text(&json!({"log": {
        "version": "1.2",
        "creator": {"name": widget.name, "version": widget.version},
        "browser": {"name": environment.browser.name, "version": environment.browser.version},
        "pages": [{
            "startedDateTime": first.at, "id": PAGE, "title": environment.page_title,
            "pageTimings": {"onContentLoad": -1, "onLoad": -1},
            "_url": environment.page_url, "_packet": packet.id,
        }],
        "entries": entries,
    }})))
}

fn entry(record: &NetworkRecord, packet: &Packet) -> Value {
    let duration = length(record.duration_ms);
    let wait = record.wait_ms.map_or(duration, |wait| length(Some(wait)));
    let receive = match record.receive_ms {
        Some(receive) => length(Some(receive)),
        None => (duration - wait).max(0.0),
    };
    let failure = record.failure.map(|failure| match &record.failure_text {
        Some(text) => format!("{failure}: {text}"),
        None => failure.to_string(),
    });
    let is_pending = record.status.is_none() && failure.is_none();
    object(json!({
        "pageref": PAGE,
        "startedDateTime": record.at,
        "time": wait + receive,
        "request": request(record, packet),
        "response": response(record, packet),
        "cache": {},
        "timings": {"blocked": -1, "dns": -1, "connect": -1, "ssl": -1,
                    "send": 0, "wait": wait, "receive": receive},
        "_resourceType": record.initiator,
        "_error": failure,
        "_pending": is_pending.then_some(true),
        "_slow": record.slow.then_some(true),
        "_ms": record.ms,
        "_closeCode": record.close_code,
    }))
    .into()
}

fn request(record: &NetworkRecord, packet: &Packet) -> Value {
    let content = record.request.clone().unwrap_or_default();
    let url = address(&place::absolute(&record.url, place::page_origin(packet)));
    let post = content.body.as_ref().map(
        |body| json!({"mimeType": content.media_type.clone().unwrap_or_default(), "text": body}),
    );
    // A mock compares bodies: one that is not whole would match no request.
    let is_masked = |body: &String| Masks::of(packet).is_in(body);
    let is_whole = !is_cut(&content) && !content.body.as_ref().is_some_and(is_masked);
    object(json!({
        "method": record.method,
        "httpVersion": version(record),
        "cookies": [],
        "headers": headers(&content.headers),
        "queryString": query(&url),
        "url": url,
        "headersSize": -1,
        "bodySize": content.bytes.map_or(-1.0, |bytes| bytes as f64),
        "postData": if is_whole { post.clone() } else { None },
        "_postData": if is_whole { None } else { post },
        "_omitted": content.omitted,
    }))
    .into()
}

fn response(record: &NetworkRecord, packet: &Packet) -> Value {
    let content = record.response.clone().unwrap_or_default();
    // Half a body would break a page that a mock serves it to.
    let text = if is_cut(&content) { "_text" } else { "text" };
    let Content { media_type, bytes, body, omitted, .. } = content;
    let mut list = headers(&content.headers);
    let has = |name: &str| content.headers.iter().any(|header| header.name == name);
    if let Some(media_type) = media_type.as_deref().filter(|_| !has("content-type")) {
        list.push(added("content-type", media_type));
    }
    if let Some(page) = foreign(record, packet).filter(|_| !has("access-control-allow-origin")) {
        list.push(added("access-control-allow-origin", page));
        list.push(added("access-control-allow-credentials", "true"));
    }
    let is_socket = record.initiator == Initiator::WebSocket;
    let opened = is_socket && record.failure.is_none();
    let size = bytes.map(|bytes| bytes as f64).or(body.as_ref().map(|body| body.len() as f64));
    let redirect = content.headers.iter().find(|header| header.name == "location");
    object(json!({
        "status": record.status.unwrap_or(if opened { 101 } else { 0 }),
        "statusText": "",
        "httpVersion": version(record),
        "cookies": [],
        "headers": list,
        "content": object(json!({
            "size": size.unwrap_or(0.0), "mimeType": media_type.unwrap_or_else(|| "x-unknown".to_owned()),
            text: body, "_omitted": omitted,
        })),
        "redirectURL": redirect.map_or("", |header| &header.value),
        "headersSize": -1,
        "bodySize": -1,
        "_transferSize": record.transfer_bytes,
    }))
    .into()
}

/// Whether the body is only the beginning of what was sent: the sensors say so beside
/// it, the packet's own limit at its end.
pub fn is_cut(content: &Content) -> bool {
    let is_marked = |body: &String| content.omitted.is_some() || body.contains("… [cut, ");
    content.body.as_ref().is_some_and(is_marked)
}

/// The page's origin, where the request went to another: a mock must allow what the
/// server allowed, although the page cannot see that header.
fn foreign<'a>(record: &NetworkRecord, packet: &'a Packet) -> Option<&'a str> {
    let page = place::page_origin(packet)?;
    let is_foreign = place::origin(&record.url).is_some_and(|origin| origin != page);
    (is_foreign && record.status.is_some()).then_some(page)
}

fn added(name: &str, value: &str) -> Value {
    json!({"name": name, "value": words::one_line(value, 1_000), "comment": "added by Baton"})
}

fn headers(headers: &[Header]) -> Vec<Value> {
    headers
        .iter()
        .map(|Header { name, value }| json!({"name": name, "value": words::one_line(value, usize::MAX)}))
        .collect()
}

fn query(url: &str) -> Vec<Value> {
    let url = url.split('#').next().unwrap_or_default();
    let Some((_, query)) = url.split_once('?') else { return Vec::new() };
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            json!({"name": name, "value": value})
        })
        .collect()
}

/// As it was recorded; white space and controls, which no URL has, are encoded.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for char in url.chars() {
        if char.is_whitespace() || char.is_control() {
            for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(char);
        }
    }
    out
}

fn version(record: &NetworkRecord) -> String {
    match record.protocol.as_deref() {
        Some("h2") => "HTTP/2".to_owned(),
        Some("h3") => "HTTP/3".to_owned(),
        Some("") | None => "unknown".to_owned(),
        Some(other) => other.to_ascii_uppercase(),
    }
}

fn length(ms: Option<f64>) -> f64 {
    ms.filter(|ms| ms.is_finite() && *ms >= 0.0).unwrap_or(0.0)
}
