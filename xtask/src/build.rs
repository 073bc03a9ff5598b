//! Sources → `dist/` → the demo page.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run::{self, rustc};
use crate::setup::{BuildTools, WASM};
use crate::workspace::Workspace;
use crate::{budgets, integrity, locales, tools};

/// The hand-written files that ship as they are.
const SHIPPED: [&str; 3] = ["baton.js", "baton.d.ts", "baton-packet.d.ts"];

/// The scripts that load later, each with what it imports in one small file.
const BUNDLED: [&str; 5] =
    ["baton-replay.js", "fallback.js", "privacy.js", "sensors.js", "starter.js"];

/// The modules of the root package, one cargo feature and one folder each.
pub const MODULES: [&str; 7] =
    ["widget", "triage", "extras", "screenshot", "annotate", "exports", "answers"];

/// The learned part of triage, a download of its own.
const MODEL: &str = "triage.model";

/// What makes the modules small, besides the cargo profile: no panic messages or
/// source locations (a trap is reported by the loader), no code for `{:?}`, and
/// SHA-256 in a loop instead of unrolled. The first four are not stable yet;
/// `RUSTC_BOOTSTRAP` opens them on a stable compiler, so that no nightly is needed. A
/// later compiler may spell them otherwise: then the build fails and names the flag.
const SMALL: [&str; 6] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    "--cfg=sha2_backend=\"soft\"",
    "--cfg=sha2_backend_soft=\"compact\"",
];

/// What rustc emits for this target, as the optimiser calls it.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds `dist/` and the demo page, and checks the budgets.
///
/// # Errors
/// Something does not build or is past its budget.
pub fn everything(workspace: &Workspace, tools: &BuildTools) -> Result<()> {
    let _lock = lock(&workspace.target.join("xtask"))?;
    dist(workspace, tools)?;
    demo_page(workspace, tools)?;
    budgets::check(workspace)
}

fn dist(workspace: &Workspace, tools: &BuildTools) -> Result<()> {
    let staged = workspace.target.join("xtask").join("dist");
    remove(&staged)?;
    std::fs::create_dir_all(&staged)?;
    for name in SHIPPED {
        std::fs::copy(workspace.root.join("www").join(name), staged.join(name))
            .with_context(|| format!("cannot copy www/{name}"))?;
    }
    bundle(workspace, tools, &staged)?;
    for name in MODULES {
        module(workspace, tools, name, &staged.join(name))?;
    }
    let model = workspace.root.join("crates").join("triage").join("model").join(MODEL);
    std::fs::copy(&model, staged.join("triage").join(MODEL))
        .with_context(|| format!("cannot copy {MODEL}"))?;
    locales::write(&workspace.root.join("www").join("locales"), &staged.join("locales"))?;
    integrity::names_no_folder(&staged, &[workspace.root.clone(), cargo_home()?, sysroot()?])?;
    integrity::write(&staged)?;
    replace(&workspace.dist(), &staged)
}

/// The same bytes from the same sources: nothing of the machine goes in.
fn bundle(workspace: &Workspace, tools: &BuildTools, to: &Path) -> Result<()> {
    let mut out = std::ffi::OsString::from("--outdir=");
    out.push(to);
    run::run(
        run::program(tools.esbuild.join("esbuild"))
            .current_dir(workspace.root.join("www"))
            .args(BUNDLED)
            .args(["--bundle", "--minify", "--format=esm", "--target=es2022"])
            .args(["--charset=utf8", "--legal-comments=none", "--log-level=warning"])
            .arg(out),
    )
}

fn module(workspace: &Workspace, tools: &BuildTools, name: &str, to: &Path) -> Result<()> {
    println!("build: {name}");
    // Apart from the tests' builds, whose standard library is the shipped one.
    let target = workspace.target.join("modules");
    let mut flags = vec![neutral_paths(&workspace.root)?];
    flags.extend(SMALL.map(str::to_owned));
    run::run(
        run::cargo(&workspace.root)
            .args(["build", "--lib", "--package", "baton", "--profile", "widget", "--target", WASM])
            .args(["--no-default-features", "--features", name, "--target-dir"])
            .arg(&target)
            .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")),
    )?;
    let compiled = target.join(WASM).join("widget").join("baton.wasm");
    run::run(
        run::program(tools.wasm_bindgen.join("wasm-bindgen"))
            .args(["--target", "web", "--out-name", name, "--no-typescript"])
            .args(["--remove-name-section", "--remove-producers-section", "--out-dir"])
            .arg(to)
            .arg(compiled),
    )?;
    let wasm = to.join(format!("{name}_bg.wasm"));
    run::run(
        run::program(tools.wasm_opt.join("wasm-opt"))
            .args(["-Oz", "--converge", "--strip-debug", "--traps-never-happen"])
            // Inlined copies look smaller before compression and are larger after it.
            .args([
                "--one-caller-inline-max-function-size=0",
                "--always-inline-max-function-size=1",
            ])
            .args(WASM_FEATURES)
            .arg(&wasm)
            .arg("-o")
            .arg(&wasm),
    )
}

fn demo_page(workspace: &Workspace, tools: &BuildTools) -> Result<()> {
    println!("build: the demo page");
    let path = tools::path_with([&*tools.trunk, &*tools.wasm_bindgen, &*tools.wasm_opt])?;
    run::run(
        run::program(tools.trunk.join("trunk"))
            .current_dir(&workspace.root)
            .args(["--log", "warn", "--skip-version-check", "build", "--release", "--offline"])
            .env("PATH", path)
            // Trunk takes the variable for a boolean and stops at the usual "1".
            .env_remove("NO_COLOR"),
    )
}

/// Lets one build at a time write; the lock ends with the file, or with us.
fn lock(folder: &Path) -> Result<File> {
    std::fs::create_dir_all(folder)?;
    let file = File::create(folder.join("lock"))?;
    if file.try_lock().is_err() {
        println!("build: waiting for another build to end");
        file.lock().context("cannot lock the build folder")?;
    }
    Ok(file)
}

/// Puts a finished folder in another's place: a reader finds the old one or
/// the new one, and nothing of both.
fn replace(old: &Path, new: &Path) -> Result<()> {
    let aside = new.with_extension("old");
    remove(&aside)?;
    if old.exists() {
        std::fs::rename(old, &aside).with_context(|| format!("cannot move {}", old.display()))?;
    }
    std::fs::rename(new, old).with_context(|| format!("cannot make {}", old.display()))?;
    remove(&aside)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Flags that take this machine's part out of the source paths in panic
/// messages: those become shorter and the same everywhere, and whoever
/// downloads the widget does not learn our folders.
fn neutral_paths(root: &Path) -> Result<String> {
    let registry = cargo_home()?.join("registry").join("src");
    let mut replaced = vec![(root.to_owned(), String::new())];
    // One folder for each registry, named after its host.
    if let Ok(folders) = std::fs::read_dir(&registry) {
        for folder in folders {
            replaced.push((folder?.path(), "/deps".to_owned()));
        }
    }
    // What the compiler writes itself when the library's sources are not installed.
    let version = run::output(rustc().arg("-vV"))?;
    if let Some(commit) = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")) {
        let library = sysroot()?.join("lib").join("rustlib").join("src").join("rust");
        replaced.push((library, format!("/rustc/{commit}")));
    }
    let flags = replaced.into_iter().map(|(from, to)| {
        let from = from.to_str().context("a source folder's name is not UTF-8")?;
        Ok(format!("--remap-path-prefix={from}={to}"))
    });
    Ok(flags.collect::<Result<Vec<_>>>()?.join("\u{1f}"))
}

fn sysroot() -> Result<PathBuf> {
    Ok(run::output(rustc().args(["--print", "sysroot"]))?.trim().into())
}

fn cargo_home() -> Result<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
        .context("neither CARGO_HOME nor HOME is set")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_folder_keeps_nothing_of_the_old_one() {
        let base = std::env::temp_dir().join(format!("baton-replace-{}", std::process::id()));
        let (old, new) = (base.join("dist"), base.join("staged"));
        for (folder, file) in [(&old, "old"), (&new, "new")] {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(folder.join(file), file).unwrap();
        }
        replace(&old, &new).unwrap();
        assert_eq!(integrity::files(&old).unwrap(), ["new"]);
        assert!(!new.exists() && !new.with_extension("old").exists());
        std::fs::remove_dir_all(base).unwrap();
    }
}
