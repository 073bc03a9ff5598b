//! The desk's command line: reads options, serves until asked to stop.

use std::process::ExitCode;

use baton_desk::{options, serve};

#[tokio::main]
async fn main() -> ExitCode {
    let options = match options::parse(std::env::args_os().skip(1)) {
        Ok(options::Command::Serve(options)) => options,
        Ok(options::Command::Help) => {
            print!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("baton-desk: {error}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    match serve::run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("baton-desk: {error}");
            ExitCode::FAILURE
        }
    }
}
