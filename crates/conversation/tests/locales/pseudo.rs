//! The pseudo-language: English that a tester can read and that is as long as a long
//! language. What shows up without accents is no word of a file; what shows up without
//! its brackets is cut off.

use super::Words;

/// The file of the pseudo-language, from the English words.
pub fn text(english: &Words) -> String {
    let words: Words = english.iter().map(|(key, text)| (key.clone(), word(key, text))).collect();
    serde_json::to_string_pretty(&words).unwrap() + "\n"
}

fn word(key: &str, text: &str) -> String {
    match key {
        "dir" | "sentence" => text.to_owned(),
        _ => format!("[{}]", accented(text)),
    }
}

/// Each vowel twice, which is about a third more, and an accent on every letter that
/// has one; places stay as they are.
fn accented(text: &str) -> String {
    let mut made = String::new();
    let mut within = false;
    for letter in text.chars() {
        within = letter == '{' || within && letter != '}';
        if within {
            made.push(letter);
            continue;
        }
        let other = accent(letter);
        made.push(other);
        if "aeiouAEIOU".contains(letter) {
            made.extend(other.to_lowercase());
        }
    }
    made
}

fn accent(letter: char) -> char {
    const PLAIN: &str = "aceghijlnorstuwyzACEGHIJLNORSTUWYZ";
    const ACCENTED: &str = "áçéğĥíĵłñóřšťúŵýžÁÇÉĞĤÍĴŁÑÓŘŠŤÚŴÝŽ";
    let place = PLAIN.chars().position(|plain| plain == letter);
    place.and_then(|place| ACCENTED.chars().nth(place)).unwrap_or(letter)
}

#[test]
fn it_is_longer_accented_and_keeps_its_places() {
    assert_eq!(word("a", "Are {n} of you here?"), "[Áářéé {n} óóf ýóóúú ĥééřéé?]");
    assert_eq!(word("dir", "ltr"), "ltr");
}

#[test]
fn all_of_it_is_about_a_third_longer() {
    let count = |words: &Words| words.values().map(|text| text.chars().count()).sum::<usize>();
    let (english, pseudo) = (super::read("en"), super::read("en-XA"));
    let percent = 100 * count(&pseudo) / count(&english);
    assert!((130..150).contains(&percent), "{percent} %");
}
