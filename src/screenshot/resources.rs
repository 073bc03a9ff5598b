//! Images and fonts as data URLs: a picture may load nothing by itself. Each is
//! fetched once, without credentials for other origins, with a time limit.

use baton_packet::Gap;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{STAGE, sheets::Css};
use crate::{bridge::Bridge, js, limit::within};

/// What one resource may take before it is left out.
const TIME_LIMIT_MS: u32 = 3000;
/// What all of them together may take.
const WHOLE_LIMIT_MS: f64 = 5000.0;
const LARGEST_RESOURCE_BYTES: f64 = 4.0 * 1024.0 * 1024.0;

pub struct Resources<'a> {
    bridge: &'a Bridge,
    /// Data URLs by absolute URL; `None` where it could not be read.
    fetched: Vec<(String, Option<String>)>,
    /// When the time for all of them ends, in unix milliseconds.
    ends: f64,
}

impl<'a> Resources<'a> {
    pub fn new(bridge: &'a Bridge) -> Self {
        Self { bridge, fetched: Vec::new(), ends: js_sys::Date::now() + WHOLE_LIMIT_MS }
    }

    /// Fetches those not fetched yet, at the same time.
    pub async fn fetch_all(&mut self, urls: &[&str]) {
        let mut pending = Vec::new();
        for url in urls {
            if let Err(place) = self.find(url) {
                self.fetched.insert(place, ((*url).to_owned(), None));
                pending.push((*url, self.start(url, false)));
            }
        }
        for (url, promise) in pending {
            let data_url = self.end(promise).await;
            if let Ok(place) = self.find(url) {
                self.fetched[place].1 = data_url;
            }
        }
    }

    pub fn data_url(&self, url: &str) -> Option<&str> {
        self.fetched[self.find(url).ok()?].1.as_deref()
    }

    /// Where it is, or where it belongs: the list is sorted.
    fn find(&self, url: &str) -> Result<usize, usize> {
        self.fetched.binary_search_by(|(known, _)| known.as_str().cmp(url))
    }

    /// The text of a style sheet of another origin.
    pub async fn text(&mut self, url: &str) -> Option<String> {
        self.end(self.start(url, true)).await
    }

    fn start(&self, url: &str, as_text: bool) -> js_sys::Promise {
        let read = read(self.bridge.clone(), url.to_owned(), as_text);
        wasm_bindgen_futures::future_to_promise(read)
    }

    /// Ends also where the page's `fetch` knows no abort.
    async fn end(&self, promise: js_sys::Promise) -> Option<String> {
        let left = (self.ends - js_sys::Date::now()).clamp(0.0, f64::from(TIME_LIMIT_MS));
        within(promise, left as u32).await?.ok()?.as_string()
    }

    /// Puts every `url(…)` of the sheets into them as a data URL.
    pub async fn inline_css(&mut self, sheets: &[Css]) -> String {
        let mut absolute = Vec::new();
        for css in sheets {
            for_each_url(&css.text, |_, url| {
                absolute.extend(resolve(url, &css.base));
            });
        }
        let urls: Vec<&str> = absolute.iter().map(String::as_str).collect();
        self.fetch_all(&urls).await;
        let mut all = String::new();
        for css in sheets {
            let mut copied = 0;
            for_each_url(&css.text, |range, url| {
                let data_url = resolve(url, &css.base).and_then(|url| self.data_url(&url));
                if let Some(data_url) = data_url {
                    all.push_str(&css.text[copied..range.start]);
                    all.push_str("url(\"");
                    all.push_str(data_url);
                    all.push_str("\")");
                    copied = range.end;
                }
            });
            all.push_str(&css.text[copied..]);
            all.push('\n');
        }
        all
    }

    pub fn into_gaps(self) -> Vec<Gap> {
        let missing = self.fetched.iter().filter(|(_, data_url)| data_url.is_none()).count();
        match missing {
            0 => Vec::new(),
            count => vec![Gap::new(STAGE, format!("{count} image or font could not be read"))],
        }
    }
}

/// Calls back for each `url(…)`: the range of the whole token and the URL in it.
/// Written for the browser's own serialisation (`cssText`), which quotes URLs.
fn for_each_url(css: &str, mut found: impl FnMut(std::ops::Range<usize>, &str)) {
    let mut from = 0;
    while let Some(at) = css[from..].find("url(") {
        let start = from + at;
        let inner = start + "url(".len();
        let quote = css[inner..].chars().next().filter(|c| matches!(c, '"' | '\''));
        let (url_from, closing) = match quote {
            Some(quote) => (inner + 1, quote),
            None => (inner, ')'),
        };
        let Some(length) = css[url_from..].find(closing) else { return };
        let end = match quote {
            Some(_) => {
                url_from + length + 1 + usize::from(css[url_from + length + 1..].starts_with(')'))
            }
            None => url_from + length + 1,
        };
        found(start..end, css[url_from..url_from + length].trim());
        from = end;
    }
}

/// `None` for what needs no fetch: data URLs and references within the page.
fn resolve(url: &str, base: &str) -> Option<String> {
    if url.is_empty() || url.starts_with("data:") || url.starts_with('#') {
        return None;
    }
    web_sys::Url::new_with_base(url, base).ok().map(|url| url.href())
}

/// The text of a resource, or its bytes as a data URL.
async fn read(bridge: Bridge, url: String, as_text: bool) -> Result<JsValue, JsValue> {
    let init = web_sys::RequestInit::new();
    init.set_credentials(web_sys::RequestCredentials::SameOrigin);
    let abort = web_sys::AbortController::new()?;
    init.set_signal(Some(&abort.signal()));
    // Kept until the last byte is read.
    let _limit = gloo_timers::callback::Timeout::new(TIME_LIMIT_MS, move || abort.abort());
    let response = JsFuture::from(bridge.fetch(&url, &init)?).await?;
    let response: web_sys::Response = response.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    if as_text {
        return JsFuture::from(response.text()?).await;
    }
    let blob: web_sys::Blob = JsFuture::from(response.blob()?).await?.dyn_into()?;
    if blob.size() > LARGEST_RESOURCE_BYTES {
        return Err(js::error("too large"));
    }
    let reader = web_sys::FileReader::new()?;
    let loaded = js_sys::Promise::new(&mut |resolve, _| reader.set_onloadend(Some(&resolve)));
    reader.read_as_data_url(&blob)?;
    JsFuture::from(loaded).await?;
    reader.result()
}
