//! Error messages: in quotes, as a program prints them, and as somebody reads
//! them out.

use baton_packet::FactKind;

use super::{Scan, lexicon::*};
use crate::words::is_word_char;

/// Longest quoted message, in bytes.
const MOST_BYTES: usize = 240;
/// How many words before a quote are looked at.
const WORDS_BEFORE: usize = 7;

const QUOTES: [(char, &str); 10] = [
    ('"', "\""),
    ('“', "”\"“"),
    ('„', "“”\""),
    ('«', "»"),
    ('»', "«"),
    ('「', "」"),
    ('『', "』"),
    ('`', "`"),
    ('\'', "'"),
    ('‘', "’"),
];

/// `TypeError: x is undefined`, and "it says something went wrong".
pub(super) fn read(scan: &mut Scan<'_>, at: usize) {
    let token = scan.tokens[at];
    let said = scan.said(at);
    let behind = scan.text.within(token.end, ALL);
    let printed = said.ends_with("Error") || said.ends_with("Exception") || token.is(ERROR);
    if printed && behind.starts_with(':') {
        let line = behind.within(1, ALL).trim_start_matches(' ');
        let from = scan.text.len() - line.len();
        let end = from + sentence(line);
        let name = scan
            .text
            .within(0, token.start)
            .rfind(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_'));
        let start = name.map_or(0, |at| {
            at + scan.text.within(at, ALL).chars().next().map_or(1, char::len_utf8)
        });
        let words = scan.token_from(end) - scan.token_from(from);
        let quoted = line
            .starts_with(|c: char| c.is_ascii_digit() || QUOTES.iter().any(|(open, _)| *open == c));
        if words >= 2 && !quoted && start <= token.start {
            // What is only called an error is not part of its message.
            let typed = said.len() > 6 && !said.run(is_capital).is_empty() && !said.contains(' ');
            let start = if typed { start } else { from };
            scan.claim(FactKind::ErrorMessage, start, end, None);
        }
        return;
    }
    if token.is(SAYS) && !token.is(STATUS) && read_out(scan, at) {
        let line = behind.skip(" ,:");
        let from = scan.text.len() - line.len();
        let end = from + clause(line);
        let first = scan.token_from(from);
        let failure = (first..first + 8)
            .any(|place| scan.tokens.get(place).is_some_and(|t| t.start < end && t.is(FAILURE)));
        let quoted = line.starts_with(|c| QUOTES.iter().any(|(open, _)| *open == c));
        if failure && !quoted && scan.token_from(end) >= first + 2 {
            scan.note(FactKind::ErrorMessage, from, end, None);
        }
    }
}

/// Whether a thing, and not a person, says what follows.
fn read_out(scan: &Scan<'_>, at: usize) -> bool {
    let says = one_of(
        scan.said(at),
        "says|say|said|saying|reads|dice|dit|sagt|diz|zegt|steht|pisze|affiche|aparece",
    );
    let thing = at > 0
        && (scan.is(at - 1, ERROR | SAYS)
            || one_of(
                &scan.said(at - 1).to_ascii_lowercase(),
                "it|page|screen|app|that|which|just|only|still|keeps|always|box|system|es|il|me|da|wtedy|then|ça|pantalla",
            ));
    says && thing
}

/// Quoted words where they are told as a message, or read like one.
pub(super) fn quoted(scan: &mut Scan<'_>) {
    let text = scan.text;
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let Some((open, close)) = QUOTES.iter().find(|(open, _)| *open == c) else { continue };
        let before = text.within(0, at).chars().next_back();
        let free = before.is_none_or(|c| !is_word_char(c) || crate::words::one_by_one(c));
        if at < from || !free {
            continue;
        }
        let start = at + open.len_utf8();
        let within =
            text.within(start, text.floor_char_boundary((start + MOST_BYTES).min(text.len())));
        let ends = |(place, c): (usize, char)| {
            // An apostrophe between letters ends nothing.
            let next = within.within(place + c.len_utf8(), ALL).chars().next();
            let inside = *open == '\'' && next.is_some_and(is_word_char);
            (close.contains(c) && !inside || c == '\n').then_some((place, c))
        };
        let Some((length, c)) = within.char_indices().find_map(ends) else { continue };
        if c == '\n' {
            continue;
        }
        from = start + length + c.len_utf8();
        let end = start + text.within(start, start + length).trim_end().len();
        if is_message(scan, at, start, end) {
            scan.note(FactKind::ErrorMessage, start, end, None);
        }
    }
}

fn is_message(scan: &Scan<'_>, open: usize, start: usize, end: usize) -> bool {
    let (first, last) = (scan.token_from(start), scan.token_from(end));
    let before = scan.token_from(open);
    let near = |class| (before.saturating_sub(WORDS_BEFORE)..before).any(|at| scan.is(at, class));
    let just_before = (before.saturating_sub(3)..before).any(|at| scan.is(at, SECRET));
    let words = (last - first).max(scan.text.within(start, end).split_whitespace().count());
    let fails = (first..last).any(|at| scan.is(at, FAILURE | ERROR));
    let behind = (last..last + 3).any(|at| scan.is(at, SAYS | ERROR));
    let told = near(SAYS | ERROR) || behind;
    words >= 2
        && !just_before
        && (told && (fails || words >= 3 && near(ERROR)) || fails && words >= 3)
        || words == 1 && fails && told && !just_before
}

/// Bytes up to the end of the sentence or line.
fn sentence(text: &str) -> usize {
    let limit = text.floor_char_boundary(MOST_BYTES.min(text.len()));
    let text = text.within(0, limit);
    let mut end = text.find(['\n', '\r']).unwrap_or(text.len());
    if let Some(stop) = text.within(0, end).find(". ") {
        end = stop;
    }
    text.within(0, end).shed(". \"").len()
}

/// Bytes up to where a clause ends that somebody reads out.
fn clause(text: &str) -> usize {
    const ENDS: [&str; 13] = [
        ",",
        ";",
        "!",
        "?",
        " (",
        " - ",
        " —",
        " when ",
        " whenever ",
        " every time",
        " and ",
        " but ",
        " after ",
    ];
    let end = sentence(text);
    ENDS.iter().filter_map(|stop| text.within(0, end).find(stop)).min().unwrap_or(end)
}
