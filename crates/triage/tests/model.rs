//! The model's file: refused if anything is wrong with it.

use baton_packet::Intent;
use baton_triage::learning::{Draft, labels, list_key, phrase_key};
use baton_triage::{MODEL, Model, ModelError, triage};
use proptest::prelude::*;

const TEXT: &str = "Hi! The invoice export fails with error 500, please refund 返金 me?";
/// What stands before the checksum, and the checksum.
const HEAD: usize = 8 + 2 + 8;

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// A file with this body, and a checksum that is right.
fn file(body: &[u8]) -> Vec<u8> {
    [&MODEL[..HEAD - 8], &fnv1a(body).to_le_bytes(), body].concat()
}

/// A model of one list, whose phrases speak for a refund.
fn draft() -> Draft {
    Draft {
        data_hash: [7; 32],
        seed: 42,
        full_length: 20,
        units: [-12, -7, -4, -2, 2, 4, 7, 12],
        bias: [0.0; 31],
        steps: [0.5; 31],
        rows: [(list_key(0), vec![(Intent::Refund as u8, 7)])].into(),
        phrases: [(phrase_key("money back", false), 0), (phrase_key("erstatt", true), 0)].into(),
    }
}

#[test]
fn what_was_written_is_read() {
    let bytes = draft().write();
    let model = Model::read(&bytes).expect("a draft is good");
    assert_eq!((model.data_hash(), model.seed()), (&[7u8; 32][..], 42));
    for text in ["I want my money back!", "Bitte Erstattung", "MONEY  back"] {
        assert_eq!(triage(Some(&model), &[text]).intent, Intent::Refund, "{text}");
    }
    let found = triage(Some(&model), &["Money, and back home"]);
    assert!(found.scores.intent.get("refund").is_some_and(|p| p < 0.2), "{found:?}");
}

#[test]
fn a_model_for_other_labels_is_refused() {
    let mut body = MODEL[HEAD..].to_vec();
    let at = body.windows(6).position(|window| window == b"refund").expect("a label");
    body[at..at + 6].copy_from_slice(b"rebate");
    assert_eq!(Model::read(&file(&body)).err(), Some(ModelError::OtherLabels));
    assert!(labels().contains("security privacy_legal refund"));
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    for end in (0..MODEL.len()).step_by(97).chain(MODEL.len() - 40..MODEL.len()) {
        assert!(Model::read(&MODEL[..end]).is_err(), "{end}");
    }
    let longer = [MODEL, b"\n"].concat();
    assert_eq!(Model::read(&longer).err(), Some(ModelError::Damaged));
}

#[test]
fn a_file_with_any_bit_turned_is_refused() {
    // Each trial hashes the whole file; a small one has every kind of part.
    let mut bytes = draft().write();
    for at in 0..bytes.len() {
        for bit in if at < 64 { 0..8 } else { at % 8..at % 8 + 1 } {
            bytes[at] ^= 1 << bit;
            assert!(Model::read(&bytes).is_err(), "byte {at}, bit {bit}");
            bytes[at] ^= 1 << bit;
        }
    }
    assert!(Model::read(&bytes).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever stands in a file whose checksum is right, it is refused or it
    /// answers.
    #[test]
    fn a_body_with_a_right_checksum_is_read_or_refused_but_never_trips(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        head_only in any::<bool>(),
    ) {
        let mut body = MODEL[HEAD..].to_vec();
        let end = if head_only { 9_000 } else { body.len() };
        for (index, byte) in changes {
            body[index.index(end)] = byte;
        }
        match Model::read(&file(&body)) {
            Ok(model) => {
                let found = triage(Some(&model), &[TEXT]);
                prop_assert!(!found.confidence.intent.is_infinite());
            }
            Err(error) => prop_assert!(!matches!(error, ModelError::Damaged), "{}", error),
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Model::read(&bytes).is_err());
        prop_assert!(Model::read(&file(&bytes)).is_err());
    }

    /// The same for what customers type: it is answered, the same each time.
    #[test]
    fn any_text_is_answered(texts in prop::collection::vec("\\PC{0,200}", 0..4)) {
        let model = Model::read(MODEL).expect("the model in the repository is good");
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = triage(Some(&model), &texts);
        prop_assert!((0.0..=1.0).contains(&found.confidence.intent));
        prop_assert_eq!(&found, &triage(Some(&model), &texts));
    }
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let with = |format: u16| [&MODEL[..8], &format.to_le_bytes(), &MODEL[10..]].concat();
    for (bytes, error, words) in [
        (Vec::new(), ModelError::NotAModel, "not a triage model"),
        (b"<!doctype html><title>404</title>".to_vec(), ModelError::NotAModel, "not a"),
        (with(1), ModelError::NotAModel, "not a"),
        (with(3), ModelError::Newer(3), "format 3, newer"),
        (MODEL[..12].to_vec(), ModelError::Damaged, "damaged"),
        (file(b""), ModelError::Malformed("it ends too early"), "too early"),
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
    let found =
        triage(Some(&model), &["Mir wurde doppelt abgebucht, bitte das Geld zurück erstatten"]);
    assert_eq!(found.intent, Intent::Refund);
    assert!(
        found.reasons.iter().any(|reason| reason.feature.contains("doppelt abgebucht")),
        "{:?}",
        found.reasons
    );
}
