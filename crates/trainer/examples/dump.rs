use baton_trainer::{data::*, lexicon::Lexicon, linear::*, sparse::Table};
use std::{io::Write, path::Path};
fn main() {
    let corpus = Corpus::read(Path::new("crates/trainer/data/messages")).unwrap();
    let lexicon = Lexicon::parse(&std::fs::read_to_string("crates/trainer/data/lexicons.txt").unwrap()).unwrap();
    let settings = Settings { rate: 0.03, full_length: 20, ..Settings::default() };
    let train: Vec<&Message> = corpus.messages.iter().collect();
    let table = Table::new(&train, &lexicon, 2);
    let w = learn(&table, &settings, None);
    let mut f = std::io::BufWriter::new(std::fs::File::create("/tmp/w.bin").unwrap());
    for row in std::iter::once(&w.bias).chain(&w.rows) { for x in row { f.write_all(&x.to_le_bytes()).unwrap(); } }
    let mut f = std::io::BufWriter::new(std::fs::File::create("/tmp/c.txt").unwrap());
    for c in &table.counts { writeln!(f, "{c}").unwrap(); }
    for (n, p) in [("train", ""), ("held", "crates/trainer/data/held-out/heldout.jsonl"), ("real", "/work/private/real.jsonl"), ("probes", "crates/trainer/data/held-out/probes.jsonl"), ("lang", "crates/trainer/data/held-out/languages-test.jsonl")] {
        let set = if p.is_empty() { corpus.clone() } else { Corpus::read(Path::new(p)).unwrap() };
        let mut all: Vec<&Message> = train.clone(); let start = all.len();
        if !p.is_empty() { all.extend(&set.messages); }
        let mut f = std::io::BufWriter::new(std::fs::File::create(format!("/tmp/{n}.txt")).unwrap());
        // number by the training table's keys
        let t2 = Table::new(&all, &lexicon, 1);
        for e in &t2.examples[if p.is_empty() { 0 } else { start }..] {
            let fs: Vec<String> = e.features.iter().filter_map(|i| table.keys.binary_search(&t2.keys[*i as usize]).ok()).map(|x| x.to_string()).collect();
            writeln!(f, "{:?}\t{:?}\t{:?}\t{}\t{}", e.classes[0].map_or(-1, i32::from), e.classes[1].map_or(-1, i32::from), e.classes[2].map_or(-1, i32::from), e.yes[0].map_or(-1, i32::from), fs.join(" ")).unwrap();
        }
    }
}
