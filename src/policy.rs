//! What the embedder wants masked, as the redactor's policy.

use std::ops::Range;
use std::rc::Rc;

use baton_evidence::redact::{Custom, Policy, Redactor};
use js_sys::{Array, Function, JsString, RegExp};
use wasm_bindgen::{JsCast, JsValue};

use crate::bridge::Bridge;
use crate::js::{get, get_string, message_of};
use crate::page::list;

/// Matches of one pattern in one text. Behind the last one, all is masked.
const MOST_MATCHES: usize = 1000;

/// A redactor with the embedder's policy, that has masked nothing yet.
pub fn redactor(bridge: &Bridge) -> Redactor {
    let privacy = get(&bridge.config(), "privacy");
    let patterns = list(&privacy, "patterns");
    let patterns = patterns.iter().enumerate();
    Redactor::new(Policy {
        transcript_all: get_string(&privacy, "transcript").as_deref() == Some("all"),
        national_ids: get(&privacy, "nationalIds").as_bool() == Some(true),
        custom: patterns.filter_map(|(index, pattern)| custom(bridge, index, &pattern)).collect(),
    })
}

/// One of `privacy.patterns`: `{name, pattern}`. The developer is told what is wrong.
fn custom(bridge: &Bridge, index: usize, entry: &JsValue) -> Option<Custom> {
    match expression(&get(entry, "pattern")) {
        Ok(expression) => Some(Custom {
            kind: get_string(entry, "name").unwrap_or_default(),
            find: Rc::new(move |text| find(&expression, text)),
        }),
        Err(reason) => {
            let place = ["privacy.patterns[", &index.to_string(), "].pattern"].concat();
            bridge.problem("config", &["config \"", &place, "\": ", &reason, "; ignored"].concat());
            None
        }
    }
}

/// A regular expression of our own that finds all places: the page's may be at
/// work elsewhere, and has a state.
fn expression(pattern: &JsValue) -> Result<RegExp, String> {
    let source = match pattern.dyn_ref::<RegExp>() {
        Some(expression) => get_string(expression, "source"),
        None => pattern.as_string(),
    };
    let source = source
        .filter(|source| !source.is_empty())
        .ok_or("must be a regular expression or the text of one")?;
    let mut flags = get_string(pattern, "flags").unwrap_or_default();
    // Sticky would find only what stands at the very beginning.
    flags.retain(|flag| !matches!(flag, 'g' | 'y'));
    flags.push('g');
    let class: Function = get(&js_sys::global(), "RegExp").unchecked_into();
    let arguments = Array::of2(&source.into(), &flags.into());
    match js_sys::Reflect::construct(&class, &arguments) {
        Ok(expression) => Ok(expression.unchecked_into()),
        Err(thrown) => Err(message_of(&thrown)),
    }
}

/// The ranges of bytes that match.
fn find(expression: &RegExp, text: &str) -> Vec<Range<usize>> {
    let Ok(exec) = get(expression, "exec").dyn_into::<Function>() else { return Vec::new() };
    let js_text = JsString::from(text);
    let mut cursor = Cursor { text, units: 0, bytes: 0 };
    let mut found = Vec::new();
    expression.set_last_index(0);
    while let Ok(matched) = exec.call1(expression, &js_text)
        && !matched.is_null()
    {
        let start = get(&matched, "index").as_f64().unwrap_or(0.0) as usize;
        let end = start + get_string(&matched, "0").map_or(0, |text| text.encode_utf16().count());
        if end == start {
            expression.set_last_index(end as u32 + 1);
            continue;
        }
        let start = cursor.bytes_at(start);
        if found.len() == MOST_MATCHES {
            found.push(start..text.len());
            break;
        }
        found.push(start..cursor.bytes_at(end));
    }
    found
}

/// Counts UTF-16 units, as JavaScript does, in UTF-8 text; only forwards.
struct Cursor<'a> {
    text: &'a str,
    units: usize,
    bytes: usize,
}

impl Cursor<'_> {
    fn bytes_at(&mut self, units: usize) -> usize {
        for c in self.text[self.bytes..].chars() {
            if self.units >= units {
                break;
            }
            self.units += c.len_utf16();
            self.bytes += c.len_utf8();
        }
        self.bytes
    }
}
