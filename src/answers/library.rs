//! The embedder's help articles: the config key `articles`, an address, a list of them,
//! or the articles themselves. Fetched and indexed once, with turns for the page.
//!
//! What stands at an address is told by its content: an index that was built before
//! (`baton-articles`), JSON, or Markdown.

use std::cell::RefCell;
use std::rc::Rc;

use baton_answers::articles::{Builder, Feed, Index, Unread, limits, read_markdown};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::Blob;

use super::articles::NAME;
use super::fetch::{Chunk, Reading, init, thrown};
use super::json::Value;
use super::provider::problem;
use crate::bridge::Bridge;
use crate::js::get;

/// How long a feed may take.
const LIMIT_MS: u32 = 10_000;
/// Most bytes of a feed.
const MOST_BYTES: u32 = limits::BYTES as u32;
/// How long the page waits for a slice of the index, at most twice that.
const SLICE_MS: f64 = 20.0;
/// A library that could not be read is not asked for again before this is over.
const PAUSE_MS: f64 = 60_000.0;

/// What can be searched: one index for each feed.
#[derive(Clone)]
pub struct Library(Rc<Vec<Index>>);

impl Library {
    pub fn indexes(&self) -> &[Index] {
        &self.0
    }
}

enum State {
    Reading(Promise),
    Read(Library),
    /// At this time, for this reason.
    Failed(f64, String),
}

struct Known {
    /// What the embedder has configured: another value is another library.
    configured: JsValue,
    state: State,
}

thread_local! {
    static KNOWN: RefCell<Option<Known>> = const { RefCell::new(None) };
}

/// Forgets the library: another page, or this one anew.
pub fn forget() {
    KNOWN.take();
}

/// The library; `None` if the embedder has none. Whoever asks while it is being read
/// waits for the same reading, which goes on though a customer stops waiting.
///
/// # Errors
/// If there is nothing to search, with the reason.
pub async fn library(bridge: &Bridge) -> Result<Option<Library>, String> {
    let configured = get(&bridge.config(), "articles");
    if configured.is_falsy() {
        return Ok(None);
    }
    let reading = KNOWN.with_borrow_mut(|known| {
        match known {
            Some(known) if known.configured == configured => match &known.state {
                State::Reading(reading) => return reading.clone(),
                State::Failed(at, _) if js_sys::Date::now() - at > PAUSE_MS => {}
                State::Read(_) | State::Failed(..) => return Promise::resolve(&JsValue::NULL),
            },
            _ => {}
        }
        let reading = start(bridge.clone(), configured.clone());
        let state = State::Reading(reading.clone());
        *known = Some(Known { configured: configured.clone(), state });
        reading
    });
    // It never rejects.
    let _ = JsFuture::from(reading).await;
    KNOWN.with_borrow(|known| match known.as_ref().map(|known| &known.state) {
        Some(State::Read(library)) => Ok(Some(library.clone())),
        Some(State::Failed(_, reason)) => Err(reason.clone()),
        // Configured anew while it was being read.
        Some(State::Reading(_)) | None => Ok(None),
    })
}

fn start(bridge: Bridge, configured: JsValue) -> Promise {
    future_to_promise(async move {
        let state = match read(&bridge, &configured).await {
            Ok(indexes) => State::Read(Library(Rc::new(indexes))),
            Err(reason) => State::Failed(js_sys::Date::now(), reason),
        };
        KNOWN.with_borrow_mut(|known| match known {
            Some(known) if known.configured == configured => known.state = state,
            _ => {}
        });
        Ok(JsValue::NULL)
    })
}

/// Every feed that can be read; the developer is told of the others.
async fn read(bridge: &Bridge, configured: &JsValue) -> Result<Vec<Index>, String> {
    let urls: Vec<String> = match configured.dyn_ref::<Array>() {
        Some(list) => list.iter().filter_map(|entry| entry.as_string()).collect(),
        None => configured.as_string().into_iter().collect(),
    };
    if urls.is_empty() {
        return Ok(vec![of_json(bridge, configured.clone(), "").await?]);
    }
    let mut indexes = Vec::new();
    let mut last = None;
    for url in urls {
        match of_url(bridge, &url).await {
            Ok(index) => indexes.push(index),
            Err(reason) => {
                let reason = [&*url, ": ", &*reason].concat();
                // The last one is told by whoever asked, if nothing is left.
                if let Some(earlier) = last.replace(reason) {
                    problem(bridge, NAME, &earlier);
                }
            }
        }
    }
    match last {
        Some(reason) if indexes.is_empty() => Err(reason),
        last => {
            if let Some(reason) = last {
                problem(bridge, NAME, &reason);
            }
            Ok(indexes)
        }
    }
}

async fn of_url(bridge: &Bridge, url: &str) -> Result<Index, String> {
    let blob = fetched(bridge, url).await?;
    let head = bytes(&blob.slice_with_i32_and_i32(0, 16).map_err(thrown)?).await?;
    if Index::is_file(&head) {
        return Index::from_bytes(&bytes(&blob).await?).map_err(|error| error.to_string());
    }
    let text = JsFuture::from(blob.text()).await.map_err(thrown)?;
    match text_start(&head) {
        b'<' => Err("a web page is no feed of articles".to_owned()),
        b'{' | b'[' => {
            let text = text.as_string().unwrap_or_default();
            let value = js_sys::JSON::parse(&text).map_err(thrown)?;
            of_json(bridge, value, url).await
        }
        _ => {
            let mut feed = read_markdown(&text.as_string().unwrap_or_default());
            let mut articles = std::mem::take(&mut feed.articles).into_iter();
            indexed(bridge, url, feed, || articles.next()).await
        }
    }
}

/// The first byte of a text that is no blank and no byte order mark.
fn text_start(head: &[u8]) -> u8 {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.iter().copied().find(|byte| !byte.is_ascii_whitespace()).unwrap_or(b' ')
}

async fn of_json(bridge: &Bridge, value: JsValue, url: &str) -> Result<Index, String> {
    let mut unread = Unread::of(&Value(value))?;
    let feed = std::mem::take(&mut unread.feed);
    let index = indexed(bridge, url, feed, || unread.article()).await?;
    tell_skipped(bridge, url, &unread.skipped());
    Ok(index)
}

/// Indexes the articles, with turns for the page.
async fn indexed(
    bridge: &Bridge,
    url: &str,
    feed: Feed,
    mut next: impl FnMut() -> Option<baton_answers::articles::Article>,
) -> Result<Index, String> {
    let mut builder = Builder::new(feed.synonyms, &feed.language);
    let mut since = js_sys::Date::now();
    while let Some(article) = next() {
        builder.add(article);
        if js_sys::Date::now() - since >= SLICE_MS {
            TimeoutFuture::new(0).await;
            since = js_sys::Date::now();
        }
    }
    TimeoutFuture::new(0).await;
    let built = builder.finish();
    tell_skipped(bridge, url, &built.skipped);
    match built.index.articles().is_empty() {
        true => Err("there is no article in it".to_owned()),
        false => Ok(built.index),
    }
}

/// What could not be used of a feed, in one line for the developer.
fn tell_skipped(bridge: &Bridge, url: &str, skipped: &[String]) {
    const MOST: usize = 3;
    if let Some(shown) = skipped.chunks(MOST).next() {
        let more = skipped.len() - shown.len();
        let more = if more > 0 {
            [" … and ", &more.to_string(), " more"].concat()
        } else {
            String::new()
        };
        problem(bridge, NAME, &[url, " in part: ", &shown.join("; "), &more].concat());
    }
}

/// What stands there, kept on JavaScript's side. It is public, hence without cookies
/// for other origins; a redirect leads to another place of the same articles.
async fn fetched(bridge: &Bridge, url: &str) -> Result<Blob, String> {
    let mut reading = Reading::of(bridge, url, &init("GET"), LIMIT_MS).await?;
    if let Some(status) = reading.refusal() {
        return Err(status);
    }
    let chunks = Array::new();
    let mut size = 0;
    loop {
        match reading.next(LIMIT_MS).await? {
            Chunk::Bytes(bytes) => {
                size += bytes.length();
                if size > MOST_BYTES {
                    return Err("it is larger than 20 MB".to_owned());
                }
                chunks.push(&bytes);
            }
            Chunk::NotYet => {}
            Chunk::End => return Blob::new_with_u8_array_sequence(&chunks).map_err(thrown),
        }
    }
}

async fn bytes(blob: &Blob) -> Result<Vec<u8>, String> {
    let buffer: ArrayBuffer =
        JsFuture::from(blob.array_buffer()).await.map_err(thrown)?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}
