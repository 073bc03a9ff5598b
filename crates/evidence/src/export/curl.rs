//! The failing calls as `curl` commands of a POSIX shell.

use baton_packet::{Initiator, NetworkRecord, Packet};

use super::har::is_cut;
use super::masked::{Masks, variable};
use super::quote::{comment, shell};
use super::{ExportError, place};
use crate::timeline::is_failed;
use crate::words;

/// A shell script with one command for each call that failed.
pub fn curl(packet: &Packet) -> Result<String, ExportError> {
    let calls: Vec<String> = failed(packet).map(|record| command(record, packet)).collect();
    if calls.is_empty() {
        return Err(ExportError::Nothing("no call in the packet failed"));
    }
    let head = format!(
        "#!/bin/sh\n# Calls that failed, from report {}, by Baton.\n# What was masked is read from \
         the variables named in the commands.\n# Cookies and headers that the page did not allow \
         to be recorded are missing.\n\n",
        comment(packet.id.as_str())
    );
    Ok([head, calls.join("\n")].concat())
}

/// The calls worth repeating: sockets are none.
pub fn failed(packet: &Packet) -> impl Iterator<Item = &NetworkRecord> {
    packet.evidence.network.records.iter().filter(|record| {
        is_failed(record) && matches!(record.initiator, Initiator::Fetch | Initiator::Xhr)
    })
}

/// One command with a comment that says how the call ended.
pub fn command(record: &NetworkRecord, packet: &Packet) -> String {
    // Security: a packet's text must neither name a local file (`file:`, `@name`) nor
    // an option, nor be taken for a pattern of many URLs.
    let masks = Masks::of(packet);
    let mut out = format!("# {}\n", comment(&words::request(record)));
    let content = record.request.clone().unwrap_or_default();
    if is_cut(&content) {
        out.push_str("# Only the beginning of its body was recorded.\n");
    }
    out.push_str("curl --silent --show-error --include --globoff --proto '=http,https'");
    if record.method != "GET" {
        out.push_str(" \\\n  --request ");
        out.push_str(&shell(&record.method));
    }
    let url = place::absolute(&record.url, place::page_origin(packet));
    out.push_str(" \\\n  --url ");
    out.push_str(&word(&url, masks));
    for header in &content.headers {
        if is_token(&header.name) {
            out.push_str(" \\\n  --header ");
            let value = words::one_line(&header.value, usize::MAX);
            out.push_str(&word(&[&header.name, ": ", &value].concat(), masks));
        }
    }
    if let Some(body) = &content.body {
        let has_type = content.headers.iter().any(|header| header.name == "content-type");
        if let Some(media_type) = content.media_type.as_deref().filter(|_| !has_type) {
            out.push_str(" \\\n  --header ");
            out.push_str(&word(
                &["content-type: ", &words::one_line(media_type, 200)].concat(),
                masks,
            ));
        }
        out.push_str(" \\\n  --data-raw ");
        out.push_str(&word(body, masks));
    }
    out.push('\n');
    out
}

/// A header's name as HTTP allows it (RFC 9110, section 5.6.2).
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}

/// One word in which variables stand for what was masked.
fn word(text: &str, masks: Masks<'_>) -> String {
    let word: String = masks
        .pieces(text)
        .into_iter()
        .map(|(piece, sample)| match sample {
            None => shell(piece),
            Some(_) => {
                let name = variable(piece);
                format!("\"${{{name}:?was masked in the report}}\"")
            }
        })
        .collect();
    if word.is_empty() { "''".to_owned() } else { word }
}
