//! What is kept in the browser (`localStorage`), so that a conversation goes on in the
//! next page. Where nothing can be kept it lasts as long as the page.
//!
//! `baton.talk.KEY` holds the cases of one customer, `baton.pending` tells the loader
//! that one of them goes on.

use baton_conversation::Kept;
use baton_packet::sha256_hex;
use wasm_bindgen::JsValue;
use web_sys::Storage;

use super::read;
use crate::bridge::Bridge;
use crate::data::Data;
use crate::js;

pub const PREFIX: &str = "baton.talk.";
const PENDING: &str = "baton.pending";
/// Of the hash that a key is, in hexadecimal digits.
const DIGITS: usize = 16;
/// How deep a kept case goes.
const DEEPEST: u8 = 12;

/// Whose cases: a name from the identified user's id, which does not stand in the store
/// itself. Who is not identified is "this browser".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owner {
    pub key: String,
    pub is_known: bool,
}

impl Owner {
    /// Who it is now.
    pub fn of(bridge: &Bridge) -> Self {
        let id = js::get_string(&bridge.user(), "id");
        let location = js::get(&js_sys::global(), "location");
        let origin = js::get_string(&location, "origin").unwrap_or_default();
        let named = [&*origin, "\n", id.as_deref().unwrap_or_default()].concat();
        let mut key = sha256_hex(named.as_bytes());
        key.truncate(DIGITS);
        Self { key: [PREFIX, &key].concat(), is_known: id.is_some() }
    }
}

/// Whether the page wants anything kept.
pub fn is_wanted(bridge: &Bridge) -> bool {
    js::get(&bridge.config(), "history").as_bool() != Some(false)
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The cases of this customer, newest first.
pub fn cases(owner: &Owner) -> Vec<Kept> {
    let text = storage().and_then(|storage| storage.get_item(&owner.key).ok().flatten());
    let value = text.and_then(|text| js_sys::JSON::parse(&text).ok());
    match value.map(|value| Data::within(value, DEEPEST)) {
        Some(Data::List(cases)) => cases.iter().filter_map(read::kept).collect(),
        _ => Vec::new(),
    }
}

/// Keeps these; `false` where the browser does not let us.
pub fn keep(owner: &Owner, cases: &[Kept]) -> bool {
    let Some(storage) = storage() else { return false };
    let list: js_sys::Array = cases.iter().map(js::to_js).collect();
    let Ok(text) = js_sys::JSON::stringify(&JsValue::from(list)) else { return false };
    storage.set_item(&owner.key, &String::from(text)).is_ok()
}

/// Whether there is anything of this customer.
pub fn has(owner: &Owner) -> bool {
    storage().is_some_and(|storage| matches!(storage.get_item(&owner.key), Ok(Some(_))))
}

/// Wipes what is kept of this customer.
pub fn forget(owner: &Owner) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&owner.key);
    }
}

/// Tells the loader of the next page whether a conversation goes on.
pub fn set_pending(pending: bool) {
    let Some(storage) = storage() else { return };
    let _ = match pending {
        true => storage.set_item(PENDING, "1"),
        false => storage.remove_item(PENDING),
    };
}
