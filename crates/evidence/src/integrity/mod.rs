//! Proof that a stored packet is the one that left the page, by the rules that
//! [`Integrity`] states.

mod canonical;

pub use canonical::canonical;

use baton_packet::{Integrity, IntegrityItem, Packet, sha256_hex};

const ALGORITHM: &str = "sha-256";

/// Puts the hashes into a finished packet. Any later change breaks them.
pub fn seal(packet: &mut Packet) {
    packet.integrity = None;
    // Fails only for maps whose keys are no text; there are none.
    let json = serde_json::to_string(packet).unwrap_or_default();
    packet.integrity = Some(hashes(packet.id.as_str(), &json));
}

fn hashes(id: &str, json: &str) -> Integrity {
    let mut items = Vec::new();
    let mut chain = id.to_owned();
    let mut add = |path: String, value: &str| {
        let sha256 = sha256_hex(value.as_bytes());
        chain = sha256_hex([chain.as_str(), &path, &sha256].concat().as_bytes());
        items.push(IntegrityItem { path, sha256 });
    };
    for (name, value) in canonical::members(json) {
        match name.as_str() {
            "integrity" => {}
            "evidence" => {
                for (part, value) in canonical::members(&value) {
                    add([name.as_str(), ".", &part].concat(), &value);
                }
            }
            _ => add(name, &value),
        }
    }
    Integrity { algorithm: ALGORITHM.to_owned(), items, chain }
}

/// Why a packet is not the one that was sealed.
#[cfg(feature = "verify")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Broken {
    /// It was never sealed.
    Unsealed,
    /// Sealed in a way unknown here.
    Algorithm,
    /// This part was changed, added or taken out.
    Part(String),
    /// The parts are right, their chain is not.
    Chain,
}

#[cfg(feature = "verify")]
impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unsealed => f.write_str("the packet has no integrity hashes"),
            Self::Algorithm => f.write_str("the integrity hashes are of an unknown kind"),
            Self::Part(path) => write!(f, "{path} is not what was sealed"),
            Self::Chain => f.write_str("the chain over the parts is broken"),
        }
    }
}

#[cfg(feature = "verify")]
impl std::error::Error for Broken {}

/// Checks a packet as it was received.
///
/// # Errors
/// [`Broken`] names the first part that differs.
#[cfg(feature = "verify")]
pub fn verify(packet: &serde_json::Value) -> Result<(), Broken> {
    let sealed = packet.get("integrity").ok_or(Broken::Unsealed)?;
    let sealed: Integrity =
        serde::Deserialize::deserialize(sealed).map_err(|_| Broken::Algorithm)?;
    if sealed.algorithm != ALGORITHM {
        return Err(Broken::Algorithm);
    }
    let id = packet.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
    let found = hashes(id, &packet.to_string());
    let both = found.items.len().max(sealed.items.len());
    for index in 0..both {
        let (ours, theirs) = (found.items.get(index), sealed.items.get(index));
        if ours != theirs {
            let part = ours.or(theirs).map(|item| item.path.clone());
            return Err(Broken::Part(part.unwrap_or_default()));
        }
    }
    if found.chain == sealed.chain { Ok(()) } else { Err(Broken::Chain) }
}
