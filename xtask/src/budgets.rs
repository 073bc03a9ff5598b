//! `budgets.toml` against the files of `dist/`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::workspace::{Workspace, read_toml};
use crate::{integrity, run};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unit {
    #[serde(default)]
    files: Vec<String>,
    /// A folder, each of whose files is a download of its own.
    each_of: Option<String>,
    brotli: u64,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
struct Size {
    raw: u64,
    brotli: u64,
}

/// Prints every unit's size and budget.
///
/// # Errors
/// Names the units past their budget, files in no unit, and files missing.
pub fn check(workspace: &Workspace) -> Result<()> {
    let units: BTreeMap<String, Unit> = read_toml(&workspace.root.join("budgets.toml"))?;
    let dist = workspace.dist();
    if !dist.is_dir() {
        bail!("there is no dist/: run `cargo xtask build`");
    }
    let sizes = measure(&dist)?;
    let (table, wrong) = compare(&expanded(units, &sizes), &sizes);
    print!("{table}");
    if !wrong.is_empty() {
        bail!("size budgets: {}", wrong.join("; "));
    }
    Ok(())
}

fn measure(dist: &Path) -> Result<BTreeMap<String, Size>> {
    let names: Vec<String> = integrity::files(dist)?
        .into_iter()
        .filter(|name| {
            let code = [".js", ".wasm", ".model"].iter().any(|end| name.ends_with(end));
            code || name.starts_with("locales/")
        })
        .collect();
    let mut node = run::program("node");
    node.args(["--input-type=module", "--eval", include_str!("brotli.mjs"), "--"]);
    let printed = run::output(node.args(names.iter().map(|name| dist.join(name))))?;
    let brotli: Vec<u64> =
        printed.lines().map(str::parse).collect::<Result<_, _>>().context("sizes from node")?;
    if brotli.len() != names.len() {
        bail!("node measured {} of {} files", brotli.len(), names.len());
    }
    names
        .into_iter()
        .zip(brotli)
        .map(|(name, brotli)| {
            let raw = std::fs::metadata(dist.join(&name))?.len();
            Ok((name, Size { raw, brotli }))
        })
        .collect()
}

/// One unit for each file of the folders that units name.
fn expanded(
    units: BTreeMap<String, Unit>,
    sizes: &BTreeMap<String, Size>,
) -> BTreeMap<String, Unit> {
    let mut all = BTreeMap::new();
    for (name, unit) in units {
        let Some(folder) = &unit.each_of else {
            all.insert(name, unit);
            continue;
        };
        for file in sizes.keys() {
            let within = file.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            if let Some(within) = within {
                let files = vec![file.clone()];
                let one = Unit { files, each_of: None, brotli: unit.brotli };
                all.insert(format!("{name} {within}"), one);
            }
        }
    }
    all
}

fn compare(
    units: &BTreeMap<String, Unit>,
    sizes: &BTreeMap<String, Size>,
) -> (String, Vec<String>) {
    let mut table = format!("{:<18}{:>10}{:>10}{:>10}\n", "size", "raw", "brotli", "budget");
    let mut wrong = Vec::new();
    for (name, unit) in units {
        let mut sum = Size { raw: 0, brotli: 0 };
        for file in &unit.files {
            match sizes.get(file) {
                Some(size) => {
                    sum.raw += size.raw;
                    sum.brotli += size.brotli;
                }
                None => wrong.push(format!("{file} of {name} is not in dist/")),
            }
        }
        let over = sum.brotli.saturating_sub(unit.brotli);
        let mark = if over > 0 { "  OVER" } else { "" };
        table += &format!("{name:<18}{:>10}{:>10}{:>10}{mark}\n", sum.raw, sum.brotli, unit.brotli);
        if over > 0 {
            wrong.push(format!("{name} is {over} bytes past its {}", unit.brotli));
        }
    }
    for file in sizes.keys() {
        let owners = units.values().filter(|unit| unit.files.contains(file)).count();
        if owners != 1 {
            wrong.push(format!("{file} is in {owners} units of budgets.toml, not in one"));
        }
    }
    (table, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(budget: u64, files: &[&str], shipped: &[&str]) -> Vec<String> {
        let files = files.iter().map(|&file| file.to_owned()).collect();
        let unit = Unit { files, each_of: None, brotli: budget };
        let units = BTreeMap::from([("loader".to_owned(), unit)]);
        let size = Size { raw: 300, brotli: 100 };
        let sizes = shipped.iter().map(|&name| (name.to_owned(), size)).collect();
        compare(&units, &sizes).1
    }

    #[test]
    fn a_unit_may_be_as_big_as_its_budget_and_no_bigger() {
        assert!(wrong(100, &["a.js"], &["a.js"]).is_empty());
        assert_eq!(wrong(99, &["a.js"], &["a.js"]), ["loader is 1 bytes past its 99"]);
    }

    #[test]
    fn a_unit_counts_all_its_files() {
        assert_eq!(wrong(199, &["a.js", "b.js"], &["a.js", "b.js"]).len(), 1);
        assert!(wrong(200, &["a.js", "b.js"], &["a.js", "b.js"]).is_empty());
    }

    #[test]
    fn a_file_without_a_budget_is_refused() {
        assert_eq!(wrong(100, &["a.js"], &["a.js", "b.js"]).len(), 1);
    }

    #[test]
    fn each_file_of_a_folder_may_take_the_budget() {
        let unit = Unit { files: Vec::new(), each_of: Some("locales".to_owned()), brotli: 100 };
        let units = BTreeMap::from([("locale".to_owned(), unit)]);
        let size = |brotli| Size { raw: 300, brotli };
        let sizes = BTreeMap::from([
            ("locales/de.json".to_owned(), size(100)),
            ("locales/ja.json".to_owned(), size(101)),
        ]);
        let (_, wrong) = compare(&expanded(units, &sizes), &sizes);
        assert_eq!(wrong, ["locale ja.json is 1 bytes past its 100"]);
    }

    #[test]
    fn a_budget_without_its_file_is_refused() {
        assert_eq!(wrong(100, &["a.js"], &[]).len(), 1);
    }
}
