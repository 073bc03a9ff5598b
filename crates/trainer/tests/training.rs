//! Training on a few hundred messages: the same bytes for the same seed, true
//! probabilities, and measures that say what they should.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use baton_trainer::{
    calibrate::scales,
    data::{Corpus, Message},
    lexicon::Lexicon,
    linear::Settings,
    metrics::measure,
    train::train,
};
use baton_triage::learning::{Intent, Triage};
use baton_triage::{MODEL, Model, triage};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// The seeds and part of one voice: small enough for a test.
fn few() -> Corpus {
    let mut corpus = Corpus::read(&data("messages/seeds.jsonl")).unwrap();
    let voice = Corpus::read(&data("messages/everyday-a.jsonl")).unwrap();
    corpus.messages.extend(voice.messages.into_iter().take(350));
    corpus
}

fn lexicon() -> Lexicon {
    Lexicon::parse(&std::fs::read_to_string(data("lexicons.txt")).unwrap()).unwrap()
}

fn trainer(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_baton-trainer")).args(arguments).output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn judged<'a>(model: &Model, messages: &'a [Message]) -> Vec<(&'a Message, Triage)> {
    messages.iter().map(|message| (message, triage(Some(model), &[&message.text]))).collect()
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let (corpus, lexicon) = (few(), lexicon());
    let made = |seed| {
        let settings = Settings { seed, rounds: 6, kept: 2, ..Settings::default() };
        train(&corpus, &lexicon, &settings, 6000, 2).draft.write()
    };
    let first = made(1);
    assert!(first == made(1), "the same seed made other bytes");
    assert!(first != made(2), "the seed changed nothing");
    let model = Model::read(&first).unwrap();
    assert_eq!((model.seed(), model.data_hash()), (1, &corpus.hash[..]));
    let measures = measure(&judged(&model, &corpus.messages));
    assert!(measures.accuracy > 0.8, "{measures}");
}

#[test]
fn scales_make_probabilities_true() {
    let held_out = Corpus::read(&data("held-out/english.jsonl")).unwrap();
    let model = Model::read(MODEL).unwrap();
    let pairs = judged(&model, &held_out.messages);
    let before = measure(&pairs).calibration_error;
    let out = folder("calibrate").join("scaled.model");
    let file = data("held-out/english.jsonl");
    let done =
        trainer(&["calibrate", "--data", file.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let scaled = Model::read(&std::fs::read(&out).unwrap()).unwrap();
    let pairs = judged(&scaled, &held_out.messages);
    let after = measure(&pairs);
    assert!(after.calibration_error <= before + 0.01, "{before} {after}");
    // Nothing is left to scale.
    let again = scales(&pairs.iter().map(|(message, said)| (*message, said)).collect::<Vec<_>>());
    assert!((again.slope[0] - 1.0).abs() < 0.02, "{:?}", again.slope[0]);
}

#[test]
fn the_shipped_model_is_worth_what_is_claimed() {
    let model = Model::read(MODEL).unwrap();
    let of = |name: &str| {
        let held_out = Corpus::read(&data(name)).unwrap();
        let measures = measure(&judged(&model, &held_out.messages));
        println!("{name}: {measures}");
        measures
    };
    let english = of("held-out/english.jsonl");
    assert!(english.accuracy >= 0.82 && english.macro_f1 >= 0.82);
    assert!(english.calibration_error <= 0.08 && english.surest_half >= 0.95);
    assert!(english.sensitive_recall >= 0.88);
    assert!(english.urgency_f1 >= 0.72 && english.high_recall >= 0.8);
    assert!(english.state_f1 >= 0.76 && english.topics_f1 >= 0.75);
    assert!(english.missed_wishes + english.false_wishes <= 8);
    let languages = of("held-out/languages.jsonl");
    assert!(languages.accuracy >= 0.45 && languages.surest_half >= 0.65);
}

#[test]
fn predict_writes_what_the_issue_asks_for() {
    let folder = folder("predict");
    let (input, output) = (folder.join("in.jsonl"), folder.join("out.jsonl"));
    std::fs::write(
        &input,
        "{\"id\":\"a\",\"text\":\"I was charged twice, refund me\"}\n\n{\"id\":7,\"text\":\"\"}\n",
    )
    .unwrap();
    let paths = [input.to_str().unwrap(), output.to_str().unwrap()];
    let done = trainer(&["predict", "--in", paths[0], "--out", paths[1]]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let lines: Vec<serde_json::Value> = std::fs::read_to_string(&output)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["id"], &lines[0]["intent"]), (&"a".into(), &"refund".into()));
    let keys: Vec<&String> = lines[1].as_object().unwrap().keys().collect();
    let wanted = [
        "confidence",
        "customer_state",
        "id",
        "intent",
        "language",
        "scores",
        "topics",
        "urgency",
        "wants_human",
    ];
    assert_eq!(keys, wanted);
    assert_eq!(lines[1]["scores"]["intent"].as_object().unwrap().len(), Intent::ALL.len());
    let refused = trainer(&["predict", "--in", "/nowhere", "--out", paths[1]]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("/nowhere"));
}

#[test]
fn eval_writes_a_report_with_plots() {
    let folder = folder("eval");
    let held_out = data("held-out/probes.jsonl");
    let done = trainer(&[
        "eval",
        "--held-out",
        held_out.to_str().unwrap(),
        "--out",
        folder.to_str().unwrap(),
    ]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let report = std::fs::read_to_string(folder.join("report.md")).unwrap();
    assert!(report.contains("| messages | | | 128 |") && report.contains("The surest errors"));
    for plot in ["confusion", "reliability", "f1"] {
        let name = format!("{plot}-wishes-for-a-person.svg");
        assert!(report.contains(&name));
        assert!(std::fs::read_to_string(folder.join(name)).unwrap().ends_with("</svg>\n"));
    }
}

#[test]
fn a_line_that_is_no_message_is_named() {
    let folder = folder("bad");
    std::fs::write(
        folder.join("voice.jsonl"),
        "{\"text\":\"ok\"}\n{\"text\":\"x\",\"intent\":\"bugg\"}\n",
    )
    .unwrap();
    let error = Corpus::read(&folder).unwrap_err().to_string();
    assert!(error.contains("voice.jsonl: line 2") && error.contains("Intent"), "{error}");
    for (text, words) in [("a|b", "line 1: a phrase before a list"), ("[x\ny", "no `]`")] {
        assert!(Lexicon::parse(text).unwrap_err().contains(words));
    }
}
