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
    /// A password.
    Password,
    /// A telephone number.
    Phone,
    /// The private half of a key pair.
    PrivateKey,
    /// Anything that opens a door: API key, session, signature, one-time code.
    Token,
}

const CARD: &[u8] = "[card ••".as_bytes();
/// `[card ••4242]`
const CARD_LEN: usize = CARD.len() + 5;

impl Kind {
    /// All kinds, in the order of their labels.
    pub const ALL: [Kind; 7] = [
        Kind::Card,
        Kind::Email,
        Kind::Iban,
        Kind::Password,
        Kind::Phone,
        Kind::PrivateKey,
        Kind::Token,
    ];

    /// The word the packet's report uses.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Card => "card",
            Kind::Email => "e-mail",
            Kind::Iban => "iban",
            Kind::Password => "password",
            Kind::Phone => "phone",
            Kind::PrivateKey => "private key",
            Kind::Token => "token",
        }
    }

    /// Writes the placeholder. Of a card the last four digits are kept.
    pub fn write(self, masked: &str, out: &mut String) {
        out.push('[');
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

/// The kind and the length of the placeholder at this place.
pub fn at(bytes: &[u8], at: usize) -> Option<(Kind, usize)> {
    let rest = bytes.get(at..).filter(|rest| rest.first() == Some(&b'['))?;
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

/// How many placeholders of each kind the text has, in the order of [`Kind::ALL`].
pub fn count(text: &str) -> [u32; 7] {
    let bytes = text.as_bytes();
    let (mut counts, mut place) = ([0; 7], 0);
    while place < bytes.len() {
        match at(bytes, place) {
            Some((kind, len)) => {
                counts[kind as usize] += 1;
                place += len;
            }
            None => place += 1,
        }
    }
    counts
}
