//! What one message costs natively: `cargo bench -p baton-triage`. The budget is
//! 60 µs for the triage of 30 words, and 10 ms to read the model.

use baton_triage::{MODEL, Model, Rules, extract, rules::DEFAULT, summarize_about, triage};

/// Thirty words.
const MESSAGE: &str = "Hi, since this morning the invoice export fails with error 500 every time \
I try it in Chrome on Windows, and my boss needs the file before noon, please help us.";

fn main() {
    divan::main();
}

fn model() -> Model {
    Model::read(MODEL).expect("the shipped model is good")
}

#[divan::bench]
fn reading_the_model(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(model);
}

#[divan::bench]
fn triage_of_30_words(bencher: divan::Bencher<'_, '_>) {
    let model = model();
    bencher.bench(|| triage(Some(&model), &[divan::black_box(MESSAGE)]));
}

#[divan::bench]
fn facts_of_30_words(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| extract(&[divan::black_box(MESSAGE)], &[]));
}

#[divan::bench]
fn summary_of_30_words(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| summarize_about(baton_packet::Intent::Bug, &[divan::black_box(MESSAGE)]));
}

#[divan::bench]
fn reading_the_rules(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| Rules::read(divan::black_box(DEFAULT)));
}

/// Linear: ten times the text, about ten times the time, up to the 64 KiB of a
/// message that are read.
#[divan::bench(args = [6_000, 60_000, 1_000_000])]
fn triage_by_bytes(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let (model, text) = (model(), MESSAGE.repeat(bytes / MESSAGE.len()));
    bencher.bench(|| triage(Some(&model), &[divan::black_box(&text)]));
}
