//! Files that the customer keeps.

use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, Url};

/// The browser reads a file after the click has returned.
const KEPT_FOR_MS: u32 = 10_000;

/// Hands the file to the browser's downloads.
pub fn download(file: &Blob, name: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(url) = Url::create_object_url_with_blob(file) else { return };
    if let Ok(anchor) = document.create_element("a") {
        let anchor: HtmlAnchorElement = anchor.unchecked_into();
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    gloo_timers::callback::Timeout::new(KEPT_FOR_MS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
}
