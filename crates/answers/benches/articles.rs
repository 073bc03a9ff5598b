//! What searching 2,000 articles costs natively: `cargo bench -p baton-answers`. The
//! budget is 1 ms a question and 50 ms to sort what was added; see
//! `examples/module.rs` for the same in WebAssembly.

#[path = "../tests/support/many.rs"]
mod many;

use baton_answers::articles::{Builder, Index};
use many::{QUESTIONS, feed};

fn main() {
    divan::main();
}

#[divan::bench]
fn searching(bencher: divan::Bencher<'_, '_>) {
    let index = Index::build(feed(2_000)).index;
    let mut next = 0;
    bencher.bench_local(move || {
        next += 1;
        index.search(QUESTIONS[next % QUESTIONS.len()], Some("en"), 3).len()
    });
}

#[divan::bench]
fn searching_with_200_words(bencher: divan::Bencher<'_, '_>) {
    let index = Index::build(feed(2_000)).index;
    let story = QUESTIONS.join(" ").repeat(20_000 / QUESTIONS.join(" ").len() + 1);
    bencher.bench_local(move || index.search(&story, Some("en"), 3).len());
}

#[divan::bench]
fn adding_100(bencher: divan::Bencher<'_, '_>) {
    let articles = feed(100).articles;
    bencher.with_inputs(|| (Builder::new(vec![], "en"), articles.clone())).bench_local_values(
        |(mut builder, articles)| {
            articles.into_iter().for_each(|article| builder.add(article));
            builder
        },
    );
}

#[divan::bench]
fn finishing_2_000(bencher: divan::Bencher<'_, '_>) {
    let articles = feed(2_000).articles;
    let filled = || {
        let mut builder = Builder::new(vec![], "en");
        articles.iter().for_each(|article| builder.add(article.clone()));
        builder
    };
    bencher.with_inputs(filled).bench_local_values(Builder::finish);
}

#[divan::bench]
fn reading_the_file_of_2_000(bencher: divan::Bencher<'_, '_>) {
    let bytes = Index::build(feed(2_000)).index.to_bytes();
    bencher.bench_local(move || Index::from_bytes(divan::black_box(&bytes)).is_ok());
}
