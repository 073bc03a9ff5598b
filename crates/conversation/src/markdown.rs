//! The Markdown that answers may hold: paragraphs, headings, emphasis, code, lists and
//! links. Everything else, HTML above all, is text and stays as it was typed; so does
//! whatever has not been closed yet, since an answer may still be arriving.
//!
//! What comes out is plain data of bounded depth, made in time linear in the text. Only
//! [`safe_url`] lets an address through.

mod blocks;
mod inline;
mod url;

pub use url::safe_url;

/// One block below the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Lines of text.
    Paragraph(Vec<Inline>),
    /// Of any level.
    Heading(Vec<Inline>),
    /// The lines of a fenced block.
    Code(String),
    /// Bullets or numbers.
    List(List),
}

/// A list, or one within an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The first number; `None` where there are bullets.
    pub start: Option<u32>,
    /// At least one.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// What it says.
    pub content: Vec<Inline>,
    /// The lists within. Their items have none.
    pub lists: Vec<List>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Run(Run),
    /// There is no link in a link.
    Link {
        /// One that [`safe_url`] lets through.
        url: String,
        /// What it reads as; never blank.
        runs: Vec<Run>,
    },
    /// The end of a line.
    Break,
}

/// Text of one look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// Never with markup in it.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// What a run looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// `**bold**`
    pub strong: bool,
    /// `*italic*`
    pub emphasis: bool,
    /// As code.
    pub code: bool,
}

/// Reads a text.
#[must_use]
pub fn parse(text: &str) -> Vec<Block> {
    blocks::read(&cleaned(text))
}

/// Without what could pass one text off as another: control characters, and those that
/// turn the direction of writing for what comes after them.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|&c| matches!(c, '\n' | '\t') || !(c.is_control() || turns(c))).collect()
}

/// Embeddings, overrides and isolates of bidirectional text.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
