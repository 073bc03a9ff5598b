//! One character of text that may be written encoded: percent-encoded (once or
//! several times), as an HTML entity, or as a JSON escape. The scanners read
//! units, so that `access%5Ftoken` and `access_token` are the same key.

/// How often percent-encoding may be nested before it is left alone.
const DEEPEST: u8 = 4;

/// A decoded byte and how it was written.
#[derive(Clone, Copy)]
pub struct Unit {
    /// The byte; of a character beyond ASCII, one of its bytes.
    pub byte: u8,
    /// How many bytes of text it takes.
    pub len: usize,
    /// How often it was percent-encoded.
    pub depth: u8,
}

/// The unit at this place, which must be inside the text.
pub fn unit(bytes: &[u8], at: usize) -> Unit {
    let rest = &bytes[at..];
    let plain = Unit { byte: rest[0], len: 1, depth: 0 };
    match rest[0] {
        b'%' => percent(rest).unwrap_or(plain),
        b'&' => entity(rest).unwrap_or(plain),
        b'\\' => escape(rest).unwrap_or(plain),
        // “ and ”, around the names of elements: no letters, as other bytes beyond ASCII.
        0xE2 if matches!(rest, [_, 0x80, 0x9C | 0x9D, ..]) => Unit { byte: b' ', len: 3, depth: 0 },
        _ => plain,
    }
}

/// The bytes that a text stands for.
pub fn decoded(bytes: &[u8]) -> Vec<u8> {
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let next = unit(bytes, at);
        plain.push(next.byte);
        at += next.len;
    }
    plain
}

fn percent(rest: &[u8]) -> Option<Unit> {
    let (mut at, mut depth) = (1, 1);
    while depth < DEEPEST && rest[at..].starts_with(b"25") && hex_pair(rest, at + 2).is_some() {
        at += 2;
        depth += 1;
    }
    Some(Unit { byte: hex_pair(rest, at)?, len: at + 2, depth })
}

fn entity(rest: &[u8]) -> Option<Unit> {
    const ENTITIES: [(&[u8], u8); 6] = [
        (b"&#64;", b'@'),
        (b"&amp;", b'&'),
        (b"&quot;", b'"'),
        (b"&#34;", b'"'),
        (b"&#39;", b'\''),
        (b"&#x27;", b'\''),
    ];
    let (written, byte) = ENTITIES.iter().find(|(written, _)| rest.starts_with(written))?;
    Some(Unit { byte: *byte, len: written.len(), depth: 0 })
}

/// `\n`, `\r`, `\t` as they stand in a JSON string, and `\u00XX`, with more
/// backslashes where a string stands in a string.
fn escape(rest: &[u8]) -> Option<Unit> {
    const MOST_BACKSLASHES: usize = 8;
    let slashes = rest.iter().take(MOST_BACKSLASHES).take_while(|byte| **byte == b'\\').count();
    if slashes > 1 {
        let is_written = rest[slashes..].starts_with(b"u00");
        let byte = is_written.then(|| hex_pair(rest, slashes + 3))??;
        return Some(Unit { byte, len: slashes + 5, depth: 0 });
    }
    match rest.get(1)? {
        b'n' | b'r' => Some(Unit { byte: b'\n', len: 2, depth: 0 }),
        b't' => Some(Unit { byte: b'\t', len: 2, depth: 0 }),
        b'u' if rest[2..].starts_with(b"00") => {
            Some(Unit { byte: hex_pair(rest, 4)?, len: 6, depth: 0 })
        }
        _ => None,
    }
}

fn hex_pair(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    Some((digit(at)? * 16 + digit(at + 1)?) as u8)
}

#[cfg(test)]
mod tests {
    use super::unit;

    fn check(text: &str, byte: u8, len: usize, depth: u8) {
        let found = unit(text.as_bytes(), 0);
        assert_eq!((found.byte, found.len, found.depth), (byte, len, depth), "{text}");
    }

    #[test]
    fn encoded_characters_are_read_as_one() {
        check("=x", b'=', 1, 0);
        check("%3Dx", b'=', 3, 1);
        check("%253d", b'=', 5, 2);
        check("&amp;b", b'&', 5, 0);
        check("\\u0026", b'&', 6, 0);
        check("\\nx", b'\n', 2, 0);
        check("“x", b' ', 3, 0);
    }

    #[test]
    fn what_only_looks_encoded_is_left_alone() {
        check("%", b'%', 1, 0);
        check("%2", b'%', 1, 0);
        check("%zz", b'%', 1, 0);
        check("&b", b'&', 1, 0);
        check("\\", b'\\', 1, 0);
        check("\\u00", b'\\', 1, 0);
        check("\\u12é", b'\\', 1, 0);
    }
}
