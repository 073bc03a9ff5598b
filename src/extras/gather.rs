//! Gathers what a packet needs: sensors, environment, picture, files, and the
//! host's own data. All of it leaves redacted.

use baton_conversation::{Gathered, Item, Words, assemble};
use baton_evidence::normalise::normalise;
use baton_evidence::redact::{Redactor, Scope};
use baton_packet::{
    App, Attachment, Customer, Entitlement, Extra, Gap, Packet, PacketId, WidgetVersion, limits,
};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::bridge::Bridge;
use crate::config::Config;
use crate::js::{self, now};
use crate::limit::within;
use crate::policy;
use crate::privacy::NO_JUDGE;

use super::{Taken, border, environment, pictures::count};

/// How long the browser may take to hand out the bytes of a file.
const READ_LIMIT_MS: u32 = 10_000;
/// Bytes of a file name, with room for a number that tells two apart.
const LONGEST_NAME: usize = 100;

/// A draft packet and the bytes of its files.
#[derive(Clone)]
pub struct Draft {
    pub packet: Packet,
    pub files: Vec<File>,
    /// What `attach()` had added by then: it belongs to this packet alone.
    pub attached: js_sys::Array,
}

/// One file and its place in the manifest.
#[derive(Clone)]
pub struct File {
    pub entry: Attachment,
    pub blob: Blob,
}

/// Everything for a packet but its pictures, with what was taken before. The result is
/// redacted throughout and not approved.
pub async fn draft(bridge: &Bridge, words: Words, taken: &Taken) -> Draft {
    let config = Config::read(bridge);
    let mut redactor = policy::redactor(bridge);
    let at = now();
    let mut gaps = Vec::new();

    let mut evidence = normalise(&border::from_js(&bridge.drain()), &mut redactor);
    let mut files = Vec::new();
    match &taken.recording {
        Ok(recording) => {
            evidence.replay = Some(recording.record.clone());
            files.extend(recording.file.clone());
        }
        Err(gap) => gaps.push(gap.clone()),
    }
    let pictures = taken.pictures.borrow().weight();
    // What the page adds from here on is the next packet's.
    let attached = bridge.attached().slice(0, u32::MAX);
    for entry in attached.iter() {
        match attached_file(&entry, pictures, &files, &mut redactor).await {
            Ok(file) => files.push(file),
            Err(gap) => gaps.push(gap),
        }
    }
    let judge = bridge.privacy();
    if judge.is_none() {
        gaps.push(Gap::new("visible_errors", NO_JUDGE));
    }
    let environment = environment::read(&bridge.page_url(), judge.as_ref(), &mut redactor).await;
    let custom_data = custom_data(bridge, &mut redactor, &mut gaps);
    let feature_flags = feature_flags(bridge, &mut redactor);
    evidence.gaps.extend(gaps);
    let gathered = Gathered {
        app: App {
            name: config.app.name,
            version: config.app.version,
            release: config.app.release,
            custom_data,
            feature_flags,
            widget: WidgetVersion { name: "baton".to_owned(), version: bridge.version() },
            extra: Default::default(),
        },
        customer: customer(bridge),
        evidence,
        environment,
        attachments: files.iter().map(|file| file.entry.clone()).collect(),
    };
    let mut packet = assemble(words, gathered, new_id(), at);
    baton_evidence::packet::redact_words(&mut packet, &mut redactor);
    packet.redactions = redactor.into_report();
    for redaction in taken.recording.iter().flat_map(|recording| &recording.redactions) {
        count(&mut packet, redaction);
    }
    Draft { packet, files, attached }
}

/// A new packet id from the clock and the browser's random source.
pub fn new_id() -> PacketId {
    let mut random = [0u8; 10];
    let crypto = js::get(&js_sys::global(), "crypto");
    // Without one this throws, and the clock alone has to tell packets apart.
    let _ = crypto.unchecked_ref::<web_sys::Crypto>().get_random_values_with_u8_array(&mut random);
    PacketId::new(js_sys::Date::now() as u64, random)
}

/// `identify(id, traits, token)` as the packet's customer. The known traits have
/// fields of their own; a known name with a value of the wrong type stays among
/// the custom ones.
fn customer(bridge: &Bridge) -> Customer {
    let user = bridge.user();
    let mut customer = Customer {
        id: js::get_string(&user, "id"),
        token: js::get_string(&user, "token"),
        ..Customer::default()
    };
    let Value::Object(traits) = border::from_js(&js::get(&user, "traits")) else {
        return customer;
    };
    for (name, value) in traits {
        match (name.as_str(), value) {
            ("name", Value::String(text)) => customer.name = Some(text),
            ("email", Value::String(text)) => customer.email = Some(text),
            ("segment", Value::String(text)) => customer.segment = Some(text),
            ("plan", Value::String(text)) => customer.plan = Some(text),
            ("role", Value::String(text)) => customer.role = Some(text),
            ("locale", Value::String(text)) => customer.locale = Some(text),
            ("account_value", Value::Number(number)) => customer.account_value = number.as_f64(),
            ("entitlement", Value::Object(promise)) if promise.contains_key("tier") => {
                customer.entitlement = entitlement(&promise);
            }
            (_, value) => {
                customer.traits.insert(name, value);
            }
        }
    }
    customer
}

fn entitlement(promise: &Extra) -> Option<Entitlement> {
    let minutes = promise.get("first_response_minutes").and_then(Value::as_u64);
    Some(Entitlement {
        tier: promise.get("tier")?.as_str()?.to_owned(),
        first_response_minutes: minutes.and_then(|minutes| minutes.try_into().ok()),
        extra: Default::default(),
    })
}

/// `setCustomData()` and what the `metadata()` callbacks return.
fn custom_data(bridge: &Bridge, redactor: &mut Redactor, gaps: &mut Vec<Gap>) -> Extra {
    let mut data = Extra::new();
    add_fields(&mut data, &bridge.custom_data());
    for callback in bridge.metadata().iter() {
        let Some(callback) = callback.dyn_ref::<js_sys::Function>() else { continue };
        let problem = match callback.call0(&JsValue::UNDEFINED) {
            Ok(more) if add_fields(&mut data, &more) => continue,
            Ok(_) => "metadata() returned no object",
            Err(_) => "a metadata() callback threw",
        };
        gaps.push(Gap::new("custom_data", problem));
    }
    redactor.json("app.custom_data", &mut data);
    data
}

/// `app.featureFlags` of the configuration; what is no plain value is no flag.
fn feature_flags(bridge: &Bridge, redactor: &mut Redactor) -> Extra {
    let mut flags = Extra::new();
    let given = js::get(&js::get(&bridge.config(), "app"), "featureFlags");
    if let Value::Object(given) = border::from_js(&given) {
        for (name, flag) in given {
            if flag.is_string() || flag.is_number() || flag.is_boolean() {
                flags.insert(name, flag);
            }
        }
    }
    redactor.json("app.feature_flags", &mut flags);
    flags
}

/// False if there are no fields to add.
fn add_fields(data: &mut Extra, more: &JsValue) -> bool {
    let Value::Object(fields) = border::from_js(more) else { return false };
    for (name, value) in fields {
        data.insert(name, value);
    }
    true
}

async fn attached_file(
    attached: &JsValue,
    (pictures, bytes): (usize, u64),
    taken: &[File],
    redactor: &mut Redactor,
) -> Result<File, Gap> {
    let name = js::get_string(attached, "name").unwrap_or_default();
    let name = redactor.text("attachments", &name, Scope::Secrets);
    let gap = |reason: &str| Gap::new("attachment", [name.as_str(), " ", reason].concat());
    let blob: Blob = js::get(attached, "blob").dyn_into().map_err(|_| gap("is no Blob"))?;
    if blob.size() > limits::MAX_ATTACHMENT_BYTES as f64 {
        return Err(gap("is too large"));
    }
    let total = bytes + taken.iter().map(|file| file.entry.size).sum::<u64>();
    let room = (limits::MAX_TOTAL_BYTES - limits::MAX_PACKET_BYTES) as f64 - total as f64;
    if blob.size() > room || pictures + taken.len() >= limits::MAX_ATTACHMENTS {
        return Err(gap("is one file too many"));
    }
    let mut safe: String = name
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c })
        .collect();
    safe.truncate(safe.floor_char_boundary(LONGEST_NAME));
    if safe.is_empty() || safe.starts_with('.') {
        safe.insert_str(0, "file");
    }
    if taken.iter().any(|file| file.entry.name == safe) {
        safe.insert_str(0, &[&taken.len().to_string(), "-"].concat());
    }
    file(safe, blob).await
}

/// Hashes a blob. Its bytes stay with the browser.
pub async fn file(name: String, blob: Blob) -> Result<File, Gap> {
    let unreadable = || Gap::new("attachment", [name.as_str(), " could not be read"].concat());
    let read = within(blob.array_buffer(), READ_LIMIT_MS).await;
    let buffer = read.and_then(Result::ok).ok_or_else(unreadable)?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let media_type = match blob.type_() {
        media_type if media_type.contains('/') => media_type,
        _ => "application/octet-stream".to_owned(),
    };
    Ok(File { entry: Attachment::of(name.clone(), media_type, &bytes), blob })
}

/// Leaves out what makes a packet too large for any receiver, heaviest optional
/// part first, and says so in it.
pub fn fit(packet: &mut Packet) {
    for item in
        [Item::Replay, Item::CustomData, Item::Console, Item::Network, Item::Errors, Item::Steps]
    {
        if border::to_json(packet).len() <= limits::MAX_PACKET_BYTES {
            break;
        }
        item.leave_out(packet);
    }
}
