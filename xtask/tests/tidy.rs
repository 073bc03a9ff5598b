//! Rules of the repository that no compiler holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// What each member may use of the others: DESIGN's table of rooms, which
/// points down only. `None` means all of them.
const ROOMS: [(&str, Option<&[&str]>); 13] = [
    ("baton-packet", Some(&[])),
    ("baton-evidence", Some(&["packet"])),
    ("baton-triage", Some(&["packet"])),
    ("baton-conversation", Some(&["packet", "triage"])),
    ("baton-connect", Some(&["packet"])),
    ("baton-answers", Some(&["connect"])),
    ("baton-picture", Some(&[])),
    ("baton-annotation", Some(&[])),
    ("baton-trainer", Some(&["triage"])),
    ("baton-desk", Some(&["packet", "evidence", "triage", "connect"])),
    (
        "baton",
        Some(&[
            "packet",
            "evidence",
            "triage",
            "conversation",
            "connect",
            "answers",
            "picture",
            "annotation",
        ]),
    ),
    ("baton-e2e", None),
    ("xtask", Some(&[])),
];

/// Members that need no browser and no runtime.
const PURE: [&str; 8] = [
    "baton-packet",
    "baton-evidence",
    "baton-triage",
    "baton-conversation",
    "baton-connect",
    "baton-answers",
    "baton-picture",
    "baton-annotation",
];

/// Packages that would tie a pure member to a browser or a runtime.
const IMPURE: [&str; 5] = ["js-sys", "tokio", "wasm-bindgen", "web-sys", "yew"];

/// Longest source file, in lines.
const LINES: usize = 500;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn printed(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn cargo(arguments: &[&str]) -> String {
    printed(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), arguments)
}

fn members() -> Vec<Package> {
    let text = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    serde_json::from_str::<Metadata>(&text).unwrap().packages
}

/// Files that are committed or are about to be.
fn files() -> Vec<String> {
    printed("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .split_terminator('\0')
        .filter(|name| root().join(name).is_file())
        .map(str::to_owned)
        .collect()
}

#[test]
fn dependencies_between_rooms_point_down_the_table() {
    let members = members();
    let names: BTreeSet<&str> = members.iter().map(|member| &*member.name).collect();
    let rooms = BTreeMap::from(ROOMS);
    let mut wrong = Vec::new();
    for member in &members {
        let Some(allowed) = rooms.get(&*member.name) else {
            wrong.push(format!("{} is in no row of the table", member.name));
            continue;
        };
        let Some(allowed) = allowed else { continue };
        for Dependency { name } in &member.dependencies {
            let short = name.strip_prefix("baton-").unwrap_or(name);
            let is_other = names.contains(&**name) && *name != member.name;
            if is_other && !allowed.contains(&short) {
                wrong.push(format!("{} may not use {name}", member.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pure_rooms_need_neither_a_browser_nor_a_runtime() {
    let mut wrong = Vec::new();
    for member in PURE {
        let tree = ["tree", "--package", member, "--edges", "normal", "--prefix", "none"];
        let target = ["--target", "wasm32-unknown-unknown", "--format", "{p}"];
        for line in cargo(&[&tree[..], &target].concat()).lines() {
            let package = line.split(' ').next().unwrap_or_default();
            if IMPURE.contains(&package) {
                wrong.push(format!("{member} ends up with {package}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_names_a_registry_host_or_a_path_of_a_machine() {
    let mut wrong = Vec::new();
    for name in files() {
        let bytes = std::fs::read(root().join(&name)).unwrap();
        for (number, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            if let Some(found) = foreign(line) {
                wrong.push(format!("{name}:{}: {found}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

// All of it is put together here, so that this file does not name it.
fn foreign(line: &str) -> Option<String> {
    let hosts = [
        ("crates", ".io"),
        ("npmjs", ".org"),
        ("npmjs", ".com"),
        ("npmmirror", ".com"),
        ("yarnpkg", ".com"),
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("proxy.golang", ".org"),
    ];
    for (name, end) in hosts {
        let host = [name, end].concat();
        // Cargo.lock has the name of the index as the source of every package.
        if line.match_indices(&host).any(|(at, _)| !line[at + host.len()..].starts_with("-index")) {
            return Some(host);
        }
    }
    for (folder, needs_name) in [("root", false), ("work", false), ("home", true), ("Users", true)]
    {
        let path = format!("/{folder}/");
        let starts = |at: usize| {
            !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-/~*])}".contains(c))
        };
        let named = |at: usize| line[at..].starts_with(|c: char| c.is_ascii_lowercase());
        let found = line
            .match_indices(&path)
            .any(|(at, _)| starts(at) && (!needs_name || named(at + path.len())));
        if found {
            return Some(path);
        }
    }
    None
}

#[test]
fn the_search_for_foreign_names_finds_what_it_should() {
    for (wrong, end) in [("see https://index.crates", ".io/x"), ("resolved npmjs", ".org")] {
        assert!(foreign(&[wrong, end].concat()).is_some(), "{wrong}");
    }
    for folder in ["root/x", "work/main", "home/ada/x"] {
        assert!(foreign(&format!("in \"/{folder}\"")).is_some(), "{folder}");
    }
    for fine in ["registry+https://github.com/rust-lang/crates.io-index", "an/home/page", "/home/"]
    {
        assert_eq!(foreign(fine), None);
    }
}

#[test]
fn no_source_file_is_longer_than_a_reader_can_hold() {
    let is_source = |name: &str| {
        let ends = [".rs", ".js", ".mjs", ".ts", ".css"];
        ends.iter().any(|end| name.ends_with(end)) && !name.contains("/data/")
    };
    let wrong: Vec<String> = files()
        .into_iter()
        .filter(|name| is_source(name))
        .filter_map(|name| {
            let lines = std::fs::read_to_string(root().join(&name)).unwrap().lines().count();
            (lines > LINES).then(|| format!("{name} has {lines} lines, more than {LINES}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_loader_asks_for_the_widget_of_its_own_version() {
    let loader = std::fs::read_to_string(root().join("www/baton.js")).unwrap();
    let rest = loader.split("const version = ").nth(1).expect("baton.js has no version");
    let version = rest.split(['\'', '"']).nth(1).expect("the version is no string");
    let widget = members().into_iter().find(|member| member.name == "baton").unwrap();
    assert_eq!(version, widget.version);
}
