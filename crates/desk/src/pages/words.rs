//! Text from a packet, made fit for a page: labels in words, visible control
//! characters, links that are safe to follow.

use std::borrow::Cow;

use maud::{Markup, html};

/// A label such as `privacy_legal` as a person would write it: `Privacy legal`.
pub fn in_words(label: &str) -> String {
    let spaced = label.replace(['_', '-'], " ");
    let mut letters = spaced.chars();
    let Some(first) = letters.next() else { return String::new() };
    first.to_uppercase().chain(letters).collect()
}

/// Prose of a customer. It may use any script and direction, but what turns the
/// reading order of whole runs around is written out.
pub fn prose(text: &str) -> Cow<'_, str> {
    written_out(text, |c| matches!(c, '\u{202d}' | '\u{202e}'))
}

/// One-line technical text (names, URLs, selectors) with what cannot be seen
/// written out, so that `photo\u{202e}gpj.exe` cannot pose as a picture.
pub fn visible(text: &str) -> Cow<'_, str> {
    written_out(text, |c| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{061c}' | '\u{feff}')
    })
}

fn written_out(text: &str, is_hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The first `max` characters of one line.
pub fn shortened(text: &str, max: usize) -> String {
    let text = visible(text);
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}

/// A URL of a packet.
///
/// Security: only `http` and `https` become a link; anything else, `javascript:`
/// above all, stays text. The target learns nothing of this desk.
pub fn link(url: &str) -> Markup {
    let shown = visible(url);
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let is_web = lower.starts_with("http://") || lower.starts_with("https://");
    html! {
        @if is_web {
            a.url href=(url) target="_blank" rel="noopener noreferrer nofollow" { (shown) }
        } @else {
            span.url { (shown) }
        }
    }
}

/// `1 error`, `3 errors`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A JSON value of custom data or traits on one line.
pub fn json(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => visible(text).into_owned(),
        other => visible(&other.to_string()).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{in_words, link, prose, shortened, visible};

    #[test]
    fn only_web_addresses_become_links() {
        for url in ["https://a.example/x", "HTTP://a.example"] {
            assert!(link(url).into_string().contains("<a "), "{url}");
        }
        for url in ["javascript:alert(1)", "data:text/html,x", " https://a", "//a", "é", "ééééé"]
        {
            assert!(!link(url).into_string().contains("<a"), "{url}");
        }
        assert!(!link("https://a/\"onclick=\"x").into_string().contains("\"onclick"));
    }

    #[test]
    fn hidden_characters_are_written_out() {
        assert_eq!(visible("a\u{202e}gpj.exe"), "a⟨U+202E⟩gpj.exe");
        assert_eq!(prose("a\u{202e}b\n\u{200f}"), "a⟨U+202E⟩b\n\u{200f}");
        assert_eq!(visible("größe 名 👍"), "größe 名 👍");
    }

    #[test]
    fn labels_and_long_lines() {
        assert_eq!(in_words("customer_state"), "Customer state");
        assert_eq!(in_words(""), "");
        assert_eq!(shortened("äöü", 2), "äö…");
        assert_eq!(shortened("äö", 2), "äö");
    }
}
