//! Text to words: where each stands, and its folded letters (small, without
//! accents), so that `Étape`, `étape` and `etape` are one word.

use std::ops::Range;

/// What is done with a word and its place; `false` to read no further. Not generic: a
/// copy of the reader for each caller would cost the page a kilobyte.
pub(crate) type Each<'a> = dyn FnMut(&str, Range<usize>) -> bool + 'a;

/// Calls `each` with the folded letters of every word of `text` and where it stands
/// in it, in bytes. Scripts that put no space between words come as overlapping pairs
/// of letters. Addresses (`https://…`) are left out: their parts say little. Ends
/// when `each` returns `false`.
pub(crate) fn words(text: &str, each: &mut Each<'_>) {
    let mut folded = String::new();
    let mut rest = text.char_indices().peekable();
    while let Some(&(start, first)) = rest.peek() {
        if !is_letter(first) {
            rest.next();
            continue;
        }
        if let Some(length) = address(&text[start..]) {
            while rest.next_if(|&(at, _)| at < start + length).is_some() {}
            continue;
        }
        if is_unspaced(first) {
            let end = run(text, start, is_unspaced);
            if !pairs(text, start..end, &mut folded, each) {
                return;
            }
            while rest.next_if(|&(at, _)| at < end).is_some() {}
            continue;
        }
        folded.clear();
        let mut end = start;
        while let Some(&(at, c)) = rest.peek() {
            if is_letter(c) && !is_unspaced(c) {
                fold(c, &mut folded);
            } else if !is_joint(&text[start..at], &text[at..]) {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        if !folded.is_empty() && !each(&folded, start..end) {
            return;
        }
    }
}

/// A hyphen that makes one word of two: after one or two letters (`e-mail`).
fn is_joint(before: &str, from: &str) -> bool {
    let mut next = from.chars();
    let hyphen = matches!(next.next(), Some('-' | '\u{2010}' | '\u{2011}'));
    hyphen
        && before.len() <= 2
        && before.chars().all(char::is_alphabetic)
        && next.next().is_some_and(char::is_alphabetic)
}

fn pairs(text: &str, place: Range<usize>, folded: &mut String, each: &mut Each<'_>) -> bool {
    let mut previous: Option<(usize, char)> = None;
    let letters = text[place.clone()].char_indices().count();
    for (at, c) in text[place.clone()].char_indices() {
        let end = place.start + at + c.len_utf8();
        let start = match previous {
            Some((before, _)) => before,
            None if letters == 1 => place.start,
            None => {
                previous = Some((place.start, c));
                continue;
            }
        };
        folded.clear();
        for letter in previous.map(|(_, letter)| letter).into_iter().chain([c]) {
            fold(letter, folded);
        }
        if !each(folded, start..end) {
            return false;
        }
        previous = Some((place.start + at, c));
    }
    true
}

fn run(text: &str, start: usize, belongs: impl Fn(char) -> bool) -> usize {
    let length = text[start..].find(|c| !belongs(c));
    length.map_or(text.len(), |length| start + length)
}

/// How long an address is that begins here.
fn address(text: &str) -> Option<usize> {
    let head = text.as_bytes();
    if !head.starts_with(b"http") || !(text.starts_with("https://") || text.starts_with("http://"))
    {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '"' | '<');
    Some(text.find(ends).unwrap_or(text.len()))
}

/// Letters, digits and the marks written on letters.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_mark(c)))
}

/// Accents and Arabic vowels that stand as characters of their own, and the stroke
/// that only makes an Arabic word longer.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{652}' | '\u{640}' | '\u{670}')
}

/// Han, kana, Thai, Lao, Khmer: written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}'
        | '\u{E01}'..='\u{EFF}' | '\u{1780}'..='\u{17DD}')
}

/// The plain letters of U+00C0 to U+017F, one for each.
const PLAIN: &[u8; 192] = b"\
aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

fn fold(c: char, into: &mut String) {
    match c {
        'A'..='Z' | 'a'..='z' | '0'..='9' => into.push(c.to_ascii_lowercase()),
        'ß' | 'ẞ' => into.push_str("ss"),
        'æ' | 'Æ' => into.push_str("ae"),
        'œ' | 'Œ' => into.push_str("oe"),
        '\u{C0}'..='\u{17F}' => into.push(PLAIN[c as usize - 0xC0].into()),
        // The alefs, the final ya and the final ha of Arabic are one letter each.
        'أ' | 'إ' | 'آ' => into.push('ا'),
        'ى' => into.push('ي'),
        'ة' => into.push('ه'),
        c if is_mark(c) => {}
        // Full-width Latin.
        '\u{FF10}'..='\u{FF5A}' => {
            let plain = u32::from(c) - 0xFEE0;
            into.extend(char::from_u32(plain).map(|c| c.to_ascii_lowercase()));
        }
        c => into.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, &mut |word, place| {
            assert!(text.get(place).is_some(), "{word}");
            found.push(word.to_owned());
            true
        });
        found
    }

    #[test]
    fn words_are_folded_and_kept_apart() {
        assert_eq!(
            all("Étape n°2: l’e-mail, Straße"),
            ["etape", "n", "2", "l", "email", "strasse"]
        );
        assert_eq!(all("2FA sign-in; ERR_1042"), ["2fa", "sign", "in", "err", "1042"]);
        assert_eq!(all("e\u{301}te\u{301} Čaj łódź Œuvre"), ["ete", "caj", "lodz", "oeuvre"]);
        assert_eq!(all("[here](https://help.example/a-b) now"), ["here", "now"]);
        assert_eq!(all(" -- … "), [""; 0]);
    }

    #[test]
    fn unspaced_scripts_come_in_pairs() {
        assert_eq!(all("請求書をPDFで"), ["請求", "求書", "書を", "pdf", "で"]);
        assert_eq!(all("أَهلاً مرحبة"), ["اهلا", "مرحبه"]);
    }

    #[test]
    fn reading_ends_when_told() {
        let mut read = 0;
        words("one two three", &mut |_, _| {
            read += 1;
            read < 2
        });
        assert_eq!(read, 2);
    }
}
