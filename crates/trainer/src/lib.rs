//! Trains, measures and calibrates the model of [`baton_triage`], lints and tests
//! rules and flows, and learns from what humans overrode. Each command is one module
//! with a `run` that takes the arguments after the command's name.

pub mod calibrate;
pub mod crossval;
pub mod data;
pub mod eval;
pub mod fit;
pub mod flows;
pub mod learn;
pub mod lexicon;
pub mod linear;
pub mod metrics;
pub mod options;
pub mod predict;
pub mod quantise;
pub mod report;
pub mod rules;
pub mod sparse;
pub mod train;

/// What the command line says of itself.
pub const HELP: &str = "\
usage: baton-trainer COMMAND [OPTIONS]

  predict --in FILE.jsonl --out FILE.jsonl [--model FILE]
          reads {\"id\",\"text\"} lines, writes what the model says of each
  train   [--data FOLDER] [--lexicons FILE] [--out FILE] [--seed N] [--entries N] [--folds N]
          learns a model, calibrates it across sources, writes its file
  eval    [--model FILE] [--held-out FILE]... [--cross-validate] [--out FOLDER] [--peer FILE]
          prints what the model is worth; with --out writes a report with plots
  calibrate --data FILE --out FILE [--model FILE]
          makes a model's probabilities true for labelled messages it has not learned from
  learn   --overrides FILE [--rules FILE] [--rules-out FILE] [--model FILE] [--model-out FILE]
          [--force]
          proposes routes, learns a model with what people decided; writes none that got worse
  rules check FILE
          finds faults, and rules that are unreachable, contradictory or shadowed
  rules test [FILE] [--examples FILE.jsonl]
          tries example conversations; without FILE, those of the shipped rules
  flows check FILE, flows test [FILE] [--examples FILE.jsonl]
          the same for the questions of the pre-triage
";

/// What stops a command: a sentence for people, naming the file at fault.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
