//! The trainer's command line.

use std::ffi::OsString;
use std::process::ExitCode;

use baton_trainer::{HELP, calibrate, eval, flows, learn, predict, rules, train};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(command) = arguments.next() else {
        eprint!("{HELP}");
        return ExitCode::from(2);
    };
    let rest: Vec<OsString> = arguments.collect();
    let done = match command.to_str() {
        Some("predict") => predict::run(rest),
        Some("train") => train::run(rest),
        Some("eval") => eval::run(rest),
        Some("calibrate") => calibrate::run(rest),
        Some("learn") => learn::run(rest),
        Some("rules") => rules::run(rest),
        Some("flows") => flows::run(rest),
        Some("--help" | "-h" | "help") => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("baton-trainer: no command {}\n\n{HELP}", command.display());
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("baton-trainer: {error}");
            ExitCode::FAILURE
        }
    }
}
