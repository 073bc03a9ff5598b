//! A packet and everything derived from it as one `.zip`, for whoever has no
//! Baton at hand.

use std::io::Write as _;

use baton_packet::{Packet, Timestamp};
use miniz_oxide::deflate::compress_to_vec;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use serde_json::Value;

use crate::export::{Files, Format, export};
use crate::viewer;

/// Of 10: past it, a packet's JSON gets hardly smaller and much slower.
const COMPRESSION: u8 = 6;

/// Characters of a title in the archive's own name at most.
const LONGEST_TITLE: usize = 60;

/// Bytes of a file's name at most, as in a manifest that is valid.
const LONGEST_NAME: usize = 120;

/// The `.zip` (APPNOTE 6.3, with UTF-8 names) of a packet: `packet.json` as it
/// was frozen, `index.html` to read it with, the files of its manifest under their
/// own names, and every format the packet has something for
/// ([`Format::file_name`]). `document` is what `packet_json` holds.
///
/// A file that is not at hand is left out; its entry in the manifest stays. One
/// whose name a derived file has, or that would unpack elsewhere, gets another.
#[must_use]
pub fn bundle(packet: &Packet, document: Value, packet_json: &[u8], files: Files<'_>) -> Vec<u8> {
    let mut archive = Archive::new(&packet.created_at);
    archive.add("packet.json", packet_json);
    archive.add("index.html", viewer::page_of(packet, document, files).as_bytes());
    for format in Format::ALL {
        if let Ok(text) = export(*format, packet, files) {
            archive.add(format.file_name(), text.as_bytes());
        }
    }
    let replay = packet.evidence.replay.as_ref().and_then(|replay| replay.attachment.as_deref());
    for file in &packet.attachments {
        // The recording is there already, as the format made of it.
        let is_there = replay == Some(&*file.name) && archive.has(Format::Rrweb.file_name());
        if !is_there && let Some(bytes) = files(&file.name) {
            archive.add(&file.name, &bytes);
        }
    }
    archive.finish()
}

/// A name for the archive, from the packet's title: `bug-export-fails-with-500.zip`.
#[must_use]
pub fn file_name(packet: &Packet) -> String {
    let letters = packet.summary.title.chars().map(|c| if is_letter(c) { c } else { ' ' });
    let letters: String = letters.take(LONGEST_TITLE).collect::<String>().to_ascii_lowercase();
    let words: Vec<&str> = ["bug"].into_iter().chain(letters.split_whitespace()).collect();
    words.join("-") + ".zip"
}

/// Letters and digits, of other scripts their marks, too. By blocks of Unicode: a table
/// of its letters is 4 KB.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || !matches!(c, '\0'..='\u{bf}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..)
}

struct Archive {
    zip: ZipArchiveWriter<Vec<u8>>,
    /// As [`folded`].
    names: Vec<String>,
    modified: Option<UtcDateTime>,
}

impl Archive {
    fn new(modified: &Timestamp) -> Self {
        Self {
            zip: ZipArchiveWriter::new(Vec::new()),
            names: Vec::new(),
            modified: moment(modified.as_str()),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(&folded(name))
    }

    fn add(&mut self, name: &str, bytes: &[u8]) {
        let mut name = plain(name);
        while self.has(&name) {
            name.insert(0, '_');
        }
        self.names.push(folded(&name));
        self.write(&name, bytes).expect("a Vec takes any bytes, and the name is short");
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), rawzip::Error> {
        let deflated = compress_to_vec(bytes, COMPRESSION);
        // Pictures are compressed already.
        let (method, stored) = match deflated.len() < bytes.len() {
            true => (CompressionMethod::DEFLATE, &*deflated),
            false => (CompressionMethod::STORE, bytes),
        };
        let mut file = self.zip.new_file(name).compression_method(method);
        if let Some(modified) = self.modified {
            file = file.last_modified(modified);
        }
        let (mut entry, _) = file.start()?;
        entry.write_all(stored)?;
        entry.finish(DataDescriptorOutput::new(crc32(bytes), bytes.len() as u64))?;
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        self.zip.finish().expect("a Vec takes any bytes")
    }
}

/// Equal for names that some file system does not tell apart. Of letters beyond ASCII
/// any two may be the same one in another case: which, is a table of 12 KB.
fn folded(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii() { c.to_ascii_lowercase() } else { '?' }).collect()
}

/// The checksum of an entry (APPNOTE 6.3, section 4.4.7). Bit by bit: the tables that
/// make it fast are 16 KB that no compression makes smaller, and a packet is small.
fn crc32(bytes: &[u8]) -> u32 {
    let shift = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), shift))
}

/// A name without folders, so that nothing is unpacked beside or above the
/// folder that was chosen, on any system.
fn plain(name: &str) -> String {
    let unfit = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let mut name = name.replace(unfit, "_");
    name.truncate(name.floor_char_boundary(LONGEST_NAME));
    if name.is_empty() || name.starts_with('.') {
        name.insert(0, '_');
    }
    name
}

/// `2026-11-24T21:05:20.001Z`; `None` for a time with another offset.
fn moment(text: &str) -> Option<UtcDateTime> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u8>().ok();
    let year = text.get(..4)?.parse().ok()?;
    UtcDateTime::from_components(
        year,
        number(5, 7)?,
        number(8, 10)?,
        number(11, 13)?,
        number(14, 16)?,
        number(17, 19)?,
        0,
    )
    .filter(|_| text.ends_with('Z'))
}
