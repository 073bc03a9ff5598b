//! Which language the panel speaks, and its file.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::ui::labels::Labels;
use crate::bridge::Bridge;
use crate::js;
use crate::limit::soon;

/// How long opening the panel waits for a language: English now is better than
/// another one some time.
const LIMIT_MS: u32 = 2000;

/// The language asked for: the embedder's choice, else the page's, else the browser's.
pub fn wanted(bridge: &Bridge) -> String {
    let chosen = js::get_string(&bridge.config(), "locale");
    let document = js::get(&js_sys::global(), "document");
    let page = || js::get_string(&js::get(&document, "documentElement"), "lang");
    let browser = || js::get_string(&js::get(&js_sys::global(), "navigator"), "language");
    let given = |tag: &String| !tag.trim().is_empty();
    chosen
        .filter(given)
        .or_else(|| page().filter(given))
        .or_else(browser)
        .unwrap_or_else(|| "en".to_owned())
}

/// The words of the language asked for. A language that is not there, or does not
/// come, is English; the developer is told of the latter.
pub async fn labels(bridge: &Bridge) -> Rc<Labels> {
    let wanted = wanted(bridge);
    if primary(&wanted) == "en" && !wanted.eq_ignore_ascii_case("en-XA") {
        return Rc::new(Labels::of(bridge, "en".to_owned(), wanted, JsValue::UNDEFINED));
    }
    let late = || Err("no answer in time".to_owned());
    match soon(fetched(bridge, &wanted), LIMIT_MS).await.unwrap_or_else(late) {
        Ok(Some((tag, words))) => Rc::new(Labels::of(bridge, tag, wanted, words)),
        Ok(None) => Rc::new(Labels::english(bridge)),
        Err(reason) => {
            bridge.problem("locale", &["the language ", &wanted, ": ", &reason].concat());
            Rc::new(Labels::english(bridge))
        }
    }
}

async fn fetched(bridge: &Bridge, wanted: &str) -> Result<Option<(String, JsValue)>, String> {
    let index: js_sys::Array =
        json(bridge, "index").await?.dyn_into().map_err(|_| "no list of languages".to_owned())?;
    let tags: Vec<String> = index.iter().filter_map(|tag| tag.as_string()).collect();
    let Some(tag) = best(&tags, wanted) else { return Ok(None) };
    Ok(Some((tag.clone(), json(bridge, tag).await?)))
}

/// The tag itself, else one of the same language: `de-AT` is served by `de`, `pt-PT`
/// by `pt-BR`.
fn best<'t>(tags: &'t [String], wanted: &str) -> Option<&'t String> {
    let same = tags.iter().find(|tag| tag.eq_ignore_ascii_case(wanted));
    let language = primary(wanted);
    let plain = || tags.iter().find(|tag| tag.eq_ignore_ascii_case(language));
    let sister = || tags.iter().find(|tag| primary(tag).eq_ignore_ascii_case(language));
    same.or_else(plain).or_else(sister)
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

async fn json(bridge: &Bridge, name: &str) -> Result<JsValue, String> {
    let thrown = |thrown: JsValue| js::message_of(&thrown);
    let url = [&bridge.base(), "locales/", name, ".json?v=", &bridge.version()].concat();
    let answer = bridge.fetch(&url, &JsValue::UNDEFINED).map_err(thrown)?;
    let answer = JsFuture::from(answer).await.map_err(thrown)?;
    let answer: web_sys::Response = answer.unchecked_into();
    if !answer.ok() {
        return Err(["HTTP ", &answer.status().to_string()].concat());
    }
    JsFuture::from(answer.json().map_err(thrown)?).await.map_err(thrown)
}
