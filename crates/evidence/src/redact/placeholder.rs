//! What stands where a secret was. Placeholders are opaque: no scanner looks
//! inside one, so that redacting twice changes nothing.

use super::unit::unit;

/// What was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A payment card number.
    Card,
    /// An e-mail address.
    Email,
    /// An international bank account number.
    Iban,
    /// A number that a state gave a person.
    NationalId,
    /// A password.
    Password,
    /// A telephone number.
    Phone,
    /// The private half of a key pair.
    PrivateKey,
    /// What continues somebody's session: a cookie, a session id.
    Session,
    /// Anything else that opens a door: API key, signature, one-time code.
    Token,
    /// One of the embedder's own kinds, by its place in the policy.
    Custom(u8),
}

const CARD: &[u8] = "[card ••".as_bytes();
/// `[card ••4242]`
const CARD_LEN: usize = CARD.len() + 5;

impl Kind {
    /// All kinds but the embedder's, in the order of their labels.
    pub const ALL: [Kind; 9] = [
        Kind::Card,
        Kind::Email,
        Kind::Iban,
        Kind::NationalId,
        Kind::Password,
        Kind::Phone,
        Kind::PrivateKey,
        Kind::Session,
        Kind::Token,
    ];

    /// The word the packet's report uses; the embedder's kinds have their own.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Card => "card",
            Kind::Email => "e-mail",
            Kind::Iban => "iban",
            Kind::NationalId => "national id",
            Kind::Password => "password",
            Kind::Phone => "phone",
            Kind::PrivateKey => "private key",
            Kind::Session => "session",
            Kind::Token => "token",
            Kind::Custom(_) => "custom",
        }
    }

    /// The kind that [`count`] counts there.
    pub fn at(index: usize) -> Self {
        let custom = || Kind::Custom((index - Self::ALL.len()) as u8);
        Self::ALL.get(index).copied().unwrap_or_else(custom)
    }

    /// Where [`count`] counts it.
    pub fn index(self) -> usize {
        match self {
            Kind::Custom(index) => Self::ALL.len() + usize::from(index),
            _ => Self::ALL.iter().position(|kind| *kind == self).unwrap_or(0),
        }
    }

    /// Writes the placeholder. Of a card the last four digits are kept.
    pub fn write(self, masked: &str, out: &mut String) {
        out.push('[');
        if let Kind::Custom(index) = self {
            out.push(stand_in(index));
            out.push(']');
            return;
        }
        out.push_str(self.label());
        if self == Kind::Card {
            out.push_str(" ••");
            let digits = masked.bytes().filter(u8::is_ascii_digit);
            let hidden = digits.clone().count().saturating_sub(4);
            out.extend(digits.skip(hidden).map(char::from));
        }
        out.push(']');
    }
}

/// Most kinds of an embedder.
pub const MOST_CUSTOM: usize = 64;

/// How many kinds [`count`] counts.
pub const KINDS: usize = Kind::ALL.len() + MOST_CUSTOM;

/// The character that stands for the label of an embedder's kind while a text is
/// masked, so that scanners know such a placeholder without knowing the labels.
/// From the private use area; a page that writes one itself gains a label.
pub fn stand_in(index: u8) -> char {
    char::from_u32(0xE000 + u32::from(index)).unwrap_or('•')
}

/// The kind and the length of the placeholder at this place.
pub fn at(bytes: &[u8], at: usize) -> Option<(Kind, usize)> {
    let rest = bytes.get(at..).filter(|rest| rest.first() == Some(&b'['))?;
    if let [_, 0xEE, 0x80, last @ 0x80..=0xBF, b']', ..] = rest {
        return Some((Kind::Custom(last - 0x80), 5));
    }
    if rest.starts_with(CARD) {
        let is_card = rest
            .get(CARD.len()..CARD_LEN)
            .is_some_and(|tail| tail[4] == b']' && tail[..4].iter().all(u8::is_ascii_digit));
        return is_card.then_some((Kind::Card, CARD_LEN));
    }
    let kind = Kind::ALL.into_iter().find(|kind| {
        *kind != Kind::Card
            && rest[1..].starts_with(kind.label().as_bytes())
            && rest.get(1 + kind.label().len()) == Some(&b']')
    })?;
    Some((kind, kind.label().len() + 2))
}

/// The length of the placeholder at this place, unless it is a key in brackets:
/// `user[password]=…` of a form body, `[password] => …` of a dump.
pub fn opaque_at(bytes: &[u8], start: usize) -> Option<usize> {
    let (_, len) = at(bytes, start)?;
    let mut next = start + len;
    let glued = start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b']');
    if glued && next < bytes.len() && unit(bytes, next).byte == b'=' {
        return None;
    }
    while bytes.get(next) == Some(&b' ') && next < start + len + 4 {
        next += 1;
    }
    if bytes[next..].starts_with(b"=>") { None } else { Some(len) }
}

/// How many placeholders of each kind the text has, by [`Kind::index`].
pub fn count(text: &str) -> [u32; KINDS] {
    let bytes = text.as_bytes();
    let (mut counts, mut place) = ([0; KINDS], 0);
    while place < bytes.len() {
        match at(bytes, place) {
            Some((kind, len)) => {
                counts[kind.index()] += 1;
                place += len;
            }
            None => place += 1,
        }
    }
    counts
}
