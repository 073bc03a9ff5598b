//! PEM private keys, RFC 7468, whole or cut off at either end.

use super::rewrite::run;

/// From `-----BEGIN … PRIVATE KEY-----` to its end line; a key that was cut off
/// ends with the last character that may belong to one.
pub fn pem(bytes: &[u8], at: usize) -> Option<usize> {
    if !bytes[at..].starts_with(b"-----BEGIN ") {
        return None;
    }
    let label = at + 11;
    let label_end = run(bytes, label, |byte| byte.is_ascii_uppercase() || byte == b' ');
    let has_key = bytes[label..label_end].windows(11).any(|part| part == b"PRIVATE KEY");
    if !has_key || !bytes[label_end..].starts_with(b"-----") {
        return None;
    }
    let body = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || byte.is_ascii_whitespace()
            || matches!(byte, b'+' | b'/' | b'=' | b'\\' | b':' | b',' | b'.' | b'%' | b'_')
    };
    let mut end = run(bytes, label_end + 5, body);
    // Headers inside the body, such as `DEK-Info`, have single dashes.
    while bytes.get(end) == Some(&b'-') && !bytes[end..].starts_with(b"--") {
        end = run(bytes, end + 1, body);
    }
    if bytes[end..].starts_with(b"-----END ") {
        end = run(bytes, end + 9, |byte| byte.is_ascii_uppercase() || byte == b' ');
        end = run(bytes, end, |byte| byte == b'-');
    }
    // It belongs to the quote that ends the string.
    while bytes[end - 1] == b'\\' {
        end -= 1;
    }
    Some(end)
}

/// The end of a key whose beginning was cut off, from the first of the lines that
/// look like its body.
pub fn pem_end(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    const LONGEST_BODY: usize = 4096;
    if !bytes[at..].starts_with(b"-----END ") {
        return None;
    }
    let label_end = run(bytes, at + 9, |byte| byte.is_ascii_uppercase() || byte == b' ');
    if !bytes[at + 9..label_end].windows(11).any(|part| part == b"PRIVATE KEY") {
        return None;
    }
    let body = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\' | b'\r' | b'\n')
    };
    let before = bytes[at.saturating_sub(LONGEST_BODY)..at].iter().rev();
    let start = at - before.take_while(|byte| body(byte)).count();
    let start = run(bytes, start, |byte| byte.is_ascii_whitespace());
    Some((start, run(bytes, label_end, |byte| byte == b'-')))
}
