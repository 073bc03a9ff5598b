//! Clauses: what was done step by step, what was expected, and what came instead.

use baton_packet::FactKind;

use super::{Scan, lexicon::*};

/// Longest clause, in bytes.
const MOST_BYTES: usize = 200;

pub(super) fn read(scan: &mut Scan<'_>) {
    listed(scan);
    let mut from = 0;
    for at in 0..scan.tokens.len() {
        let token = scan.tokens[at];
        if token.start < from {
            continue;
        }
        if token.is(EXPECTED) {
            from = expected(scan, at).unwrap_or(from);
        } else if token.is(SHOULD) {
            from = should(scan, at).unwrap_or(from);
        } else if token.is(CLICK | ACT) {
            from = step(scan, at).unwrap_or(from);
        } else if token.is(ACTUAL)
            && begins_line(scan, token.start)
            && scan.text.within(token.end, ALL).starts_with(':')
        {
            let (start, end) = rest(scan, token.end, &[]);
            note(scan, FactKind::Actual, start, end);
            from = end;
        }
    }
}

fn note(scan: &mut Scan<'_>, kind: FactKind, start: usize, end: usize) {
    if scan.token_from(end) > scan.token_from(start) {
        scan.note(kind, start, end, None);
    }
}

/// "expected X but got Y", "Expected: X".
fn expected(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    let token = scan.tokens[at];
    let labelled = scan.text.within(token.end, ALL).trim_start().begins(":：");
    let spoken = scan.said(at);
    // "as expected", "the expected total", "expected delivery"
    let passing = at > 0
        && one_of(
            &scan.said(at - 1).to_ascii_lowercase(),
            "as|than|the|is|be|an|wie|comme|was|not|than i|que|come",
        );
    let told = spoken.ends_with("supposed to")
        && at > 0
        && one_of(scan.said(at - 1), "i|I|im|i'm|I'm|am|we|are|you|he|she");
    if told
        || !labelled
            && (passing && !spoken.contains(' ')
                || one_of(scan.said(at + 1), "delivery|by|result|date"))
    {
        return None;
    }
    let (start, mut end) = rest(scan, token.end, &[]);
    let start = ["to ", "that ", "dass "]
        .iter()
        .find(|word| scan.text.within(start, ALL).starts_with(**word) && spoken.starts_with("supp"))
        .map_or(start, |word| start + word.len());
    let turn = (at + 1..scan.tokens.len())
        .take_while(|place| scan.tokens[*place].start < end)
        .find(|place| scan.is(*place, ACTUAL));
    if let Some(turn) = turn {
        let token = scan.tokens[turn];
        note(scan, FactKind::Actual, token_words(scan, turn), end);
        end = scan.text.within(0, token.start).shed(" ,-–—;").len();
        let whole = rest(scan, token.end, &[]).1;
        note(scan, FactKind::Expected, start, end);
        return Some(whole);
    }
    note(scan, FactKind::Expected, start, end);
    Some(end)
}

/// Where what came instead begins: behind "but", not behind "but I get".
fn token_words(scan: &Scan<'_>, at: usize) -> usize {
    let token = scan.tokens[at];
    let said = scan.said(at);
    let first = said.find(' ').filter(|_| said.starts_with("but ") || said.starts_with("and "));
    first.map_or_else(
        || {
            scan.tokens
                .get(at + 1)
                .filter(|_| !said.contains(' '))
                .map_or(token.start, |next| next.start)
        },
        |gap| token.start + gap + 1,
    )
}

/// "It should have 40 rows": what should be, if nobody asks and nobody is told.
fn should(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    let before = if at > 0 { scan.said(at - 1).to_ascii_lowercase() } else { return None };
    let gap = scan.gap(at - 1);
    let english = scan.said(at).starts_with("sh");
    let thing = one_of(
        &before,
        "it|this|that|there|which|they|these|total|result|number|amount|value|price|date|file|page|button|list|report|export|status|balance|sum|count|time|name|address",
    );
    let does = [
        "be", "have", "show", "say", "open", "read", "work", "contain", "include", "display",
        "give", "return", "look", "appear", "save", "load", "export", "list", "add", "sync",
        "send",
    ]
    .iter()
    .any(|verb| scan.said(at + 1).starts_with(verb))
        || scan.said(at).ends_with("have")
        || scan.said(at + 1) == "only";
    let asked = if english {
        !(thing && does || before == "it")
    } else {
        one_of(&before, "ich|wir|sie|was|wie|on|vous|nous|ihr|man")
    };
    let (start, end) = rest(scan, scan.tokens[at].start, &[" instead of ", " but ", ", but "]);
    let question = scan.text.within(end, ALL).begins("?？");
    if asked
        || question
        || !gap.trim().is_empty()
        || scan.said(at + 1) == "i"
        || scan.said(at + 1) == "we"
    {
        return None;
    }
    note(scan, FactKind::Expected, start, end);
    Some(end)
}

/// "When I click Save": the clause from who acts to the next comma.
fn step(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    let token = scan.tokens[at];
    // Who acts stands in the few words before; in Japanese and Hindi the verb is last.
    let last = scan.said(at).starts_with(|c: char| !c.is_ascii());
    let reach = if last { 6 } else { 3 };
    let acts = if token.is(CLICK) { WE } else { WHEN };
    let who = (at.saturating_sub(reach)..at).rev().find(|place| {
        scan.is(*place, acts) && (*place..at).all(|between| !scan.gap(between).has(".,\n;?!。、"))
    });
    let who = match who {
        Some(who) => scan.tokens[who].start,
        None if last && crate::words::one_by_one(scan.said(at).chars().next()?) => {
            begin(scan, token.start)
        }
        None => return None,
    };
    let hopes = (at.saturating_sub(3)..at).any(|place| one_of(scan.said(place), "can|cant|can't|cannot|to|want|like|should|could|need|didn't|never|haven't|havent|don't|not|do"));
    let (_, end) = rest(
        scan,
        token.start,
        &[
            ",",
            " then ",
            " and then ",
            " it ",
            " the page ",
            " the app ",
            " nothing ",
            " und ",
            " and get",
            " and it",
            "、",
            "，",
        ],
    );
    let question = scan.text.within(end, ALL).starts_with('?');
    let end = scan
        .text
        .within(0, end)
        .trim_end_matches(" and now")
        .trim_end_matches(" and")
        .trim_end_matches(" but")
        .len();
    let words = scan.token_from(end).saturating_sub(at) + usize::from(scan.tokens[at].is(WHEN));
    if hopes || question || words < 2 && who + 20 > end {
        return None;
    }
    note(scan, FactKind::Step, who, end);
    Some(end)
}

fn begin(scan: &Scan<'_>, place: usize) -> usize {
    let head = scan.text.within(0, place);
    let mark = head
        .char_indices()
        .rev()
        .take(60)
        .find(|(_, c)| matches!(c, '。' | '、' | '\n' | '，' | '！' | '？' | ' '));
    mark.map_or(scan.text.ceil_char_boundary(place.saturating_sub(60)), |(at, c)| at + c.len_utf8())
}

/// Lines with numbers, at least two of them.
fn listed(scan: &mut Scan<'_>) {
    let mut steps: Vec<(usize, usize)> = Vec::new();
    let mut next = 1u32;
    let mut at = 0;
    let text = scan.text;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        let digits = body.digits();
        let number: u32 = body.within(0, digits).parse().unwrap_or(0);
        let behind = body.within(digits, ALL);
        if number == next && behind.begins(".)") && behind.within(1, ALL).starts_with(' ') {
            let step = behind.within(1, ALL).trim();
            let start = step.as_ptr() as usize - text.as_ptr() as usize;
            steps.push((start, start + step.len()));
            next += 1;
        }
        at += line.len();
    }
    debug_assert_eq!(at, text.len());
    // "steps: 1. open it 2. click" in one line
    if steps.is_empty() {
        steps = inline(text);
    }
    if steps.len() >= 2 {
        for (start, end) in steps {
            note(scan, FactKind::Step, start, end);
        }
    }
}

fn inline(text: &str) -> Vec<(usize, usize)> {
    let mut steps: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for number in 1..=9u8 {
        let digit = [b'0' + number];
        let Ok(digit) = std::str::from_utf8(&digit) else { break };
        let found = ['.', ')'].iter().find_map(|mark| {
            let mark = mark.to_string();
            let place = text.within(from, ALL).find(&[digit, &mark, " "].concat())?;
            let open = text.within(0, from + place).chars().next_back();
            open.is_none_or(|c| c.is_whitespace() || c == ':').then_some(from + place)
        });
        let Some(place) = found else { break };
        if let Some(last) = steps.last_mut() {
            last.1 = text.within(0, place).shed(" ,;.>-→").len();
        }
        from = place + 3;
        let line = text.within(from, ALL).find('\n').unwrap_or(text.len() - from);
        steps.push((from, from + text.within(from, from + line).trim_end().len()));
    }
    steps
}

fn begins_line(scan: &Scan<'_>, place: usize) -> bool {
    let head = scan.text.within(0, place).shed(" *-");
    head.is_empty() || head.ends_with('\n') || head.ends_with('.')
}

/// What stands behind a place, up to the end of the sentence or one of these.
fn rest(scan: &Scan<'_>, place: usize, stops: &[&str]) -> (usize, usize) {
    let text = scan.text.within(place, ALL).skip(" :：*,");
    let start = scan.text.len() - text.len();
    let text = text.within(0, text.floor_char_boundary(MOST_BYTES.min(text.len())));
    let mut end = text.find(['\n', ';', '!', '?', '。', '！', '？', '।']).unwrap_or(text.len());
    let full = text.within(0, end).find(". ").unwrap_or(end);
    end = full;
    for stop in stops {
        if let Some(place) = text.within(0, end).find(stop).filter(|place| *place > 0) {
            end = place;
        }
    }
    (start, start + text.within(0, end).shed(". ,").len())
}
