//! Which language a message is in: own sentences, and what must stay undetermined.

use std::collections::BTreeMap;

use baton_triage::triage;

fn language(text: &str) -> String {
    triage(None, &[text]).language
}

#[test]
fn thirteen_languages_are_told_apart() {
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for line in include_str!("fixtures/languages.tsv").lines() {
        let (want, text) = line.split_once('\t').unwrap();
        let have = language(text);
        let (right, all) = counts.entry(want).or_default();
        *right += u32::from(have == want);
        *all += 1;
        if have != want {
            println!("{text}: {have}, not {want}");
        }
    }
    for (language, (right, all)) in &counts {
        println!("{language} {right}/{all}");
        assert!(*all >= 20 && right * 20 >= all * 19, "{language} {right}/{all}");
    }
    assert_eq!(counts.len(), 13);
}

#[test]
fn too_little_is_undetermined() {
    for text in
        ["502", "ok", "API", "???", "Max Mustermann", "🎉", "v2.3.1", "error", "SOC 2", "no"]
    {
        assert_eq!(language(text), "und", "{text}");
    }
}

#[test]
fn hindi_in_latin_letters_is_no_european_language() {
    for text in ["otp hi nahi aa raha", "mera paisa wapas karo", "kal se login nahi ho raha hai"] {
        assert!(["hi", "und"].contains(&language(text).as_str()), "{text} {}", language(text));
    }
}

#[test]
fn a_pasted_log_does_not_outweigh_the_words() {
    let text = "Seit gestern kommt diese Meldung, bitte helft mir:\nGET /api/v1/users 502 (nginx) upstream_response_time=3.2";
    assert_eq!(language(text), "de");
}
