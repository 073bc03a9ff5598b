//! Sheets of other origins that no script may read. Their servers may still allow
//! their texts to be fetched, which has to be known before the page is read: what such
//! a sheet styles must otherwise be read as it was computed.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{CssRuleList, CssStyleSheet, Window};

use super::resources::Resources;
use crate::bridge::Bridge;
use crate::js::{get, get_string};

/// How long the picture waits for them, in milliseconds.
const LIMIT_MS: f64 = 1500.0;
/// The deepest frame and the deepest import that is asked.
const DEEPEST: u32 = 4;
/// The kind of an `@import` rule.
const IMPORT: u16 = 3;

/// The texts, as far as they could be fetched, by URL.
pub type Foreign = Rc<Vec<(String, Option<String>)>>;

thread_local! {
    /// What earlier pictures have fetched.
    static KEPT: RefCell<Foreign> = RefCell::default();
}

/// Fetches the texts for a window and the frames in it, without credentials for other
/// origins. Waits for nothing if all sheets are known.
pub async fn fetch(window: &Window, bridge: &Bridge, ends: f64) -> Foreign {
    let mut urls = Vec::new();
    of_window(window, 0, &mut urls);
    let kept = KEPT.with_borrow(Rc::clone);
    // What failed once may work later.
    urls.retain(|url| !kept.iter().any(|(known, text)| known == url && text.is_some()));
    if urls.is_empty() {
        return kept;
    }
    let resources = Resources::new(bridge, ends.min(js_sys::Date::now() + LIMIT_MS));
    let texts = resources.texts(urls.iter().map(String::as_str).collect()).await;
    resources.keep();
    let known = kept.iter().filter(|(_, text)| text.is_some()).cloned();
    let all = Rc::new(known.chain(urls.into_iter().zip(texts)).collect());
    KEPT.set(Rc::clone(&all));
    all
}

fn of_window(window: &JsValue, depth: u32, urls: &mut Vec<String>) {
    // A frame of another origin says nothing of its document.
    let list = get(&get(window, "document"), "styleSheets");
    let count = get(&list, "length").as_f64().unwrap_or(0.0) as u32;
    for index in 0..count {
        of_sheet(&js_sys::Reflect::get_u32(&list, index).unwrap_or_default(), 0, urls);
    }
    let frames = get(window, "length").as_f64().unwrap_or(0.0) as u32;
    for index in (0..frames).filter(|_| depth < DEEPEST) {
        of_window(&js_sys::Reflect::get_u32(window, index).unwrap_or_default(), depth + 1, urls);
    }
}

fn of_sheet(sheet: &JsValue, depth: u32, urls: &mut Vec<String>) {
    if !sheet.is_object() || depth > DEEPEST {
        return;
    }
    match (sheet.unchecked_ref::<CssStyleSheet>().css_rules(), get_string(sheet, "href")) {
        (Ok(rules), _) => of_imports(&rules, depth, urls),
        (Err(_), Some(url)) if !urls.contains(&url) => urls.push(url),
        _ => {}
    }
}

/// Only layers stand before imports.
fn of_imports(rules: &CssRuleList, depth: u32, urls: &mut Vec<String>) {
    for rule in (0..rules.length()).map_while(|index| rules.item(index)) {
        match rule.type_() {
            IMPORT => of_sheet(&get(&rule, "styleSheet"), depth + 1, urls),
            0 => {}
            _ => return,
        }
    }
}
