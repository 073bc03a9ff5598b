//! What a picture does not show as the page does.

use web_sys::Document;

use super::scroll::can_begin_scrolled;
use super::sheets::Sheets;

/// What could not be copied, by what is said of it.
#[derive(Default)]
pub struct Gaps(Vec<(&'static str, u32)>);

impl Gaps {
    pub fn add(&mut self, what: &'static str) {
        self.add_many(what, 1);
    }

    pub fn add_many(&mut self, what: &'static str, count: u32) {
        match self.0.iter_mut().find(|(known, _)| *known == what) {
            Some((_, known)) => *known += count,
            None if count > 0 => self.0.push((what, count)),
            None => {}
        }
    }

    /// What the sheets of a document do not tell.
    pub fn add_of_sheets(&mut self, sheets: &Sheets, document: &Document) {
        self.add_many(
            "style sheet of another origin is unreadable: what it styles is shown as computed",
            sheets.unreadable(),
        );
        let has = |selector| matches!(document.query_selector(selector), Ok(Some(_)));
        if !can_begin_scrolled() && has("input,select,textarea,progress,meter") {
            self.add("page has form controls, which this browser draws in its own way in pictures");
        }
        if sheets.asks_for_visited && has("a[href]") {
            self.add("page styles visited links, which no script may know: they look unvisited");
        }
    }

    /// Each with its number in front.
    pub fn iter(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(what, count)| [&count.to_string(), " ", what].concat())
    }
}
