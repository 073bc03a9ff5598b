//! Browsers, operating systems and versions.

use baton_packet::FactKind;

use super::{Scan, lexicon::*};
use crate::words::is_word_char;

const BROWSERS: [&str; 9] = [
    "Chrome",
    "Firefox",
    "Safari",
    "Edge",
    "Opera",
    "Brave",
    "Vivaldi",
    "Samsung Internet",
    "Internet Explorer",
];
const SYSTEMS: [&str; 10] = [
    "Windows", "macOS", "Linux", "Ubuntu", "Debian", "Fedora", "iOS", "iPadOS", "Android",
    "ChromeOS",
];
/// Words that are also words of everyday language.
const EVERYDAY: &str = "edge|opera|brave|windows|win|mac|ie|safari";
/// What stands before such a word where it names a program.
const USING: &str = "in my|on my|in our|in|on|using|use|with|via|unter|auf|mit|sur|sous|avec|en|con|no|em|su|op|na|w|my|is|or|and|oder|und|microsoft|also";

pub(super) fn read(scan: &mut Scan<'_>, at: usize) {
    let token = scan.tokens[at];
    if token.is(BROWSER | SYSTEM) {
        program(scan, at, token);
    } else {
        version(scan, at, token);
    }
}

fn program(scan: &mut Scan<'_>, at: usize, token: Token) {
    let said = scan.said(at);
    let named = version_end(scan, at);
    let listed = |list: &str, word: &str| list.split('|').any(|other| other == word);
    let everyday = EVERYDAY.split('|').any(|word| said.eq_ignore_ascii_case(word));
    if everyday && named.is_none() {
        let before = if at > 0 { scan.said(at - 1).to_ascii_lowercase() } else { String::new() };
        let capital = !said.run(is_capital).is_empty() && at > 0;
        if !(capital || listed(USING, &before))
            || one_of(scan.said(at + 1), "case|cases|of|open|computing|house|cache")
        {
            return;
        }
    }
    let browser = token.is(BROWSER);
    let names: &[&str] = if browser { &BROWSERS } else { &SYSTEMS };
    let Some(name) = names.get(usize::from(token.which)) else { return };
    let device = said.starts_with("iP") || said.starts_with("ip") || said.contains("ook");
    let (end, normalized) = match named {
        Some((from, end)) if !device || said.eq_ignore_ascii_case("ipados") => {
            (end, [name, " ", scan.text.within(from, end)].concat())
        }
        Some((_, end)) => (end, (*name).to_owned()),
        None => (token.end, (*name).to_owned()),
    };
    // The line that a telephone puts under its mails says nothing of the problem.
    let kind = if browser { FactKind::Browser } else { FactKind::Os };
    scan.claim(kind, token.start, end, Some(normalized));
}

/// The version behind the token: where it begins and ends.
fn version_end(scan: &Scan<'_>, at: usize) -> Option<(usize, usize)> {
    let mut next = at + 1;
    if scan.is(next, VERSION) && scan.said(next).begins("vV") && scan.gap(at) == " " {
        next += 1;
    }
    let token = scan.tokens.get(next).filter(|_| one_of(scan.gap(next - 1), " |/|-| ("))?;
    let said = scan.said(next);
    let skipped = usize::from(said.begins("vV"));
    let start = token.start + skipped;
    let length = dotted(scan.text.within(start, ALL));
    let behind = scan.text.within(start + length, ALL);
    if length == 0 {
        return one_of(said, "XP|Sonoma|Sequoia|Ventura|Monterey|Vista")
            .then_some((token.start, token.end));
    }
    // "Chrome 3 times", "Safari 2 days ago"
    let unit =
        scan.is(next + 1, UNIT | PEOPLE) || one_of(scan.said(next + 1), "times|tabs|windows");
    (!unit && !behind.begins(":%€")).then_some((start, start + length))
}

/// Bytes of `126.0.6478.127`.
fn dotted(text: &str) -> usize {
    // Longer ones are no version, and would be read again from each of their parts.
    let text = text.within(0, text.floor_char_boundary(32));
    let mut end = 0;
    loop {
        let digits = text.within(end, ALL).digits();
        if digits == 0 || digits > 6 {
            return end.saturating_sub(usize::from(end > 0));
        }
        end += digits;
        if !text.within(end, ALL).starts_with('.') {
            return end;
        }
        end += 1;
    }
}

fn version(scan: &mut Scan<'_>, at: usize, token: Token) {
    let said = scan.said(at);
    if token.is(VERSION) {
        let linked = usize::from(one_of(scan.said(at + 1), "is|number|no|ist"));
        let next = at + 1 + linked;
        let Some(number) = scan.tokens.get(next) else { return };
        let text = scan.said(next);
        let start = number.start + usize::from(text.begins("vV"));
        let mut length = dotted(scan.text.within(start, ALL));
        length += tail(scan.text.within(start + length, ALL));
        let plain = scan.text.within(start, start + length).bytes().all(|b| b.is_ascii_digit());
        let close = one_of(scan.gap(next - 1).trim(), "|:|(|#") && scan.gap(next - 1).len() < 4;
        let lower = said.to_ascii_lowercase();
        let enough = match lower.as_str() {
            "build" | "release" | "firmware" | "sdk" => !plain || length >= 4,
            _ => true,
        };
        if length > 0 && close && enough {
            let version = scan.text.within(start, start + length).to_owned();
            scan.claim(FactKind::Version, token.start, start + length, Some(version));
        }
        return;
    }
    let prefixed = said.begins("vV") && said.within(1, ALL).digits() > 0;
    let start = token.start + usize::from(prefixed);
    if !prefixed && !scan.begins_with_digit(at) {
        return;
    }
    let length = dotted(scan.text.within(start, ALL));
    let parts = scan.text.within(start, start + length).split('.').count();
    let tail = tail(scan.text.within(start + length, ALL));
    let end = start + length + tail;
    let closed = scan.text.within(end, ALL).run(is_word_char).is_empty();
    let before = scan.text.within(0, token.start).chars().next_back();
    let open = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '@' | '['));
    if !prefixed && parts > 3 && length > 0 {
        // An address of a machine is nothing that one would be asked for.
        scan.claimed = end;
    } else if closed && open && length > 0 && (prefixed || parts == 3) {
        scan.claim(
            FactKind::Version,
            token.start,
            end,
            Some(scan.text.within(start, end).to_owned()),
        );
    }
}

/// Bytes of what follows a version: `-beta.2`, `rc1`.
fn tail(text: &str) -> usize {
    let bare = text.skip("-+");
    let marks = ["beta", "alpha", "rc", "pre", "canary", "nightly"];
    if !marks.iter().any(|mark| bare.starts_with(mark)) {
        return 0;
    }
    text.run(|c| is_sign(c) || "-+.".contains(c)).shed(".").len()
}
