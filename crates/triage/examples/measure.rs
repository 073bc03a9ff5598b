//! Measures triage on labelled messages:
//! `TRIAGE_LABELLED=<file.jsonl>[:<file>…] [TRIAGE_MODEL=none] cargo run --release -p baton-triage --example measure`

use std::collections::BTreeMap;

use baton_packet::{CustomerState, Intent, Topic, Urgency};
use baton_triage::{MODEL, Model, triage};
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = std::env::var("TRIAGE_LABELLED")?;
    // "none" measures what the rules say alone.
    let model = match std::env::var("TRIAGE_MODEL").as_deref() {
        Ok("none") => None,
        _ => Some(Model::read(MODEL)?),
    };
    for file in files.split(':') {
        let text = std::fs::read_to_string(file)?;
        let rows: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let name = std::path::Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        measure(model.as_ref(), &name, &rows);
    }
    Ok(())
}

/// Pairs of (labelled, said).
type Pairs = Vec<(String, String)>;

fn measure(model: Option<&Model>, name: &str, rows: &[Value]) {
    let mut heads: BTreeMap<&str, Pairs> = BTreeMap::new();
    let mut topics: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    let (mut sure, mut languages) = (0.0, Pairs::new());
    for row in rows {
        let found = triage(model, &[row["text"].as_str().unwrap_or_default()]);
        sure += found.confidence.intent;
        let said = [
            ("intent", found.intent.to_string()),
            ("urgency", found.urgency.to_string()),
            ("state", found.customer_state.to_string()),
            ("wants_human", found.wants_human.to_string()),
        ];
        for (head, said) in said {
            let labelled = row[head].as_str().map_or_else(|| row[head].to_string(), str::to_owned);
            heads.entry(head).or_default().push((labelled, said));
        }
        languages.push((row["language"].as_str().unwrap_or("en").to_owned(), found.language));
        let Some(labelled) = row["topics"].as_array() else { continue };
        for topic in Topic::ALL {
            let truth = labelled.iter().any(|label| label == topic.as_str());
            let said = found.topics.contains(topic);
            let counts = topics.entry(topic.as_str()).or_default();
            counts.0 += u32::from(truth && said);
            counts.1 += u32::from(!truth && said);
            counts.2 += u32::from(truth && !said);
        }
    }
    let classes: [(&str, Vec<&str>); 4] = [
        ("intent", Intent::ALL.iter().map(|class| class.as_str()).collect()),
        ("urgency", Urgency::ALL.iter().map(|class| class.as_str()).collect()),
        ("state", CustomerState::ALL.iter().map(|class| class.as_str()).collect()),
        ("wants_human", vec!["true"]),
    ];
    print!("{name:15} n={:3}", rows.len());
    for (head, classes) in &classes {
        let pairs = &heads[head];
        print!("  {head} {:.3}/{:.3}", accuracy(pairs), macro_f1(pairs, classes));
    }
    print!("  confidence {:.3}", sure / rows.len() as f64);
    println!("  language {:.3}", accuracy(&languages));
    for (topic, (hit, wrong, missed)) in topics {
        println!("    {topic:18} right {hit:3}  wrong {wrong:3}  missed {missed:3}");
    }
}

fn accuracy(pairs: &Pairs) -> f64 {
    pairs.iter().filter(|(truth, said)| truth == said).count() as f64 / pairs.len() as f64
}

fn macro_f1(pairs: &Pairs, classes: &[&str]) -> f64 {
    let of = |class: &&str| {
        let hit = pairs.iter().filter(|(truth, said)| truth == class && said == class).count();
        let all = pairs.iter().filter(|(truth, _)| truth == class).count()
            + pairs.iter().filter(|(_, said)| said == class).count();
        if all == 0 { 0.0 } else { 2.0 * hit as f64 / all as f64 }
    };
    classes.iter().map(of).sum::<f64>() / classes.len() as f64
}
