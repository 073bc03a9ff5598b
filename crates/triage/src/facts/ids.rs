//! Ids of orders, invoices and tickets.

use baton_packet::FactKind;

use super::{Scan, lexicon::*};

/// Codes that say by themselves what they name.
const PREFIXES: [(FactKind, &str); 3] = [
    (FactKind::OrderId, "ORD|ORDER|PO|SO"),
    (FactKind::InvoiceId, "INV|INVOICE|FAC|FAK|RE|RG"),
    (FactKind::TicketId, "TKT|TCK|TICKET|CASE|REQ|SUP|INC|CS"),
];
/// Most words between the noun and the id.
const MOST_BETWEEN: usize = 3;

pub(super) fn read(scan: &mut Scan<'_>, at: usize) {
    let token = scan.tokens[at];
    let kind =
        [(ORDER, FactKind::OrderId), (INVOICE, FactKind::InvoiceId), (TICKET, FactKind::TicketId)]
            .into_iter()
            .find_map(|(class, kind)| token.is(class).then_some(kind));
    if let Some(kind) = kind
        && let Some((start, end)) = named(scan, at)
    {
        scan.claim(kind, start, end, None);
        return;
    }
    let said = scan.said(at);
    let prefix = said.trim_end_matches(is_digit as fn(char) -> bool);
    for (kind, list) in PREFIXES {
        if list.split('|').any(|other| other == prefix) {
            let run = run(scan.text.within(token.start, ALL));
            let digits = run.bytes().filter(u8::is_ascii_digit).count();
            let parted = run.len() > prefix.len() && run.within(prefix.len(), ALL).begins("-_/");
            if digits >= 3 && (parted || said.len() > prefix.len() + 3 && prefix.len() > 2) {
                scan.claim(kind, token.start, token.start + run.len(), None);
                return;
            }
        }
    }
}

/// The id that the noun names: where it begins and ends.
fn named(scan: &Scan<'_>, at: usize) -> Option<(usize, usize)> {
    let mut marked = false;
    for place in at..=at + MOST_BETWEEN {
        let gap = scan.gap(place);
        let next = scan.tokens.get(place + 1)?;
        let close = gap.chars().all(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    ':' | '#' | '.' | '(' | '-' | '°' | 'º' | '№' | '"' | '：' | '=' | '['
                )
        });
        if !close
            || gap.len() > 8
            || gap.contains('\n')
            || gap.contains(". ") && !scan.is(place, NUMBERED)
        {
            return None;
        }
        marked |= gap.has("#№°º:：")
            || scan.tokens[place].is(NUMBERED) && place > at
            || place == at
                && !scan.said(at).ends_with(scan.said(at).split(' ').next().unwrap_or(""));
        let run = run(scan.text.within(next.start, ALL));
        if run.bytes().any(|b| b.is_ascii_digit()) {
            return is_id(scan, run, next.start, marked)
                .then_some((next.start, next.start + run.len()));
        }
        if !next.is(NUMBERED) {
            return None;
        }
    }
    None
}

/// The signs an id is made of.
fn run(text: &str) -> &str {
    text.run(|c| is_sign(c) || "-_/.".contains(c)).shed("-_/.")
}

fn is_id(scan: &Scan<'_>, run: &str, start: usize, marked: bool) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let plain = digits == run.len();
    let behind = scan.text.within(start + run.len(), ALL);
    if behind.begins(":%€$£,") && behind.within(1, ALL).digits() > 0
        || behind.starts_with('%')
        || run.len() > 32
        || digits >= 16
    {
        return false;
    }
    // A day, a year, a count of things.
    let number: u32 = run.parse().unwrap_or(0);
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| run.len() <= 4 && run.ends_with(end));
    let dotted = run.contains('.') && !run.bytes().any(|b| b.is_ascii_alphabetic());
    if ordinal || dotted || !marked && plain && (1990..2040).contains(&number) {
        return false;
    }
    if marked {
        return run.len() >= 2;
    }
    let next = scan.token_from(start + run.len());
    let word = scan.said(next);
    let many = word.len() >= 4
        && word.ends_with('s')
        && !one_of(word, "shows|says|gives|does|needs|keeps|looks|seems|fails")
        && behind.starts_with(' ');
    if plain { run.len() >= 4 && !many } else { run.len() >= 3 && digits * 3 >= run.len() }
}
