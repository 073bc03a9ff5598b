//! Packets for tests.
#![allow(dead_code, reason = "each test file uses its part")]

use baton_packet::{Packet, Timestamp};
use serde_json::{Value, json};

/// Wall time of the page's time origin: 2026-11-24T21:05:20Z.
pub const ORIGIN: f64 = 1_795_554_320_000.0;

fn record(ms: u32, mut fields: Value) -> Value {
    fields["ms"] = json!(ms);
    fields["at"] = json!(Timestamp::from_unix_ms(ORIGIN + f64::from(ms)).as_str());
    fields
}

pub fn console(ms: u32, level: &str, message: &str) -> Value {
    record(ms, json!({"level": level, "message": message}))
}

pub fn error(ms: u32, name: &str, message: &str, stack: &str) -> Value {
    record(ms, json!({"kind": "uncaught", "name": name, "message": message, "stack": stack}))
}

/// Status 0: none.
pub fn request(ms: u32, method: &str, url: &str, status: u16, duration: u32) -> Value {
    let fields =
        json!({"initiator": "fetch", "method": method, "url": url, "duration_ms": duration});
    let mut request = record(ms, fields);
    if status > 0 {
        request["status"] = json!(status);
    }
    request
}

pub fn step(ms: u32, action: &str, target: &str, url: &str) -> Value {
    record(ms, json!({"action": action, "target": target, "url": url}))
}

/// The full packet of the contract's fixtures with these records instead:
/// `{console, network, steps, errors: [record]}`; other members replace those of
/// `evidence`.
pub fn packet(evidence: Value) -> Packet {
    let full = include_str!("../../../packet/tests/fixtures/packets/1.0-full.json");
    let mut packet: Value = serde_json::from_str(full).unwrap();
    for kind in ["console", "network", "steps", "errors"] {
        packet["evidence"][kind] = json!({"records": [], "cap": 200, "dropped": 0});
    }
    packet["evidence"]["gaps"] = json!([]);
    for (name, value) in evidence.as_object().unwrap() {
        if value.is_array() && packet["evidence"][name].get("records").is_some() {
            packet["evidence"][name]["records"] = value.clone();
        } else {
            packet["evidence"][name] = value.clone();
        }
    }
    serde_json::from_value(packet).unwrap()
}
