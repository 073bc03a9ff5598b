//! Baton's automation, run as `cargo xtask <command>`.

mod budgets;
mod build;
mod counts;
mod demo;
mod gate;
mod integrity;
mod locales;
mod run;
mod setup;
mod steps;
mod tools;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt};

use crate::workspace::Workspace;

const HELP: &str = "\
Usage: cargo xtask <command>

  setup [--test]         install what building needs; with --test also the browser
  build                  write dist/ and the demo page, check the size budgets
  demo [--port N]        set up, build, serve the demo and the desk [port 8080]
  test [step] [--long]   set up and run the gate, or one step of it;
                         --long adds the tests marked as ignored
  articles IN… OUT       make the one file of help articles of feeds (JSON, Markdown)
  bench [screenshot]     build, check the size budgets, run the benchmarks, or that one
  budgets                check dist/ against budgets.toml
";

fn main() -> ExitCode {
    match command() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<()> {
    let mut arguments = Parser::from_env();
    let Some(first) = arguments.next()? else {
        print!("{HELP}");
        bail!("no command given");
    };
    let name = match first {
        Arg::Value(name) => name.string()?,
        Arg::Long("help") | Arg::Short('h') => "help".to_owned(),
        other => return Err(other.unexpected().into()),
    };
    if name == "articles" {
        return articles(arguments.raw_args()?.collect());
    }
    let options = Options::parse(&name, &mut arguments)?;
    if name == "help" {
        print!("{HELP}");
        return Ok(());
    }
    if name == "announce" {
        return demo::announce(options.port);
    }
    let workspace = Workspace::open()?;
    match name.as_str() {
        "setup" => {
            setup::build_tools(&workspace)?;
            if options.test {
                setup::browser()?;
            }
            println!("everything is set up");
            Ok(())
        }
        "build" => {
            let tools = setup::build_tools(&workspace)?;
            build::everything(&workspace, &tools)
        }
        "demo" => demo::serve(&workspace, options.port),
        "test" => gate::test(&workspace, options.step.as_deref(), options.long),
        "bench" => {
            let tools = setup::build_tools(&workspace)?;
            build::everything(&workspace, &tools)?;
            steps::benchmarks(&workspace, options.step.as_deref())
        }
        "budgets" => budgets::check(&workspace),
        other => {
            print!("{HELP}");
            bail!("there is no command {other:?}")
        }
    }
}

/// What `baton-articles` does, for those who have this repository.
fn articles(arguments: Vec<OsString>) -> Result<()> {
    let command = ["run", "--quiet", "--package", "baton-answers", "--features", "cli"];
    run::run(
        run::cargo(&std::env::current_dir()?)
            .args(command)
            .args(["--bin", "baton-articles", "--"])
            .args(arguments),
    )
}

struct Options {
    port: u16,
    step: Option<String>,
    long: bool,
    test: bool,
}

impl Options {
    fn parse(command: &str, arguments: &mut Parser) -> Result<Self> {
        let mut options = Self { port: 8080, step: None, long: false, test: false };
        while let Some(argument) = arguments.next()? {
            match (command, argument) {
                ("demo" | "announce", Arg::Long("port")) => {
                    options.port = arguments.value()?.parse().context("--port")?;
                }
                ("setup", Arg::Long("test")) => options.test = true,
                ("test", Arg::Long("long")) => options.long = true,
                ("test" | "bench", Arg::Value(step)) if options.step.is_none() => {
                    options.step = Some(step.string()?);
                }
                (_, other) => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}
