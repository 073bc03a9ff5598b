//! The programs a build needs: where they are kept and how each is found.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run;

/// How a missing tool is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `cargo install`, with the package's own lock file or without.
    Cargo {
        /// Whether to try `--locked` first.
        locked: bool,
    },
    /// `npm install`.
    Npm,
}

/// A program in one version.
#[derive(Debug)]
pub struct Tool {
    /// Package that holds it; with the version, its folder in the cache.
    pub package: &'static str,
    /// Version that is installed.
    pub version: String,
    /// Executables, which have to be in one folder; the first one tells the version.
    pub executables: &'static [&'static str],
    /// How it is installed.
    pub source: Source,
    /// Whether another version found on PATH does as well.
    pub accepts: fn(found: &[u32], wanted: &[u32]) -> bool,
    /// How long an installation takes, in words.
    pub patience: &'static str,
}

impl Tool {
    /// The Rust-to-JS binding generator and its test runner; the version has
    /// to be that of the library.
    pub fn wasm_bindgen(version: String) -> Self {
        Self {
            package: "wasm-bindgen-cli",
            version,
            executables: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            source: Source::Cargo { locked: false },
            accepts: |found, wanted| found == wanted,
            patience: "about 3 minutes",
        }
    }

    /// The builder of the demo page.
    pub fn trunk() -> Self {
        Self {
            package: "trunk",
            version: "0.21.14".to_owned(),
            executables: &["trunk"],
            source: Source::Cargo { locked: true },
            accepts: |found, wanted| found.get(..2) == wanted.get(..2) && found >= wanted,
            patience: "about 8 minutes",
        }
    }

    /// The WebAssembly optimiser; newer ones only get smaller output.
    pub fn wasm_opt() -> Self {
        Self {
            package: "binaryen",
            version: "132.0.0".to_owned(),
            executables: &["wasm-opt"],
            source: Source::Npm,
            accepts: |found, wanted| found.first() >= wanted.first(),
            patience: "about 1 minute",
        }
    }

    /// Makes one small file of a part of the loader and what it imports.
    pub fn esbuild() -> Self {
        Self {
            package: "esbuild",
            version: "0.28.2".to_owned(),
            executables: &["esbuild"],
            source: Source::Npm,
            // Sizes are budgets, and they change with it.
            accepts: |found, wanted| found == wanted,
            patience: "some seconds",
        }
    }

    /// Its own folder in the cache.
    pub fn home(&self, cache: &Path) -> PathBuf {
        cache.join(format!("{}-{}", self.package, self.version))
    }

    /// Folder of its executables: in the cache, else on PATH in a version that does.
    pub fn find(&self, cache: &Path) -> Option<PathBuf> {
        self.cached(cache).or_else(|| {
            let path = on_path(self.executables[0])?;
            let folder = path.parent()?;
            let found = run::program(&path).arg("--version").output().ok()?;
            let found = version_in(&String::from_utf8_lossy(&found.stdout));
            let wanted = version_in(&self.version);
            (self.complete(folder) && (self.accepts)(&found, &wanted)).then(|| folder.to_owned())
        })
    }

    /// Folder of its executables in the cache, when all are there. The folder's
    /// name vouches for the version: asking each tool would cost a second.
    pub fn cached(&self, cache: &Path) -> Option<PathBuf> {
        let home = self.home(cache);
        let folder = match self.source {
            Source::Cargo { .. } => home.join("bin"),
            Source::Npm => home.join("node_modules").join(".bin"),
        };
        self.complete(&folder).then_some(folder)
    }

    fn complete(&self, folder: &Path) -> bool {
        self.executables.iter().all(|name| executable_in(folder, name).is_some())
    }
}

/// Folder of the tool cache: `$BATON_TOOLS`, else in the user's cache folder.
///
/// # Errors
/// The environment names neither.
pub fn cache() -> Result<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("BATON_TOOLS") {
        return Ok(folder);
    }
    let in_home = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    set("XDG_CACHE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .or_else(|| Some(set("HOME")?.join(in_home)))
        .map(|folder| folder.join("baton").join("tools"))
        .context("no place to keep tools: set BATON_TOOLS to a folder")
}

/// The first executable of this name on PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find_map(|folder| executable_in(&folder, name))
}

/// PATH with these folders before it.
pub fn path_with<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.into_iter().map(Path::to_owned).chain(std::env::split_paths(&path));
    std::env::join_paths(all).context("a tool's folder cannot be put on PATH")
}

fn executable_in(folder: &Path, name: &str) -> Option<PathBuf> {
    [std::env::consts::EXE_SUFFIX, ".cmd"]
        .into_iter()
        .filter(|&suffix| cfg!(windows) || OsStr::new(suffix).is_empty())
        .map(|suffix| folder.join(format!("{name}{suffix}")))
        .find(|path| path.is_file())
}

/// The first thing that looks like a version, as numbers.
fn version_in(text: &str) -> Vec<u32> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(|word| word.split('.').map_while(|part| part.parse().ok()).collect())
        .unwrap_or_default()
}

/// The major version a program reports, 0 if it reports none.
pub fn major_version(program: &Path) -> u32 {
    run::program(program)
        .arg("--version")
        .output()
        .ok()
        .and_then(|found| version_in(&String::from_utf8_lossy(&found.stdout)).first().copied())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_tools_print() {
        assert_eq!(version_in("wasm-bindgen 0.2.130\n"), [0, 2, 130]);
        assert_eq!(version_in("wasm-opt version 132 (version_132-4)"), [132]);
        assert_eq!(version_in("v20.20.2"), [20, 20, 2]);
        assert!(version_in("none").is_empty());
    }

    #[test]
    fn another_wasm_bindgen_than_the_library_is_refused() {
        let tool = Tool::wasm_bindgen("0.2.130".to_owned());
        assert!((tool.accepts)(&[0, 2, 130], &[0, 2, 130]));
        assert!(!(tool.accepts)(&[0, 2, 131], &[0, 2, 130]));
        assert!(!(tool.accepts)(&[], &[0, 2, 130]));
    }

    #[test]
    fn a_trunk_that_the_page_was_written_for_does() {
        let accepts = Tool::trunk().accepts;
        assert!(accepts(&[0, 21, 15], &[0, 21, 14]));
        assert!(!accepts(&[0, 21, 13], &[0, 21, 14]));
        assert!(!accepts(&[0, 22, 0], &[0, 21, 14]));
    }

    #[test]
    fn an_old_wasm_opt_is_refused() {
        let accepts = Tool::wasm_opt().accepts;
        assert!(accepts(&[133], &[132, 0, 0]));
        assert!(!accepts(&[108], &[132, 0, 0]));
        assert!(!accepts(&[], &[132, 0, 0]));
    }
}
