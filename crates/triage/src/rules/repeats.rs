//! Whether the customer says the same thing again.

use crate::{
    phrases::{first, plain},
    words::each_word,
};

/// Messages that are compared with one another, the latest ones.
const MOST_MESSAGES: usize = 12;
/// Words of a message that are compared.
const MOST_WORDS: usize = 100;
/// Fewer words in common say nothing.
const LEAST_COMMON: usize = 3;

/// Words that say so themselves.
const SAYS_AGAIN: &str = "as i said|like i said|as i wrote|as i mentioned|as mentioned|i already said|\
i already told|ive already said|ive already told|i already explained|already explained this|\
asking again|i repeat|i just said|i just told you|how many times|that was my question|\
you didnt answer|not what i asked|read what i wrote|wie gesagt|wie ich schon|nochmal:|schon gesagt|\
comme je lai dit|je lai déjà dit|je répète|como ya dije|ya lo dije|repito|como eu disse|já disse|\
come ho detto|lho già detto|ripeto|zoals ik al zei|zoals gezegd|jak już mówił*|powtarzam";
/// English words that any two messages share. Of other languages, length tells.
const EMPTY: &str = "|this|that|with|have|from|your|what|when|there|they|would|could|about|please|\
hello|thanks|thank|help|need|want|just|still|does|doesnt|dont|cant|been|then|than|them|some|will|\
because|again|already|really|very|into|also|like|know|tell|said|";

/// How many of these messages, oldest first, say again what an earlier one said:
/// most of their words stand there, or they say so themselves.
#[must_use]
pub fn repeats(messages: &[&str]) -> u32 {
    let latest = &messages[messages.len().saturating_sub(MOST_MESSAGES)..];
    let read: Vec<(String, Vec<String>)> =
        latest.iter().map(|text| (plain(text), content(text))).collect();
    let again = |place: &usize| {
        let (text, words) = &read[*place];
        let earlier = &read[..*place];
        let same = |(other, others): &(String, Vec<String>)| {
            other == text && text.trim().contains(' ') || share_most(words, others)
        };
        !earlier.is_empty() && (first(SAYS_AGAIN, text).is_some() || earlier.iter().any(same))
    };
    (0..read.len()).filter(again).count() as u32
}

/// Three fifths of the shorter list stand in the other one, and of the longer
/// list a third: a short "and the export?" is not its long story told again.
fn share_most(words: &[String], others: &[String]) -> bool {
    let common = words.iter().filter(|word| others.contains(word)).count();
    let (short, long) = (words.len().min(others.len()), words.len().max(others.len()));
    common >= LEAST_COMMON && common * 5 >= short * 3 && common * 3 >= long
}

/// Stems of the words that carry meaning, each once.
fn content(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    // Two characters of a script without spaces make about a word.
    let mut before = String::new();
    each_word(text, |word| {
        if words.len() == MOST_WORDS {
            return;
        }
        let alone = word.stem().chars().next().is_some_and(crate::words::one_by_one);
        let stem = match alone {
            true => [before.as_str(), word.stem()].concat(),
            false => word.stem().to_owned(),
        };
        before = if alone { word.stem().to_owned() } else { String::new() };
        let says = match alone {
            true => stem.chars().count() == 2,
            false => stem.chars().count() > 3 && !EMPTY.contains(&["|", &stem, "|"].concat()),
        };
        if says && !words.contains(&stem) {
            words.push(stem);
        }
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_in_other_words_is_a_repetition() {
        for messages in [
            &[
                "The invoice export fails with a server error",
                "the export of invoices still fails with that server error",
            ][..],
            &["it does not work", "It does not work!"],
            &["Where is my refund?", "As I said, I want the money back"],
            &[
                "Der Export der Rechnungen bricht mit einem Fehler ab",
                "Nochmal, der Rechnungen Export bricht mit einem Fehler ab",
            ],
            &["請求書をエクスポートできません", "請求書がエクスポートできません"],
            &["无法导出发票报告", "还是无法导出发票报告"],
        ] {
            assert_eq!(repeats(messages), 1, "{messages:?}");
        }
    }

    #[test]
    fn going_on_is_no_repetition() {
        for messages in [
            &[][..],
            &["It does not work"],
            &["hello", "hello"],
            &["The invoice export fails", "I use Chrome on a Mac", "It began on Monday"],
            &["How do I add a user?", "And how do I remove a user afterwards?"],
            &["thanks", "ok thanks"],
            &["I repeat the export every week, how do I schedule it?"],
        ] {
            assert_eq!(repeats(messages), 0, "{messages:?}");
        }
    }

    #[test]
    fn long_messages_take_bounded_time() {
        let text: String = (0..40_000).map(|number| format!("word{number} ")).collect();
        let begun = std::time::Instant::now();
        assert_eq!(repeats(&[text.as_str(); 40]), 11);
        assert!(begun.elapsed().as_secs() < 5);
    }
}
