//! What is said about the files of `dist/`: their hashes, and that they name
//! nothing of the machine that built them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};

/// Where the hashes are written.
pub const FILE: &str = "integrity.json";

/// Paths of all files below a folder, relative to it, with `/`, in order.
///
/// # Errors
/// A folder cannot be read, or a name is not UTF-8.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(prefix) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&prefix))? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_str().with_context(|| format!("file name {name:?}"))?;
            let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
            if entry.file_type()?.is_dir() { &mut folders } else { &mut found }.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Writes the subresource-integrity value of every file beside them.
///
/// # Errors
/// A file cannot be read or written.
pub fn write(dist: &Path) -> Result<()> {
    let mut values = BTreeMap::new();
    for name in files(dist)? {
        let bytes = std::fs::read(dist.join(&name))?;
        values.insert(name, value(&bytes));
    }
    let text = serde_json::to_string_pretty(&values)? + "\n";
    std::fs::write(dist.join(FILE), text).context(FILE)
}

/// Refuses files that name one of these folders of the building machine:
/// what a customer's page downloads says nothing about us.
///
/// # Errors
/// Names the first such file.
pub fn names_no_folder(dist: &Path, folders: &[PathBuf]) -> Result<()> {
    for name in files(dist)? {
        let bytes = std::fs::read(dist.join(&name))?;
        for folder in folders {
            let text = folder.as_os_str().as_encoded_bytes();
            if bytes.windows(text.len()).any(|window| window == text) {
                bail!("{name} contains the path {} of this machine", folder.display());
            }
        }
    }
    Ok(())
}

fn value(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_values_are_what_browsers_compare() {
        // `printf '' | openssl dgst -sha384 -binary | base64`
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(value(b""), empty);
    }
}
