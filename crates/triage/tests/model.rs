//! The model's file: made from its sources, and refused if anything is wrong.

#[path = "../examples/build_model/pack.rs"]
mod pack;

use baton_packet::Intent;
use baton_triage::{MODEL, Model, ModelError, triage};

const TEXT: &str = "Hi! The invoice export fails with error 500, please refund 返金 me?";

#[test]
fn the_file_is_the_one_its_sources_make() {
    let made = pack::pack(include_str!("../data/weights.txt"), include_str!("../data/cues.txt"));
    assert!(
        made.expect("the sources are good").as_bytes() == MODEL,
        "run `cargo run -p baton-triage --example build_model`"
    );
}

#[test]
fn sources_that_are_not_as_they_should_be_are_named() {
    for (weights, cues) in [
        ("0", ""),
        ("0\nword", ""),
        ("0\n", "a|b"),
        ("0\n", "[bug]"),
        ("0\n", "[bug x]"),
        ("0\n", "[wish 2.4]"),
    ] {
        assert!(pack::pack(weights, cues).is_err(), "{weights:?} {cues:?}");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    for end in 0..MODEL.len() {
        assert!(Model::read(&MODEL[..end]).is_err(), "{end}");
    }
    let longer = [MODEL, b"\n"].concat();
    assert_eq!(Model::read(&longer).err(), Some(ModelError::Damaged));
}

#[test]
fn a_file_with_any_bit_turned_is_refused() {
    let mut bytes = MODEL.to_vec();
    for at in 0..bytes.len() {
        // Every bit of the head; of the body a bit of each byte, for the hash
        // treats its bits alike.
        let bits = if at < 64 { 0..8 } else { at % 8..at % 8 + 1 };
        for bit in bits {
            bytes[at] ^= 1 << bit;
            assert!(Model::read(&bytes).is_err(), "byte {at}, bit {bit}");
            bytes[at] ^= 1 << bit;
        }
    }
    assert!(Model::read(&bytes).is_ok());
}

#[test]
fn a_body_with_a_right_checksum_is_read_or_refused_but_never_trips() {
    let start = pack::head(b"").len();
    let mut body = MODEL[start..].to_vec();
    let mut read = 0;
    for at in (0..body.len()).step_by(61) {
        for byte in *b"\n|* \0Aw~\xFF" {
            let before = std::mem::replace(&mut body[at], byte);
            let file = [pack::head(&body).as_bytes(), &body].concat();
            body[at] = before;
            match Model::read(&file) {
                Ok(model) => {
                    read += 1;
                    if read % 20 == 0 {
                        let found = triage(Some(&model), &[TEXT]);
                        assert!((0.0..=1.0).contains(&found.confidence.intent), "{at} {byte}");
                    }
                }
                Err(ModelError::Malformed(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert!(read > 100);
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let with = |head: &str| [head.as_bytes(), &MODEL[MODEL.len().min(15)..]].concat();
    assert!(Model::read(&with("baton-triage 1 ")).is_ok());
    for (bytes, error, words) in [
        (Vec::new(), ModelError::NotAModel, "not a triage model"),
        (b"<!doctype html><title>404</title>".to_vec(), ModelError::NotAModel, "not a"),
        (with("baton-triage x "), ModelError::NotAModel, "not a"),
        (with("baton-triage 0 "), ModelError::NotAModel, "not a"),
        (with("baton-triage 2 "), ModelError::Newer(2), "format 2, newer"),
        (with("baton-triage 1 0"), ModelError::Damaged, "damaged"),
        (pack::head(b"").into_bytes(), ModelError::Malformed("how many features"), "features"),
    ] {
        let refused = Model::read(&bytes).expect_err("it is refused");
        assert_eq!(refused, error);
        assert!(refused.to_string().contains(words), "{refused}");
    }
}

#[test]
fn a_model_is_read_in_no_time() {
    let begin = std::time::Instant::now();
    for _ in 0..20 {
        Model::read(MODEL).expect("the model in the repository is good");
    }
    let each = begin.elapsed() / 20;
    println!("{each:?}");
    assert!(each < std::time::Duration::from_millis(10), "{each:?}");
}

#[test]
fn the_model_names_intents_in_words_of_its_lists() {
    let model = Model::read(MODEL).expect("the model in the repository is good");
    let found = triage(Some(&model), &["Es wurde doppelt abgebucht"]);
    assert_eq!(found.intent, Intent::Refund);
    assert!(found.reasons.iter().any(|reason| reason.feature == "doppelt abgebucht"));
    assert_ne!(triage(None, &["Es wurde doppelt abgebucht"]).intent, Intent::Refund);
}
