//! Days and dates, and since when something happens.

use baton_packet::FactKind;

use super::{Scan, lexicon::*};

/// Most words of one time.
const MOST_WORDS: usize = 9;
/// What tells a time by itself.
const HEAD: Class = DAY | UNIT | EVENT | PART | MONTH | WEEKDAY | AGO;
/// Before a count of days that tells of loyalty.
const LOYAL: &str = "customer|client|member|subscri|paying|with you|using|used";
/// Before a count of days: whatever goes on.
const GOING_ON: &str = "been|waiting|down|broken|stuck|offline|failing|working|cant|can't|happening|now|already|straight|out";

/// The words of a time: the token behind it, and what they may mean together.
struct Phrase {
    end: usize,
    class: Class,
    /// The date, if it is complete.
    date: Option<String>,
}

pub(super) fn read(scan: &mut Scan<'_>, at: usize) {
    since(scan, at).or_else(|| date(scan, at));
}

fn since(scan: &mut Scan<'_>, at: usize) -> Option<()> {
    let token = scan.tokens[at];
    let kind = FactKind::Since;
    let start = token.start;
    if token.is(SINCE) && at + 1 < scan.tokens.len() && scan.gap(at).trim().is_empty() {
        let phrase = if token.is(AGO_BEFORE) { None } else { phrase(scan, at + 1, true) };
        // "since the day" tells nothing; "since 3 days" does.
        let counted = scan.begins_with_digit(at + 1) || scan.is(at + 1, COUNT | LAST);
        if let Some(phrase) = phrase.filter(|phrase| phrase.class & HEAD != UNIT || counted) {
            let behind = scan.precedes(phrase.end - 1, SINCE_BEHIND);
            let end = scan.tokens[phrase.end - 1 + usize::from(behind)].end;
            scan.claim(kind, start, end, phrase.date);
            return Some(());
        }
    }
    if token.is(AFTER)
        && scan.gap(at).trim().is_empty()
        && let Some(phrase) =
            phrase(scan, at + 1, true).filter(|phrase| phrase.class & (EVENT | PART) != 0)
    {
        scan.claim(kind, start, scan.tokens[phrase.end - 1].end, None);
        return Some(());
    }
    if token.is(FOR)
        && let Some(phrase) =
            phrase(scan, at + 1, true).filter(|phrase| phrase.class & HEAD == UNIT)
    {
        let counted = scan.begins_with_digit(at + 1) || scan.is(at + 1, COUNT | GLUE | LAST);
        let before = scan.text.floor_char_boundary(start.saturating_sub(48));
        let around = scan.text.within(before, start);
        let goes_on = GOING_ON.split('|').any(|word| around.contains(word))
            || one_of(scan.said(phrase.end), "now|already|straight");
        let years = scan.said(phrase.end - 1).starts_with("year");
        let loyal = LOYAL.split('|').any(|word| around.contains(word));
        if counted && goes_on && !years && !loyal {
            scan.claim(kind, start, scan.tokens[phrase.end - 1].end, None);
            return Some(());
        }
    }
    // 昨日から, 二日前から, कल से
    let heads = DAY | WEEKDAY | MONTH | EVENT | PART | COUNT;
    if token.is(heads) || scan.begins_with_digit(at) {
        let phrase = phrase(scan, at, true)?;
        if scan.precedes(phrase.end - 1, SINCE_BEHIND) {
            scan.claim(kind, start, scan.tokens[phrase.end].end, None);
            return Some(());
        }
    }
    None
}

fn date(scan: &mut Scan<'_>, at: usize) -> Option<()> {
    let token = scan.tokens[at];
    let digit = scan.begins_with_digit(at);
    let starts = digit
        || token.is(DAY | WEEKDAY | AGO_BEFORE)
        || token.is(COUNT) && scan.precedes(at, UNIT)
        || token.is(LAST) && scan.precedes(at, WEEKDAY | MONTH)
        || token.is(MONTH);
    if !starts {
        return None;
    }
    if digit
        && !scan.precedes(at, UNIT | MONTH)
        && !scan.is(at + 2, MONTH)
        && !scan.gap(at).begins(".-/")
        && numeric(scan.text, token.start).is_none()
    {
        return None;
    }
    let from = at + usize::from(token.is(AGO_BEFORE) && !token.is(DAY));
    let phrase = phrase(scan, from, false)?;
    let recurs = at > 0
        && one_of(
            &scan.said(at - 1).to_ascii_lowercase(),
            "every|each|jeden|chaque|cada|ogni|elke|you|black",
        );
    let counted = phrase.class & UNIT != 0 && phrase.class & (DAY | WEEKDAY | MONTH) == 0;
    let tells = if token.is(AGO_BEFORE) && !token.is(DAY) {
        counted
    } else if counted {
        phrase.class & AGO != 0
    } else if token.is(MONTH) && phrase.end == at + 1 {
        // Months alone are names and verbs, too.
        let capital = scan.said(at).starts_with(|c: char| !c.is_ascii_lowercase());
        capital
            && at > 0
            && one_of(scan.said(at - 1), "in|from|of|until|for|the|im|en|em|für|my|our")
            && scan.said(at).len() > 3
    } else {
        phrase.class & (DAY | WEEKDAY | MONTH) != 0
    };
    if !tells || recurs {
        return None;
    }
    scan.claim(FactKind::Date, token.start, scan.tokens[phrase.end - 1].end, phrase.date);
    Some(())
}

/// Reads a time from the token on. Events and who acts are only part of it where
/// it says since when.
fn phrase(scan: &Scan<'_>, from: usize, since: bool) -> Option<Phrase> {
    let mut found: Option<Phrase> = None;
    let mut class = 0;
    let mut named = Named::default();
    let mut date = None;
    let mut at = from;
    while at < scan.tokens.len() && at < from + MOST_WORDS {
        if at > from && !joins(scan, at - 1) {
            break;
        }
        let token = scan.tokens[at];
        let said = scan.said(at);
        let tied = class & (UNIT | AGO | DAY) != 0
            && !token.is(HEAD)
            && !scan.begins_with_digit(at)
            && one_of(said, "of|my|our|a|an|i|we|you|and");
        if tied
            || !since
                && (token.is(EVENT) && !token.is(PART | DAY) || one_of(said, "and|i|we|you|to"))
        {
            break;
        }
        let mut tells = token.is(HEAD);
        if scan.begins_with_digit(at) {
            if let Some((end, iso)) = numeric(scan.text, token.start) {
                at = scan.token_from(end) - 1;
                date = iso;
                class |= DAY;
                tells = true;
            } else {
                let hour = is_hour(scan, at);
                class |= if hour { PART } else { 0 };
                tells = named.number(scan.said(at), class & MONTH != 0) || hour;
            }
        } else if token.is(MONTH) && !token.is(COUNT) {
            named.month = Some(token.which);
            // A number without a month is no day yet.
            class |= MONTH;
        } else if !tells && !token.is(GLUE | LAST | COUNT | VERSION) {
            break;
        }
        class |= token.class & (HEAD | LAST);
        at += 1;
        if tells {
            found = Some(Phrase { end: at, class, date: None });
        }
    }
    let mut found = found?;
    found.date = date.or_else(|| named.iso());
    // A lone number is no time.
    (found.class & HEAD != 0 || found.date.is_some()).then_some(found)
}

/// Whether a time may go on behind the token.
fn joins(scan: &Scan<'_>, at: usize) -> bool {
    let gap = scan.gap(at);
    let digit = scan.begins_with_digit(at);
    match gap.trim() {
        "" => !gap.contains('\n'),
        "." | ":" => digit,
        "," => {
            digit && scan.begins_with_digit(at + 1)
                || scan.is(at, MONTH | WEEKDAY)
                    && (scan.begins_with_digit(at + 1) || scan.is(at + 1, MONTH))
        }
        "-" | "/" => !gap.contains(' '),
        _ => false,
    }
}

/// `9am`, `14h`, `14:30`.
fn is_hour(scan: &Scan<'_>, at: usize) -> bool {
    let said = scan.said(at);
    let letters = said.trim_start_matches(|c: char| c.is_ascii_digit());
    one_of(letters, "am|pm|h|AM|PM|ish")
        || letters.is_empty() && said.len() == 2 && at > 0 && scan.gap(at - 1) == ":"
}

/// A day, a month told by name, and a year.
#[derive(Default)]
struct Named {
    day: Option<u32>,
    month: Option<u8>,
    year: Option<u32>,
}

impl Named {
    /// Takes a number for the day or the year; whether it tells by itself.
    fn number(&mut self, said: &str, month: bool) -> bool {
        let digits = said.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = said.within(digits.len(), ALL);
        let Ok(number) = digits.parse::<u32>() else { return false };
        match (number, suffix) {
            (1990..=2099, "") => self.year = Some(number),
            (1..=31, "" | "st" | "nd" | "rd" | "th" | "er") if self.day.is_none() => {
                self.day = Some(number);
                return month || one_of(suffix, "st|nd|rd|th");
            }
            _ => return false,
        }
        true
    }

    fn iso(&self) -> Option<String> {
        iso(self.year?, u32::from(self.month?), self.day?)
    }
}

/// A date in digits: where it ends, and its ISO form where that is not in doubt.
/// Dots put the day first; of slashes it is not known.
fn numeric(text: &str, start: usize) -> Option<(usize, Option<String>)> {
    let mut numbers = [(0u32, 0usize); 3];
    let mut at = start;
    let mut marks = ['\0'; 3];
    let mut count = 0;
    for place in 0..3 {
        let digits = text.within(at, ALL).digits();
        if !(1..=4).contains(&digits) {
            break;
        }
        numbers[place] = (text.within(at, at + digits).parse().ok()?, digits);
        at += digits;
        count += 1;
        let mark = text.within(at, ALL).chars().next();
        match mark {
            Some(c @ ('-' | '.' | '/')) if place < 2 && (place == 0 || marks[0] == c) => {
                marks[place] = c
            }
            Some(c @ ('年' | '月' | '日' | '号')) => marks[place] = c,
            _ => break,
        }
        at += mark.map_or(0, char::len_utf8);
    }
    let [(a, a_len), (b, b_len), (c, c_len)] = numbers;
    let end = at;
    match (marks, count) {
        (['年', '月', '日' | '号'], 3) => Some((end, iso(a, b, c))),
        (['月', '日' | '号', _], 2) if a <= 12 && b <= 31 => Some((end, None)),
        (['-' | '.' | '/', ..], 3) if a_len == 4 && b_len <= 2 && c_len <= 2 => {
            Some((end, Some(iso(a, b, c)?)))
        }
        ([mark @ ('-' | '.' | '/'), ..], 3)
            if a_len <= 2 && b_len <= 2 && c_len == 4 && (1990..2100).contains(&c) =>
        {
            let date = match (mark, a > 12, b > 12) {
                ('.', _, false) | (_, true, false) => iso(c, b, a),
                ('-' | '/', false, true) => iso(c, a, b),
                _ => None,
            };
            (date.is_some() || a <= 12 && b <= 12).then_some((end, date))
        }
        (['/', ..] | ['.', ..], 3)
            if a_len <= 2
                && b_len <= 2
                && c_len == 2
                && (a <= 12 && b <= 31 || a <= 31 && b <= 12)
                && a > 0
                && b > 0 =>
        {
            Some((end, None))
        }
        _ => None,
    }
}

fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    if !(1990..2100).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let two = |number: u32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    Some([&year.to_string(), "-", &two(month), "-", &two(day)].concat())
}
