//! What a model or a receiver wrote is data: without what changes how the rest of the
//! page reads, and with links that only open pages or mail.

/// The text without control characters (lines and tabs stay), without what reverses
/// the direction of text, and without invisible characters that carry hidden words.
///
/// Unicode: UAX 9 (explicit directional formatting), the block Tags (E0000–E007F).
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(&mut out, text);
    out
}

/// Appends what [`text()`] leaves: character by character, so that parts give the same
/// as the whole.
pub fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            '\u{e0000}'..='\u{e007f}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
}

/// The text on one line, for titles and reasons, with at most so many characters.
#[must_use]
pub fn line(text: &str, most_chars: usize) -> String {
    let words = self::text(text);
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(most_chars).collect()
}

/// At most so many characters.
#[must_use]
pub fn cut(text: &str, most_chars: usize) -> &str {
    text.char_indices().nth(most_chars).map_or(text, |(end, _)| &text[..end])
}

/// The address, if it opens a page or a mail and nothing else: http(s), `mailto`, or
/// relative. Browsers pass over blanks and control characters within a scheme, so an
/// address with any is refused.
#[must_use]
pub fn url(url: &str) -> Option<String> {
    const LONGEST: usize = 2048;
    let url = url.trim();
    if url.is_empty() || url.len() > LONGEST {
        return None;
    }
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) || text(url) != url {
        return None;
    }
    let head = url.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let is_open = head.split_once(':').is_none_or(|(scheme, _)| {
        ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
    });
    is_open.then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{line, text, url};

    #[test]
    fn what_changes_the_reading_of_the_page_is_taken_out() {
        for (given, left) in [
            ("a\u{0}b\u{1b}[31mc\r\nd\te", "ab[31mc\nd\te"),
            ("pay \u{202e}moc.live\u{202c} now", "pay moc.live now"),
            ("\u{2066}x\u{2069}\u{feff}\u{e0041}\u{e007f}y\u{85}", "xy"),
            ("one\u{2028}two", "one\ntwo"),
            // A joiner in Persian, marks of direction and a family stay.
            ("می\u{200c}خواهم \u{200f}x 👨\u{200d}👩", "می\u{200c}خواهم \u{200f}x 👨\u{200d}👩"),
        ] {
            assert_eq!(text(given), left, "{given:?}");
        }
    }

    #[test]
    fn a_title_is_one_short_line() {
        assert_eq!(line("  How\n\n to\u{202e} pay  ", 100), "How to pay");
        assert_eq!(line("日本語です", 3), "日本語");
    }

    #[test]
    fn only_pages_and_mail_are_opened() {
        for open in [
            "https://a.example/b?c=d:e#f",
            "HTTP://a.example",
            "mailto:help@a.example",
            "/help/a:b",
            "../a",
            "?a=javascript:b",
            "#a:b",
            "//cdn.example/a",
            "article",
        ] {
            assert_eq!(url(open).as_deref(), Some(open));
        }
        for refused in [
            "",
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "javascript\u{202e}:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:https://a.example/b",
            "file:///etc/passwd",
            "intent://a#Intent;end",
            "https://a.example/a b",
        ] {
            assert_eq!(url(refused), None, "{refused:?}");
        }
        assert_eq!(url(&"a".repeat(3000)), None);
    }
}
