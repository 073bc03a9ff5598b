//! Labelled messages: one folder of `.jsonl` files, one file for each source.

use std::path::{Path, PathBuf};

use baton_triage::learning::{CustomerState, Intent, Topic, Urgency};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::Failure;

/// One labelled message. A label that is missing is not learned from.
#[derive(Debug, Clone, Deserialize)]
pub struct Message {
    /// Unique within its file.
    #[serde(default)]
    pub id: String,
    /// The customer's words.
    pub text: String,
    /// What it is about.
    #[serde(default)]
    pub intent: Option<Intent>,
    /// How soon it needs somebody.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// How the customer feels.
    #[serde(default, alias = "customer_state")]
    pub state: Option<CustomerState>,
    /// Whether a person is asked for.
    #[serde(default)]
    pub wants_human: Option<bool>,
    /// Subjects it touches.
    #[serde(default)]
    pub topics: Option<Vec<Topic>>,
    /// BCP 47; English where nothing stands.
    #[serde(default)]
    pub language: Option<String>,
    /// Name of the file it came from, without `.jsonl`: its author's voice.
    #[serde(skip)]
    pub source: String,
}

impl Message {
    /// BCP 47 tag of its language.
    #[must_use]
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("en")
    }
}

/// Messages, and the SHA-256 of the files they came from.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// In order of file name and line.
    pub messages: Vec<Message>,
    /// Of the files' bytes, one after the other.
    pub hash: [u8; 32],
}

impl Corpus {
    /// Reads a file, or all `.jsonl` files of a folder by name.
    ///
    /// # Errors
    /// If one cannot be read, or a line is no message: file and line are named.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let named = |path: &Path, error: &dyn std::fmt::Display| {
            Failure::from(format!("{}: {error}", path.display()))
        };
        let mut files: Vec<PathBuf> = if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|error| named(path, &error))?;
            let paths: Result<Vec<_>, _> = entries.map(|entry| Ok(entry?.path())).collect();
            paths.map_err(|error: std::io::Error| named(path, &error))?
        } else {
            vec![path.to_owned()]
        };
        files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
        files.sort();
        if files.is_empty() {
            return Err(named(path, &"no .jsonl file"));
        }
        let mut hasher = Sha256::new();
        let mut messages = Vec::new();
        for file in &files {
            let bytes = std::fs::read(file).map_err(|error| named(file, &error))?;
            hasher.update(&bytes);
            let text = String::from_utf8(bytes).map_err(|error| named(file, &error))?;
            let source = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for (number, line) in text.lines().enumerate().filter(|line| !line.1.trim().is_empty()) {
                let mut message: Message = serde_json::from_str(line)
                    .map_err(|error| named(file, &format!("line {}: {error}", number + 1)))?;
                message.source.clone_from(&source);
                messages.push(message);
            }
        }
        Ok(Self { messages, hash: hasher.finalize().into() })
    }

    /// The sources, each once, by name.
    #[must_use]
    pub fn sources(&self) -> Vec<&str> {
        let mut sources: Vec<&str> =
            self.messages.iter().map(|message| &*message.source).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }
}
