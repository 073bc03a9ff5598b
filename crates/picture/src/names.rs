//! Names of elements and attributes as XML may hold them. HTML takes nearly any
//! (`@click`, `my:tag`), and one that is none in XML would make the whole picture
//! unreadable.

use std::borrow::Cow;

/// The name itself, or one that stands for it alone: what XML does not allow is
/// written as its number, `_40_click`.
pub fn of_element(name: &str) -> Cow<'_, str> {
    if is_name(name) {
        return Cow::Borrowed(name);
    }
    let mut encoded = String::new();
    for c in name.chars() {
        match c {
            _ if starts(c) || goes_on(c) && !encoded.is_empty() => encoded.push(c),
            _ => push_number(c, &mut encoded),
        }
    }
    Cow::Owned(encoded)
}

/// As [`of_element`]; `None` for declarations of namespaces, which are written anew.
pub fn of_attribute(name: &str) -> Option<Cow<'_, str>> {
    match name.split_once(':') {
        Some(("xmlns", _)) => None,
        None if name == "xmlns" => None,
        // A prefix must be known.
        Some(("xlink" | "xml", rest)) if is_name(rest) => Some(Cow::Borrowed(name)),
        _ => Some(of_element(name)),
    }
}

/// A name without prefix, of those in XML 1.0, productions 4 and 5.
fn is_name(name: &str) -> bool {
    name.starts_with(starts) && name.chars().all(goes_on)
}

fn starts(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn goes_on(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn push_number(c: char, encoded: &mut String) {
    encoded.push('_');
    for shift in (0..6).rev() {
        let digit = u32::from(c) >> (4 * shift);
        if digit > 0 || shift == 0 {
            encoded.extend(char::from_digit(digit & 15, 16));
        }
    }
    encoded.push('_');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_none_in_xml_stands_for_itself_in_another_spelling() {
        for (name, encoded) in [
            ("x-on", "x-on"),
            ("größe", "größe"),
            ("@click", "_40_click"),
            (":class", "_3a_class"),
            ("x-on:a.b", "x-on_3a_a.b"),
            ("my:tag", "my_3a_tag"),
            ("1a", "_31_a"),
            ("a\"b", "a_22_b"),
            ("😀", "_1f600_"),
        ] {
            assert_eq!(of_element(name), encoded);
        }
        assert_eq!(of_attribute("xlink:href").as_deref(), Some("xlink:href"));
        assert_eq!(of_attribute("v-bind:a").as_deref(), Some("v-bind_3a_a"));
        assert_eq!(of_attribute("xmlns:x"), None);
    }
}
