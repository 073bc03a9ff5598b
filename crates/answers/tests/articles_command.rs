//! The command `baton-articles`, run as people run it.

use std::path::PathBuf;
use std::process::{Command, Output};

use baton_answers::articles::Index;

/// A folder of its own for each test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("baton-articles-{}-{name}", std::process::id()));
        std::fs::create_dir_all(folder.join("inner")).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton-articles"));
        let Output { status, stdout, stderr } =
            command.current_dir(&self.0).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn feeds_of_all_kinds_become_one_file() {
    let folder = Folder::new("all");
    folder.write("a.json", r#"{"language":"de","articles":[{"title":"Rechnungen"},{"title":1}]}"#);
    folder.write(
        "inner/b.md",
        "---\nsynonyms: gizmo, widget\n---\n# Widgets\nAll on widgets.\n# Gears\nx",
    );
    folder.write("inner/c.markdown", "---\ntitle: One\n---\nbody");
    folder.write("inner/ignored.txt", "# Not read");
    let (code, told, problems) = folder.run(&["a.json", "inner", "help.articles"]);
    assert_eq!((code, &*problems), (0, "skipped: a.json: articles[1]: title is no text\n"));
    assert!(told.starts_with("4 articles, "), "{told}");
    let index = Index::from_bytes(&std::fs::read(folder.0.join("help.articles")).unwrap()).unwrap();
    let titles: Vec<_> = index.articles().iter().map(|article| &*article.title).collect();
    assert_eq!(titles, ["Rechnungen", "Widgets", "Gears", "One"]);
    assert_eq!(index.articles()[0].language, "de");
    assert_eq!(index.search("a gizmo", None, 1)[0].article.title, "Widgets");
}

#[test]
fn what_cannot_be_used_is_told() {
    let folder = Folder::new("wrong");
    folder.write("broken.json", "{\"articles\": [");
    folder.write("page.json", "\"<html>\"");
    folder.write("empty.md", "\n");
    for (arguments, code, told) in [
        (&[][..], 2, "give at least one file to read and one to write; see baton-articles --help"),
        (&["only.json"], 2, "give at least one file"),
        (&["--wat"], 2, "invalid option '--wat'"),
        (&["gone.json", "out"], 1, "gone.json: "),
        (&["broken.json", "out"], 1, "broken.json: EOF while parsing"),
        (&["page.json", "out"], 1, "page.json: there is no list of articles"),
        (&["empty.md", "out"], 1, "there is no article in what was given"),
    ] {
        let (ended, _, problems) = folder.run(arguments);
        assert_eq!(ended, code, "{problems}");
        assert!(problems.contains(told), "{problems}");
        assert!(!folder.0.join("out").exists());
    }
    assert!(folder.run(&["--help"]).1.starts_with("Makes the one file"));
}
