//! Makes the one file of help articles that the widget reads.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use baton_answers::articles::{Feed, Index, Read, read_markdown};
use lexopt::prelude::*;

const HELP: &str = "\
Makes the one file of help articles that Baton's widget reads.

Usage: baton-articles IN… OUT

  IN      a feed: .json by schema/articles.schema.json, or Markdown (.md, .markdown);
          a folder is read with all it holds
  OUT     where to write the file; by custom it ends in .articles
  --help  this text

What is cut or left out is told, a line each. Ends with 1 if nothing could be written
and with 2 if the command is wrong.
";

/// A fault and the exit code it has.
struct Fault(u8, String);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fault(code, problem)) => {
            eprintln!("baton-articles: {problem}");
            ExitCode::from(code)
        }
    }
}

fn run() -> Result<(), Fault> {
    let usage = |problem: String| Fault(2, [&problem, "; see baton-articles --help"].concat());
    let mut paths = Vec::new();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next().map_err(|error| usage(error.to_string()))? {
        match argument {
            Value(path) => paths.push(PathBuf::from(path)),
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(usage(other.unexpected().to_string())),
        }
    }
    let out = paths.pop().filter(|_| !paths.is_empty());
    let out =
        out.ok_or_else(|| usage("give at least one file to read and one to write".to_owned()))?;
    let mut files = Vec::new();
    for path in paths {
        collect(path, &mut files)?;
    }
    let mut all = Feed::default();
    for file in &files {
        join(&mut all, read(file)?, file);
    }
    let built = Index::build(all);
    for line in &built.skipped {
        eprintln!("skipped: {line}");
    }
    let count = built.index.articles().len();
    if count == 0 {
        return Err(Fault(1, "there is no article in what was given".to_owned()));
    }
    let bytes = built.index.to_bytes();
    std::fs::write(&out, &bytes).map_err(|error| fault(&out, error))?;
    println!("{count} articles, {} bytes: {}", bytes.len(), out.display());
    Ok(())
}

fn fault(path: &Path, problem: impl Display) -> Fault {
    Fault(1, format!("{}: {problem}", path.display()))
}

/// Adds a file, or those of a folder that are feeds, by name.
fn collect(path: PathBuf, files: &mut Vec<PathBuf>) -> Result<(), Fault> {
    if !path.is_dir() {
        files.push(path);
        return Ok(());
    }
    let entries = std::fs::read_dir(&path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut inner: Vec<PathBuf> = entries
        .map_err(|error| fault(&path, error))?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() || is_json(path) || is_markdown(path))
        .collect();
    inner.sort();
    inner.into_iter().try_for_each(|path| collect(path, files))
}

fn ends(path: &Path, with: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(with))
}

fn is_json(path: &Path) -> bool {
    ends(path, "json")
}

fn is_markdown(path: &Path) -> bool {
    ends(path, "md") || ends(path, "markdown")
}

fn read(path: &Path) -> Result<Feed, Fault> {
    let bytes = std::fs::read(path).map_err(|error| fault(path, error))?;
    if !is_json(path) {
        return Ok(read_markdown(&String::from_utf8_lossy(&bytes)));
    }
    let value: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| fault(path, error))?;
    let Read { feed, skipped } = Feed::read(&value).map_err(|problem| fault(path, problem))?;
    for line in skipped {
        eprintln!("skipped: {}: {line}", path.display());
    }
    Ok(feed)
}

/// Each file has its own language; the synonyms of all hold for all.
fn join(all: &mut Feed, feed: Feed, path: &Path) {
    let Feed { articles, synonyms, language } = feed;
    for mut article in articles {
        if article.language.is_empty() {
            article.language.clone_from(&language);
        }
        if article.id.is_empty() && article.url.is_empty() && article.title.is_empty() {
            let name = path.file_stem().unwrap_or_default();
            article.id = name.to_string_lossy().into_owned();
        }
        all.articles.push(article);
    }
    all.synonyms.extend(synonyms);
}
