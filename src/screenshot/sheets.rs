//! The style sheets of a document and of its shadow trees as text. Media queries
//! are answered here, as in a picture they would be asked of another window.

use std::borrow::Cow;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{CssRuleList, CssStyleSheet, Document, Element, ShadowRoot, Window};

use baton_picture::css::{self, Rewrite, Scope, States, Viewport, states};
use baton_picture::rules;

use super::dom::computed;
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
    sheets: Vec<Sheet>,
    states: States,
    fonts: Vec<Font>,
    /// What the sheets of each shadow tree were: trees with the same sheets share a
    /// number.
    trees: Vec<Vec<JsValue>>,
    /// What `100vw` and `100vh` are: in a picture, they would be something else.
    viewport: Viewport,
    /// Whether something is shown in a slot.
    pub has_slots: bool,
}

struct Sheet {
    css: Css,
    /// The number of the shadow tree it belongs to.
    tree: Option<usize>,
    to_fetch: Option<ToFetch>,
}

/// A sheet whose rules a script may not read, or whose rules do not say all that
/// their author wrote.
struct ToFetch {
    url: String,
    /// The document or shadow tree that it styles.
    root: JsValue,
    is_unreadable: bool,
}

/// A loaded font: family, style, weight, stretch, range of characters.
type Font = [String; 5];

const FONT: [&str; 5] =
    ["font-family", "font-style", "font-weight", "font-stretch", "unicode-range"];

impl Sheets {
    /// Reads those of the document.
    pub fn of(window: &Window, document: &Document, viewport: Viewport) -> Self {
        let mut sheets = Self {
            window: window.clone(),
            sheets: Vec::new(),
            states: States::of_the_copy(),
            fonts: loaded_fonts(document),
            trees: Vec::new(),
            viewport,
            has_slots: false,
        };
        sheets.add_all(document, None);
        sheets
    }

    /// Reads those of a shadow tree; returns its number.
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
                let lost = self.read(&rules, root, base, tree, &mut text);
                match (get_string(&get(sheet, "ownerNode"), "textContent"), href) {
                    (_, Some(url)) if lost => {
                        let root = root.clone();
                        to_fetch = Some(ToFetch { url, root, is_unreadable: false });
                    }
                    (Some(author), None) if lost => text = css::restore(&text, &author),
                    _ => {}
                }
            }
            (Err(_), Some(url)) => {
                let root = root.clone();
                to_fetch = Some(ToFetch { url, root, is_unreadable: true });
            }
            (Err(_), None) => {}
        }
        self.states = self.states.or(states::used(&text));
        self.sheets.push(Sheet { css: Css { text, base: own_base }, tree, to_fetch });
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

    /// Fetches what a script may not read, without credentials for other origins;
    /// returns how many could not be had.
    pub async fn fetch(&mut self, resources: &Resources) -> u32 {
        let (places, urls): (Vec<usize>, Vec<&str>) = self
            .sheets
            .iter()
            .enumerate()
            .filter_map(|(place, sheet)| Some((place, sheet.to_fetch.as_ref()?.url.as_str())))
            .unzip();
        let texts = resources.texts(urls).await;
        let mut missing = 0;
        for (place, author) in places.into_iter().zip(texts) {
            let Some(ToFetch { root, is_unreadable, .. }) = self.sheets[place].to_fetch.take()
            else {
                continue;
            };
            match author {
                Some(author) => self.complete(place, &author, &root, is_unreadable),
                // Its rules, without what they lost, are better than nothing.
                None => missing += u32::from(is_unreadable),
            }
        }
        missing
    }

    /// Completes a sheet with what its author wrote.
    fn complete(&mut self, place: usize, author: &str, root: &JsValue, is_unreadable: bool) {
        let mut text = std::mem::take(&mut self.sheets[place].css.text);
        if is_unreadable {
            // A sheet of our own that styles nothing: its rules can be read.
            let rules = Constructed::new().and_then(|sheet| {
                sheet.replace(author)?;
                sheet.unchecked_into::<CssStyleSheet>().css_rules()
            });
            let base = self.sheets[place].css.base.clone();
            if let Ok(rules) = rules {
                self.read(&rules, root, &base, None, &mut text);
            }
        }
        self.sheets[place].css.text = css::restore(&text, author);
    }

    /// Adds rules of ours, behind all others.
    pub fn add_own(&mut self, css: Css) {
        self.sheets.push(Sheet { css, tree: None, to_fetch: None });
    }

    /// Ready for the picture, but for URLs.
    pub fn take(&mut self) -> Vec<Css> {
        let has_slots = self.has_slots;
        let outer = (!self.trees.is_empty()).then(|| Scope::document(has_slots));
        let mut rewrite = Rewrite {
            states: self.states,
            root: true,
            viewport: Some(self.viewport),
            scope: outer.clone(),
        };
        let sheets =
            std::mem::take(&mut self.sheets).into_iter().map(|Sheet { mut css, tree, .. }| {
                rewrite.scope = match tree {
                    Some(number) => Some(Scope::shadow(number as u32, has_slots)),
                    None => outer.clone(),
                };
                if let Cow::Owned(text) = rewrite.apply(&css.text) {
                    css.text = text;
                }
                css
            });
        sheets.collect()
    }

    /// How a `style` attribute is rewritten.
    pub fn inline(&self) -> Rewrite {
        Rewrite { viewport: Some(self.viewport), ..Rewrite::default() }
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
        if let Ok(rules) = get(rule, "cssRules").dyn_into::<CssRuleList>() {
            self.rules(&rules, text);
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
        self.lost = self.lost || css::has_lost_values(&rule_text);
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
        let style = get(rule, "style");
        let style: &web_sys::CssStyleDeclaration = style.unchecked_ref();
        let wanted = FONT.map(|name| style.get_property_value(name).unwrap_or_default());
        let wanted = normal(wanted);
        if self.sheets.fonts.contains(&wanted) {
            text.push_str(&rules::with_best_source(&rule.css_text()));
            text.push('\n');
        }
    }
}

const STYLE: u16 = 1;
const IMPORT: u16 = 3;
const MEDIA: u16 = 4;
const FONT_FACE: u16 = 5;

/// The fonts that were needed so far: the browser loads no other.
fn loaded_fonts(document: &Document) -> Vec<Font> {
    const FACE: [&str; 5] = ["family", "style", "weight", "stretch", "unicodeRange"];
    let fonts = get(document, "fonts");
    let Ok(Some(faces)) = js_sys::try_iter(&fonts) else { return Vec::new() };
    let faces =
        faces.flatten().filter(|face| get_string(face, "status").as_deref() == Some("loaded"));
    faces.map(|face| normal(FACE.map(|name| get_string(&face, name).unwrap_or_default()))).collect()
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
