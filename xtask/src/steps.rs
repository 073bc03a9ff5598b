//! The steps of the gate, in the order they run: the cheap ones first.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::counts::{Counts, run_tests};
use crate::setup::{self, BuildTools, WASM};
use crate::workspace::Workspace;
use crate::{build, demo, run};

/// What a step may use.
#[derive(Debug)]
pub struct Bench<'a> {
    /// The repository.
    pub workspace: &'a Workspace,
    /// The build tools.
    pub tools: &'a BuildTools,
    /// Whether tests marked as ignored run too.
    pub long: bool,
}

/// One step.
#[derive(Debug)]
pub struct Step {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does, as its heading.
    pub title: &'static str,
    /// Does it; returns the tests it counted.
    pub run: fn(&Bench<'_>) -> Result<Counts>,
}

/// All steps.
pub const STEPS: [Step; 9] = [
    Step { name: "fmt", title: "format of the Rust sources", run: fmt },
    Step { name: "tidy", title: "rules of the repository, tests of xtask", run: tidy },
    Step { name: "clippy", title: "clippy, native", run: clippy },
    Step { name: "clippy-wasm", title: "clippy, the widget for the browser", run: clippy_wasm },
    Step { name: "native", title: "native tests", run: native },
    Step { name: "build", title: "dist/, the demo page and the size budgets", run: build },
    Step { name: "loader", title: "tests of the loader", run: loader },
    Step { name: "wasm", title: "tests of the widget in Chromium", run: wasm },
    Step { name: "e2e", title: "end-to-end tests in Chromium", run: e2e },
];

/// Runs the benchmarks of every package that has some.
///
/// # Errors
/// One does not build or run.
pub fn benchmarks(workspace: &Workspace) -> Result<()> {
    if workspace.benchmarked.is_empty() {
        println!("bench: sizes only; no package has a benchmark of speed yet");
        return Ok(());
    }
    let packages = workspace.benchmarked.iter().flat_map(|name| ["--package", name]);
    run::run(run::cargo(&workspace.root).arg("bench").args(packages))
}

fn cargo(bench: &Bench<'_>, arguments: &[&str]) -> Result<Counts> {
    run::run(run::cargo(&bench.workspace.root).args(arguments))?;
    Ok(Counts::default())
}

fn cargo_test(bench: &Bench<'_>, arguments: &[&str]) -> Command {
    let mut command = run::cargo(&bench.workspace.root);
    command.arg("test").args(arguments);
    if bench.long {
        command.args(["--", "--include-ignored"]);
    }
    command
}

fn fmt(bench: &Bench<'_>) -> Result<Counts> {
    cargo(bench, &["fmt", "--all", "--check"])
}

fn tidy(bench: &Bench<'_>) -> Result<Counts> {
    run_tests(&mut cargo_test(bench, &["--package", "xtask"]))
}

fn clippy(bench: &Bench<'_>) -> Result<Counts> {
    cargo(bench, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn clippy_wasm(bench: &Bench<'_>) -> Result<Counts> {
    let package = ["clippy", "--package", "baton", "--target", WASM, "--lib", "--tests"];
    cargo(bench, &[&package[..], &["--", "-D", "warnings"]].concat())?;
    // Each alone, as it ships: what only another module uses is dead in this one.
    for name in build::MODULES {
        let alone = ["--lib", "--no-default-features", "--features", name, "--", "-D", "warnings"];
        cargo(bench, &[&package[..5], &alone].concat())?;
    }
    Ok(Counts::default())
}

fn native(bench: &Bench<'_>) -> Result<Counts> {
    let packages = ["--workspace", "--exclude", "xtask", "--exclude", "baton-e2e"];
    run_tests(&mut cargo_test(bench, &packages))
}

fn build(bench: &Bench<'_>) -> Result<Counts> {
    build::everything(bench.workspace, bench.tools)?;
    Ok(Counts::default())
}

fn loader(bench: &Bench<'_>) -> Result<Counts> {
    let folder = bench.workspace.root.join("tests").join("loader");
    install_packages(&folder)?;
    let browser = setup::browser()?;
    let mut npm = run::program("npm");
    npm.current_dir(&folder)
        .args(["run", "--silent", "test", "--", "--test-reporter=spec"])
        .env("CHROMIUM", browser.executable);
    if bench.long {
        npm.env("BATON_LONG", "1");
    }
    run_tests(&mut npm)
}

fn wasm(bench: &Bench<'_>) -> Result<Counts> {
    let driver = setup::browser()?.driver;
    let runner = bench.tools.wasm_bindgen.join("wasm-bindgen-test-runner");
    let mut command = cargo_test(bench, &["--package", "baton", "--target", WASM, "--tests"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner).env("CHROMEDRIVER", driver);
    run_tests(&mut command)
}

fn e2e(bench: &Bench<'_>) -> Result<Counts> {
    let browser = setup::browser()?;
    let site = bench.workspace.demo();
    if !site.is_dir() {
        build(bench)?;
    }
    demo::build_desk(bench.workspace)?;
    let mut command = cargo_test(bench, &["--package", "baton-e2e"]);
    command
        .env("BATON_DESK", bench.workspace.executable("baton-desk"))
        .env("BATON_SITE", site)
        .env("CHROMEDRIVER", browser.driver)
        .env("CHROMIUM", browser.executable);
    run_tests(&mut command)
}

/// Installs the packages that the lock file names, unless that was done for
/// this very lock file: a later run needs no network.
fn install_packages(folder: &Path) -> Result<()> {
    let lock = std::fs::read(folder.join("package-lock.json"))
        .context("tests/loader/package-lock.json")?;
    let stamp = folder.join("node_modules").join(".baton-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("setup: installing the packages of tests/loader (npm)");
    let mut npm = run::program("npm");
    run::run(npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund"]))?;
    std::fs::create_dir_all(folder.join("node_modules"))?;
    std::fs::write(&stamp, lock).with_context(|| stamp.display().to_string())
}
