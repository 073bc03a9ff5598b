//! Where things are in the repository, and which versions it asks for.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::run;

/// The repository.
#[derive(Debug)]
pub struct Workspace {
    /// Its top folder.
    pub root: PathBuf,
    /// Where cargo writes.
    pub target: PathBuf,
    /// Names of the packages that have benchmarks.
    pub benchmarked: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    target_directory: PathBuf,
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
}

impl Workspace {
    /// Asks cargo about the repository this program belongs to.
    ///
    /// # Errors
    /// A manifest cannot be read.
    pub fn open() -> Result<Self> {
        // Cargo sets the variable for what it runs; the compiled-in value
        // serves a program started by hand.
        let own = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own.parent().context("xtask has no parent folder")?.to_owned();
        let text = run::output(run::cargo(&root).args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
        ]))?;
        let metadata: Metadata = serde_json::from_str(&text).context("cargo metadata")?;
        let benchmarked = metadata
            .packages
            .into_iter()
            .filter(|package| package.targets.iter().any(|t| t.kind.iter().any(|k| k == "bench")))
            .map(|package| package.name)
            .collect();
        Ok(Self { root, target: metadata.target_directory, benchmarked })
    }

    /// What a page may download.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The demo site, where Trunk.toml puts it.
    pub fn demo(&self) -> PathBuf {
        self.root.join("target").join("demo")
    }

    /// A debug build's executable.
    pub fn executable(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// The version of a dependency that Cargo.lock holds.
    ///
    /// # Errors
    /// There is no such dependency, or the file cannot be read.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let lock: Lock = read_toml(&self.root.join("Cargo.lock"))?;
        lock.package
            .into_iter()
            .find(|locked| locked.name == package)
            .map(|locked| locked.version)
            .with_context(|| format!("Cargo.lock has no {package}"))
    }
}

/// Reads a TOML file.
///
/// # Errors
/// It cannot be read or has another shape; the error names the file.
pub fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| path.display().to_string())
}
