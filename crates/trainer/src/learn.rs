//! `learn`: what people decided otherwise becomes examples for the model and
//! proposals for the routes. Nothing that got worse on held-out messages is
//! written, unless it is insisted on.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use baton_triage::learning::{Intent, Topic, Triage, Urgency};
use baton_triage::{Context, MODEL, Model, Rules, rules::DEFAULT, triage};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Failure,
    data::{Corpus, Message},
    linear::Settings,
    metrics::{Measures, measure},
    options::{self, ENTRIES, HELD_OUT, LEXICONS, MESSAGES},
    rules::{SHIPPED, Severity, lint, try_examples},
    train::{FOLDS, train, write},
};

/// How much a measure may fall before a model counts as worse: less is chance.
const TOLERANCE: f64 = 0.005;
/// An override counts as often as this among the examples: it is real.
const COUNTS: usize = 4;
/// A route is proposed from this many overrides that agree.
const FEWEST: usize = 3;
/// And if this share of the overrides with its condition agree.
const AGREEING: f64 = 0.75;

/// One line of `GET /v1/overrides`. Other keys are let alone.
#[derive(Debug, Clone, Deserialize)]
pub struct Override {
    /// `intent`, `urgency` or `queue`.
    pub field: String,
    /// What Baton had decided.
    pub from: String,
    /// What it is instead.
    pub to: String,
    /// The customer's messages, oldest first.
    #[serde(default)]
    pub messages: Vec<String>,
    /// What triage had found.
    pub triage: Triage,
}

/// Reads overrides, a line each.
///
/// # Errors
/// If the file cannot be read or a line is no override: file and line are named.
pub fn read(path: &Path) -> Result<Vec<Override>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| options::named(path, error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line)
                .map_err(|error| options::named(path, format!("line {}: {error}", number + 1)))
        })
        .collect()
}

/// The overrides of intent and urgency as messages to learn from. Those of one
/// conversation are one message.
#[must_use]
pub fn examples(overrides: &[Override]) -> Vec<Message> {
    let mut by_words: BTreeMap<String, Message> = BTreeMap::new();
    for one in overrides.iter().filter(|one| !one.messages.is_empty()) {
        let text = one.messages.join("\n");
        let (intent, urgency) = match &*one.field {
            "intent" => (Intent::parse(&one.to), None),
            "urgency" => (None, Urgency::parse(&one.to)),
            _ => continue,
        };
        let message = by_words.entry(text.clone()).or_insert_with(|| Message {
            id: String::new(),
            text,
            intent: None,
            urgency: None,
            state: None,
            wants_human: None,
            topics: None,
            language: Some(one.triage.language.clone()),
            source: "overrides".to_owned(),
        });
        message.intent = intent.or(message.intent);
        message.urgency = urgency.or(message.urgency);
    }
    by_words.into_values().collect()
}

/// A route that the overrides ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The route, as it stands in a rules file.
    pub route: Value,
    /// How many overrides it would have saved.
    pub saves: usize,
    /// How many overrides with its condition went elsewhere.
    pub against: usize,
}

/// Routes by intent, and by intent and topic, that at least [`FEWEST`] overrides
/// agree on; the narrower condition goes before the wider one.
#[must_use]
pub fn proposals(overrides: &[Override]) -> Vec<Proposal> {
    let moved: Vec<&Override> = overrides.iter().filter(|one| one.field == "queue").collect();
    let mut groups: BTreeMap<(Option<Topic>, Intent), Vec<&Override>> = BTreeMap::new();
    for one in &moved {
        groups.entry((None, one.triage.intent)).or_default().push(one);
        for topic in &one.triage.topics {
            groups.entry((Some(*topic), one.triage.intent)).or_default().push(one);
        }
    }
    let mut proposed: Vec<Proposal> = Vec::new();
    for ((topic, intent), group) in groups.into_iter().rev() {
        let mut queues: BTreeMap<&str, usize> = BTreeMap::new();
        group.iter().for_each(|one| *queues.entry(&one.to).or_default() += 1);
        let Some((queue, saves)) = queues.into_iter().max_by_key(|(_, count)| *count) else {
            continue;
        };
        let known = proposed.iter().any(|other| {
            other.route["queue"] == queue && other.route["when"]["intent"][0] == intent.as_str()
        });
        if saves < FEWEST || (saves as f64) < AGREEING * group.len() as f64 || known {
            continue;
        }
        let mut when = json!({ "intent": [intent] });
        let mut id = format!("learned_{intent}");
        if let Some(topic) = topic {
            when["topics"] = json!([topic]);
            id = format!("{id}_{topic}");
        }
        let route = json!({
            "id": id,
            "when": when,
            "queue": queue,
            "reason": format!("people moved {saves} of {} such cases here", group.len()),
        });
        proposed.push(Proposal { route, saves, against: group.len() - saves });
    }
    proposed
}

/// The rules with the proposed routes before the others.
///
/// # Errors
/// If the text is no rules file.
pub fn with_routes(rules: &str, proposals: &[Proposal]) -> Result<String, Failure> {
    let mut file: Value = serde_json::from_str(rules)?;
    let routes = file["routing"]["routes"].as_array_mut().ok_or("the rules have no routes")?;
    routes.splice(0..0, proposals.iter().map(|proposal| proposal.route.clone()));
    Ok(serde_json::to_string_pretty(&file)? + "\n")
}

/// How many of the moved cases these rules send where people sent them.
#[must_use]
pub fn sent_right(rules: &Rules, overrides: &[Override]) -> usize {
    let moved = overrides.iter().filter(|one| one.field == "queue");
    moved.filter(|one| rules.route(&one.triage, &Context::default()).queue == one.to).count()
}

type Read = fn(&Measures) -> f64;

/// What got worse from one set of measures to another, in words.
#[must_use]
pub fn worse(before: &Measures, after: &Measures) -> Vec<String> {
    let read: [(&str, Read); 5] = [
        ("intent accuracy", |measures| measures.accuracy),
        ("intent macro-F1", |measures| measures.macro_f1),
        ("recall of sensitive intents", |measures| measures.sensitive_recall),
        ("urgency macro-F1", |measures| measures.urgency_f1),
        ("recall of high or above", |measures| measures.high_recall),
    ];
    let fell = read.iter().filter(|(_, of)| of(after) < of(before) - TOLERANCE);
    fell.map(|(name, of)| format!("{name} {:.3} → {:.3}", of(before), of(after))).collect()
}

/// Runs the command: see [`crate::HELP`]. Fails, without writing, if what was
/// learned is worse.
///
/// # Errors
/// If a file cannot be read or written, or is not as it should be.
pub fn run(arguments: Vec<OsString>) -> Result<ExitCode, Failure> {
    let names = [
        "overrides",
        "model",
        "model-out",
        "rules",
        "rules-out",
        "data",
        "lexicons",
        "held-out",
        "seed",
        "entries",
    ];
    let given = options::read(arguments, &names, &["force"])?;
    let force = options::all(&given, "force").next().is_some();
    let path = options::all(&given, "overrides").last().ok_or("learn needs --overrides FILE")?;
    let overrides = read(Path::new(path))?;
    let rules = match options::all(&given, "rules").last().map(Path::new) {
        Some(path) => std::fs::read_to_string(path).map_err(|error| options::named(path, error))?,
        None => DEFAULT.to_owned(),
    };
    let routes = propose(&rules, &overrides)?;
    if let (Some(text), Some(out)) = (&routes, options::all(&given, "rules-out").last()) {
        write(Path::new(out), text.as_bytes())?;
        println!("{}: read it before it is used", out.display());
    }
    let Some(out) = options::all(&given, "model-out").last().map(Path::new) else {
        return Ok(ExitCode::SUCCESS);
    };
    let examples = examples(&overrides);
    if examples.is_empty() {
        println!("no override of intent or urgency: the model has nothing to learn");
        return Ok(ExitCode::SUCCESS);
    }
    let before = options::model(options::all(&given, "model").last())?;
    let mut corpus = Corpus::read(&options::path(&given, "data", MESSAGES))?;
    let lexicon = options::lexicon(&options::path(&given, "lexicons", LEXICONS))?;
    let held_out = Corpus::read(&options::path(&given, "held-out", HELD_OUT))?;
    for _ in 0..COUNTS {
        corpus.messages.extend(examples.iter().cloned());
    }
    let default = Settings::default();
    let settings = Settings { seed: options::number(&given, "seed", default.seed)?, ..default };
    let entries = options::number(&given, "entries", ENTRIES)?;
    let folds = FOLDS.min(corpus.sources().len());
    let bytes = train(&corpus, &lexicon, &settings, entries, folds).draft.write();
    let after = Model::read(&bytes)?;

    let judged = |model: &Model, messages: &[Message]| {
        let pair = |message: &Message| triage(Some(model), &[&message.text]);
        let pairs: Vec<_> = messages.iter().map(|message| (message, pair(message))).collect();
        measure(&pairs)
    };
    let (was, is) = (judged(&before, &held_out.messages), judged(&after, &held_out.messages));
    println!("held-out before: {was}\nheld-out after:  {is}");
    println!(
        "overrides before: {}\noverrides after:  {}",
        judged(&before, &examples),
        judged(&after, &examples)
    );
    let worse = worse(&was, &is);
    if !worse.is_empty() {
        println!("worse: {}", worse.join(", "));
        if !force {
            println!("nothing is written; --force insists");
            return Ok(ExitCode::FAILURE);
        }
    }
    write(out, &bytes)?;
    println!("{}: written", out.display());
    Ok(ExitCode::SUCCESS)
}

/// Prints the proposals and what they would do; the new rules if there are any
/// that the linter and the examples agree with.
fn propose(rules: &str, overrides: &[Override]) -> Result<Option<String>, Failure> {
    let proposals = proposals(overrides);
    if proposals.is_empty() {
        println!("no route to propose: fewer than {FEWEST} overrides of the queue agree");
        return Ok(None);
    }
    for proposal in &proposals {
        println!(
            "{}\n  would have saved {} overrides, against {}",
            proposal.route, proposal.saves, proposal.against
        );
    }
    let text = with_routes(rules, &proposals)?;
    let (was, is) =
        (sent_right(&Rules::read(rules)?, overrides), sent_right(&Rules::read(&text)?, overrides));
    println!("moved cases sent where people sent them: {was} before, {is} after");
    for finding in lint(&text).iter().filter(|finding| finding.severity == Severity::Error) {
        println!("the linter says: {finding}");
    }
    let outcomes = try_examples(&Rules::read(&text)?, &Model::read(MODEL)?, SHIPPED)?;
    let broken = outcomes.iter().filter(|outcome| !outcome.differences.is_empty());
    println!("examples that end otherwise with them: {}", broken.clone().count());
    broken.for_each(|outcome| println!("  {}", outcome.name));
    Ok(Some(text))
}
