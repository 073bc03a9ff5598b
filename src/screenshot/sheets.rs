//! The style sheets of a document and of its shadow trees as text.

use std::borrow::Cow;

use wasm_bindgen::prelude::*;
use web_sys::{CssRuleList, CssStyleSheet, Document, Element, ShadowRoot, Window};

use baton_picture::css::{self, Names, Rewrite, Scope, States, Viewport, states};

use super::dom::computed;
use super::fonts::Fonts;
use super::foreign::Foreign;
use super::notes::Lost;
use super::pace::Pace;
use super::quirks::{self, Mode};
use super::resources::Resources;
use super::rules::{Reader, Rule, Writer, applies_to};
use crate::js::{get, get_string};
use crate::page;

/// The text of one sheet and the URL its relative URLs are based on.
pub struct Css {
    pub text: String,
    pub base: String,
}

/// All sheets, in cascade order.
pub struct Sheets {
    window: Window,
    foreign: Foreign,
    sheets: Vec<Sheet>,
    states: States,
    /// The states of custom elements that the sheets look at: `state(name)`.
    custom: Vec<String>,
    fonts: Fonts,
    /// What the sheets of each shadow tree were: trees with the same sheets share a
    /// number.
    trees: Vec<Vec<JsValue>>,
    /// Whether something is shown in a slot.
    pub has_slots: bool,
    /// The trees with a sheet that nobody may read, the document as `None`.
    blind: Vec<Option<usize>>,
    pub mode: Mode,
    /// Selectors and declarations of rules for a `::backdrop`.
    pub backdrops: Vec<(String, String)>,
    /// Rules that have lost values and no author's text to restore them.
    lost: Vec<Lost>,
    /// Selectors of rules that set a part of a height, in quirks mode.
    part_heights: Vec<String>,
    /// Whether rules ask for visited links, which no script may know.
    pub asks_for_visited: bool,
}

struct Sheet {
    rules: Vec<Rule>,
    /// The document or shadow tree that it styles.
    root: JsValue,
    /// The number of that shadow tree.
    tree: Option<usize>,
    base: String,
    /// The URL of its file.
    url: Option<String>,
    /// What its author wrote, if that is known without asking for its file.
    author: Author,
    /// The layers it was imported into, the innermost first.
    layers: Vec<String>,
}

/// Where the text of a sheet's author is.
enum Author {
    /// In its element.
    Element(JsValue),
    /// It is known.
    Text(String),
    /// In the file at the sheet's URL.
    File,
    /// Nowhere: a script has made the rules.
    Script,
}

impl Sheets {
    /// Looks through those of a document.
    pub fn of(window: &Window, document: &Document, foreign: &Foreign) -> Self {
        let mut sheets = Self::none(window, document, foreign);
        sheets.add_all(document, None);
        sheets
    }

    /// The same, with turns for the page.
    pub async fn in_slices(
        window: &Window,
        document: &Document,
        foreign: &Foreign,
        pace: &mut Pace,
    ) -> Self {
        let mut sheets = Self::none(window, document, foreign);
        for sheet in listed(document) {
            sheets.add(&sheet, document, None, &[]);
            pace.pause().await;
        }
        sheets
    }

    fn none(window: &Window, document: &Document, foreign: &Foreign) -> Self {
        Self {
            window: window.clone(),
            foreign: foreign.clone(),
            sheets: Vec::new(),
            states: States::of_the_copy(),
            custom: Vec::new(),
            fonts: Fonts::of(document),
            trees: Vec::new(),
            has_slots: false,
            blind: Vec::new(),
            mode: Mode::of(document),
            backdrops: Vec::new(),
            lost: Vec::new(),
            part_heights: Vec::new(),
            asks_for_visited: false,
        }
    }

    /// Looks through those of a shadow tree; returns its number, and whether one of them
    /// cannot be read.
    pub fn add_tree(&mut self, root: &ShadowRoot) -> (String, bool) {
        let keys = keys(root);
        let known = self.trees.iter().position(|known| *known == keys);
        let number = known.unwrap_or_else(|| {
            self.trees.push(keys);
            let number = self.trees.len() - 1;
            self.add_all(root, Some(number));
            number
        });
        (number.to_string(), self.blind.contains(&Some(number)))
    }

    /// Whether a sheet of the document cannot be read.
    pub fn is_blind(&self) -> bool {
        self.blind.contains(&None)
    }

    /// How many sheets cannot be read.
    pub fn unreadable(&self) -> u32 {
        self.blind.len() as u32
    }

    /// All rules that can be read.
    pub fn text(&self) -> String {
        let rules = self.sheets.iter().flat_map(|sheet| &sheet.rules);
        rules.map(Rule::text).collect()
    }

    /// The rules that nothing restores, since the last call.
    pub fn take_lost(&mut self) -> Vec<Lost> {
        std::mem::take(&mut self.lost)
    }

    /// See [`Notes::add_part_heights`](super::notes::Notes::add_part_heights).
    pub fn part_heights(&self) -> &[String] {
        &self.part_heights
    }

    /// Rules for fonts that none of the sheets gives, and how many stay without a file.
    pub fn found_fonts(&self) -> (String, u32) {
        self.fonts.found(&self.window)
    }

    /// The pseudo-classes that the sheets look at and a copy cannot be in, without
    /// their colons.
    pub fn states(&self) -> Vec<String> {
        let names = self.states.names().filter(|name| *name != "state").map(str::to_owned);
        names.chain(self.custom.iter().cloned()).collect()
    }

    fn add_all(&mut self, root: &JsValue, tree: Option<usize>) {
        for sheet in listed(root) {
            self.add(&sheet, root, tree, &[]);
        }
    }

    fn add(&mut self, sheet: &JsValue, root: &JsValue, tree: Option<usize>, layers: &[String]) {
        if get(sheet, "disabled").as_bool() == Some(true) || !applies_to(&self.window, sheet) {
            return;
        }
        let url = get_string(sheet, "href");
        let base = url.clone().or_else(|| get_string(root, "baseURI")).unwrap_or_default();
        let mut author = match &url {
            Some(_) => Author::File,
            None => Author::of(get(sheet, "ownerNode")),
        };
        let mut list = sheet.unchecked_ref::<CssStyleSheet>().css_rules().ok();
        if list.is_none() {
            let known = self.foreign.iter().find(|(known, _)| url.as_ref() == Some(known));
            if let Some((_, Some(text))) = known {
                list = constructed(text);
                author = Author::Text(text.clone());
            }
        }
        let Some(list) = list else { return self.blind.push(tree) };
        let mut imported = Vec::new();
        let lost = matches!(author, Author::Script).then_some(root);
        let rules = self.read(&list, lost, &mut |sheet, layer| imported.push((sheet, layer)));
        // What is imported comes before the importing sheet.
        for (sheet, layer) in imported {
            let layers: Vec<String> = layer.into_iter().chain(layers.iter().cloned()).collect();
            if sheet.is_object() {
                self.add(&sheet, root, tree, &layers);
            }
        }
        let (root, layers) = (root.clone(), layers.to_vec());
        self.sheets.push(Sheet { rules, root, tree, base, url, author, layers });
    }

    fn read(
        &mut self,
        rules: &CssRuleList,
        of_script: Option<&JsValue>,
        imports: &mut dyn FnMut(JsValue, Option<String>),
    ) -> Vec<Rule> {
        let part_heights = (self.mode == Mode::Quirks).then_some(&mut self.part_heights);
        let mut reader = Reader {
            window: &self.window,
            fonts: &mut self.fonts,
            part_heights,
            backdrops: &mut self.backdrops,
            lost: of_script.map(|root| (root, &mut self.lost)),
            imports,
            rules: Vec::new(),
            selectors: String::new(),
        };
        reader.read(rules);
        let Reader { rules, selectors, .. } = reader;
        self.asks_for_visited = self.asks_for_visited || selectors.contains(":visited");
        self.states = self.states.or(states::used(&selectors));
        for state in states::custom(&selectors) {
            if !self.custom.iter().any(|known| known == state) {
                self.custom.push(state.to_owned());
            }
        }
        rules
    }

    /// The text of what is used of them, ready for the picture but for URLs, and how
    /// many do not say all that their authors wrote. `viewport` is what `100vw` and
    /// `100vh` are: in a picture, they would be something else. Files are fetched
    /// without credentials for other origins.
    ///
    /// What surrounds a shadow tree wins over its own rules, whatever their weight: as
    /// it does over the layers before it.
    pub async fn take(
        &mut self,
        names: &Names,
        viewport: Viewport,
        resources: &Resources,
        pace: &mut Pace,
    ) -> (Vec<Css>, u32) {
        let mut taken = Vec::new();
        for sheet in std::mem::take(&mut self.sheets) {
            let (window, root) = (&self.window, &sheet.root);
            let mut writer = Writer { window, names, root, text: String::new(), has_lost: false };
            writer.write(&sheet.rules, pace).await;
            let Writer { text, has_lost, .. } = writer;
            taken.push((sheet, text, has_lost));
        }
        let lost = taken.iter().filter(|(.., has_lost)| *has_lost);
        let urls = lost.filter_map(|(sheet, ..)| sheet.file()).collect();
        let mut files = resources.texts(urls).await.into_iter();
        let mut missing = 0;
        let mut ready = vec![Css { text: self.first(), base: String::new() }];
        for (sheet, mut text, has_lost) in taken {
            if has_lost {
                let author = match sheet.author {
                    Author::File => files.next().flatten(),
                    Author::Element(element) => get_string(&element, "textContent"),
                    Author::Text(text) => Some(text),
                    Author::Script => Some(String::new()),
                };
                match author {
                    Some(author) => text = css::restore(&text, &author),
                    // Its rules, without what they lost, are better than nothing.
                    None => missing += 1,
                }
                pace.pause().await;
            }
            if let Cow::Owned(rewritten) = self.rewrite(sheet.tree, viewport).apply(&text) {
                text = rewritten;
            }
            for layer in sheet.layers.into_iter().chain(sheet.tree.map(layer)) {
                text = ["@layer ", &layer, "{\n", &text, "}"].concat();
            }
            ready.push(Css { text, base: sheet.base });
            pace.pause().await;
        }
        (ready, missing)
    }

    /// What comes before all sheets.
    fn first(&self) -> String {
        let mut first = match self.mode {
            Mode::Quirks => quirks::SHEET.to_owned(),
            _ => String::new(),
        };
        // Numbers grow inwards.
        let layers: Vec<String> = (0..self.trees.len()).rev().map(layer).collect();
        if !layers.is_empty() {
            first.extend(["@layer ", &layers.join(","), ";"]);
        }
        first
    }

    fn rewrite(&self, tree: Option<usize>, viewport: Viewport) -> Rewrite {
        let has_slots = self.has_slots;
        Rewrite {
            states: self.states,
            root: true,
            viewport: Some(viewport),
            scope: match tree {
                Some(number) => Some(Scope::shadow(number as u32, has_slots)),
                None => (!self.trees.is_empty()).then(|| Scope::document(has_slots)),
            },
            quirks: self.mode == Mode::Quirks,
        }
    }

    /// Adds rules of ours, behind all others. `base` is what their URLs are based on.
    pub fn add_own(&mut self, text: String, base: &str) {
        self.sheets.push(Sheet {
            rules: vec![Rule::Text(text)],
            root: JsValue::NULL,
            tree: None,
            base: base.to_owned(),
            url: None,
            author: Author::File,
            layers: Vec::new(),
        });
    }
}

impl Author {
    fn of(owner: JsValue) -> Self {
        let text = get_string(&owner, "textContent").unwrap_or_default();
        if text.trim_ascii().is_empty() { Self::Script } else { Self::Element(owner) }
    }
}

impl Sheet {
    /// The URL of what its author wrote.
    fn file(&self) -> Option<&str> {
        self.url.as_deref().filter(|_| matches!(self.author, Author::File))
    }
}

/// The cascade layer of a shadow tree.
fn layer(tree: usize) -> String {
    ["baton-", &tree.to_string()].concat()
}

/// The rules of a sheet of ours that styles nothing: so that they can be read.
fn constructed(text: &str) -> Option<CssRuleList> {
    let sheet = Constructed::new().ok()?;
    sheet.replace(text).ok()?;
    sheet.unchecked_into::<CssStyleSheet>().css_rules().ok()
}

#[wasm_bindgen]
extern "C" {
    type Constructed;

    #[wasm_bindgen(constructor, catch, js_class = "CSSStyleSheet")]
    fn new() -> Result<Constructed, JsValue>;
    #[wasm_bindgen(method, catch, js_name = replaceSync)]
    fn replace(this: &Constructed, text: &str) -> Result<(), JsValue>;
}

/// The sheets of a document or shadow tree, in cascade order.
fn listed(root: &JsValue) -> Vec<JsValue> {
    let list = get(root, "styleSheets");
    let count = get(&list, "length").as_f64().unwrap_or(0.0) as u32;
    let own = (0..count).map(|index| js_sys::Reflect::get_u32(&list, index).unwrap_or_default());
    own.chain(page::list(root, "adoptedStyleSheets").iter()).collect()
}

/// What tells the sheets of a shadow tree from those of another.
fn keys(root: &ShadowRoot) -> Vec<JsValue> {
    let keys = listed(root).into_iter().map(|sheet| {
        let (owner, href) = (get(&sheet, "ownerNode"), get(&sheet, "href"));
        match owner.is_object() {
            true if href.is_string() => href,
            true => get(&owner, "textContent"),
            false => sheet,
        }
    });
    keys.collect()
}

/// The scheme that form controls are drawn in, of those the page can be in.
pub fn used_color_scheme(window: &Window, html: &Element) -> String {
    let mut scheme = computed(html, "", "color-scheme");
    if scheme == "normal" {
        let meta = html.query_selector("meta[name=color-scheme]").ok().flatten();
        scheme = meta.and_then(|meta| meta.get_attribute("content")).unwrap_or(scheme);
    }
    if !(scheme.contains("light") && scheme.contains("dark")) {
        return scheme;
    }
    let dark = window.match_media("(prefers-color-scheme: dark)");
    let dark = matches!(dark, Ok(Some(query)) if query.matches());
    if dark { "dark" } else { "light" }.to_owned()
}
