//! The page's style sheets as one text, read once.

use baton_packet::Gap;
use wasm_bindgen::JsCast;
use web_sys::{CssImportRule, CssRuleList, CssStyleSheet, Document};

use super::{STAGE, resources::Resources};
use crate::js::{get, get_string};
use crate::page;

/// The text of one sheet and the URL its relative URLs are based on.
pub struct Css {
    pub text: String,
    pub base: String,
}

/// All sheets, in cascade order.
pub struct Sheets {
    pub css: Vec<Css>,
    /// Positions in `css` of sheets from other origins, whose rules a script may
    /// not read: URL and media condition.
    unreadable: Vec<(usize, String, String)>,
}

/// Reads every sheet of the document that applies.
pub fn read(document: &Document) -> Sheets {
    let mut sheets = Sheets { css: Vec::new(), unreadable: Vec::new() };
    let base = document.base_uri().ok().flatten().unwrap_or_default();
    let list = document.style_sheets();
    for sheet in (0..list.length()).filter_map(|index| list.item(index)) {
        if let Ok(sheet) = sheet.dyn_into::<CssStyleSheet>() {
            sheets.add(&sheet, &base);
        }
    }
    let adopted = page::list(document, "adoptedStyleSheets");
    for sheet in adopted.iter().filter_map(|s| s.dyn_into().ok()) {
        sheets.add(&sheet, &base);
    }
    sheets
}

impl Sheets {
    fn add(&mut self, sheet: &CssStyleSheet, document_base: &str) {
        if get(sheet, "disabled").as_bool() == Some(true) {
            return;
        }
        let href = get_string(sheet, "href");
        let base = href.clone().unwrap_or_else(|| document_base.to_owned());
        let media = get_string(&get(sheet, "media"), "mediaText").unwrap_or_default();
        match sheet.css_rules() {
            Ok(rules) => {
                let mut text = String::new();
                self.add_rules(&rules, &mut text, document_base);
                self.css.push(Css { text: under_media(&text, &media), base });
            }
            Err(_) => {
                if let Some(href) = href {
                    self.unreadable.push((self.css.len(), href, media));
                    self.css.push(Css { text: String::new(), base });
                }
            }
        }
    }

    /// `@import` is resolved here, since a picture loads nothing.
    fn add_rules(&mut self, rules: &CssRuleList, text: &mut String, document_base: &str) {
        for rule in (0..rules.length()).filter_map(|index| rules.item(index)) {
            match rule.dyn_ref::<CssImportRule>().map(CssImportRule::style_sheet) {
                Some(Some(imported)) => self.add(&imported, document_base),
                Some(None) => {}
                None => {
                    text.push_str(&rule.css_text());
                    text.push('\n');
                }
            }
        }
    }

    /// Fetches sheets whose rules are unreadable, without credentials.
    pub async fn fetch_unreadable(&mut self, resources: &mut Resources<'_>, gaps: &mut Vec<Gap>) {
        for (index, href, media) in std::mem::take(&mut self.unreadable) {
            match (resources.text(&href).await, self.css.get_mut(index)) {
                (Some(text), Some(css)) => css.text = under_media(&text, &media),
                _ => gaps.push(Gap::new(STAGE, "a style sheet of another origin is unreadable")),
            }
        }
    }
}

fn under_media(text: &str, media: &str) -> String {
    if media.is_empty() { text.to_owned() } else { format!("@media {media} {{\n{text}\n}}") }
}
