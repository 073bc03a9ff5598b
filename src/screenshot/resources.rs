//! Images, fonts and sheets: a picture may load nothing by itself. Each is fetched
//! once and kept for the session, without credentials for other origins.

use std::cell::RefCell;

use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortController, Blob, RequestCredentials, RequestInit, Response};

use super::held::Held;
use super::made::as_data_url;
use crate::{bridge::Bridge, js, limit::within};

/// What one resource may take before it is left out.
const TIME_LIMIT_MS: f64 = 3000.0;
const LARGEST_BYTES: f64 = 8.0 * 1024.0 * 1024.0;
/// What is kept between pictures, in bytes.
const MOST_KEPT: usize = 24 * 1024 * 1024;

thread_local! {
    static KEPT: RefCell<Vec<Resource>> = const { RefCell::new(Vec::new()) };
}

/// What was fetched: its URL, and its data URL unless it could not be read.
type Resource = (String, Option<Held>);

/// What one picture needs.
pub struct Resources {
    bridge: Bridge,
    /// In order of URLs.
    fetched: Vec<Resource>,
    /// When the time for all of them ends, in milliseconds of the epoch.
    ends: f64,
}

impl Resources {
    /// With what earlier pictures have fetched.
    pub fn new(bridge: &Bridge, ends: f64) -> Self {
        Self { bridge: bridge.clone(), fetched: KEPT.take(), ends }
    }

    /// Keeps them for the next picture.
    pub fn keep(mut self) {
        let mut bytes = 0;
        // What failed once may work later.
        self.fetched.retain(|(url, data_url)| {
            bytes += url.len() + data_url.as_ref().map_or(0, Held::length);
            data_url.is_some() && bytes <= MOST_KEPT
        });
        KEPT.set(self.fetched);
    }

    /// Fetches those not fetched yet, at the same time.
    pub async fn fetch<'u>(&mut self, urls: impl Iterator<Item = &'u str>) {
        let mut pending = Vec::new();
        for url in urls {
            if let Err(place) = self.find(url) {
                self.fetched.insert(place, (url.to_owned(), None));
                pending.push((url, self.start(url, false)));
            }
        }
        for (url, promise) in pending {
            let data_url = self.end(promise).await.map(Held::new);
            if let Ok(place) = self.find(url) {
                self.fetched[place].1 = data_url;
            }
        }
    }

    /// The stand-in for the data URL of what was fetched.
    pub fn data_url(&self, url: &str) -> Option<&str> {
        self.fetched[self.find(url).ok()?].1.as_ref().map(Held::token)
    }

    /// The data URLs that stand-ins are for.
    pub fn held(&self) -> impl Iterator<Item = &Held> {
        self.fetched.iter().filter_map(|(_, held)| held.as_ref())
    }

    /// The texts at these URLs, fetched at the same time.
    pub async fn texts(&self, urls: Vec<&str>) -> Vec<Option<String>> {
        let pending: Vec<Promise> = urls.into_iter().map(|url| self.start(url, true)).collect();
        let mut texts = Vec::new();
        for promise in pending {
            texts.push(self.end(promise).await.map(String::from));
        }
        texts
    }

    /// How many could not be had.
    pub fn missing(&self) -> u32 {
        self.fetched.iter().filter(|(_, data_url)| data_url.is_none()).count() as u32
    }

    /// Where it is, or where it belongs.
    fn find(&self, url: &str) -> Result<usize, usize> {
        self.fetched.binary_search_by(|(known, _)| known.as_str().cmp(url))
    }

    fn start(&self, url: &str, as_text: bool) -> Promise {
        future_to_promise(read(self.bridge.clone(), url.to_owned(), as_text))
    }

    /// Ends also where the page's `fetch` knows no abort.
    async fn end(&self, promise: Promise) -> Option<JsString> {
        let left = (self.ends - js_sys::Date::now()).clamp(0.0, TIME_LIMIT_MS);
        within(promise, left as u32).await?.ok()?.dyn_into().ok()
    }
}

/// The text of a resource, or its bytes as a data URL.
async fn read(bridge: Bridge, url: String, as_text: bool) -> Result<JsValue, JsValue> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::SameOrigin);
    // The page has just shown it.
    init.set_cache(web_sys::RequestCache::ForceCache);
    let abort = AbortController::new()?;
    init.set_signal(Some(&abort.signal()));
    // Kept until the last byte is read.
    let limit = TIME_LIMIT_MS as u32;
    let _limit = gloo_timers::callback::Timeout::new(limit, move || abort.abort());
    let response = JsFuture::from(bridge.fetch(&url, &init)?).await?;
    let response: Response = response.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    if as_text {
        return JsFuture::from(response.text()?).await;
    }
    let blob: Blob = JsFuture::from(response.blob()?).await?.dyn_into()?;
    if blob.size() > LARGEST_BYTES {
        return Err(js::error("too large"));
    }
    Ok(as_data_url(&blob).await?.into())
}
