//! Every word of the panel, by key: the embedder's own, else those of the customer's
//! language, else English. A language is a file, `locales/TAG.json`.

use baton_conversation::Voice;
use baton_packet::Timestamp;
use js_sys::{Intl, JSON};
use wasm_bindgen::prelude::*;

use crate::bridge::Bridge;
use crate::js;

/// What is shipped in the module: without it the panel would be mute where a file
/// does not come.
const ENGLISH: &str = include_str!("../../../www/locales/en.json");

#[wasm_bindgen]
extern "C" {
    /// `Intl.ListFormat`, ECMA-402.
    #[wasm_bindgen(js_namespace = Intl)]
    type ListFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(tag: &str) -> Result<ListFormat, JsValue>;

    #[wasm_bindgen(method)]
    fn format(this: &ListFormat, parts: &js_sys::Array) -> String;
}

/// The words in use.
pub struct Labels {
    /// Of the words, BCP 47.
    pub tag: String,
    /// As it was asked for: numbers and times are of that country.
    asked: String,
    replaced: JsValue,
    spoken: JsValue,
    english: JsValue,
}

impl Labels {
    /// English, with the embedder's own words.
    pub fn english(bridge: &Bridge) -> Self {
        Self::of(bridge, "en".to_owned(), "en".to_owned(), JsValue::UNDEFINED)
    }

    /// A language's words, with the embedder's own; numbers and times as in the language
    /// that was asked for.
    pub fn of(bridge: &Bridge, tag: String, asked: String, spoken: JsValue) -> Self {
        let replaced = js::get(&bridge.config(), "labels");
        let english = JSON::parse(ENGLISH).unwrap_or_default();
        // What pages write there may be no tag at all, and `Intl` would throw.
        let asked = if ListFormat::new(&asked).is_ok() { asked } else { tag.clone() };
        Self { tag, asked, replaced, spoken, english }
    }

    /// The same language, with the embedder's words as they are now.
    pub fn renewed(&self, bridge: &Bridge) -> Self {
        Self::of(bridge, self.tag.clone(), self.asked.clone(), self.spoken.clone())
    }

    /// The words for a key; the key itself if it is unknown.
    pub fn get(&self, key: &str) -> String {
        self.words(key).unwrap_or_else(|| key.to_owned())
    }

    /// All words by key, for the modules that have no languages of their own.
    pub fn all(&self) -> JsValue {
        let all = js_sys::Object::new();
        for words in [&self.english, &self.spoken, &self.replaced] {
            if let Some(words) = words.dyn_ref::<js_sys::Object>() {
                js_sys::Object::assign(&all, words);
            }
        }
        all.into()
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> String {
        self.get("dir")
    }

    /// A day.
    pub fn date(&self, at: &Timestamp) -> String {
        let options = js_sys::Object::new();
        js::set(&options, "dateStyle", &"medium".into());
        let format = Intl::DateTimeFormat::new(&self.tags(), &options);
        let date = js_sys::Date::new(&at.as_str().into());
        let written = format.format().call1(&JsValue::UNDEFINED, &date);
        written.ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    fn tags(&self) -> js_sys::Array {
        js_sys::Array::of1(&self.asked.as_str().into())
    }
}

impl Voice for Labels {
    fn words(&self, key: &str) -> Option<String> {
        let layers = [&self.replaced, &self.spoken, &self.english];
        layers.into_iter().find_map(|words| js::get_string(words, key))
    }

    fn shipped(&self, key: &str) -> Option<String> {
        js::get_string(&self.english, key)
    }

    fn plural(&self, number: u32) -> String {
        let rules = Intl::PluralRules::new(&self.tags(), &js_sys::Object::new());
        rules.select(f64::from(number)).into()
    }

    fn number(&self, number: u32) -> String {
        let format = Intl::NumberFormat::new(&self.tags(), &js_sys::Object::new());
        let written = format.format().call1(&JsValue::UNDEFINED, &number.into());
        written.ok().and_then(|text| text.as_string()).unwrap_or_else(|| number.to_string())
    }

    fn list(&self, parts: &[String]) -> String {
        let list: js_sys::Array = parts.iter().map(|part| JsValue::from_str(part)).collect();
        match ListFormat::new(&self.asked) {
            Ok(format) => format.format(&list),
            Err(_) => parts.join(", "),
        }
    }

    fn moment(&self, unix_ms: f64) -> String {
        let options = js_sys::Object::new();
        for (part, how) in [("weekday", "long"), ("hour", "numeric"), ("minute", "2-digit")] {
            js::set(&options, part, &how.into());
        }
        let format = Intl::DateTimeFormat::new(&self.tags(), &options);
        let written = format.format().call1(&JsValue::UNDEFINED, &unix_ms.into());
        written.ok().and_then(|text| text.as_string()).unwrap_or_default()
    }
}
