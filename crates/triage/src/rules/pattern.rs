//! Patterns of page addresses: `*` stands for any text, also none.

/// Whether a page's address fits. A pattern that begins with `/` is held against
/// the path and what follows it, any other against the whole address.
pub(crate) fn matches_page(pattern: &str, url: &str) -> bool {
    let scheme_end = url.find("://").map_or(0, |at| at + 3);
    let path_start = url[scheme_end..].find('/').map_or(url.len(), |at| scheme_end + at);
    match pattern.starts_with('/') {
        true => matches(pattern, if path_start == url.len() { "/" } else { &url[path_start..] }),
        false => matches(pattern, url),
    }
}

/// Linear: each piece between stars is looked for once, as early as it fits, since
/// an earlier place never leaves less to the pieces after it.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let mut pieces = rest.split('*');
    let last = pieces.next_back().unwrap_or_default();
    for piece in pieces {
        match text.find(piece) {
            Some(at) => text = &text[at + piece.len()..],
            None => return false,
        }
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        let page = "https://app.example/billing/invoices?id=7";
        for pattern in [
            page,
            "*",
            "https://app.example/*",
            "*/billing/*",
            "*id=7",
            "https://*/billing*=7",
            "/billing/invoices?id=7",
            "/billing*",
            "**b**g**",
        ] {
            assert!(matches_page(pattern, page), "{pattern}");
        }
        for pattern in ["", "/", "app.example*", "/invoices*", "*id=8", "*7*7", "*/settings/*"] {
            assert!(!matches_page(pattern, page), "{pattern}");
        }
        assert!(matches_page("/", "https://app.example"));
        assert!(!matches_page("a*a", "a"), "one letter is not both ends");
    }

    #[test]
    fn many_stars_take_no_longer_than_few() {
        let pattern = "*a".repeat(5_000) + "b";
        let text = "a".repeat(100_000);
        let begun = std::time::Instant::now();
        assert!(!matches(&pattern, &text));
        assert!(begun.elapsed().as_secs() < 2);
    }
}
