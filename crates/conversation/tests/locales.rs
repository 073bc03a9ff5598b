//! The words of every language: complete, with the same places, and used. English is
//! the source; `UPDATE_LOCALES=1` writes the pseudo-language anew.

#[path = "locales/pseudo.rs"]
mod pseudo;
#[path = "locales/sources.rs"]
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use baton_triage::{MODEL, Model, triage};

type Words = BTreeMap<String, String>;

/// The plural categories of each language (CLDR 48). What French, Spanish and
/// Portuguese call `many` begins at a million, which is never counted here.
const CATEGORIES: [(&str, &[&str]); 8] = [
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("de", &["one", "other"]),
    ("en", &["one", "other"]),
    ("en-XA", &["one", "other"]),
    ("es", &["one", "other"]),
    ("fr", &["one", "other"]),
    ("ja", &["other"]),
    ("pt-BR", &["one", "other"]),
];

/// These categories may be one number only, which the words then say themselves.
const EXACT: [&str; 3] = ["zero", "one", "two"];

fn folder() -> PathBuf {
    sources::root().join("www").join("locales")
}

fn read(tag: &str) -> Words {
    let path = folder().join(format!("{tag}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{tag}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{tag}: {error}"))
}

/// Key and plural category: `minutes.one` is `minutes` and `one`.
fn parts(key: &str) -> (&str, Option<&str>) {
    match key.split_once('.') {
        Some((key, category)) => (key, Some(category)),
        None => (key, None),
    }
}

/// The places of a text, `{name}`, in order of their names.
fn places(text: &str) -> BTreeSet<&str> {
    let begun = text.split('{').skip(1);
    begun.map(|rest| rest.split_once('}').expect("a place that ends").0).collect()
}

#[test]
fn there_is_a_table_row_for_every_language() {
    let mut tags: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.strip_suffix(".json").expect("only languages").to_owned())
        .collect();
    tags.sort();
    assert_eq!(tags, CATEGORIES.map(|(tag, _)| tag));
}

#[test]
fn every_language_has_the_keys_of_english_and_its_own_plurals() {
    let english = read("en");
    let mut wrong = Vec::new();
    for (tag, categories) in CATEGORIES {
        let mut expected = BTreeSet::new();
        for key in english.keys() {
            match parts(key) {
                (key, None) => drop(expected.insert(key.to_owned())),
                (key, Some(_)) => {
                    expected.extend(categories.iter().map(|category| format!("{key}.{category}")));
                }
            }
        }
        let found: BTreeSet<String> = read(tag).into_keys().collect();
        wrong.extend(expected.difference(&found).map(|key| format!("{tag} lacks {key}")));
        wrong.extend(found.difference(&expected).map(|key| format!("{tag} has {key}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_text_has_the_places_of_the_english_one() {
    let english = read("en");
    let mut wrong = Vec::new();
    for (tag, _) in CATEGORIES {
        for (key, text) in read(tag) {
            let (name, category) = parts(&key);
            let source = english.get(name).or_else(|| english.get(&format!("{name}.other")));
            let mut wanted = places(source.expect("a key of English"));
            if category.is_some_and(|category| EXACT.contains(&category)) && !text.contains("{n}") {
                wanted.remove("n");
            }
            if places(&text) != wanted {
                wrong.push(format!("{tag} {key}: {text:?} has not the places {wanted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_text_is_empty_or_has_blanks_at_its_ends() {
    let mut wrong = Vec::new();
    for (tag, _) in CATEGORIES {
        let words = read(tag);
        let expected = if tag == "ar" { "rtl" } else { "ltr" };
        assert_eq!(words["dir"], expected, "{tag}");
        for (key, text) in words {
            let is_doubled = text.contains("  ") || text.chars().any(char::is_control);
            if text.is_empty() || text.trim() != text || is_doubled {
                wrong.push(format!("{tag} {key}: {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A translation that was forgotten reads like English.
#[test]
fn few_texts_are_those_of_english() {
    let english = read("en");
    for (tag, _) in CATEGORIES.into_iter().filter(|(tag, _)| *tag != "en") {
        let words = read(tag);
        let same = |key: &&String| english.get(*key) == words.get(*key) && *key != "dir";
        let same: Vec<&String> = words.keys().filter(same).collect();
        let long: Vec<_> = same.iter().filter(|key| words[**key].split(' ').count() > 2).collect();
        assert!(long.is_empty() && same.len() < 16, "{tag}: {same:?}");
    }
}

#[test]
fn the_pseudo_language_is_up_to_date() {
    let made = pseudo::text(&read("en"));
    let path = folder().join("en-XA.json");
    if std::env::var_os("UPDATE_LOCALES").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stored == made, "www/locales/en-XA.json is old: run this test with UPDATE_LOCALES=1");
}

#[test]
fn the_english_reasons_are_those_of_the_shipped_rules() {
    let path = sources::root().join("crates/triage/rules/default.json");
    let rules: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let english = read("en");
    let mut wrong = Vec::new();
    for (name, reason) in rules["messages"].as_object().unwrap() {
        let shown = english.get(&format!("reason_{name}")).map(String::as_str);
        if shown != reason.as_str() {
            wrong.push(format!("{name}: {reason} and {shown:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What "talk to a person" writes for the customer is understood as just that.
#[test]
fn the_wish_for_a_person_is_understood_in_every_language() {
    let model = Model::read(MODEL).expect("the model in the repository is good");
    for (tag, _) in CATEGORIES.into_iter().filter(|(tag, _)| *tag != "en-XA") {
        let words = read(tag);
        for key in ["say_person", "person"] {
            let text = words[key].as_str();
            for model in [Some(&model), None] {
                assert!(triage(model, &[text]).wants_human, "{tag}: {text}");
            }
        }
    }
}

#[test]
fn every_key_in_the_sources_is_there() {
    let english = read("en");
    let known: BTreeSet<&str> = english.keys().map(|key| parts(key).0).collect();
    let asked = sources::keys_asked_for();
    assert!(asked.len() > 100, "only {} keys were found in the sources", asked.len());
    let missing: Vec<_> = asked.iter().filter(|(key, _)| !known.contains(&**key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_key_is_used() {
    let literals = sources::literals();
    let english = read("en");
    let is_used = |key: &str| {
        literals.contains(key) || sources::BUILT.iter().any(|prefix| key.starts_with(prefix))
    };
    let names: BTreeSet<&str> = english.keys().map(|key| parts(key).0).collect();
    let unused: Vec<&str> = names.into_iter().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

/// The plain form cannot wait for a file: its English is its own.
#[test]
fn the_plain_forms_english_is_the_same() {
    let path = sources::root().join("www/fallback.js");
    let script = std::fs::read_to_string(path).unwrap();
    for (key, text) in read("en") {
        if let Some(name) = key.strip_prefix("fallback_") {
            let line = format!("  {name}: '{text}',");
            assert!(script.lines().any(|known| known == line), "www/fallback.js has not: {line}");
        }
    }
}
