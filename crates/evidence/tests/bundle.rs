//! The `.zip` of a packet, read by another implementation than the one that wrote it.
#![cfg(feature = "bundle")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use baton_evidence::bundle::{bundle, file_name};
use baton_evidence::export::{Files, Format, export};
use baton_packet::{Attachment, Packet};
use zip::{CompressionMethod, ZipArchive};

const FULL: &str = include_str!("../../packet/tests/fixtures/packets/1.1-full.json");

fn packet() -> Packet {
    serde_json::from_str(FULL).expect("the packet crate's fixture")
}

/// The archive of a packet whose frozen text is this.
fn zipped(packet: &Packet, packet_json: &[u8], files: Files<'_>) -> Vec<u8> {
    bundle(packet, serde_json::to_value(packet).expect("JSON"), packet_json, files)
}

/// Every file of the archive by its name.
fn unpacked(archive: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).expect("an entry");
            let mut bytes = Vec::new();
            // Fails where size or checksum is wrong.
            file.read_to_end(&mut bytes).expect("its bytes");
            (file.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

fn with_files(names: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut packet = packet();
    packet.attachments =
        names.iter().map(|name| Attachment::of(*name, "text/plain", name.as_bytes())).collect();
    unpacked(zipped(&packet, b"{}", &|name| Some(name.as_bytes().to_vec())))
}

#[test]
fn it_holds_the_frozen_packet_its_files_and_every_format() {
    let packet = packet();
    let picture = [0x89, b'P', b'N', b'G', 0, 255, 1, 2];
    let files = |_: &str| Some(picture.to_vec());
    let found = unpacked(zipped(&packet, FULL.as_bytes(), &files));
    assert_eq!(found["packet.json"], FULL.as_bytes(), "the very bytes");
    assert!(!packet.attachments.is_empty());
    for file in &packet.attachments {
        assert_eq!(found[&file.name], picture, "{}", file.name);
    }
    for format in Format::ALL {
        let expected = export(*format, &packet, &files).ok().map(String::into_bytes);
        assert_eq!(found.get(format.file_name()), expected.as_ref(), "{}", format.as_str());
    }
}

#[test]
fn text_is_compressed_and_noise_is_not() {
    let mut state = 1u32;
    let noise: Vec<u8> = (0..4000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    let mut packet = packet();
    packet.attachments = vec![Attachment::of("noise.bin", "image/webp", &noise)];
    let archive = zipped(&packet, FULL.as_bytes(), &|_| Some(noise.clone()));
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let mut method = |name| {
        let file = archive.by_name(name).expect("an entry");
        (file.compression(), file.compressed_size())
    };
    assert_eq!(method("noise.bin"), (CompressionMethod::Stored, 4000));
    let (deflated, size) = method("packet.json");
    assert_eq!(deflated, CompressionMethod::Deflated);
    assert!(size * 2 < FULL.len() as u64, "{size} of {}", FULL.len());
}

#[test]
fn no_name_leaves_the_folder() {
    let hostile = ["../../.bashrc", "/etc/passwd", "C:\\Windows\\x", "..", "", ".hidden", "a\0b"];
    for name in with_files(&hostile).into_keys() {
        assert!(!name.contains(['/', '\\', ':', '\0']), "{name:?}");
        assert!(!name.starts_with('.') && !name.is_empty(), "{name:?}");
    }
}

#[test]
fn names_of_any_script_stay_and_none_replaces_another() {
    let found = with_files(&["Протокол 日本 é.txt", "packet.json", "A.txt", "a.txt"]);
    assert_eq!(found["Протокол 日本 é.txt"], "Протокол 日本 é.txt".as_bytes());
    assert_eq!(found["packet.json"], b"{}");
    assert_eq!(found["_packet.json"], b"packet.json");
    assert_eq!(found["A.txt"], b"A.txt");
    assert_eq!(found["_a.txt"], b"a.txt");
}

#[test]
fn a_file_that_is_not_at_hand_is_left_out() {
    let packet = packet();
    let found = unpacked(zipped(&packet, FULL.as_bytes(), &|_| None));
    assert!(found.contains_key("packet.json"));
    for file in &packet.attachments {
        assert!(!found.contains_key(&file.name));
    }
}

#[test]
fn it_is_dated_as_the_packet_and_the_same_each_time() {
    let mut packet = packet();
    packet.created_at = baton_packet::Timestamp::from_unix_ms(1_795_554_320_001.0);
    let archive = zipped(&packet, FULL.as_bytes(), &|_| None);
    assert_eq!(archive, zipped(&packet, FULL.as_bytes(), &|_| None));
    let mut archive = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let dated = archive.by_index(0).expect("an entry").last_modified().expect("a date");
    assert_eq!((dated.year(), dated.month(), dated.day(), dated.hour()), (2026, 11, 24, 21));
}

#[test]
fn the_archives_name_holds_words_of_any_script_and_nothing_else() {
    let named = |title: &str| {
        let mut packet = packet();
        packet.summary.title = title.to_owned();
        file_name(&packet)
    };
    assert_eq!(named("Export fails with 500!"), "bug-export-fails-with-500.zip");
    assert_eq!(named("../../Ошибка: \"日本\""), "bug-Ошибка-日本.zip");
    assert_eq!(named("?!"), "bug.zip");
    assert!(named(&"x".repeat(500)).len() < 70);
}
