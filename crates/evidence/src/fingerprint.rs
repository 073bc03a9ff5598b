//! Groups the same bug of many customers.
//!
//! A fingerprint is made of what an error has in common wherever it happens: its
//! class, the pattern of its message, and which functions in which files of the
//! application were running. Lines and columns are left out, because every build
//! moves them; hosts, queries and content hashes of file names, because staging,
//! a content network and the next release have others.

use baton_packet::{ErrorRecord, sha256_hex};

/// Frames that count: deeper ones tell how the customer got there, not what broke.
const FRAMES: usize = 3;
/// Longest pattern of a message that counts, in bytes; a last word may pass it.
const MESSAGE_BYTES: usize = 300;
/// Names up to this length are a minifier's and differ with each build.
const MINIFIED: usize = 2;

/// 16 lower-case hexadecimal digits, the same for the same bug across hosts,
/// builds and customers. Engines word their messages differently, so each engine
/// has its own.
#[must_use]
pub fn fingerprint(error: &ErrorRecord) -> String {
    let mut text = String::from(error.kind.as_str());
    text.push('\n');
    text.push_str(error.name.as_deref().unwrap_or_default());
    text.push('\n');
    push_pattern(before(&error.message, "\n"), &mut text);

    let mut found = frames(error.stack.as_deref().unwrap_or_default());
    if found.iter().any(Frame::is_in_app) {
        found.retain(Frame::is_in_app);
    }
    found.dedup();
    if found.is_empty() {
        found.extend(error.source.as_deref().map(|file| Frame { function: "", file }));
    }
    for frame in found.iter().take(FRAMES) {
        text.push('\n');
        text.push_str(frame.function);
        text.push('@');
        push_path(frame.file, &mut text);
    }
    let mut hash = sha256_hex(text.as_bytes());
    hash.truncate(16);
    hash
}

/// The places before and after the first mark. Over bytes and never inlined: each use
/// of the standard library's searching is a copy of it in the widget's module.
#[inline(never)]
fn cut<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let at = text.as_bytes().windows(mark.len()).position(|part| part == mark.as_bytes())?;
    Some((&text[..at], &text[at + mark.len()..]))
}

fn before<'a>(text: &'a str, mark: &str) -> &'a str {
    cut(text, mark).map_or(text, |(before, _)| before)
}

/// What comes after the last of these bytes, all ASCII.
#[inline(never)]
fn after_last<'a>(text: &'a str, marks: &[u8]) -> &'a str {
    let last = text.bytes().rposition(|byte| marks.contains(&byte));
    last.map_or(text, |at| &text[at + 1..])
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Frame<'a> {
    /// Its own name, without that of its object; empty where there is none worth
    /// keeping.
    function: &'a str,
    /// The script's URL.
    file: &'a str,
}

impl Frame<'_> {
    fn is_in_app(&self) -> bool {
        const FOREIGN: [&str; 8] = [
            "-extension://",
            "node_modules",
            "vendor",
            "polyfill",
            "/npm/",
            "//unpkg.com/",
            "//cdnjs.",
            "/baton.js",
        ];
        !FOREIGN.iter().any(|part| cut(self.file, part).is_some())
    }
}

/// The frames of a stack that name a file.
fn frames(stack: &str) -> Vec<Frame<'_>> {
    let mut found = Vec::new();
    let mut rest = Some(stack);
    while let Some(text) = rest {
        let (line, after) =
            cut(text, "\n").map_or((text, None), |(line, after)| (line, Some(after)));
        found.extend(frame(line.trim_ascii()));
        rest = after;
    }
    found
}

fn frame(line: &str) -> Option<Frame<'_>> {
    let (function, place) = match line.as_bytes() {
        // V8: `at f (url:1:2)`, `at url:1:2`; of `eval` the place that called it.
        [b'a', b't', b' ', ..] => match cut(line, " (") {
            Some((function, place)) => {
                let place = cut(place, " (").map_or(place, |(_, origin)| origin);
                (&function[function.len().min(3)..], before(place, "), "))
            }
            None => ("", after_last(line, b" ")),
        },
        // SpiderMonkey and JavaScriptCore: `f@url:1:2`.
        _ => {
            let (function, place) = cut(line, "@")?;
            (function, before(place, " line "))
        }
    };
    let place = place.strip_suffix(')').unwrap_or(place);
    let file = without_number(without_number(place));
    // The first line of a V8 stack is the message: no position, no frame.
    let is_frame = file != place || cut(line, " line ").is_some();
    (is_frame && file.contains('/')).then(|| Frame { function: own_name(function), file })
}

fn without_number(place: &str) -> &str {
    let number = after_last(place, b":");
    let is_number = number.len() < place.len() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { &place[..place.len() - number.len() - 1] } else { place }
}

/// `async Object.save [as onclick]`, `new Cart` and `async*load/<` are `save`,
/// `Cart` and `load`.
fn own_name(function: &str) -> &str {
    let name = after_last(before(function, " [as "), b" *.");
    let name = before(name, "/");
    if name.len() <= MINIFIED || name.starts_with('<') { "" } else { name }
}

/// The message without what differs from case to case: quoted values become `""`,
/// URLs `://`, and words with a digit in them `#`.
fn push_pattern(message: &str, out: &mut String) {
    const QUOTES: [(&str, &str); 5] =
        [("\"", "\""), ("'", "'"), ("`", "`"), ("“", "”"), ("‘", "’")];
    let end = out.len() + MESSAGE_BYTES;
    let mut rest = message;
    let mut is_after_word = false;
    while !rest.is_empty() && out.len() < end {
        let quoted = QUOTES.iter().find_map(|(open, close)| {
            let inside = rest.strip_prefix(open).filter(|_| !is_after_word)?;
            cut(inside, close)
        });
        let word = length(rest, is_word);
        if let Some((_, after)) = quoted {
            out.push_str("\"\"");
            rest = after;
        } else if word == 0 {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        } else if rest[word..].starts_with("://") {
            out.push_str("://");
            rest = &rest[length(rest, |byte| byte > b' ' && !b"\"'`<>)]".contains(&byte))..];
        } else {
            let is_id = rest[..word].bytes().any(|byte| byte.is_ascii_digit());
            out.push_str(if is_id { "#" } else { &rest[..word] });
            rest = &rest[word..];
        }
        is_after_word = quoted.is_none() && word > 0;
    }
}

/// How many bytes at the beginning are of this kind.
fn length(text: &str, is_part: fn(u8) -> bool) -> usize {
    text.bytes().position(|byte| !is_part(byte)).unwrap_or(text.len())
}

/// Every character beyond ASCII counts as a letter.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || b"_-$".contains(&byte)
}

/// Writes a script's path without host, query, folders that name a version or a
/// record, and without the parts of its file's name that are a content hash or a
/// number.
fn push_path(url: &str, out: &mut String) {
    let url = url.strip_prefix("blob:").unwrap_or(url);
    let url = before(before(url, "?"), "#");
    let mut rest = match cut(url, "://") {
        Some((_, rest)) => cut(rest, "/").map_or("", |(_, path)| path),
        None => url,
    };
    while let Some((folder, after)) = cut(rest, "/") {
        if !folder.is_empty() && !folder.bytes().any(|byte| byte.is_ascii_digit()) {
            out.push_str(folder);
            out.push('/');
        }
        rest = after;
    }
    let mut rest = rest.as_bytes();
    let mut is_first = true;
    while !rest.is_empty() {
        let len = piece(rest, is_first);
        let (text, after) = rest.split_at(len);
        if is_varying(text, is_first) {
            // With the mark before it.
            if !is_first {
                out.pop();
            }
        } else {
            out.push_str(std::str::from_utf8(text).unwrap_or_default());
        }
        out.extend(after.first().map(|mark| char::from(*mark)));
        rest = after.get(1..).unwrap_or_default();
        is_first = false;
    }
}

const UUID: usize = 36;
const VITE_HASH: usize = 8;

/// The length of a file name's next part: up to a mark, which some ids hold themselves.
fn piece(rest: &[u8], is_first: bool) -> usize {
    let is_mark = |byte: &u8| b".-_~".contains(byte);
    let is_whole = |len: usize, is_id: fn(&[u8]) -> bool| {
        rest.get(..len).is_some_and(is_id) && rest.get(len).is_none_or(is_mark)
    };
    if is_whole(UUID, is_uuid) {
        UUID
    } else if !is_first && is_whole(VITE_HASH, is_vite_hash) {
        VITE_HASH
    } else {
        rest.iter().position(is_mark).unwrap_or(rest.len())
    }
}

/// Whether a part is another one in the next build or for the next customer. The first
/// may be a name in mixed case, `InvoiceTable`.
fn is_varying(text: &[u8], is_first: bool) -> bool {
    let is_all = |wanted: fn(&u8) -> bool| text.iter().all(wanted);
    let has_digit = text.iter().any(u8::is_ascii_digit);
    let is_number = has_digit && is_all(u8::is_ascii_digit);
    let is_hexadecimal = text.len() >= 6 && has_digit && is_all(u8::is_ascii_hexdigit);
    is_number || is_hexadecimal || is_uuid(text) || (!is_first && is_content_hash(text))
}

/// Eight or more letters that no word has: with a digit or in mixed case, or eight
/// capitals, as esbuild's base 32 may be.
fn is_content_hash(text: &[u8]) -> bool {
    let has = |wanted: fn(&u8) -> bool| text.iter().any(wanted);
    let has_lower = has(u8::is_ascii_lowercase);
    let is_odd = has(u8::is_ascii_digit)
        || has(u8::is_ascii_uppercase) && (has_lower || text.len() == VITE_HASH);
    (text.len() >= 8 && is_odd && text.iter().all(u8::is_ascii_alphanumeric)) || is_vite_hash(text)
}

/// Base 64 of URLs in mixed case.
fn is_vite_hash(text: &[u8]) -> bool {
    let has = |wanted: fn(&u8) -> bool| text.iter().any(wanted);
    text.len() == VITE_HASH
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
}

fn is_uuid(text: &[u8]) -> bool {
    let fits = |(at, byte): (usize, &u8)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == UUID && text.iter().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::{frames, push_path, push_pattern};

    fn pattern(message: &str) -> String {
        let mut out = String::new();
        push_pattern(message, &mut out);
        out
    }

    fn path(url: &str) -> String {
        let mut out = String::new();
        push_path(url, &mut out);
        out
    }

    #[test]
    fn messages_keep_only_what_is_the_same_for_everyone() {
        for (message, expected) in [
            (
                "Cannot read properties of undefined (reading 'address')",
                r#"Cannot read properties of undefined (reading "")"#,
            ),
            ("can't find 'x' in “Löwe”", r#"can't find "" in """#),
            ("GET https://a.example/x?id=5 failed: 500", "GET :// failed: #"),
            ("user 8f14e45f-ceea-467f-9d0c-aa not in row 12.5", "user # not in row #.#"),
            ("order INV-2041 of [e-mail]", "order # of [e-mail]"),
            ("ünïcode é 日本", "ünïcode é 日本"),
            ("an 'open quote", "an 'open quote"),
        ] {
            assert_eq!(pattern(message), expected);
        }
        assert!(pattern(&"word ".repeat(10_000)).len() < 2_000);
    }

    #[test]
    fn paths_keep_the_name_a_developer_knows() {
        for (url, expected) in [
            ("https://app.example/assets/index-B_x-9aQ1.js?v=3", "assets/index.js"),
            ("https://cdn.example/v4.12.0/app.3f2a1b9c.min.js", "app.min.js"),
            ("https://a.example/demo/pages/invoices.js#x", "demo/pages/invoices.js"),
            ("webpack-internal:///./src/user-profile.tsx", "./src/user-profile.tsx"),
            ("/static/main~DiwrgTda.mjs", "static/main.mjs"),
            ("https://a.example/main.3f2a1b9c.chunk.js", "main.chunk.js"),
            ("https://a.example/js/3f2a1b9c.js", "js/.js"),
            ("https://a.example/chunk-QABCDEFG.js", "chunk.js"),
            ("https://a.example/InvoiceTable.js", "InvoiceTable.js"),
            ("https://a.example/orders/4711", "orders/"),
            ("https://a.example/avatars/4711.png", "avatars/.png"),
            ("blob:https://a.example/8f14e45f-ceea-467f-abcd-9d0caabbccdd", ""),
            ("/日本語-é_8f14e45f-ceea-467f-abcd-9d0caabbccdd.js", "日本語-é.js"),
            ("https://a.example/", ""),
        ] {
            assert_eq!(path(url), expected);
        }
    }

    #[test]
    fn stacks_of_every_engine_name_the_same_frames() {
        let v8 = "TypeError: x: y\n    at billingAddress (https://a.example/invoices.js:13:46)\n    \
                  at Object.sheet [as show] (https://a.example/invoices.js:20:5)\n    \
                  at async https://a.example/router.js:9:1\n    at Array.map (<anonymous>)\n    \
                  at eval (eval at run (https://a.example/a(1).js:1:2), <anonymous>:1:1)";
        let gecko = "billingAddress@https://a.example/invoices.js:13:46\n\
                     async*sheet/<@https://a.example/invoices.js:20:5\n\
                     @https://a.example/router.js:9:1\n\
                     eval@https://a.example/a(1).js line 3 > eval:1:1\n";
        let webkit = "billingAddress@https://a.example/invoices.js:13:46\n\
                      sheet@https://a.example/invoices.js:20:5\n[native code]\n\
                      @https://a.example/router.js:9\n";
        let read = |stack| -> Vec<(String, String)> {
            let found = frames(stack).into_iter();
            found.map(|f| (f.function.to_owned(), f.file.to_owned())).collect()
        };
        let expected = [
            ("billingAddress", "https://a.example/invoices.js"),
            ("sheet", "https://a.example/invoices.js"),
            ("", "https://a.example/router.js"),
            ("eval", "https://a.example/a(1).js"),
        ]
        .map(|(function, file)| (function.to_owned(), file.to_owned()));
        assert_eq!(read(v8), expected);
        assert_eq!(read(gecko), expected);
        assert_eq!(read(webkit), expected[..3]);
    }
}
