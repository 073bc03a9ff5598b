//! Data URLs that stay on JavaScript's side: megabytes that Rust would only hand on. In
//! the SVG a short stand-in takes their place until it is drawn.

use std::cell::Cell;

use baton_picture::data_url;
use js_sys::{Array, JsString};

/// What a stand-in begins with; a number and a semicolon follow. No character of it, nor
/// of base64, is escaped on the way into a URL, however deep in other pictures.
const BEGINNING: &str = "data:baton-";

thread_local! {
    /// From a number nobody guesses: a page that has a stand-in as its text keeps it.
    static NEXT: Cell<u32> = Cell::new((js_sys::Math::random() * f64::from(u32::MAX)) as u32);
}

/// A data URL and its stand-in.
#[derive(Clone)]
pub struct Held {
    token: String,
    data: JsString,
}

impl Held {
    pub fn new(data: JsString) -> Self {
        let number = NEXT.get();
        NEXT.set(number.wrapping_add(1));
        Self { token: [BEGINNING, &number.to_string(), ";"].concat(), data }
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// How long the data URL is.
    pub fn length(&self) -> usize {
        self.data.length() as usize
    }
}

/// A picture as SVG text with stand-ins.
pub struct Drawing {
    pub svg: String,
    pub held: Vec<Held>,
}

impl Drawing {
    /// The whole as a data URL.
    pub fn url(&self) -> JsString {
        let url = data_url::of_svg(&self.svg);
        let parts = Array::new();
        let mut rest = url.as_str();
        while let Some(at) = rest.find(BEGINNING) {
            let end = rest[at..].find(';').map_or(rest.len(), |end| at + end + 1);
            let found = self.held.iter().find(|held| held.token == rest[at..end]);
            // The page's own text may look like one.
            let kept = if found.is_some() { at } else { end };
            parts.push(&JsString::from(&rest[..kept]));
            if let Some(held) = found {
                parts.push(&held.data);
            }
            rest = &rest[end..];
        }
        parts.push(&JsString::from(rest));
        parts.join("")
    }
}
