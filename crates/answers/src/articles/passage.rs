//! Which part of an article to quote.

use std::ops::Range;

use super::words::is_unspaced;

/// Characters of a passage at most.
pub const PASSAGE: usize = 600;

/// A piece that is quoted whole: a sentence, an item of a list, a heading, a line of a
/// table, a block of code.
#[derive(Debug, PartialEq)]
struct Unit {
    place: Range<usize>,
    /// Characters before it, and those it has.
    before: usize,
    characters: usize,
    is_heading: bool,
    /// Ends with a colon: what it speaks of comes next.
    announces: bool,
    /// Units of a paragraph or list share a number.
    block: usize,
}

/// What a passage is and which of the marks' kinds it holds, a bit each.
#[derive(Debug, PartialEq)]
pub(crate) struct Passage {
    pub place: Range<usize>,
    pub kinds: u64,
}

/// The part of `body` with the heaviest marks. `marks` are places in `body`, rising,
/// and their kinds (below 64), `weights` what each kind is worth.
pub(crate) fn passage(body: &str, marks: &[(usize, u8)], weights: &[f32]) -> Passage {
    let units = units(body);
    let kinds: Vec<u64> = kinds(&units, marks);
    let worth = |kinds: u64| -> f32 {
        let held = weights.iter().enumerate().filter(|(kind, _)| kinds >> kind & 1 == 1);
        held.map(|(_, weight)| weight).sum()
    };
    let all = worth(u64::MAX).max(f32::MIN_POSITIVE);
    let mut best = (f32::MIN, 0..0);
    for start in 0..units.len() {
        let begins_block = start == 0 || units[start - 1].block != units[start].block;
        if kinds[start] == 0 && !begins_block {
            continue;
        }
        let window = window(&units, &kinds, start);
        let held = kinds[window.clone()].iter().fold(0, |held, kinds| held | kinds);
        let mut value = worth(held) / all;
        // Better a beginning than a middle, better early than late.
        value += if begins_block { 0.1 } else { 0.0 };
        value += if units[start].is_heading && kinds[start] != 0 { 0.1 } else { 0.0 };
        value -= 0.05 * start as f32 / units.len() as f32;
        if value > best.0 {
            best = (value, window);
        }
    }
    let chosen = best.1;
    let Some((first, last)) = units[chosen.clone()].first().zip(units[chosen.clone()].last())
    else {
        return Passage { place: 0..0, kinds: 0 };
    };
    let place = shortened(body, first.place.start..last.place.end);
    Passage { place, kinds: kinds[chosen].iter().fold(0, |held, kinds| held | kinds) }
}

/// A sentence of more than a passage is cut behind a word.
fn shortened(body: &str, place: Range<usize>) -> Range<usize> {
    let text = &body[place.clone()];
    let Some((over, _)) = text.char_indices().nth(PASSAGE) else { return place };
    let end = text[..over].rfind(char::is_whitespace).unwrap_or(over);
    place.start..place.start + end
}

fn kinds(units: &[Unit], marks: &[(usize, u8)]) -> Vec<u64> {
    let mut left = marks.iter().peekable();
    let held = units.iter().map(|unit| {
        let mut kinds = 0;
        while let Some((_, kind)) = left.next_if(|(at, _)| *at < unit.place.end) {
            kinds |= 1 << kind;
        }
        kinds
    });
    held.collect()
}

/// From `start` as far as fits, up to the next heading; of that, up to the end of the
/// block with the last mark, and what that announces.
fn window(units: &[Unit], kinds: &[u64], start: usize) -> Range<usize> {
    let from = units[start].before;
    let mut most = start + 1;
    while most < units.len()
        && units[most].before + units[most].characters - from <= PASSAGE
        && (!units[most].is_heading || units[start..most].iter().all(|unit| unit.is_heading))
    {
        most += 1;
    }
    let Some(last) = (start..most).rev().find(|&at| kinds[at] != 0) else { return start..most };
    let mut end = last + 1;
    while end < most {
        let before = &units[end - 1];
        if units[end].block != before.block && !before.is_heading && !before.announces {
            break;
        }
        end += 1;
    }
    start..end
}

fn units(body: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let (mut block, mut counted, mut characters) = (0, 0, 0);
    for line in (Lines { body, at: 0 }) {
        let text = &body[line.clone()];
        if text.trim().is_empty() {
            block += 1;
            continue;
        }
        let is_heading = text.starts_with('#');
        let whole = is_heading || text.starts_with("```") || text.starts_with('|');
        block += usize::from(is_heading);
        for place in if whole { vec![line] } else { sentences(body, line) } {
            characters += body[counted..place.start].chars().count();
            let before = characters;
            characters += body[place.clone()].chars().count();
            counted = place.end;
            let announces = body[place.clone()].ends_with([':', '：']);
            let characters = characters - before;
            units.push(Unit { place, before, characters, is_heading, announces, block });
        }
        block += usize::from(is_heading);
    }
    units
}

/// Lines without the white space around them; a fenced block of code is one.
struct Lines<'a> {
    body: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.body.get(self.at..).filter(|rest| !rest.is_empty())?;
        let mut end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        if rest[..end].trim_start().starts_with("```") {
            let close = rest[end..].find("\n```").map(|at| end + at + 4);
            let closing_first = rest[end..].starts_with("```").then_some(end + 3);
            if let Some(close) = closing_first.or(close) {
                end = rest[close..].find('\n').map_or(rest.len(), |after| close + after + 1);
            }
        }
        let text = &rest[..end];
        let start = self.at + (text.len() - text.trim_start().len());
        self.at += end;
        Some(start..(start + text.trim().len()))
    }
}

fn sentences(body: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let text = &body[line.clone()];
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let end = at + c.len_utf8();
        let closes = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' => {
                let mut after = text[end..].chars();
                let mut before = text[..at].chars().rev();
                // Not behind the number of a list, nor behind one letter (`e.g. Chrome`).
                let short = before.next().is_none_or(|c| c.is_ascii_digit() || c == '.')
                    || before.next().is_none_or(|c| c == '.' || c.is_whitespace());
                after.next().is_some_and(char::is_whitespace)
                    && (!short || at > 4 && text[..at].ends_with(|c: char| c.is_ascii_digit()))
                    && after.next().is_some_and(|c| !c.is_lowercase() || is_unspaced(c))
            }
            _ => false,
        };
        if closes {
            found.push(line.start + start..line.start + end);
            while letters.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            start = letters.peek().map_or(text.len(), |(at, _)| *at);
        }
    }
    if start < text.len() {
        found.push(line.start + start..line.end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(body: &str) -> Vec<&str> {
        units(body).into_iter().map(|unit| &body[unit.place]).collect()
    }

    fn quoted<'a>(body: &'a str, words: &[&str]) -> &'a str {
        let mut marks: Vec<(usize, u8)> = Vec::new();
        for (kind, word) in words.iter().enumerate() {
            marks.extend(body.match_indices(word).map(|(at, _)| (at, kind as u8)));
        }
        marks.sort_unstable();
        &body[passage(body, &marks, &vec![1.0; words.len()]).place]
    }

    #[test]
    fn bodies_are_cut_into_whole_pieces() {
        assert_eq!(
            texts(
                "## Head\nOne, e.g. Chrome. Two! In 2024. Three v1.2 ok?\n\n1. First. Then\n2. Second"
            ),
            [
                "## Head",
                "One, e.g. Chrome.",
                "Two!",
                "In 2024.",
                "Three v1.2 ok?",
                "1. First.",
                "Then",
                "2. Second"
            ]
        );
        assert_eq!(texts("a\n```\nb. C\n\nd\n```\ne"), ["a", "```\nb. C\n\nd\n```", "e"]);
        assert_eq!(texts("```\nopen"), ["```", "open"]);
        assert_eq!(texts("請求書。支払い！次"), ["請求書。", "支払い！", "次"]);
        assert_eq!(texts(" \n\n"), [""; 0]);
    }

    #[test]
    fn the_section_that_speaks_of_it_is_quoted() {
        let body = "Intro words.\n\n## Plans\nText on plans.\n\n## Refunds\nAsk within 14 days:\n\n\
1. Open billing.\n2. Choose refund.\n\n## Other\nMore.";
        assert_eq!(
            quoted(body, &["Refund", "billing"]),
            "## Refunds\nAsk within 14 days:\n\n1. Open billing.\n2. Choose refund."
        );
        assert_eq!(quoted(body, &["plans"]), "## Plans\nText on plans.");
        assert_eq!(quoted(body, &["nowhere"]), "Intro words.");
        assert_eq!(quoted("", &["a"]), "");
    }

    #[test]
    fn a_passage_is_never_longer_than_it_may_be() {
        let long = "word ".repeat(400);
        let many =
            format!("{}\n\n{}", "A sentence on invoices. ".repeat(60), "- item\n".repeat(200));
        let pairs = "請".repeat(2000);
        for body in [&long, &many, &pairs] {
            for words in [&["word", "item"][..], &["invoices"], &["請"]] {
                let found = quoted(body, words);
                assert!(found.chars().count() <= PASSAGE && !found.is_empty());
            }
        }
    }
}
