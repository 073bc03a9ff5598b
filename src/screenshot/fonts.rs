//! The web fonts that a document draws with, and those of them whose files no rule
//! that can be read names.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Window};

use crate::js::{get, get_string};

/// A font: family, style, weight, stretch, range of characters.
type Font = [String; 5];

const RULE: [&str; 5] =
    ["font-family", "font-style", "font-weight", "font-stretch", "unicode-range"];
const FACE: [&str; 5] = ["family", "style", "weight", "stretch", "unicodeRange"];

/// The fonts that were needed so far: the browser loads no other.
pub struct Fonts {
    loaded: Vec<Font>,
    /// Which of them a rule gives the file of.
    known: Vec<bool>,
    /// The URLs that the rules of all sheets name, one after the other.
    urls: String,
}

impl Fonts {
    pub fn of(document: &Document) -> Self {
        let fonts = get(document, "fonts");
        let mut loaded = Vec::new();
        for face in js_sys::try_iter(&fonts).ok().flatten().into_iter().flatten().flatten() {
            if get_string(&face, "status").as_deref() == Some("loaded") {
                loaded.push(normal(FACE.map(|name| get_string(&face, name).unwrap_or_default())));
            }
        }
        let known = vec![false; loaded.len()];
        Self { loaded, known, urls: String::new() }
    }

    /// Whether the page draws with the font of an `@font-face` rule.
    pub fn uses(&mut self, rule: &web_sys::CssRule) -> bool {
        let style = get(rule, "style");
        let style: &web_sys::CssStyleDeclaration = style.unchecked_ref();
        let wanted = normal(RULE.map(|name| style.get_property_value(name).unwrap_or_default()));
        self.urls.push_str(&style.get_property_value("src").unwrap_or_default());
        let mut is_used = false;
        for (font, known) in self.loaded.iter().zip(&mut self.known) {
            if *font == wanted {
                (is_used, *known) = (true, true);
            }
        }
        is_used
    }

    /// Rules for fonts that a script has made, or a sheet that nobody may read: as far
    /// as the browser's list of what was loaded tells which file is whose. And how many
    /// fonts are left without a file.
    pub fn found(&self, window: &Window) -> (String, u32) {
        let lost = self.loaded.iter().zip(&self.known).filter(|(_, known)| !**known);
        let mut lost: Vec<&Font> = lost.map(|(font, _)| font).collect();
        let mut rules = String::new();
        if lost.is_empty() {
            return (rules, 0);
        }
        let mut files = self.files(window);
        lost.retain(|font| {
            let (family, weight) = (letters(&font[0]), font[2].as_str());
            let is_of = |file: &&String| family.len() > 2 && letters(file).contains(&family);
            let mut of_family = files.iter().filter(is_of);
            let file = match (of_family.next(), of_family.next()) {
                (Some(only), None) => Some(only),
                _ => files.iter().filter(is_of).find(|file| file.contains(weight)),
            };
            let Some(file) = file.cloned() else { return true };
            rule(font, &file, &mut rules);
            files.retain(|other| *other != file);
            false
        });
        // The name of a file says nothing of its family, but there is no other.
        if let ([font], [file]) = (&lost[..], &files[..]) {
            rule(font, file, &mut rules);
            lost.clear();
        }
        (rules, lost.len() as u32)
    }

    /// The files of fonts that were loaded and no rule names.
    fn files(&self, window: &Window) -> Vec<String> {
        let performance = get(window, "performance");
        let list = get(&performance, "getEntriesByType").dyn_into::<js_sys::Function>();
        let entries = list.and_then(|list| list.call1(&performance, &"resource".into()));
        let mut files: Vec<String> = Vec::new();
        for entry in Array::from(&entries.unwrap_or_default()).iter() {
            let url = get_string(&entry, "name").unwrap_or_default();
            let path = url.split(['?', '#']).next().unwrap_or_default();
            let is_font = [".woff2", ".woff", ".ttf", ".otf"].iter().any(|end| path.ends_with(end));
            let file = path.rsplit('/').next().unwrap_or_default();
            if is_font && !self.urls.contains(file) && !files.contains(&url) {
                files.push(url);
            }
        }
        files
    }
}

/// One way to write what a rule and a font may write in several.
fn normal(font: Font) -> Font {
    let mut place = 0;
    font.map(|text| {
        place += 1;
        let text = text.trim_matches(['"', '\'']).to_owned();
        match (place, text.as_str()) {
            (2, "") => "normal".to_owned(),
            (3, "" | "normal") => "400".to_owned(),
            (3, "bold") => "700".to_owned(),
            (4, "" | "normal") => "100%".to_owned(),
            (5, "") => "U+0-10FFFF".to_owned(),
            (5, _) => text.to_ascii_uppercase(),
            _ => text,
        }
    })
}

/// A name without what names of families and files spell each in its own way.
fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

fn rule(font: &Font, file: &str, rules: &mut String) {
    rules.push_str("@font-face{font-family:\"");
    rules.push_str(&font[0].replace(['"', '\\', '\n'], ""));
    rules.push('"');
    for (name, value) in RULE.iter().zip(font).skip(1) {
        for part in [";", name, ":", value] {
            rules.push_str(part);
        }
    }
    for part in [";src:url(\"", &file.replace('"', "%22"), "\")}\n"] {
        rules.push_str(part);
    }
}
