//! The style sheets of a document and of its shadow trees as text. Media queries
//! are answered here, as in a picture they would be asked of another window.

use std::borrow::Cow;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{CssRuleList, CssStyleSheet, Document, Element, ShadowRoot, Window};

use baton_picture::css::{self, Rewrite, Scope, States, Viewport, states};
use baton_picture::rules;

use super::dom::computed;
use super::fonts::Fonts;
use super::foreign::Foreign;
use super::notes::Lost;
use super::quirks::{self, Mode};
use super::resources::Resources;
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
    fonts: Fonts,
    /// What the sheets of each shadow tree were: trees with the same sheets share a
    /// number.
    trees: Vec<Vec<JsValue>>,
    /// What `100vw` and `100vh` are: in a picture, they would be something else.
    viewport: Viewport,
    /// Whether something is shown in a slot.
    pub has_slots: bool,
    /// The trees with a sheet that nobody may read, the document as `None`.
    blind: Vec<Option<usize>>,
    pub mode: Mode,
    lost: Vec<Lost>,
    /// Selectors of rules that set a part of a height, in quirks mode.
    part_heights: Vec<String>,
    /// Whether rules ask for visited links, which no script may know.
    pub asks_for_visited: bool,
}

struct Sheet {
    css: Css,
    /// The number of the shadow tree it belongs to.
    tree: Option<usize>,
    /// Where the text of the author is, for a sheet whose rules do not say all of it.
    to_fetch: Option<String>,
}

impl Sheets {
    /// Reads those of the document.
    pub fn of(window: &Window, document: &Document, viewport: Viewport, foreign: &Foreign) -> Self {
        let mut sheets = Self {
            window: window.clone(),
            foreign: foreign.clone(),
            sheets: Vec::new(),
            states: States::of_the_copy(),
            fonts: Fonts::of(document),
            trees: Vec::new(),
            viewport,
            has_slots: false,
            blind: Vec::new(),
            asks_for_visited: false,
            mode: Mode::of(document),
            part_heights: Vec::new(),
            lost: Vec::new(),
        };
        sheets.add_all(document, None);
        sheets
    }

    /// Reads those of a shadow tree; returns its number, and whether they can be read.
    pub fn add_tree(&mut self, root: &ShadowRoot) -> (String, bool) {
        let keys = keys(root);
        let known = self.trees.iter().position(|known| *known == keys);
        let number = known.unwrap_or_else(|| {
            self.trees.push(keys);
            let number = self.trees.len() - 1;
            self.add_all(root, Some(number));
            number
        });
        (number.to_string(), !self.blind.contains(&Some(number)))
    }

    /// Whether a sheet of the document cannot be read.
    pub fn is_blind(&self) -> bool {
        self.blind.contains(&None)
    }

    /// Whether some rule that can be read may set a property, by a name that its
    /// shorthands begin with.
    pub fn set(&self, property: &str) -> bool {
        self.sheets.iter().any(|sheet| sheet.css.text.contains(property))
    }

    /// See [`Notes::add_part_heights`](super::notes::Notes::add_part_heights).
    pub fn part_heights(&self) -> &[String] {
        &self.part_heights
    }

    /// Rules for fonts that none of the sheets gives, and how many stay without a file.
    pub fn found_fonts(&self) -> (String, u32) {
        self.fonts.found(&self.window)
    }

    /// The rules that nothing restores, since the last call.
    pub fn take_lost(&mut self) -> Vec<Lost> {
        std::mem::take(&mut self.lost)
    }

    /// How many sheets cannot be read.
    pub fn unreadable(&self) -> u32 {
        self.blind.len() as u32
    }

    /// The pseudo-classes that the sheets look at and a copy cannot be in.
    pub fn states(&self) -> States {
        self.states
    }

    fn add_all(&mut self, root: &JsValue, tree: Option<usize>) {
        let base = get_string(root, "baseURI").unwrap_or_default();
        let list = get(root, "styleSheets");
        let count = get(&list, "length").as_f64().unwrap_or(0.0) as u32;
        for index in 0..count {
            let sheet = js_sys::Reflect::get_u32(&list, index).unwrap_or_default();
            self.add(sheet.unchecked_ref(), root, &base, tree);
        }
        for sheet in page::list(root, "adoptedStyleSheets").iter() {
            self.add(sheet.unchecked_ref(), root, &base, tree);
        }
    }

    fn add(&mut self, sheet: &CssStyleSheet, root: &JsValue, base: &str, tree: Option<usize>) {
        if get(sheet, "disabled").as_bool() == Some(true) {
            return;
        }
        let href = get_string(sheet, "href");
        let own_base = href.clone().unwrap_or_else(|| base.to_owned());
        let media = get_string(&get(sheet, "media"), "mediaText").unwrap_or_default();
        if !media.is_empty() && !self.applies(&media) {
            return;
        }
        let mut text = String::new();
        let mut to_fetch = None;
        match (sheet.css_rules(), href) {
            (Ok(rules), href) => {
                let before = self.lost.len();
                let lost = self.read(&rules, root, base, tree, &mut text);
                match (get_string(&get(sheet, "ownerNode"), "textContent"), href) {
                    (_, Some(url)) if lost => {
                        to_fetch = Some(url);
                        self.lost.truncate(before);
                    }
                    (Some(author), None) if lost => {
                        text = css::restore(&text, &author);
                        self.lost.retain(|lost| text.contains(&lost.rule));
                    }
                    _ => {}
                }
            }
            (Err(_), Some(url)) => {
                let foreign = self.foreign.clone();
                match foreign.iter().find(|(known, _)| *known == url) {
                    Some((_, Some(author))) => text = self.foreign(author, root, &url, tree),
                    _ => self.blind.push(tree),
                }
            }
            (Err(_), None) => self.blind.push(tree),
        }
        self.states = self.states.or(states::used(&text));
        self.asks_for_visited = self.asks_for_visited || text.contains(":visited");
        self.sheets.push(Sheet { css: Css { text, base: own_base }, tree, to_fetch });
    }

    /// The rules of a sheet that only its text is known of.
    fn foreign(&mut self, author: &str, root: &JsValue, base: &str, tree: Option<usize>) -> String {
        // A sheet of our own that styles nothing: its rules can be read.
        let rules = Constructed::new().and_then(|sheet| {
            sheet.replace(author)?;
            sheet.unchecked_into::<CssStyleSheet>().css_rules()
        });
        let mut text = String::new();
        let before = self.lost.len();
        if let Ok(rules) = rules
            && self.read(&rules, root, base, tree, &mut text)
        {
            text = css::restore(&text, author);
        }
        self.lost.truncate(before);
        text
    }

    /// Reads rules; whether some do not say all that their author wrote.
    fn read(
        &mut self,
        rules: &CssRuleList,
        root: &JsValue,
        base: &str,
        tree: Option<usize>,
        text: &mut String,
    ) -> bool {
        let mut reader = Reader { sheets: self, root, base, tree, lost: false };
        reader.rules(rules, text);
        reader.lost
    }

    fn applies(&self, media: &str) -> bool {
        matches!(self.window.match_media(media), Ok(Some(query)) if query.matches())
    }

    /// Fetches what authors wrote, where the rules do not say it; returns how many
    /// sheets stay without. Those are better than nothing.
    pub async fn fetch(&mut self, resources: &Resources) -> u32 {
        let lost = self.sheets.iter_mut().filter_map(|sheet| {
            let url = sheet.to_fetch.take()?;
            Some((&mut sheet.css.text, url))
        });
        let (sheets, urls): (Vec<&mut String>, Vec<String>) = lost.unzip();
        let authors = resources.texts(urls.iter().map(String::as_str).collect()).await;
        let mut missing = 0;
        for (text, author) in sheets.into_iter().zip(authors) {
            match author {
                Some(author) => *text = css::restore(text, &author),
                None => missing += 1,
            }
        }
        missing
    }

    /// Adds rules of ours, behind all others.
    pub fn add_own(&mut self, css: Css) {
        self.sheets.push(Sheet { css, tree: None, to_fetch: None });
    }

    /// Ready for the picture, but for URLs. What surrounds a shadow tree wins over its
    /// own rules, whatever their weight: as it does over the layers before it.
    pub fn take(&mut self) -> Vec<Css> {
        let has_slots = self.has_slots;
        let outer = (!self.trees.is_empty()).then(|| Scope::document(has_slots));
        let mut rewrite = Rewrite {
            states: self.states,
            root: true,
            viewport: Some(self.viewport),
            scope: outer.clone(),
            quirks: self.mode == Mode::Quirks,
        };
        // Numbers grow inwards.
        let layers: Vec<String> = (0..self.trees.len()).rev().map(layer).collect();
        let mut first = match self.mode {
            Mode::Quirks => quirks::SHEET.to_owned(),
            _ => String::new(),
        };
        if !layers.is_empty() {
            first.extend(["@layer ", &layers.join(","), ";"]);
        }
        let mut css = vec![Css { text: first, base: String::new() }];
        for Sheet { css: mut sheet, tree, .. } in std::mem::take(&mut self.sheets) {
            rewrite.scope = match tree {
                Some(number) => Some(Scope::shadow(number as u32, has_slots)),
                None => outer.clone(),
            };
            if let Cow::Owned(text) = rewrite.apply(&sheet.text) {
                sheet.text = text;
            }
            if let Some(number) = tree {
                sheet.text = ["@layer ", &layer(number), "{\n", &sheet.text, "}"].concat();
            }
            css.push(sheet);
        }
        css
    }

    /// How a `style` attribute is rewritten.
    pub fn inline(&self) -> Rewrite {
        Rewrite { viewport: Some(self.viewport), ..Rewrite::default() }
    }
}

/// The cascade layer of a shadow tree.
fn layer(tree: usize) -> String {
    ["baton-", &tree.to_string()].concat()
}

#[wasm_bindgen]
extern "C" {
    type Constructed;

    #[wasm_bindgen(constructor, catch, js_class = "CSSStyleSheet")]
    fn new() -> Result<Constructed, JsValue>;
    #[wasm_bindgen(method, catch, js_name = replaceSync)]
    fn replace(this: &Constructed, text: &str) -> Result<(), JsValue>;
}

/// What tells the sheets of a shadow tree from those of another.
fn keys(root: &ShadowRoot) -> Vec<JsValue> {
    let list = get(root, "styleSheets");
    let count = get(&list, "length").as_f64().unwrap_or(0.0) as u32;
    let mut keys = Vec::new();
    for index in 0..count {
        let sheet = js_sys::Reflect::get_u32(&list, index).unwrap_or_default();
        let owner = get(&sheet, "ownerNode");
        let href = get(&sheet, "href");
        keys.push(if href.is_string() { href } else { get(&owner, "textContent") });
    }
    keys.extend(page::list(root, "adoptedStyleSheets").iter());
    keys
}

struct Reader<'a> {
    sheets: &'a mut Sheets,
    root: &'a JsValue,
    base: &'a str,
    tree: Option<usize>,
    /// Whether the browser's text of a rule lacks what its author wrote.
    lost: bool,
}

impl Reader<'_> {
    fn rules(&mut self, rules: &CssRuleList, text: &mut String) {
        for rule in (0..rules.length()).filter_map(|index| rules.item(index)) {
            // CSSOM, section 6.4.2: the constants end with those of CSS 2.
            match rule.type_() {
                STYLE => self.style(&rule, text),
                IMPORT => self.import(&rule),
                FONT_FACE => self.font_face(&rule, text),
                MEDIA => {
                    let condition = get_string(&get(&rule, "media"), "mediaText");
                    if condition.is_none_or(|condition| self.sheets.applies(&condition)) {
                        self.inner(&rule, text);
                    }
                }
                // A group of another kind may hold media queries, too.
                _ if get(&rule, "cssRules").is_object() && get(&rule, "name").is_undefined() => {
                    self.group(&rule, text);
                }
                _ => {
                    text.push_str(&rule.css_text());
                    text.push('\n');
                }
            }
        }
    }

    fn inner(&mut self, rule: &JsValue, text: &mut String) {
        // Those of a frame are no instance of our window's class.
        let rules = get(rule, "cssRules");
        if rules.is_object() {
            self.rules(rules.unchecked_ref(), text);
        }
    }

    /// The same group, with what is in it read one by one.
    fn group(&mut self, rule: &web_sys::CssRule, text: &mut String) {
        let whole = rule.css_text();
        let Some(open) = whole.find('{') else { return };
        text.push_str(&whole[..=open]);
        self.inner(rule, text);
        text.push_str("}\n");
    }

    fn style(&mut self, rule: &web_sys::CssRule, text: &mut String) {
        let rule_text = rule.css_text();
        // What is used by nothing must not be fetched.
        if rule_text.contains("url(") && !self.is_used(rule) {
            return;
        }
        if self.sheets.mode == Mode::Quirks
            && quirks::is_part(get_string(&get(rule, "style"), "height"))
        {
            self.sheets.part_heights.extend(get_string(rule, "selectorText"));
        }
        let properties = css::lost_values(&rule_text);
        if !properties.is_empty() {
            self.lost = true;
            let properties = properties.into_iter().map(str::to_owned).collect();
            let selector = get_string(rule, "selectorText").unwrap_or_default();
            let (root, rule) = (self.root.clone(), rule_text.clone());
            self.sheets.lost.push(Lost { root, selector, properties, rule });
        }
        text.push_str(&rule_text);
        text.push('\n');
    }

    fn is_used(&self, rule: &JsValue) -> bool {
        let selector = get_string(rule, "selectorText").unwrap_or_default();
        if selector.contains(":host") || selector.contains("::slotted") || selector.contains('&') {
            return true;
        }
        let Ok(query) = get(self.root, "querySelector").dyn_into::<Function>() else { return true };
        let selector = rules::without_pseudo_elements(&selector);
        let found = query.call1(self.root, &selector.into());
        found.map_or(true, |found| !found.is_null())
    }

    /// `@import` is resolved here, since a picture loads nothing.
    fn import(&mut self, rule: &JsValue) {
        let sheet = get(rule, "styleSheet");
        let media = get_string(&get(rule, "media"), "mediaText").unwrap_or_default();
        if sheet.is_object() && (media.is_empty() || self.sheets.applies(&media)) {
            let from = self.sheets.sheets.len();
            self.sheets.add(sheet.unchecked_ref(), self.root, self.base, self.tree);
            if let Some(layer) = get_string(rule, "layerName") {
                for sheet in &mut self.sheets.sheets[from..] {
                    sheet.css.text = ["@layer ", &layer, "{\n", &sheet.css.text, "}"].concat();
                }
            }
        }
    }

    /// Only a font that the page has loaded, and of its files the best.
    fn font_face(&mut self, rule: &web_sys::CssRule, text: &mut String) {
        if self.sheets.fonts.uses(rule) {
            text.push_str(&rules::with_best_source(&rule.css_text()));
            text.push('\n');
        }
    }
}

const STYLE: u16 = 1;
const IMPORT: u16 = 3;
const MEDIA: u16 = 4;
const FONT_FACE: u16 = 5;

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
