//! The report: the table of targets, plots, and errors worth reading.

mod svg;

use std::collections::BTreeMap;
use std::fmt::Write;

use baton_triage::learning::{CustomerState, Intent, Triage, Urgency};

use crate::{
    data::Message,
    metrics::{Measures, bins, class_f1, measure},
};

/// Most errors shown.
const ERRORS: usize = 40;

/// A set of messages and what was said of them.
pub struct Set<'a> {
    /// Heading.
    pub name: &'a str,
    /// A sentence on what it is.
    pub note: &'a str,
    /// Messages and answers.
    pub pairs: Vec<(&'a Message, Triage)>,
}

/// Measures of another way of answering, on the sets of the same name: by set,
/// then by name of the measure.
pub type Peer = BTreeMap<String, BTreeMap<String, f64>>;

/// The files of the report, by name: `report.md` and its plots.
#[must_use]
pub fn files(model: &str, sets: &[Set<'_>], peer: &Peer) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut text = format!(
        "# What the triage model is worth\n\nWritten by `baton-trainer eval`; {model}.\n\n\
         Probabilities are calibrated. `must` and `aim` are set for messages nobody here has \
         seen; the sets below are our own stand-ins.\n\n## Measures\n\n"
    );
    table(&mut text, sets, peer);
    for set in sets {
        let slug = set.name.to_lowercase().replace(' ', "-");
        let _ = writeln!(text, "\n## {}\n\n{}\n", set.name, set.note);
        let plots = plots(set, &slug);
        for (name, _) in &plots {
            let _ = writeln!(text, "![{name}]({name})\n");
        }
        files.extend(plots);
        groups(&mut text, set);
        errors(&mut text, set);
    }
    files.insert(0, ("report.md".to_owned(), text));
    files
}

type Read = fn(&Measures) -> f64;

const ROWS: [(&str, &str, &str, &str, Read); 10] = [
    ("accuracy", "intent accuracy", "0.74", "0.82", |m| m.accuracy),
    ("macro_f1", "intent macro-F1", "0.72", "0.80", |m| m.macro_f1),
    ("calibration_error", "calibration error (ECE, 10 bins)", "≤ 0.08", "≤ 0.06", |m| m.calibration_error),
    ("surest_half", "accuracy on the most confident half", "0.90", "0.95", |m| m.surest_half),
    ("sensitive_recall", "recall of security, privacy_legal, refund, access at precision 0.80", "0.80", "0.90", |m| m.sensitive_recall),
    ("urgency_f1", "urgency macro-F1", "0.58", "0.66", |m| m.urgency_f1),
    ("high_recall", "recall of high or above", "0.70", "0.80", |m| m.high_recall),
    ("state_f1", "customer state macro-F1", "0.65", "0.72", |m| m.state_f1),
    ("missed_wishes", "wishes for a person missed", "1 in 64", "0", |m| m.missed_wishes as f64),
    ("false_wishes", "false alarms of such a wish", "1 in 64", "0", |m| m.false_wishes as f64),
];

fn table(text: &mut String, sets: &[Set<'_>], peer: &Peer) {
    text.push_str("| measure | must | aim |");
    for set in sets {
        let _ = write!(text, " {} |", set.name);
        if peer.contains_key(set.name) {
            text.push_str(" MiniLM + LR |");
        }
    }
    text.push_str("\n|---|---|---|");
    for set in sets {
        text.push_str(if peer.contains_key(set.name) { "---|---|" } else { "---|" });
    }
    let measured: Vec<Measures> = sets.iter().map(|set| measure(&set.pairs)).collect();
    text.push_str("\n| messages | | |");
    for (set, measures) in sets.iter().zip(&measured) {
        let _ = write!(text, " {} |", measures.messages);
        text.push_str(if peer.contains_key(set.name) { " |" } else { "" });
    }
    for (key, name, must, aim, read) in ROWS {
        let _ = write!(text, "\n| {name} | {must} | {aim} |");
        for (set, measures) in sets.iter().zip(&measured) {
            let show = |value: f64| {
                if key.ends_with("wishes") { format!(" {value:.0} |") } else { format!(" {value:.3} |") }
            };
            text.push_str(&show(read(measures)));
            if let Some(peer) = peer.get(set.name) {
                text.push_str(&peer.get(key).map_or(" – |".to_owned(), |value| show(*value)));
            }
        }
    }
    text.push_str("\n| topics, F1 of all together | | |");
    for (set, measures) in sets.iter().zip(&measured) {
        let _ = write!(text, " {:.3} |", measures.topics_f1);
        text.push_str(if peer.contains_key(set.name) { " – |" } else { "" });
    }
    text.push('\n');
}

fn plots(set: &Set<'_>, slug: &str) -> Vec<(String, String)> {
    let intents: Vec<(Intent, &Triage)> =
        set.pairs.iter().filter_map(|(message, said)| Some((message.intent?, said))).collect();
    let mut counts = vec![vec![0; Intent::ALL.len()]; Intent::ALL.len()];
    for (wanted, said) in &intents {
        counts[*wanted as usize][said.intent as usize] += 1;
    }
    let labels: Vec<&str> = Intent::ALL.iter().map(|intent| intent.as_str()).collect();
    let sure: Vec<(f64, bool)> =
        intents.iter().map(|(wanted, said)| (said.confidence.intent, *wanted == said.intent)).collect();
    let mut each: Vec<(String, f64)> = Vec::new();
    let mut add = |name: String, f1: f64| each.push((name, f1));
    for (class, _, f1) in class_f1(Intent::ALL, intents.iter().map(|(wanted, said)| (*wanted, said.intent))) {
        add(class.to_string(), f1);
    }
    let urgencies = set.pairs.iter().filter_map(|(m, said)| Some((m.urgency?, said.urgency)));
    for (class, _, f1) in class_f1(Urgency::ALL, urgencies) {
        add(format!("urgency {class}"), f1);
    }
    let states = set.pairs.iter().filter_map(|(m, said)| Some((m.state?, said.customer_state)));
    for (class, _, f1) in class_f1(CustomerState::ALL, states) {
        add(format!("state {class}"), f1);
    }
    vec![
        (format!("confusion-{slug}.svg"), svg::confusion(&format!("Intents: {}", set.name), &labels, &counts)),
        (format!("reliability-{slug}.svg"), svg::reliability(&format!("Reliability: {}", set.name), &bins(&sure))),
        (format!("f1-{slug}.svg"), svg::bars(&format!("F1 of each class: {}", set.name), &each)),
    ]
}

/// Accuracy by source, and by language where there are several.
fn groups(text: &mut String, set: &Set<'_>) {
    let mut by: BTreeMap<String, (usize, usize, usize, usize)> = BTreeMap::new();
    let languages: std::collections::BTreeSet<&str> =
        set.pairs.iter().map(|(message, _)| message.language()).collect();
    for (message, said) in &set.pairs {
        let Some(intent) = message.intent else { continue };
        let mut names = vec![format!("source {}", message.source)];
        if languages.len() > 1 {
            names.push(format!("language {}", message.language()));
        }
        for name in names {
            let entry = by.entry(name).or_default();
            let right = usize::from(intent == said.intent);
            let sure = usize::from(said.confidence.intent >= baton_triage::UNSURE_BELOW);
            *entry = (entry.0 + 1, entry.1 + right, entry.2 + sure, entry.3 + right * sure);
        }
    }
    if by.len() < 2 {
        return;
    }
    text.push_str("| group | messages | intent accuracy | not unsure | accuracy of those |\n|---|---|---|---|---|\n");
    for (name, (count, right, sure, right_sure)) in by {
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        let _ = writeln!(
            text,
            "| {name} | {count} | {:.3} | {:.2} | {:.3} |",
            share(right, count),
            share(sure, count),
            share(right_sure, sure)
        );
    }
}

/// The errors that were surest: labels or features to look at.
fn errors(text: &mut String, set: &Set<'_>) {
    let mut wrong: Vec<(&Message, &Triage, Intent)> = set
        .pairs
        .iter()
        .filter_map(|(message, said)| Some((*message, said, message.intent?)))
        .filter(|(_, said, intent)| said.intent != *intent)
        .collect();
    wrong.sort_by(|a, b| b.1.confidence.intent.total_cmp(&a.1.confidence.intent));
    text.push_str("\nThe surest errors:\n\n| labelled | said | | text |\n|---|---|---|---|\n");
    for (message, said, intent) in wrong.into_iter().take(ERRORS) {
        let line: String = message.text.replace(['\n', '|'], " ").chars().take(160).collect();
        let _ = writeln!(text, "| {intent} | {} | {:.2} | {line} |", said.intent, said.confidence.intent);
    }
}
