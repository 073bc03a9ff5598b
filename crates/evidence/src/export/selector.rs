//! Playwright's selector syntax, as far as the sensors write it.

/// One way to find an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// The open shadow hosts around it, outermost first.
    pub hosts: Vec<Locator>,
    /// The element itself.
    pub target: Locator,
}

/// One part of a selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// ARIA role and, where known, accessible name.
    Role {
        /// For example `button`.
        role: String,
        /// The accessible name, whole.
        name: Option<String>,
    },
    /// `data-testid`.
    TestId(String),
    /// Visible text, whole.
    Text(String),
    /// CSS.
    Css(String),
}

/// Reads a selector; `None` for engines that other tools do not share.
pub fn parse(text: &str) -> Option<Selector> {
    let mut parts = split(text).into_iter().map(locator).collect::<Option<Vec<_>>>()?;
    let target = parts.pop()?;
    Some(Selector { hosts: parts, target })
}

/// Cuts at ` >> ` outside quotes.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote, mut skip) = (0, None, false);
    for (at, char) in text.char_indices() {
        match (quote, char) {
            _ if skip => skip = false,
            (_, '\\') => skip = true,
            (Some(open), _) if open == char => quote = None,
            (None, '"' | '\'') => quote = Some(char),
            (None, ' ') if text[at..].starts_with(" >> ") && at >= start => {
                parts.push(&text[start..at]);
                start = at + 4;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

fn locator(text: &str) -> Option<Locator> {
    let text = text.trim();
    let is_engine =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match text.split_once('=') {
        Some(("role", rest)) => role(rest),
        Some(("data-testid", id)) => Some(Locator::TestId(unquoted(id)?)),
        Some(("text", rest)) => Some(Locator::Text(unquoted(rest)?)),
        Some(("css", rest)) => css(rest),
        // What is left is CSS with `=` in it, or another engine.
        Some((name, _)) if is_engine(name) => None,
        _ => css(text),
    }
}

fn css(text: &str) -> Option<Locator> {
    // `aria/…`, `//…` and the like are no CSS; a slash in CSS stands in quotes.
    let is_css = !text.is_empty() && (!text.contains('/') || text.contains(['"', '\'']));
    is_css.then(|| Locator::Css(text.to_owned()))
}

/// `button[name="Save"]`, perhaps with more attributes after the name.
fn role(text: &str) -> Option<Locator> {
    let (role, attributes) = text.split_once('[').unwrap_or((text, ""));
    if role.is_empty() || !role.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') {
        return None;
    }
    let name = match attributes.split_once("name=") {
        Some((_, quoted)) => Some(unquoted(quoted)?),
        None => None,
    };
    Some(Locator::Role { role: role.to_owned(), name })
}

/// The text in quotes at the beginning; without quotes all of it.
fn unquoted(text: &str) -> Option<String> {
    let mut chars = text.chars();
    let quote = match chars.next()? {
        quote @ ('"' | '\'') => quote,
        _ => return Some(text.to_owned()),
    };
    let mut out = String::new();
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.push(chars.next()?),
            char if char == quote => return Some(out),
            char => out.push(char),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Locator, Selector, parse};

    fn role(role: &str, name: &str) -> Locator {
        Locator::Role { role: role.to_owned(), name: Some(name.to_owned()) }
    }

    #[test]
    fn what_the_sensors_write_is_read() {
        let css = |text: &str| Locator::Css(text.to_owned());
        for (text, expected) in [
            (r#"role=button[name="Save \"all\" >> now"]"#, role("button", r#"Save "all" >> now"#)),
            (r#"role=link[name="A"s]"#, role("link", "A")),
            ("role=main", Locator::Role { role: "main".to_owned(), name: None }),
            ("data-testid=save", Locator::TestId("save".to_owned())),
            (r#"text="Save""#, Locator::Text("Save".to_owned())),
            ("css=#invoice > button.save", css("#invoice > button.save")),
            (r#"css=[data-qa="a/b"]"#, css(r#"[data-qa="a/b"]"#)),
            ("#save", css("#save")),
            (r#"a[href="/x"]"#, css(r#"a[href="/x"]"#)),
        ] {
            assert_eq!(parse(text), Some(Selector { hosts: vec![], target: expected }), "{text}");
        }
        let inside = parse(r#"css=my-app >> css=x-row >> role=button[name="Go"]"#).unwrap();
        assert_eq!(inside.hosts, [css("my-app"), css("x-row")]);
        assert_eq!(inside.target, role("button", "Go"));
    }

    #[test]
    fn other_engines_and_broken_ones_are_left_out() {
        for text in
            ["", "aria/Export", "xpath=//a", "//a", "role=", r#"text="open"#, " >> ", "role=a b"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
