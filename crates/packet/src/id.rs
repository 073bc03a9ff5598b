//! Packet ids: UUIDv7 (RFC 9562, section 5.7), so that they sort by time.

use serde::{Deserialize, Serialize};

/// A UUIDv7 in its canonical lower-case text form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PacketId(
    #[cfg_attr(
        feature = "schema",
        schemars(regex(
            pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
        ))
    )]
    String,
);

impl PacketId {
    /// Makes an id from the Unix time in milliseconds and 74 random bits, of
    /// which the version and variant bits of `random` are overwritten.
    #[must_use]
    pub fn new(unix_ms: u64, random: [u8; 10]) -> Self {
        let mut bytes = [0u8; 16];
        bytes[..6].copy_from_slice(&unix_ms.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        bytes[6] = (bytes[6] & 0x0f) | 0x70;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let mut text = String::with_capacity(36);
        for (index, byte) in bytes.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            crate::attachment::push_hex(&mut text, *byte);
        }
        Self(text)
    }

    /// Accepts the canonical form of a UUIDv7 and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let id = Self(text.to_owned());
        id.is_canonical().then_some(id)
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is a lower-case UUIDv7.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        let bytes = self.0.as_bytes();
        bytes.len() == 36
            && bytes.iter().enumerate().all(|(index, byte)| match index {
                8 | 13 | 18 | 23 => *byte == b'-',
                14 => *byte == b'7',
                19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
                _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            })
    }
}

impl std::fmt::Display for PacketId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::PacketId;

    #[test]
    fn the_example_of_rfc_9562_is_reproduced() {
        // Appendix A.6: 2022-02-22T14:22:22-05:00, 017F22E2-79B0-7CC3-98C4-DC0C0C07398F.
        let random = [0xcc, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
        let id = PacketId::new(0x017f_22e2_79b0, random);
        assert_eq!(id.as_str(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
        assert!(id.is_canonical());
    }

    #[test]
    fn other_versions_and_forms_are_refused() {
        assert!(PacketId::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F").is_none());
        assert!(PacketId::parse("919108f7-52d1-4320-9bac-f847db4148a8").is_none());
        assert!(PacketId::parse("../../etc/passwd").is_none());
    }
}
