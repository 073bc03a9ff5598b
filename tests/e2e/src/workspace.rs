//! Where things are: the demo site, the desk's executable, the folder for what a
//! failed test leaves behind.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap_or(package)
}

fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The built demo page: `BATON_SITE`, else `target/demo`.
///
/// # Errors
/// It was not built.
pub fn site() -> Result<PathBuf> {
    let site = env::var_os("BATON_SITE").map_or_else(|| target().join("demo"), PathBuf::from);
    ensure!(
        site.join("baton").join("baton.js").is_file(),
        "there is no demo page in {}; run `cargo xtask build` first",
        site.display()
    );
    Ok(site)
}

/// The desk's executable: `BATON_DESK`, else the debug build.
///
/// # Errors
/// It was not built.
pub fn desk() -> Result<PathBuf> {
    let desk = env::var_os("BATON_DESK")
        .map_or_else(|| target().join("debug").join("baton-desk"), PathBuf::from);
    ensure!(
        desk.is_file(),
        "there is no desk at {}; run `cargo build -p baton-desk` first",
        desk.display()
    );
    Ok(desk)
}

/// The published schema of the packet.
#[must_use]
pub fn schema() -> PathBuf {
    root().join("schema").join("handoff-packet.schema.json")
}

/// axe-core, where npm puts it for `tests/e2e/package.json`.
#[must_use]
pub fn axe() -> PathBuf {
    root().join("tests").join("e2e").join("node_modules").join("axe-core").join("axe.min.js")
}

/// Where a failed test leaves its picture and log; made if missing.
///
/// # Errors
/// The folder cannot be made.
pub fn failures() -> Result<PathBuf> {
    let folder = target().join("e2e");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A path as seen from the repository.
#[must_use]
pub fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
