//! Lines into blocks.

use std::mem;

use super::{Block, Item, List, inline};

/// From this indentation on an item is one of the list within.
const NESTED_COLUMNS: usize = 2;
/// A tab, as people use it here.
const TAB_COLUMNS: usize = 4;

pub(super) fn read(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for line in text.split('\n') {
        reader.line(line);
    }
    reader.end()
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The lines of the paragraph, or of the list's last item, so far.
    lines: String,
    list: Option<List>,
    fence: Option<Fence>,
    /// An empty line has come since.
    gap: bool,
}

struct Fence {
    mark: char,
    length: usize,
    indent: usize,
    code: String,
}

/// `- text`, `3. text`
struct Marker<'a> {
    number: Option<u32>,
    text: &'a str,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some(fence) = &mut self.fence {
            if fence.is_closed_by(line) {
                self.close_fence();
            } else {
                fence.take(line);
            }
            return;
        }
        let (indent, text) = indented(line);
        if text.trim_end().is_empty() {
            self.close_paragraph();
            self.gap = true;
        } else if let Some(fence) = Fence::opened_by(text, indent) {
            self.close();
            self.fence = Some(fence);
        } else if let Some(heading) = heading(text) {
            self.close();
            self.blocks.push(Block::Heading(inline::read(heading)));
        } else if let Some(marker) = marker(text) {
            self.item(marker, indent);
        } else {
            // What is indented, and right below an item, goes on with it.
            if self.list.is_some() && (indent < NESTED_COLUMNS || self.gap) {
                self.close();
            }
            self.gap = false;
            if !self.lines.is_empty() {
                self.lines.push('\n');
            }
            self.lines.push_str(text.trim_end());
        }
    }

    fn item(&mut self, marker: Marker<'_>, indent: usize) {
        self.close_paragraph();
        self.gap = false;
        let new = || List { start: marker.number, items: Vec::new() };
        let is_nested = indent >= NESTED_COLUMNS && self.list.is_some();
        if !is_nested && self.list.as_ref().is_some_and(|list| !list.continues(&marker)) {
            self.close();
        }
        let list = self.list.get_or_insert_with(new);
        match list.items.last_mut().filter(|_| is_nested) {
            Some(parent) => {
                if !parent.lists.last().is_some_and(|list| list.continues(&marker)) {
                    parent.lists.push(new());
                }
                if let Some(inner) = parent.lists.last_mut() {
                    inner.items.push(Item::default());
                }
            }
            None => list.items.push(Item::default()),
        }
        marker.text.trim().clone_into(&mut self.lines);
    }

    /// Ends the paragraph, or what the list's last item says.
    fn close_paragraph(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        let content = inline::read(&mem::take(&mut self.lines));
        match self.list.as_mut().and_then(List::last_item) {
            Some(item) => item.content = content,
            None => self.blocks.push(Block::Paragraph(content)),
        }
    }

    fn close_fence(&mut self) {
        if let Some(mut fence) = self.fence.take() {
            fence.code.truncate(fence.code.trim_end_matches('\n').len());
            self.blocks.push(Block::Code(fence.code));
        }
    }

    fn close(&mut self) {
        self.close_paragraph();
        self.blocks.extend(self.list.take().map(Block::List));
        self.gap = false;
    }

    fn end(mut self) -> Vec<Block> {
        self.close();
        self.close_fence();
        self.blocks
    }
}

impl List {
    /// Whether an item of this kind is one of it.
    fn continues(&self, marker: &Marker<'_>) -> bool {
        self.start.is_some() == marker.number.is_some()
    }

    /// The newest item, of the list within where there is one.
    fn last_item(&mut self) -> Option<&mut Item> {
        let item = self.items.last_mut()?;
        if item.lists.is_empty() {
            return Some(item);
        }
        item.lists.last_mut()?.items.last_mut()
    }
}

impl Fence {
    fn opened_by(text: &str, indent: usize) -> Option<Self> {
        let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = text.trim_start_matches(mark);
        let length = text.len() - info.len();
        // Backticks behind it make it code in a line.
        let opens = length >= 3 && !(mark == '`' && info.contains('`'));
        opens.then(|| Self { mark, length, indent, code: String::new() })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.trim_start_matches(self.mark).is_empty()
    }

    /// Takes a line, without the indentation that the fence has itself.
    fn take(&mut self, line: &str) {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        self.code.push_str(&line[spaces.min(self.indent)..]);
        self.code.push('\n');
    }
}

/// The columns that a line is indented by, and what stands there.
fn indented(line: &str) -> (usize, &str) {
    let text = line.trim_start_matches([' ', '\t']);
    let before = &line[..line.len() - text.len()];
    (before.chars().map(|c| if c == '\t' { TAB_COLUMNS } else { 1 }).sum(), text)
}

fn heading(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let title = rest.strip_prefix([' ', '\t']).filter(|_| (1..=6).contains(&level))?;
    Some(title.trim().trim_end_matches('#').trim_end()).filter(|title| !title.is_empty())
}

fn marker(text: &str) -> Option<Marker<'_>> {
    let (number, rest) = match text.strip_prefix(['-', '*', '+', '•']) {
        Some(rest) => (None, rest),
        None => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = &text[..text.len() - rest.len()];
            // More digits are no number of an item but a date or an id.
            let number = digits.parse().ok().filter(|_| digits.len() <= 3)?;
            (Some(number), rest.strip_prefix(['.', ')'])?)
        }
    };
    let text = rest.strip_prefix([' ', '\t'])?;
    (!text.trim().is_empty()).then_some(Marker { number, text })
}
