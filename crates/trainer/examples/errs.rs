use baton_triage::{Model, triage};
use baton_trainer::data::*;
use std::path::Path;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let model = Model::read(&std::fs::read(&a[1]).unwrap()).unwrap();
    let set = Corpus::read(Path::new(&a[2])).unwrap();
    for m in &set.messages {
        let s = triage(Some(&model), &[&m.text]);
        let (i, u, st) = (m.intent.unwrap(), m.urgency.unwrap(), m.state.unwrap());
        let t: String = m.text.chars().take(230).collect();
        if a[3].contains('i') && s.intent != i { println!("{i} -> {} {:.2} | {t:?}", s.intent, s.confidence.intent); }
        if a[3].contains('s') && s.customer_state != st { println!("{st} -> {} | {t:?}", s.customer_state); }
        if a[3].contains('u') && s.urgency != u { println!("{u} -> {} | {t:?}", s.urgency); }
        if a[3].contains('h') && Some(s.wants_human) != m.wants_human { println!("{:?} -> {:.2} | {t:?} {:?}", m.wants_human, s.scores.wants_human, s.reasons.iter().find(|r| r.about=="wants_human")); }
    }
}
