//! The manifest of files that travel beside the packet.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Unknown;

/// One file of the packet. Its bytes travel beside the document, addressed by
/// their hash, so that a retry re-sends only what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attachment {
    /// File name, unique in the packet, for example `screenshot-1.webp`.
    pub name: String,
    /// Media type, for example `image/webp`.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9a-f]{64}$")))]
    pub sha256: String,
    /// Fields of a newer minor version.
    #[cfg_attr(feature = "unknown-fields", serde(flatten))]
    #[cfg_attr(not(feature = "unknown-fields"), serde(skip))]
    pub extra: Unknown,
}

impl Attachment {
    /// The manifest entry for these bytes.
    #[must_use]
    pub fn of(name: impl Into<String>, media_type: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            name: name.into(),
            media_type: media_type.into(),
            size: bytes.len() as u64,
            sha256: sha256_hex(bytes),
            extra: Default::default(),
        }
    }
}

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits. In Rust, because
/// `crypto.subtle` is missing on pages served over plain HTTP.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        push_hex(&mut text, byte);
    }
    text
}

/// Whether the text is a SHA-256 as [`sha256_hex`] writes it.
#[must_use]
pub fn is_sha256_hex(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

pub(crate) fn push_hex(text: &mut String, byte: u8) {
    for nibble in [byte >> 4, byte & 0xf] {
        text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::{Attachment, is_sha256_hex, sha256_hex};

    #[test]
    fn sha256_of_abc_is_the_published_one() {
        // FIPS 180-4 example.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), expected);
        assert!(is_sha256_hex(expected));
        assert!(!is_sha256_hex("../../../etc/passwd"));
    }

    #[test]
    fn a_manifest_entry_describes_its_bytes() {
        let entry = Attachment::of("screenshot-1.png", "image/png", b"abc");
        assert_eq!((entry.size, entry.sha256.len()), (3, 64));
    }
}
