//! How many people are affected.

use baton_packet::FactKind;

use super::{Scan, lexicon::*};

pub(super) fn read(scan: &mut Scan<'_>, at: usize) {
    let token = scan.tokens[at];
    let kind = FactKind::PeopleAffected;
    if token.is(ONLY_ME) {
        scan.claim(kind, token.start, token.end, Some("just_me".to_owned()));
    } else if token.is(NOBODY) {
        // "Nobody answers my mails" tells of somebody else.
        if scan.precedes(at, ABLE) || scan.follows(at, ABLE) {
            scan.claim(kind, token.start, token.end, Some("all".to_owned()));
        }
    } else if token.is(EVERYONE) {
        let wanted = scan.follows(at, ADDRESSED)
            || scan.said(at + 1) == "to"
            || scan.said(at + 1) == "should";
        // "hey everyone," greets; "for everyone" tells.
        if !wanted {
            scan.claim(kind, token.start, token.end, Some("all".to_owned()));
        }
    } else if token.is(COUNT) || scan.is_number(at) {
        counted(scan, at, token);
    }
}

/// "12 people cannot log in", "five of us", "affects 30 users".
fn counted(scan: &mut Scan<'_>, at: usize, token: Token) {
    let digits = scan.said(at);
    if digits.len() > 5 && scan.is_number(at) {
        return;
    }
    let mut noun = at + 1;
    // "12 of our agents", "all 40 nurses"
    while noun < at + 3
        && !scan.is(noun, PEOPLE)
        && one_of(
            scan.said(noun),
            "of|our|my|other|different|von|unserer|unseren|de|nuestros|nos|van|onze",
        )
    {
        noun += 1;
    }
    if !scan.is(noun, PEOPLE) || !(at..noun).all(|place| scan.gap(place).trim().is_empty()) {
        return;
    }
    let us = ["us", "uns"].iter().any(|word| scan.said(noun).ends_with(word))
        && scan.said(noun).contains(' ');
    let before = scan.text.floor_char_boundary(token.start.saturating_sub(40));
    let fails = ["n't", " not ", "fail", "broken", "down", "error", "slow", "crash"];
    let fails = fails.iter().any(|word| scan.text.within(before, token.start).contains(word));
    let told = us && token.which != 1
        || at > 0 && scan.follows(at, FOR) && fails
        || scan.precedes(noun, AFFECTED)
        || at > 0 && scan.follows(at, FOR) && scan.follows(at, ADDRESSED)
        || scan.is(noun + 2, AFFECTED)
            && scan.precedes(noun, !0)
            && one_of(scan.said(noun + 1), "are|were|get|have|sind|sont|están|estão|sono|zijn");
    if told && !(at > 0 && one_of(scan.said(at - 1), "add|invite|to|have")) {
        let number = if scan.is_number(at) { digits.to_owned() } else { token.which.to_string() };
        scan.claim(FactKind::PeopleAffected, token.start, scan.tokens[noun].end, Some(number));
    }
}
