//! Single rules as the browser serialises them.

/// A selector list without its pseudo-elements, to ask the page whether an element
/// that has them is there. It need not be valid: then there is no answer.
pub fn without_pseudo_elements(selector: &str) -> String {
    const OLD: [&str; 4] = [":before", ":after", ":first-line", ":first-letter"];
    let mut kept = String::new();
    let mut rest = selector;
    while let Some(at) = rest.find(':') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = match rest.strip_prefix("::") {
            Some(name) => 2 + name_length(name),
            None => OLD.iter().find(|old| rest.starts_with(**old)).map_or(0, |old| old.len()),
        };
        if name == 0 {
            kept.push(':');
            rest = &rest[1..];
            continue;
        }
        if kept.trim_end().is_empty() || kept.ends_with([' ', ',', '>', '+', '~', '(']) {
            kept.push('*');
        }
        rest = &rest[name..];
        // `::part(name)`
        if rest.starts_with('(') {
            rest = rest.find(')').map_or("", |end| &rest[end + 1..]);
        }
    }
    kept.push_str(rest);
    kept
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len())
}

/// A `@font-face` rule with one file instead of several: the best that every browser
/// reads. Fonts of the system stay in front of it.
pub fn with_best_source(rule: &str) -> String {
    let Some(start) = rule.find("src:").map(|at| at + 4) else { return rule.to_owned() };
    let sources = sources(&rule[start..]);
    let end = start + sources.last().map_or(0, |last| last.end);
    let rank = |source: &str| {
        ["woff2", "woff", "truetype", "opentype", ".ttf", ".otf"]
            .iter()
            .position(|format| source.contains(format))
            .unwrap_or(usize::MAX)
    };
    let texts = sources.into_iter().map(|range| rule[start..][range].trim());
    let (files, mut kept): (Vec<&str>, Vec<&str>) =
        texts.partition(|source| source.starts_with("url("));
    kept.extend(files.into_iter().min_by_key(|source| rank(source)));
    [&rule[..start], " ", &kept.join(", "), &rule[end..]].concat()
}

/// The ranges of the values of a list, up to the end of the declaration.
fn sources(list: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let (mut from, mut depth, mut quote) = (0, 0, None);
    for (at, c) in list.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, ',') if depth == 0 => {
                ranges.push(from..at);
                from = at + 1;
            }
            (None, ';' | '}') if depth == 0 => {
                ranges.push(from..at);
                return ranges;
            }
            _ => {}
        }
    }
    ranges.push(from..list.len());
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudo_elements_are_taken_off() {
        for (selector, without) in [
            ("a:hover", "a:hover"),
            ("a::before, b:after", "a, b"),
            ("::selection", "*"),
            ("a > ::part(x y) b:not(:first-child)", "a > * b:not(:first-child)"),
            ("p::first-line:hover", "p:hover"),
        ] {
            assert_eq!(without_pseudo_elements(selector), without);
        }
    }

    #[test]
    fn of_a_fonts_files_the_best_is_kept() {
        let rule = "@font-face { font-family: A; src: local(\"A, b\"), url(\"a.eot\"), \
            url(\"a.woff\") format(\"woff\"), url(\"data:font/woff2;base64,AA==\") format(\"woff2\"); \
            font-weight: 400; }";
        assert_eq!(
            with_best_source(rule),
            "@font-face { font-family: A; src: local(\"A, b\"), \
             url(\"data:font/woff2;base64,AA==\") format(\"woff2\"); font-weight: 400; }"
        );
        assert_eq!(with_best_source("@font-face { src: url(a) }"), "@font-face { src: url(a)}");
        assert_eq!(with_best_source("@font-face {}"), "@font-face {}");
    }
}
