//! Which addresses a link may have.

/// Longer ones are no links.
pub(super) const MAX_BYTES: usize = 2048;

/// The address if a customer may follow it: `http:`, `https:` or `mailto:`, with nothing
/// in it that hides where it leads.
#[must_use]
pub fn safe_url(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once(':')?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let is_whole = match is_web {
        true => rest.strip_prefix("//").is_some_and(has_host),
        false => scheme.eq_ignore_ascii_case("mailto") && rest.contains('@'),
    };
    (is_whole && url.len() <= MAX_BYTES && !url.contains(hides)).then_some(url)
}

/// A host, and no name before it that looks like one (`https://bank.example@evil.example`).
fn has_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !authority.contains('@')
}

/// Characters that browsers drop or turn into others, and those that cannot be seen.
fn hides(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || super::turns(c)
        || matches!(
            c,
            '\\' | '<' | '>' | '"' | '`' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
        )
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
