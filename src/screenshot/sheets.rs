//! The style sheets of a document and of its shadow trees as text.

use std::borrow::Cow;

use wasm_bindgen::prelude::*;
use web_sys::{CssRuleList, CssStyleSheet, Document, Element, ShadowRoot, Window};

use baton_picture::css::{self, Names, Rewrite, Scope, States, Viewport, states};

use super::dom::computed;
use super::pace::Pace;
use super::resources::Resources;
use super::rules::{Font, Reader, Rule, Writer, applies_to, loaded_fonts};
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
    sheets: Vec<Sheet>,
    states: States,
    /// The states of custom elements that the sheets look at: `state(name)`.
    custom: Vec<String>,
    fonts: Vec<Font>,
    /// What the sheets of each shadow tree were: trees with the same sheets share a
    /// number.
    trees: Vec<Vec<JsValue>>,
    /// Whether something is shown in a slot.
    pub has_slots: bool,
}

struct Sheet {
    /// `None` where a script may not read them.
    rules: Option<Vec<Rule>>,
    /// The document or shadow tree that it styles.
    root: JsValue,
    /// The number of that shadow tree.
    tree: Option<usize>,
    base: String,
    /// The URL of its file.
    url: Option<String>,
    /// Its element.
    owner: JsValue,
    /// The layers it was imported into, the innermost first.
    layers: Vec<String>,
}

impl Sheets {
    /// Looks through those of a document.
    pub fn of(window: &Window, document: &Document) -> Self {
        let mut sheets = Self::none(window, document);
        sheets.add_all(document, None);
        sheets
    }

    /// The same, with turns for the page.
    pub async fn in_slices(window: &Window, document: &Document, pace: &mut Pace) -> Self {
        let mut sheets = Self::none(window, document);
        for sheet in listed(document) {
            sheets.add(&sheet, document, None, &[]);
            pace.pause().await;
        }
        sheets
    }

    fn none(window: &Window, document: &Document) -> Self {
        Self {
            window: window.clone(),
            sheets: Vec::new(),
            states: States::of_the_copy(),
            custom: Vec::new(),
            fonts: loaded_fonts(document),
            trees: Vec::new(),
            has_slots: false,
        }
    }

    /// Looks through those of a shadow tree; returns its number.
    pub fn add_tree(&mut self, root: &ShadowRoot) -> String {
        let keys = keys(root);
        let known = self.trees.iter().position(|known| *known == keys);
        let number = known.unwrap_or_else(|| {
            self.trees.push(keys);
            let number = self.trees.len() - 1;
            self.add_all(root, Some(number));
            number
        });
        number.to_string()
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
        let rules = sheet.unchecked_ref::<CssStyleSheet>().css_rules();
        let mut imported = Vec::new();
        let rules = rules
            .ok()
            .map(|rules| self.read(&rules, &mut |sheet, layer| imported.push((sheet, layer))));
        // What is imported comes before the importing sheet.
        for (sheet, layer) in imported {
            let layers: Vec<String> = layer.into_iter().chain(layers.iter().cloned()).collect();
            if sheet.is_object() {
                self.add(&sheet, root, tree, &layers);
            }
        }
        let owner = get(sheet, "ownerNode");
        let (root, layers) = (root.clone(), layers.to_vec());
        self.sheets.push(Sheet { rules, root, tree, base, url, owner, layers });
    }

    fn read(
        &mut self,
        rules: &CssRuleList,
        imports: &mut dyn FnMut(JsValue, Option<String>),
    ) -> Vec<Rule> {
        let (window, fonts) = (&self.window, &self.fonts[..]);
        let mut reader =
            Reader { window, fonts, imports, rules: Vec::new(), selectors: String::new() };
        reader.read(rules);
        let Reader { rules, selectors, .. } = reader;
        self.states = self.states.or(states::used(&selectors));
        for state in states::custom(&selectors) {
            if !self.custom.iter().any(|known| known == state) {
                self.custom.push(state.to_owned());
            }
        }
        rules
    }

    /// The text of what is used of them, ready for the picture but for URLs, and how
    /// many could not be had. `viewport` is what `100vw` and `100vh` are: in a picture,
    /// they would be something else. Files are fetched without credentials for other
    /// origins.
    pub async fn take(
        &mut self,
        names: &Names,
        viewport: Viewport,
        resources: &Resources,
        pace: &mut Pace,
    ) -> (Vec<Css>, u32) {
        let missing = self.fetch(resources).await;
        let mut taken = Vec::new();
        for sheet in std::mem::take(&mut self.sheets) {
            let (window, root) = (&self.window, &sheet.root);
            let mut writer = Writer { window, names, root, text: String::new(), has_lost: false };
            writer.write(sheet.rules.as_deref().unwrap_or_default(), pace).await;
            let Writer { text, has_lost, .. } = writer;
            taken.push((sheet, text, has_lost));
        }
        // Their rules, without what they lost, are better than nothing.
        let lost = taken.iter().filter(|(.., has_lost)| *has_lost);
        let urls = lost.filter_map(|(sheet, ..)| sheet.url.as_deref()).collect();
        let mut authors = resources.texts(urls).await.into_iter();
        let mut ready = Vec::new();
        for (sheet, mut text, has_lost) in taken {
            if has_lost {
                let author = match sheet.url {
                    Some(_) => authors.next().flatten(),
                    None => get_string(&sheet.owner, "textContent"),
                };
                text = author.map_or(text.clone(), |author| css::restore(&text, &author));
                pace.pause().await;
            }
            for layer in &sheet.layers {
                text = ["@layer ", layer, "{\n", &text, "}"].concat();
            }
            if let Cow::Owned(rewritten) = self.rewrite(sheet.tree, viewport).apply(&text) {
                text = rewritten;
            }
            ready.push(Css { text, base: sheet.base });
            pace.pause().await;
        }
        (ready, missing)
    }

    /// Fetches those that a script may not read; returns how many could not be had.
    async fn fetch(&mut self, resources: &Resources) -> u32 {
        let is_closed = |sheet: &Sheet| sheet.rules.is_none() && sheet.url.is_some();
        let closed = self.sheets.iter().filter(|sheet| is_closed(sheet));
        let urls = closed.filter_map(|sheet| sheet.url.as_deref()).collect();
        let mut missing = 0;
        let mut texts = resources.texts(urls).await.into_iter();
        for place in 0..self.sheets.len() {
            if !is_closed(&self.sheets[place]) {
                continue;
            }
            // A sheet of our own that styles nothing: its rules can be read.
            let rules = texts.next().flatten().and_then(|text| {
                let sheet = Constructed::new().ok()?;
                sheet.replace(&text).ok()?;
                sheet.unchecked_into::<CssStyleSheet>().css_rules().ok()
            });
            missing += u32::from(rules.is_none());
            // It may import nothing.
            let rules = rules.map(|rules| self.read(&rules, &mut |_, _| {}));
            self.sheets[place].rules = rules;
        }
        missing
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
        }
    }

    /// Adds rules of ours, behind all others.
    pub fn add_own(&mut self, text: String) {
        self.sheets.push(Sheet {
            rules: Some(vec![Rule::Text(text)]),
            root: JsValue::NULL,
            tree: None,
            base: String::new(),
            url: None,
            owner: JsValue::NULL,
            layers: Vec::new(),
        });
    }
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
