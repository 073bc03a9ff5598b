//! Secrets that show only when the encoding of an address is off: a card number with
//! `%20` or `+` between its groups, a private key, JSON in a parameter.

use std::fmt::Write;

use super::placeholder::at as placeholder_at;
use super::rewrite::run;

/// What is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Parts with percent-encoded characters.
    Percent,
    /// Parts with no more than `+` for a space, after a name.
    Plus,
}

/// Reads each encoded part as what it stands for, lets `inner` mask that, and leaves
/// what is not masked as it was written.
pub fn mask(text: &str, encoding: Encoding, inner: &dyn Fn(String) -> String) -> Option<String> {
    let bytes = text.as_bytes();
    let sign = if encoding == Encoding::Percent { b'%' } else { b'+' };
    if !bytes.contains(&sign) {
        return None;
    }
    let (mut out, mut copied, mut at) = (String::new(), 0, 0);
    while at < bytes.len() {
        let end = part_end(bytes, at);
        // In a form a plus is a space; in other addresses it is itself.
        for plus in [b' ', b'+'] {
            let Some(part) = Part::read(&bytes[at..end], plus) else { break };
            if part.encoding != encoding || (encoding == Encoding::Plus && plus == b'+') {
                break;
            }
            let masked = inner(part.plain.clone());
            if masked != part.plain {
                let (start, end, masked) = part.difference(&masked);
                out.push_str(&text[copied..at + start]);
                encode(masked, &bytes[at + start..at + end], &mut out);
                copied = at + end;
                break;
            }
        }
        at = end + 1;
    }
    if copied == 0 {
        return None;
    }
    out.push_str(&text[copied..]);
    Some(out)
}

/// The end of what may be one parameter, or a whole address without any.
fn part_end(bytes: &[u8], start: usize) -> usize {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"&\"'`<>\\".contains(&byte);
    let mut end = run(bytes, start, is_plain);
    // A backslash belongs to the quote or slash after it, else to the address.
    while bytes.get(end) == Some(&b'\\')
        && bytes.get(end + 1).is_some_and(|next| is_plain(*next) && *next != b'/')
    {
        end = run(bytes, end + 1, is_plain);
    }
    end
}

/// A part of text with its encoding off.
struct Part {
    encoding: Encoding,
    plain: String,
    /// Where each byte of `plain` was, and the end.
    places: Vec<usize>,
}

impl Part {
    /// Nothing where nothing is encoded. `plus` is what `+` stands for.
    fn read(bytes: &[u8], plus: u8) -> Option<Self> {
        let hex = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
        let (mut plain, mut places, mut at) = (Vec::new(), Vec::new(), 0);
        let (mut encoding, mut is_value) = (None, false);
        while at < bytes.len() {
            places.push(at);
            let pair = if bytes[at] == b'%' { hex(at + 1).zip(hex(at + 2)) } else { None };
            let (byte, len) = match (pair, bytes[at]) {
                (Some((high, low)), _) => ((high * 16 + low) as u8, 3),
                (None, b'+') => (plus, 1),
                (None, byte) => (byte, 1),
            };
            if len > 1 {
                encoding = Some(Encoding::Percent);
            } else if is_value && bytes[at] == b'+' {
                encoding = encoding.or(Some(Encoding::Plus));
            }
            is_value |= byte == b'=';
            plain.push(byte);
            at += len;
        }
        places.push(at);
        let encoding = encoding?;
        // In another character set, letters beyond ASCII are of no use.
        let plain = String::from_utf8(plain).unwrap_or_else(|error| {
            let ascii = |byte: u8| if byte.is_ascii() { char::from(byte) } else { '?' };
            error.into_bytes().into_iter().map(ascii).collect()
        });
        Some(Self { encoding, plain, places })
    }

    /// What was changed: from where to where, as places before decoding, and to what.
    fn difference<'a>(&self, masked: &'a str) -> (usize, usize, &'a str) {
        let alike = |pair: &(char, char)| pair.0 == pair.1;
        let len = |pair: (char, char)| pair.0.len_utf8();
        let start: usize = self.plain.chars().zip(masked.chars()).take_while(alike).map(len).sum();
        let rests = (self.plain[start..].chars().rev(), masked[start..].chars().rev());
        let end: usize = rests.0.zip(rests.1).take_while(alike).map(len).sum();
        let places = (self.places[start], self.places[self.plain.len() - end]);
        (places.0, places.1, &masked[start..masked.len() - end])
    }
}

/// Writes signs as the text that is replaced has them.
fn encode(text: &str, replaced: &[u8], out: &mut String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if let Some((_, len)) = placeholder_at(bytes, at) {
            out.push_str(&text[at..at + len]);
            at += len;
            continue;
        }
        let byte = bytes[at];
        let is_written = byte.is_ascii_graphic() && byte != b'%' && replaced.contains(&byte);
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) || is_written {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
        at += 1;
    }
}
