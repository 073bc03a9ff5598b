use baton_triage::{Model, triage};
use baton_trainer::{data::*, fit::fit, lexicon::Lexicon, linear::Settings, metrics::measure};
use std::path::Path;
fn main() {
    let corpus = Corpus::read(Path::new("crates/trainer/data/messages")).unwrap();
    let lexicon = Lexicon::parse(&std::fs::read_to_string("crates/trainer/data/lexicons.txt").unwrap()).unwrap();
    let mut settings = Settings::default();
    let mut entries = 150_000usize;
    let mut exclude: Vec<String> = vec![];
    let mut out = None; let mut cv = 0usize;
    for argument in std::env::args().skip(1) {
        let (k, v) = argument.split_once('=').unwrap();
        match k {
            "rounds" => settings.rounds = v.parse().unwrap(),
            "kept" => settings.kept = v.parse().unwrap(),
            "rate" => settings.rate = v.parse().unwrap(),
            "decay" => settings.decay = v.parse().unwrap(),
            "lo" => settings.lists_only = v.parse().unwrap(),
            "drop" => settings.dropout = v.parse().unwrap(),
            "smooth" => settings.smoothing = v.parse().unwrap(),
            "bal" => settings.balance = v.parse().unwrap(),
            "others" => settings.others = v.parse().unwrap(),
            "len" => settings.full_length = v.parse().unwrap(),
            "entries" => entries = v.parse().unwrap(),
            "without" => exclude = v.split(',').map(str::to_owned).collect(),
            "cv" => cv = v.parse().unwrap(),
            "out" => out = Some(v.to_owned()),
            _ => panic!("{k}"),
        }
    }
    let messages: Vec<&Message> = corpus.messages.iter().filter(|m| !exclude.contains(&m.source)).collect();
    let t = std::time::Instant::now();
    let mut draft = fit(&messages, &corpus, &lexicon, &settings, entries);
    if cv > 0 {
        let said = baton_trainer::crossval::said_by_others(&corpus, &lexicon, &settings, entries, cv);
        let pairs: Vec<_> = corpus.messages.iter().zip(&said).collect();
        let english: Vec<_> = pairs.iter().filter(|(m, _)| m.language() == "en").map(|(m, s)| (*m, (*s).clone())).collect();
        println!("  cv english               {}", measure(&english));
        let other: Vec<_> = pairs.iter().filter(|(m, _)| m.language() != "en").map(|(m, s)| (*m, (*s).clone())).collect();
        println!("  cv other                 {}", measure(&other));
        let english: Vec<_> = english.iter().map(|(m, s)| (*m, s)).collect();
        let mut f = String::new();
        for (m, s) in corpus.messages.iter().zip(&said) {
            if m.language() == "en" && m.intent.is_some_and(|i| i != s.intent) && s.confidence.intent > 0.62 {
                f.push_str(&format!("{}\t{}\t{}\t{}\n", m.source, m.id, m.intent.unwrap(), serde_json::to_string(&m.text).unwrap()));
            }
        }
        std::fs::write("/work/private/suspects.tsv", f).unwrap();
        let scales = baton_trainer::calibrate::scales(&english);
        println!("{:?}", scales.slope[0]);
        for source in corpus.sources() {
            let own: Vec<_> = corpus.messages.iter().zip(&said).filter(|(m, _)| m.source == source).collect();
            let acc = own.iter().filter(|(m, s)| m.intent == Some(s.intent)).count() as f64 / own.len() as f64;
            let s = baton_trainer::calibrate::scales(&own);
            println!("{source:20} {:.2} {:.2} {:.2} acc {acc:.3}", s.slope[0], s.slope[14], s.slope[18]);
        }
        baton_trainer::calibrate::apply(&scales, &mut draft);
    }
    let bytes = draft.write();
    std::fs::write("/tmp/dev.model", &bytes).unwrap();
    let br = std::process::Command::new("python3").args(["-c", "import brotli;print(len(brotli.compress(open('/tmp/dev.model','rb').read(),quality=11)))"]).output().unwrap();
    println!("{} messages, {} rows, {} bytes, {} brotli, {:?}", messages.len(), draft.rows.len(), bytes.len(), String::from_utf8_lossy(&br.stdout).trim(), t.elapsed());
    if let Some(out) = out { std::fs::write(out, &bytes).unwrap(); }
    let model = Model::read(&bytes).unwrap();
    let mut sets: Vec<(String, Corpus)> = Vec::new();
    for f in ["crates/trainer/data/held-out/english.jsonl", "/work/private/real.jsonl", "crates/trainer/data/held-out/probes.jsonl", "crates/trainer/data/held-out/languages.jsonl"] {
        sets.push((f.rsplit('/').next().unwrap().to_owned(), Corpus::read(Path::new(f)).unwrap()));
    }
    for (name, set) in &sets {
        let pairs: Vec<_> = set.messages.iter().map(|m| (m, triage(Some(&model), &[&m.text]))).collect();
        println!("  {name:24} {}", measure(&pairs));
    }
    for source in &exclude {
        let pairs: Vec<_> = corpus.messages.iter().filter(|m| &m.source == source).map(|m| (m, triage(Some(&model), &[&m.text]))).collect();
        println!("  {source:24} {}", measure(&pairs));
    }
}
