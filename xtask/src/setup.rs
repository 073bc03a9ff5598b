//! Finds or installs what the other commands need.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::run;
use crate::tools::{self, Source, Tool};
use crate::workspace::Workspace;

/// The target triple of the widget.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The oldest Node.js with everything the tools and the loader's tests use.
const NODE: u32 = 20;

/// Browsers that chromedriver can drive, by the names they are installed under.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Folders of the tools that turn the sources into `dist/` and the demo.
#[derive(Debug)]
pub struct BuildTools {
    /// Holds `wasm-bindgen` and `wasm-bindgen-test-runner`.
    pub wasm_bindgen: PathBuf,
    /// Holds `trunk`.
    pub trunk: PathBuf,
    /// Holds `wasm-opt`.
    pub wasm_opt: PathBuf,
    /// Holds `esbuild`.
    pub esbuild: PathBuf,
}

/// Makes sure that the widget and the demo can be built.
///
/// # Errors
/// Something is missing and cannot be installed; names the manual step.
pub fn build_tools(workspace: &Workspace) -> Result<BuildTools> {
    node()?;
    wasm_target(&workspace.root)?;
    library_source(&workspace.root)?;
    let cache = tools::cache()?;
    let bindgen = Tool::wasm_bindgen(workspace.locked_version("wasm-bindgen")?);
    Ok(BuildTools {
        wasm_opt: tool(&Tool::wasm_opt(), &cache)?,
        esbuild: tool(&Tool::esbuild(), &cache)?,
        wasm_bindgen: tool(&bindgen, &cache)?,
        trunk: tool(&Tool::trunk(), &cache)?,
    })
}

/// The browser that the tests drive.
#[derive(Debug)]
pub struct Browser {
    /// Chromium itself.
    pub executable: PathBuf,
    /// Its WebDriver server.
    pub driver: PathBuf,
}

/// Makes sure that a browser and its driver are there.
///
/// # Errors
/// One is missing and cannot be installed; names the manual step.
pub fn browser() -> Result<Browser> {
    if let Some(browser) = installed_browser() {
        return Ok(browser);
    }
    let manual = "install Chromium and its chromedriver (Debian: apt-get install chromium \
                  chromium-driver) and put both on PATH";
    if tools::on_path("apt-get").is_none() || !is_root() {
        bail!("the tests drive Chromium, which is not on PATH; {manual}");
    }
    progress("Chromium and chromedriver", "with apt-get, about 2 minutes");
    let log = log_file(&tools::cache()?, "chromium")?;
    let apt = |arguments: &[&str]| {
        let mut command = run::program("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run::quietly(&mut command, &log)
    };
    apt(&["update"])
        .and_then(|()| apt(&["install", "-y", "chromium", "chromium-driver"]))
        .with_context(|| format!("cannot install Chromium; {manual}"))?;
    installed_browser().with_context(|| format!("Chromium is still not on PATH; {manual}"))
}

/// Makes sure that Node.js and npm are there.
///
/// # Errors
/// They are missing or too old.
pub fn node() -> Result<()> {
    let manual = format!("install Node.js {NODE} or newer with npm and put both on PATH");
    let node = tools::on_path("node").with_context(|| format!("there is no node; {manual}"))?;
    let found = tools::major_version(&node);
    if found < NODE {
        bail!("{} has version {found}; {manual}", node.display());
    }
    if tools::on_path("npm").is_none() {
        bail!("there is no npm; {manual}");
    }
    Ok(())
}

fn installed_browser() -> Option<Browser> {
    let named = std::env::var_os("CHROMEDRIVER").map(PathBuf::from).filter(|path| path.is_file());
    let driver = named.or_else(|| tools::on_path("chromedriver"))?;
    let executable = BROWSERS.into_iter().find_map(tools::on_path)?;
    Some(Browser { executable, driver })
}

fn wasm_target(root: &Path) -> Result<()> {
    let part = format!("Rust's {WASM} target");
    rust_part(root, &part, &["target", "add", WASM], || {
        let mut rustc = run::rustc();
        rustc.current_dir(root).args(["--print", "target-libdir", "--target", WASM]);
        Ok(Path::new(run::output(&mut rustc)?.trim()).is_dir())
    })
}

/// The modules build the standard library anew, for size.
fn library_source(root: &Path) -> Result<()> {
    let part = "the source of Rust's standard library";
    rust_part(root, part, &["component", "add", "rust-src"], || {
        let mut rustc = run::rustc();
        rustc.current_dir(root).args(["--print", "sysroot"]);
        let library =
            Path::new(run::output(&mut rustc)?.trim()).join("lib/rustlib/src/rust/library");
        Ok(library.join("std").join("Cargo.toml").is_file())
    })
}

fn rust_part(
    root: &Path,
    part: &str,
    arguments: &[&str],
    installed: impl Fn() -> Result<bool>,
) -> Result<()> {
    if installed()? {
        return Ok(());
    }
    let manual = format!("install it by `rustup {}` or your system's package", arguments.join(" "));
    if tools::on_path("rustup").is_none() {
        bail!("{part} is missing and there is no rustup; {manual}");
    }
    progress(part, "with rustup");
    let log = log_file(&tools::cache()?, "rustup")?;
    run::quietly(run::program("rustup").current_dir(root).args(arguments), &log)
        .with_context(|| format!("cannot install {part}; {manual}"))?;
    if !installed()? {
        bail!("{part} is still missing; {manual}");
    }
    Ok(())
}

fn tool(tool: &Tool, cache: &Path) -> Result<PathBuf> {
    if let Some(folder) = tool.find(cache) {
        return Ok(folder);
    }
    let Tool { package, version, .. } = tool;
    let started = Instant::now();
    let home = tool.home(cache);
    let log = log_file(cache, &format!("{package}-{version}"))?;
    let wanted = format!("{package}@{version}");
    let manual = match tool.source {
        Source::Cargo { .. } => format!("`cargo install {wanted}`"),
        Source::Npm => format!("`npm install --global {wanted}`"),
    };
    let failed = || format!("cannot install {package} {version}; do it by {manual}, then retry");
    match tool.source {
        Source::Cargo { locked } => {
            progress(&format!("{package} {version}"), &format!("cargo, {}", tool.patience));
            cargo_install(&home, &wanted, locked, &log).with_context(failed)?;
        }
        Source::Npm => {
            progress(&format!("{package} {version}"), &format!("npm, {}", tool.patience));
            let mut npm = run::program("npm");
            npm.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&home).arg(&wanted);
            run::quietly(npm.current_dir(cache), &log).with_context(failed)?;
        }
    }
    println!("setup: {package} {version} installed in {} s", started.elapsed().as_secs());
    tool.cached(cache).with_context(failed)
}

fn cargo_install(home: &Path, wanted: &str, locked: bool, log: &Path) -> Result<()> {
    let install = |extra: &[&str]| {
        // In its own folder, so that neither our settings nor our lock apply.
        let mut cargo = run::cargo(home);
        cargo.args(["install", "--root"]).arg(home).arg(wanted).args(extra);
        run::quietly(cargo.env_remove("CARGO_TARGET_DIR"), log)
    };
    std::fs::create_dir_all(home)?;
    // Its authors' versions first; they stop building once a newer compiler
    // refuses an old dependency.
    if locked && install(&["--locked"]).is_ok() {
        return Ok(());
    }
    install(&[])
}

fn progress(what: &str, how: &str) {
    println!("setup: installing {what} ({how})");
}

fn log_file(cache: &Path, name: &str) -> Result<PathBuf> {
    std::fs::create_dir_all(cache)
        .with_context(|| format!("cannot make the tool cache {}", cache.display()))?;
    Ok(cache.join(format!("{name}.log")))
}

fn is_root() -> bool {
    run::output(run::program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
