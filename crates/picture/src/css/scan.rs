//! Where the pieces of CSS text end, as CSS Syntax Level 3 has it. All of it takes
//! any bytes and any position and never fails: what is not closed ends with the text.

/// One bit for each kind of byte that the scanners ask for.
const NAME: u8 = 1;
const SPACE: u8 = 2;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | 0x80.. => NAME,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c => SPACE,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// Whether `byte` is white space.
pub fn is_space(byte: u8) -> bool {
    KINDS[byte as usize] & SPACE != 0
}

/// The byte at a position, 0 past the end.
pub fn byte(css: &[u8], at: usize) -> u8 {
    css.get(at).copied().unwrap_or(0)
}

/// Past white space and comments.
pub fn space_end(css: &[u8], mut at: usize) -> usize {
    loop {
        match byte(css, at) {
            b'/' if byte(css, at + 1) == b'*' => at = comment_end(css, at),
            next if is_space(next) => at += 1,
            _ => return at,
        }
    }
}

fn comment_end(css: &[u8], at: usize) -> usize {
    let mut at = at + 2;
    while at < css.len() {
        if css[at] == b'*' && byte(css, at + 1) == b'/' {
            return at + 2;
        }
        at += 1;
    }
    css.len()
}

/// Past the string that begins with the quote at `at`; a line break ends a broken one.
pub fn string_end(css: &[u8], at: usize) -> usize {
    let quote = css[at];
    let mut at = at + 1;
    while at < css.len() {
        match css[at] {
            b'\\' => at += 2,
            b'\n' => return at,
            next if next == quote => return at + 1,
            _ => at += 1,
        }
    }
    css.len()
}

/// Past the escape at `at`, which is a backslash.
pub fn escape_end(css: &[u8], at: usize) -> usize {
    let start = at + 1;
    let mut at = start;
    while at < start + 6 && byte(css, at).is_ascii_hexdigit() {
        at += 1;
    }
    if at == start {
        // The rest of a longer character is made of bytes of names.
        return (start + 1).min(css.len());
    }
    at + usize::from(is_space(byte(css, at)))
}

/// Whether an identifier begins at `at`, and not a number or a sign.
pub fn is_name_start(css: &[u8], at: usize) -> bool {
    match byte(css, at) {
        b'0'..=b'9' => false,
        b'-' => {
            matches!(byte(css, at + 1), b'-' | b'\\' | b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80..)
        }
        b'\\' => byte(css, at + 1) != b'\n',
        next => KINDS[next as usize] & NAME != 0,
    }
}

/// Past the bytes of a name, escapes included.
pub fn name_end(css: &[u8], mut at: usize) -> usize {
    loop {
        while at < css.len() && KINDS[css[at] as usize] & NAME != 0 {
            at += 1;
        }
        if byte(css, at) != b'\\' || byte(css, at + 1) == b'\n' {
            return at;
        }
        at = escape_end(css, at);
    }
}

/// Past the piece at `at`, which is within the text: a comment, string, escape, URL,
/// name, number, block with all that is in it, or a single byte.
pub fn piece_end(css: &[u8], at: usize) -> usize {
    match css[at] {
        b'(' | b'[' | b'{' => block_end(css, at),
        _ => token_end(css, at),
    }
}

/// As [`piece_end`], but a bracket is a piece by itself.
pub fn token_end(css: &[u8], at: usize) -> usize {
    match css[at] {
        b'"' | b'\'' => string_end(css, at),
        b'/' if byte(css, at + 1) == b'*' => comment_end(css, at),
        first if KINDS[first as usize] & NAME != 0 || first == b'\\' => {
            let end = name_end(css, at).max(at + 1);
            if byte(css, end) == b'(' && css[at..end].eq_ignore_ascii_case(b"url") {
                return url_end(css, end).1;
            }
            end
        }
        _ => at + 1,
    }
}

/// What is in the URL whose parenthesis is at `open`, as a range with its quotes, and
/// the position past it.
pub fn url_end(css: &[u8], open: usize) -> ((usize, usize), usize) {
    let mut at = open + 1;
    while is_space(byte(css, at)) {
        at += 1;
    }
    let start = at;
    if matches!(byte(css, at), b'"' | b'\'') {
        let end = string_end(css, at);
        return ((start, end), block_end(css, open));
    }
    let mut end = at;
    while at < css.len() && css[at] != b')' {
        let next = if css[at] == b'\\' { escape_end(css, at) } else { at + 1 };
        if !is_space(css[at]) {
            end = next;
        }
        at = next;
    }
    ((start, end), (at + 1).min(css.len()))
}

/// Past the block whose bracket is at `open`. A stack, not recursion, so that no
/// nesting is too deep.
pub fn block_end(css: &[u8], open: usize) -> usize {
    let mut outer = Vec::new();
    let mut closer = closer_of(css[open]);
    let mut at = open + 1;
    while at < css.len() {
        match css[at] {
            next if next == closer => {
                at += 1;
                match outer.pop() {
                    Some(previous) => closer = previous,
                    None => return at,
                }
            }
            next @ (b'(' | b'[' | b'{') => {
                outer.push(closer);
                closer = closer_of(next);
                at += 1;
            }
            _ => at = token_end(css, at),
        }
    }
    css.len()
}

fn closer_of(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// What escapes and quotes stand for: the text of a name, a string or the inside of a
/// URL.
pub fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let quote = bytes.first().copied().filter(|first| matches!(first, b'"' | b'\''));
    let end = match quote {
        Some(quote) if bytes.len() > 1 && bytes[bytes.len() - 1] == quote => bytes.len() - 1,
        _ => bytes.len(),
    };
    let (mut at, mut plain) = (usize::from(quote.is_some()), usize::from(quote.is_some()));
    let mut out = String::new();
    while at < end {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        out.push_str(&text[plain..at]);
        let escape = escape_end(bytes, at).min(end);
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_hexdigit).count().min(6);
        if digits > 0 {
            let code = u32::from_str_radix(&text[at + 1..at + 1 + digits], 16).unwrap_or(0);
            let known = char::from_u32(code).filter(|&known| known != '\0');
            out.push(known.unwrap_or(char::REPLACEMENT_CHARACTER));
            plain = escape;
        } else {
            // A line break after a backslash is none; any other character is itself.
            plain = at + 1 + usize::from(byte(bytes, at + 1) == b'\n');
        }
        at = escape;
    }
    out.push_str(&text[plain.min(end)..end]);
    out
}
