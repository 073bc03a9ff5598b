//! Words that were mistyped.

use super::terms::{Terms, letters};

/// Longer words are not corrected.
const LONGEST: usize = 32;

/// How many slips a word of so many letters may have.
pub(crate) fn slips(letters: usize) -> usize {
    match letters {
        ..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The terms that are fewest slips away from `stem`, at most `slips`, and how many
/// that is. A slip is a letter too many, too few, another, or two swapped. In short
/// words the first letter is never wrong.
pub(crate) fn nearest(stem: &str, slips: usize, terms: &Terms) -> (Vec<usize>, usize) {
    let wanted: Vec<char> = stem.chars().collect();
    let mut nearest = Vec::new();
    let mut fewest = slips;
    if slips == 0 || wanted.len() > LONGEST || stem.bytes().any(|byte| byte.is_ascii_digit()) {
        return (nearest, fewest);
    }
    let mut other = Vec::with_capacity(LONGEST);
    for term in terms.alike(letters(stem), 2 * slips as u32) {
        let text = terms.get(term);
        // Names of groups of synonyms are no words.
        if text.starts_with('\u{1}') || text.len().abs_diff(stem.len()) > 4 * slips {
            continue;
        }
        other.clear();
        other.extend(text.chars());
        if other.len().abs_diff(wanted.len()) > fewest
            || other.len() > LONGEST
            || other.len() < 3
            || (slips == 1 && other[0] != wanted[0])
        {
            continue;
        }
        let distance = distance(&wanted, &other);
        if distance < fewest {
            nearest.clear();
            fewest = distance;
        }
        if distance <= fewest {
            nearest.push(term);
        }
    }
    (nearest, fewest)
}

/// Optimal string alignment: Levenshtein's distance with swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (at, cell) in rows[1].iter_mut().enumerate() {
        *cell = at as u8;
    }
    for (i, &letter) in a.iter().enumerate() {
        rows[2][0] = i as u8 + 1;
        for (j, &other) in b.iter().enumerate() {
            let mut least = rows[1][j] + u8::from(letter != other);
            least = least.min(rows[1][j + 1] + 1).min(rows[2][j] + 1);
            if i > 0 && j > 0 && letter == b[j - 1] && a[i - 1] == other {
                least = least.min(rows[0][j - 1] + 1);
            }
            rows[2][j + 1] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()].into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mistyped: &str, slips: usize, expected: &[&str]) {
        let mut terms = Terms::default();
        for word in ["\u{1}a", "invit", "invoic", "passport", "password", "rabbit", "reset", "über"]
        {
            terms.push(word);
        }
        let (found, _) = nearest(mistyped, slips, &terms);
        let found: Vec<_> = found.into_iter().map(|term| terms.get(term)).collect();
        assert_eq!(found, expected, "{mistyped}");
    }

    #[test]
    fn slips_are_forgiven_by_length() {
        assert_eq!([3, 4, 7, 8].map(slips), [0, 1, 1, 2]);
        check("invioc", 1, &["invoic"]);
        check("invi", 1, &["invit"]);
        check("reste", 1, &["reset"]);
        check("passwrod", 2, &["password"]);
        check("pasword", 2, &["password"]);
        check("passwort", 2, &["passport", "password"]);
        check("eset", 1, &[]);
        check("ubar", 1, &[]);
        check("", 0, &[]);
        check("xyz1", 1, &[]);
    }

    #[test]
    fn the_distance_counts_swaps_once() {
        let count = |a: &str, b: &str| {
            distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(count("abc", "acb"), 1);
        assert_eq!(count("kitten", "sitting"), 3);
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count(&"a".repeat(LONGEST), &"b".repeat(LONGEST)), LONGEST);
    }
}
