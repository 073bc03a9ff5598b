//! The languages of the widget: a file each in `www/locales`, fetched on demand.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

/// The list of the languages that are there, as a JSON array of BCP 47 tags.
const INDEX: &str = "index.json";

/// Writes every language without the blanks between its words, and the list of all.
///
/// # Errors
/// A file cannot be read or written, or is no object of texts.
pub fn write(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    let mut tags = Vec::new();
    for entry in std::fs::read_dir(from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let name = || path.display().to_string();
        let tag = path.file_stem().and_then(|tag| tag.to_str()).with_context(name)?;
        let text = std::fs::read_to_string(&path).with_context(name)?;
        let words: BTreeMap<String, String> = serde_json::from_str(&text).with_context(name)?;
        std::fs::write(to.join(format!("{tag}.json")), serde_json::to_string(&words)?)?;
        tags.push(tag.to_owned());
    }
    tags.sort();
    std::fs::write(to.join(INDEX), serde_json::to_string(&tags)?).context(INDEX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_file_and_the_list_names_it() {
        let base = std::env::temp_dir().join(format!("baton-locales-{}", std::process::id()));
        let (from, to) = (base.join("from"), base.join("to"));
        std::fs::create_dir_all(&from).unwrap();
        std::fs::write(
            from.join("pt-BR.json"),
            "{\n  \"dir\": \"ltr\",\n  \"close\": \"Fechar\"\n}\n",
        )
        .unwrap();
        std::fs::write(from.join("de.json"), "{}").unwrap();
        std::fs::write(from.join("notes.txt"), "no language").unwrap();
        write(&from, &to).unwrap();
        let read = |name: &str| std::fs::read_to_string(to.join(name)).unwrap();
        assert_eq!(read("index.json"), "[\"de\",\"pt-BR\"]");
        assert_eq!(read("pt-BR.json"), "{\"close\":\"Fechar\",\"dir\":\"ltr\"}");
        std::fs::write(from.join("fr.json"), "{\"close\": 1}").unwrap();
        assert!(write(&from, &to).unwrap_err().to_string().contains("fr.json"));
        std::fs::remove_dir_all(base).unwrap();
    }
}
