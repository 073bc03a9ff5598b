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
/// Longest part of a message that counts, in characters.
const MESSAGE_CHARS: usize = 300;
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
    push_pattern(error.message.lines().next().unwrap_or_default(), &mut text);

    let all: Vec<Frame<'_>> = error.stack.iter().flat_map(|stack| frames(stack)).collect();
    let mut chosen: Vec<Frame<'_>> =
        all.iter().filter(|frame| frame.is_in_app()).copied().collect();
    if chosen.is_empty() {
        chosen = all;
    }
    chosen.dedup();
    if chosen.is_empty() {
        chosen.extend(error.source.as_deref().map(|file| Frame { function: "", file }));
    }
    for frame in chosen.iter().take(FRAMES) {
        text.push('\n');
        text.push_str(frame.function);
        text.push('@');
        push_path(frame.file, &mut text);
    }
    let mut hash = sha256_hex(text.as_bytes());
    hash.truncate(16);
    hash
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
        !FOREIGN.iter().any(|part| self.file.contains(part))
    }
}

/// The frames of a stack that name a file.
fn frames(stack: &str) -> impl Iterator<Item = Frame<'_>> {
    stack.lines().filter_map(|line| {
        let line = line.trim();
        let (function, place) = match line.strip_prefix("at ") {
            // V8: `at f (url:1:2)`, `at url:1:2`; of `eval` the place that called it.
            Some(frame) => match frame.split_once(" (") {
                Some((function, place)) => {
                    let place = place.rsplit_once(" (").map_or(place, |(_, origin)| origin);
                    (function, place.split("), ").next().unwrap_or_default())
                }
                None => ("", frame.strip_prefix("async ").unwrap_or(frame)),
            },
            // SpiderMonkey and JavaScriptCore: `f@url:1:2`.
            None => {
                let (function, place) = line.split_once('@')?;
                (function, place.split(" line ").next().unwrap_or_default())
            }
        };
        let place = place.trim_end_matches(')');
        let file = without_number(without_number(place));
        // The first line of a V8 stack is the message: no position, no frame.
        let is_frame = file != place || line.contains(" line ");
        (is_frame && file.contains('/')).then(|| Frame { function: own_name(function), file })
    })
}

fn without_number(place: &str) -> &str {
    match place.rsplit_once(':') {
        Some((rest, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => place,
    }
}

/// `async Object.save [as onclick]`, `new Cart` and `async*load/<` are `save`,
/// `Cart` and `load`.
fn own_name(function: &str) -> &str {
    let name = function.split(" [as ").next().unwrap_or_default();
    let name = name.rsplit([' ', '*', '.']).next().unwrap_or_default();
    let name = name.split('/').next().unwrap_or_default();
    if name.len() <= MINIFIED || name.starts_with('<') { "" } else { name }
}

/// The message without what differs from case to case: quoted values become `""`,
/// URLs `://`, and words with a digit in them `#`.
fn push_pattern(message: &str, out: &mut String) {
    let mut rest = message;
    let mut left = MESSAGE_CHARS;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        left = left.saturating_sub(1);
        if left == 0 {
            break;
        }
        if let Some(after) = after_quoted(rest, first).filter(|_| !before.is_alphanumeric()) {
            out.push_str("\"\"");
            rest = after;
            before = '"';
            continue;
        }
        let end = rest.find(|char: char| !is_word(char)).unwrap_or(rest.len());
        if end == 0 {
            out.push(first);
            before = first;
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (word, after) = rest.split_at(end);
        if after.starts_with("://") {
            out.push_str("://");
            rest = &after[after.find(is_end_of_url).unwrap_or(after.len())..];
        } else {
            let is_id = word.bytes().any(|byte| byte.is_ascii_digit());
            out.push_str(if is_id { "#" } else { word });
            rest = after;
        }
        before = 'x';
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '-' | '$')
}

fn is_end_of_url(char: char) -> bool {
    char.is_whitespace() || matches!(char, '"' | '\'' | '`' | '<' | '>' | ')' | ']')
}

fn after_quoted(text: &str, first: char) -> Option<&str> {
    let close = match first {
        '"' | '\'' | '`' => first,
        '“' => '”',
        '‘' => '’',
        _ => return None,
    };
    text[first.len_utf8()..].split_once(close).map(|(_, after)| after)
}

/// Writes a script's path without host, query, folders that name a version, and
/// the content hash of its file.
fn push_path(url: &str, out: &mut String) {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url.trim_start_matches('/'),
    };
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
        if !folder.bytes().any(|byte| byte.is_ascii_digit()) {
            out.push_str(folder);
            out.push('/');
        }
    }
    let (stem, ending) = match file.find(".min.").or_else(|| file.rfind('.')) {
        Some(dot) => file.split_at(dot),
        None => (file, ""),
    };
    let hash = stem.char_indices().skip(1).find(|(at, char)| {
        matches!(char, '.' | '-' | '_' | '~') && is_content_hash(&stem[at + 1..])
    });
    out.push_str(hash.map_or(stem, |(at, _)| &stem[..at]));
    out.push_str(ending);
}

/// Hexadecimal with a digit, or eight or more letters that no word has: with a digit
/// or in mixed case. Vite's eight may hold `-` and `_`.
fn is_content_hash(text: &str) -> bool {
    let has = |wanted: fn(&u8) -> bool| text.as_bytes().iter().any(wanted);
    let is_all = |wanted: fn(u8) -> bool| text.bytes().all(wanted);
    let has_digit = has(u8::is_ascii_digit);
    let is_mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    (text.len() >= 6 && has_digit && is_all(|byte| byte.is_ascii_hexdigit()))
        || (text.len() >= 8
            && (has_digit || is_mixed)
            && is_all(|byte| byte.is_ascii_alphanumeric()))
        || (text.len() == 8
            && is_mixed
            && is_all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
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
            frames(stack).map(|f| (f.function.to_owned(), f.file.to_owned())).collect()
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
