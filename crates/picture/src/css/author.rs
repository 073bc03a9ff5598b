//! What the author of a sheet wrote, where the browser's serialisation has lost it.

use std::ops::Range;

use super::edits::Edits;
use super::lost::has_lost_values;
use super::scan::block_end;
use super::walk::{Part, walk};

/// The rules of a sheet as the browser serialises them, and in place of those that have
/// lost values ([`has_lost_values`]) what their author wrote. Both have their rules in
/// the same order; `serialised` may lack some.
pub fn restore(serialised: &str, author: &str) -> String {
    let written = rules(author);
    let mut next = 0;
    let mut edits = Edits::new(serialised);
    for Rule { selectors, range } in rules(serialised) {
        let found = written[next..].iter().position(|rule| rule.selectors == selectors);
        let Some(place) = found.map(|found| next + found) else { continue };
        next = place + 1;
        if has_lost_values(&serialised[range.clone()]) {
            edits.replace(range).push_str(&author[written[place].range.clone()]);
        }
    }
    edits.finish().into_owned()
}

struct Rule {
    /// In one spelling.
    selectors: String,
    range: Range<usize>,
}

/// The style rules of a sheet that are in no other.
fn rules(css: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    walk(css, &mut |part, range: Range<usize>| {
        let is_nested = rules.last().is_some_and(|last| range.start < last.range.end);
        if is_nested || !matches!(part, Part::Selectors { .. }) {
            return;
        }
        let open = range.end + css[range.end..].find('{').unwrap_or(0);
        let end = block_end(css.as_bytes(), open);
        let selectors = spelling(&css[range.clone()]);
        rules.push(Rule { selectors, range: range.start..end });
    });
    rules
}

/// Selectors without what the browser spells in its own way.
fn spelling(selectors: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '"' | '\'' | '*' | '\\');
    selectors.chars().filter(kept).collect::<String>().to_ascii_lowercase().replace("::", ":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_has_lost_values_is_the_authors_again() {
        let author = "/* a */ .a{color:red} @media print{.b{margin:0}}\n\
            @media all{.b > .c:before{margin:var(--m);margin-top:0}} .b{border:var(--b)}";
        let serialised = ".a { color: red; }\n\
            .b > .c::before { margin-right: ; margin-bottom: ; margin-left: ; margin-top: 0px; }\n\
            .b { border: var(--b); }";
        assert_eq!(
            restore(serialised, author),
            ".a { color: red; }\n.b > .c:before{margin:var(--m);margin-top:0}\n.b { border: var(--b); }"
        );
    }

    #[test]
    fn a_rule_that_the_author_did_not_write_stays() {
        let lost = ".x { margin-top: ; }";
        assert_eq!(restore(lost, ".y { margin: var(--m) }"), lost);
    }
}
