//! The rules of one sheet: first what they are about, which is little, and later the
//! text of those that style something in the copy. Media queries are answered here, as
//! in a picture they would be asked of another window.

use baton_picture::css::{self, Names};
use baton_picture::rules;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{CssRule, CssRuleList, Window};

use super::fonts::Fonts;
use super::notes::Lost;
use super::pace::Pace;
use super::quirks;
use crate::js::{get, get_string};

// Not by name: thousands of rules are asked.
#[wasm_bindgen]
extern "C" {
    type Read;

    #[wasm_bindgen(method, getter, js_name = selectorText)]
    fn selector_text(this: &Read) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = cssRules)]
    fn css_rules(this: &Read) -> Option<CssRuleList>;
}

fn selectors_of(rule: &CssRule) -> Option<String> {
    rule.unchecked_ref::<Read>().selector_text()
}

/// The rules in a rule; not all browsers have any in a style rule.
fn inner_of(rule: &CssRule) -> Option<CssRuleList> {
    rule.unchecked_ref::<Read>().css_rules()
}

fn each(list: &CssRuleList) -> impl Iterator<Item = CssRule> {
    (0..list.length()).filter_map(|index| list.item(index))
}

/// A rule, or a part of the text of one.
pub enum Rule {
    /// A style rule and its selectors.
    Style(CssRule, String),
    Text(String),
}

impl Rule {
    pub fn text(&self) -> String {
        match self {
            Self::Style(rule, _) => rule.css_text(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// What the rules of a sheet are read with.
pub struct Reader<'a> {
    pub window: &'a Window,
    pub fonts: &'a mut Fonts,
    /// Where the selectors of rules go that set a part of a height.
    pub part_heights: Option<&'a mut Vec<String>>,
    /// Where the selectors and declarations of rules for a `::backdrop` go.
    pub backdrops: &'a mut Vec<(String, String)>,
    /// Where rules go that have lost values, for those that only a script knows more of;
    /// and the document or shadow tree that they are for.
    pub lost: Option<(&'a JsValue, &'a mut Vec<Lost>)>,
    /// The sheets that rules import.
    pub imports: &'a mut dyn FnMut(JsValue, Option<String>),
    pub rules: Vec<Rule>,
    /// The selectors of all, as rules without declarations.
    pub selectors: String,
}

// CSSOM, section 6.4.2: the constants end with those of CSS 2.
const STYLE: u16 = 1;
const IMPORT: u16 = 3;
const MEDIA: u16 = 4;
const FONT_FACE: u16 = 5;
const PAGE: u16 = 6;
const KEYFRAMES: u16 = 7;
const SUPPORTS: u16 = 12;

impl Reader<'_> {
    pub fn read(&mut self, list: &CssRuleList) {
        for rule in each(list) {
            match rule.type_() {
                STYLE => {
                    let selectors = selectors_of(&rule).unwrap_or_default();
                    self.note(&selectors);
                    self.note_nested(&rule);
                    if let Some(part_heights) = &mut self.part_heights
                        && quirks::is_part(get_string(&get(&rule, "style"), "height"))
                    {
                        part_heights.push(selectors.clone());
                    }
                    if selectors.contains("::backdrop") {
                        let style = get_string(&get(&rule, "style"), "cssText");
                        self.backdrops.push((selectors.clone(), style.unwrap_or_default()));
                    }
                    self.note_lost(&rule, &selectors);
                    self.rules.push(Rule::Style(rule, selectors));
                }
                IMPORT => {
                    let media = get_string(&get(&rule, "media"), "mediaText");
                    if applies(self.window, media.as_deref()) {
                        let layer = get_string(&rule, "layerName");
                        (self.imports)(get(&rule, "styleSheet"), layer);
                    }
                }
                FONT_FACE => self.font_face(&rule),
                MEDIA => {
                    if applies_to(self.window, &rule) {
                        self.inner(&rule);
                    }
                }
                // Nothing moves, and nothing is printed.
                KEYFRAMES | PAGE => {}
                _ if inner_of(&rule).is_some() => {
                    self.rules.push(Rule::Text(opening(&rule)));
                    self.inner(&rule);
                    self.rules.push(Rule::Text("}".to_owned()));
                }
                _ => self.rules.push(Rule::Text(rule.css_text())),
            }
        }
    }

    fn inner(&mut self, rule: &CssRule) {
        if let Some(rules) = inner_of(rule) {
            self.read(&rules);
        }
    }

    fn note(&mut self, selectors: &str) {
        self.selectors.push_str(selectors);
        self.selectors.push_str("{}");
    }

    fn note_nested(&mut self, rule: &CssRule) {
        let Some(nested) = inner_of(rule) else { return };
        for rule in each(&nested) {
            if let Some(selectors) = selectors_of(&rule) {
                self.note(&selectors);
            }
            self.note_nested(&rule);
        }
    }

    fn note_lost(&mut self, rule: &CssRule, selectors: &str) {
        let Some((root, lost)) = &mut self.lost else { return };
        let text = rule.css_text();
        let properties = css::lost_values(&text);
        if !properties.is_empty() {
            lost.push(Lost {
                root: root.clone(),
                selectors: selectors.to_owned(),
                properties: properties.into_iter().map(str::to_owned).collect(),
            });
        }
    }

    /// Only a font that the page has loaded, and of its files the best.
    fn font_face(&mut self, rule: &CssRule) {
        if self.fonts.uses(rule) {
            self.rules.push(Rule::Text(rules::with_best_source(&rule.css_text())));
        }
    }
}

/// What stands before the rules of a group, with its brace.
fn opening(rule: &CssRule) -> String {
    let name = get_string(rule, "name");
    let condition = get_string(rule, "conditionText");
    match (name, condition) {
        (Some(name), None) => ["@layer ", &name, "{"].concat(),
        (_, Some(condition)) if rule.type_() == SUPPORTS => {
            ["@supports ", &condition, "{"].concat()
        }
        _ => {
            let whole = rule.css_text();
            whole.find('{').map_or("@media all{", |open| &whole[..=open]).to_owned()
        }
    }
}

fn applies(window: &Window, media: Option<&str>) -> bool {
    let Some(media) = media.filter(|media| !media.is_empty()) else { return true };
    matches!(window.match_media(media), Ok(Some(query)) if query.matches())
}

/// Whether the media queries of a sheet or rule apply.
pub fn applies_to(window: &Window, of: &JsValue) -> bool {
    applies(window, get_string(&get(of, "media"), "mediaText").as_deref())
}

/// Writes the text of the rules that may style something of these names.
pub struct Writer<'a> {
    pub window: &'a Window,
    pub names: &'a Names,
    /// The document or shadow tree that the rules are for.
    pub root: &'a JsValue,
    pub text: String,
    /// Whether the browser's text of a rule lacks what its author wrote.
    pub has_lost: bool,
}

impl Writer<'_> {
    pub async fn write(&mut self, rules: &[Rule], pace: &mut Pace) {
        /// So many take no noticeable time.
        const FEW: usize = 64;
        for rules in rules.chunks(FEW) {
            for rule in rules {
                match rule {
                    Rule::Text(text) => self.text.push_str(text),
                    Rule::Style(rule, selectors) if self.names.may_match(selectors) => {
                        self.style(rule, selectors);
                    }
                    Rule::Style(..) => continue,
                }
                self.text.push('\n');
            }
            pace.pause().await;
        }
    }

    fn style(&mut self, rule: &CssRule, selectors: &str) {
        let text = rule.css_text();
        // What is used by nothing must not be fetched.
        if text.contains("url(") && !self.is_used(selectors) {
            return;
        }
        self.has_lost = self.has_lost || css::has_lost_values(&text);
        let is_nested = text.find('{') != text.rfind('{');
        if is_nested && text.contains("@media") {
            self.nested(rule, selectors);
        } else {
            self.text.push_str(&text);
        }
    }

    /// With the media queries in it answered.
    fn nested(&mut self, rule: &CssRule, before: &str) {
        self.text.push_str(before);
        self.text.push('{');
        self.text.push_str(&get_string(&get(rule, "style"), "cssText").unwrap_or_default());
        self.inner(rule);
        self.text.push('}');
    }

    fn inner(&mut self, rule: &CssRule) {
        let Some(inner) = inner_of(rule) else { return };
        for rule in each(&inner) {
            let holds = inner_of(&rule).is_some();
            match rule.type_() {
                MEDIA if !applies_to(self.window, &rule) => {}
                MEDIA => self.inner(&rule),
                STYLE => {
                    let selectors = selectors_of(&rule).unwrap_or_default();
                    self.nested(&rule, &selectors);
                }
                _ if holds => {
                    self.text.push_str(&opening(&rule));
                    self.inner(&rule);
                    self.text.push('}');
                }
                _ => self.text.push_str(&rule.css_text()),
            }
        }
    }

    fn is_used(&self, selectors: &str) -> bool {
        if [":host", "::slotted", "&"].iter().any(|around| selectors.contains(around)) {
            return true;
        }
        let Ok(query) = get(self.root, "querySelector").dyn_into::<Function>() else { return true };
        let selectors = rules::without_pseudo_elements(selectors);
        let found = query.call1(self.root, &selectors.into());
        found.map_or(true, |found| !found.is_null())
    }
}
