//! The steps of the gate, in the order they run: the cheap ones first.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

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
pub const STEPS: [Step; 10] = [
    Step { name: "fmt", title: "format of the Rust sources", run: fmt },
    Step { name: "tidy", title: "rules of the repository, tests of xtask", run: tidy },
    Step { name: "clippy", title: "clippy, native", run: clippy },
    Step { name: "clippy-wasm", title: "clippy, the widget for the browser", run: clippy_wasm },
    Step { name: "native", title: "native tests", run: native },
    Step { name: "build", title: "dist/, the demo page and the size budgets", run: build },
    Step { name: "loader", title: "tests of the loader", run: loader },
    Step { name: "exports", title: "exports in the tools they are for", run: exports },
    Step { name: "wasm", title: "tests of the widget in Chromium", run: wasm },
    Step { name: "e2e", title: "end-to-end tests in Chromium", run: e2e },
];

/// Runs the benchmarks: of every package that has some, what Baton costs the page it is
/// on, beside a peer in the same run, and its pictures of pages, beside the capture
/// libraries; or the one of that name.
///
/// # Errors
/// There is none of that name; one does not build or run, or Baton misses a goal.
pub fn benchmarks(workspace: &Workspace, name: Option<&str>) -> Result<()> {
    match name {
        None => {}
        Some("screenshot") => return npm_bench(workspace, "screenshot"),
        Some(other) => bail!("there is no benchmark {other:?}"),
    }
    if !workspace.benchmarked.is_empty() {
        let packages = workspace.benchmarked.iter().flat_map(|name| ["--package", name]);
        run::run(run::cargo(&workspace.root).arg("bench").args(packages))?;
    }
    npm_bench(workspace, "bench")?;
    npm_bench(workspace, "screenshot")
}

fn npm_bench(workspace: &Workspace, folder: &str) -> Result<()> {
    run::run(npm(workspace, folder)?.args(["run", "--silent", "bench"]))
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
    node_tests(bench, npm(bench.workspace, "loader")?)
}

fn exports(bench: &Bench<'_>) -> Result<Counts> {
    demo::build_desk(bench.workspace)?;
    let tool = ["build", "--package", "baton-evidence", "--bin", "baton-export"];
    cargo(bench, &tool)?;
    let mut npm = npm(bench.workspace, "exports")?;
    npm.env("BATON_DESK", bench.workspace.executable("baton-desk"))
        .env("BATON_SITE", site(bench)?)
        .env("BATON_EXPORT", bench.workspace.executable("baton-export"));
    node_tests(bench, npm)
}

fn node_tests(bench: &Bench<'_>, mut npm: Command) -> Result<Counts> {
    npm.args(["run", "--silent", "test", "--", "--test-reporter=spec"]);
    if bench.long {
        npm.env("BATON_LONG", "1");
    }
    run_tests(&mut npm)
}

/// npm in that folder of `tests/`, its packages installed, for the installed browser.
fn npm(workspace: &Workspace, folder: &str) -> Result<Command> {
    let folder = workspace.root.join("tests").join(folder);
    install_packages(&folder)?;
    let mut npm = run::program("npm");
    npm.current_dir(&folder).env("CHROMIUM", setup::browser()?.executable);
    Ok(npm)
}

/// The demo page, built where it is not.
fn site(bench: &Bench<'_>) -> Result<PathBuf> {
    let site = bench.workspace.demo();
    if !site.is_dir() {
        build(bench)?;
    }
    Ok(site)
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
    // The checker of accessibility.
    install_packages(&bench.workspace.root.join("tests").join("e2e"))?;
    demo::build_desk(bench.workspace)?;
    let mut command = cargo_test(bench, &["--package", "baton-e2e"]);
    command
        .env("BATON_DESK", bench.workspace.executable("baton-desk"))
        .env("BATON_SITE", site(bench)?)
        .env("CHROMEDRIVER", browser.driver)
        .env("CHROMIUM", browser.executable);
    run_tests(&mut command)
}

/// Installs the packages that the lock file names, unless that was done for
/// this very lock file: a later run needs no network.
fn install_packages(folder: &Path) -> Result<()> {
    let file = folder.join("package-lock.json");
    let lock = std::fs::read(&file).with_context(|| file.display().to_string())?;
    let stamp = folder.join("node_modules").join(".baton-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    println!("setup: installing the packages of tests/{name} (npm)");
    let mut npm = run::program("npm");
    // The tests drive the installed browser.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").env("PUPPETEER_SKIP_DOWNLOAD", "1");
    run::run(npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund"]))?;
    std::fs::create_dir_all(folder.join("node_modules"))?;
    std::fs::write(&stamp, lock).with_context(|| stamp.display().to_string())
}
