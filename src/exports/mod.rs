//! What a packet is turned into for people without a desk: a `.zip` and Markdown.
//! A module of its own, because it reads packets, which no other module has to.

mod read;

use baton_evidence::bundle;
use baton_evidence::export::{Format, export};
use baton_packet::Packet;
use js_sys::{Array, Uint8Array};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, FilePropertyBag};

use crate::js;
use crate::limit::within;

/// How long the browser may take to hand out the bytes of a file.
const READ_LIMIT_MS: u32 = 10_000;

/// Called once, by the loader, as for every module. This one needs nothing of the
/// page.
#[wasm_bindgen(js_name = attach_exports)]
pub fn attach() {}

/// A packet with everything derived from it, as a `.zip`; see [`bundle::bundle`].
/// `files` are those of its manifest, `{name, blob}` each. The file has a name.
///
/// # Errors
/// If the text is no packet or a file cannot be read.
#[wasm_bindgen]
pub async fn pack(packet_json: String, files: Array) -> Result<File, JsValue> {
    let document = parse(&packet_json)?;
    let packet = read(&document)?;
    let mut bytes = Vec::new();
    for file in files.iter() {
        let name = js::get_string(&file, "name").unwrap_or_default();
        let blob: Blob = js::get(&file, "blob").dyn_into()?;
        let buffer = within(blob.array_buffer(), READ_LIMIT_MS).await;
        let buffer = buffer.unwrap_or_else(|| Err(js::error("a file could not be read")))?;
        bytes.push((name, Uint8Array::new(&buffer).to_vec()));
    }
    let archive = bundle::bundle(&packet, document, packet_json.as_bytes(), &|name| {
        bytes.iter().find_map(|(known, bytes)| (known == name).then(|| bytes.clone()))
    });
    let options = FilePropertyBag::new();
    options.set_type("application/zip");
    let parts = Array::of1(&Uint8Array::from(&*archive));
    let name = bundle::file_name(&packet);
    File::new_with_u8_array_sequence_and_options(&parts, &name, &options)
}

/// A packet as text for an issue tracker.
///
/// # Errors
/// If the text is no packet, or a packet without anything to tell.
#[wasm_bindgen]
pub fn markdown(packet_json: &str) -> Result<String, JsValue> {
    export(Format::Markdown, &read(&parse(packet_json)?)?, &|_| None)
        .map_err(|error| js::error(&error.to_string()))
}

fn parse(packet_json: &str) -> Result<Value, JsValue> {
    serde_json::from_str(packet_json).map_err(|error| js::error(&error.to_string()))
}

fn read(document: &Value) -> Result<Packet, JsValue> {
    read::read(document).map_err(|error| js::error(&error.to_string()))
}
