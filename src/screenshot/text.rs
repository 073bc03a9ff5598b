//! Secrets in visible text are masked in the copy: in what fields and attributes show at
//! once, in all other text when the walk is over, so that the page gets its turns.

use baton_evidence::redact::{Redactor, Scope};
use baton_picture::tree::{Element, Node};

use super::SECTION;
use super::pace::Pace;

/// Elements that do not part the text they stand in: only these may be in a text
/// that is read as a whole, up to a length.
const INLINE: [&str; 19] = [
    "a", "b", "code", "em", "font", "i", "ins", "kbd", "mark", "s", "samp", "small", "span",
    "strong", "sub", "sup", "tspan", "u", "wbr",
];
const LONGEST_WHOLE: usize = 2000;
/// Attributes that are drawn as text.
const DRAWN: [&str; 4] = ["value", "placeholder", "label", "alt"];

/// Takes the secrets out of texts.
pub struct Texts<'a> {
    pub redactor: &'a mut Redactor,
}

impl Texts<'_> {
    /// The text without its secrets.
    pub fn masked_or_same(&mut self, text: &str) -> String {
        self.masked(text).unwrap_or_else(|| text.to_owned())
    }

    /// The attributes that are drawn.
    pub fn attributes(&mut self, copy: &mut Element) {
        for (name, value) in &mut copy.attributes {
            if DRAWN.contains(&name.as_str())
                && let Some(masked) = self.masked(value)
            {
                *value = masked;
            }
        }
    }

    /// The copy with all its text masked.
    pub async fn in_slices(&mut self, copy: Element, pace: &mut Pace) -> Element {
        let mut around = Vec::new();
        let mut open = Open::of(copy);
        loop {
            match open.left.next() {
                Some(Node::Element(inner)) => {
                    around.push(std::mem::replace(&mut open, Open::of(inner)));
                }
                Some(Node::Text(text)) => {
                    let masked = self.masked(&text);
                    open.done.push(Node::Text(masked.unwrap_or(text)));
                    pace.pause().await;
                }
                None => {
                    self.whole(&mut open.done);
                    let Open { mut copy, done, .. } = open;
                    copy.children = done;
                    match around.pop() {
                        Some(outer) => open = outer,
                        None => return copy,
                    }
                    open.done.push(Node::Element(copy));
                }
            }
        }
    }

    /// A secret may be spread over several texts, `<b>4242 4242</b> <b>4242…</b>`,
    /// none of which tells. Such a block loses its inner elements.
    fn whole(&mut self, children: &mut Vec<Node>) {
        if children.len() < 2 || !children.iter().all(|child| is_inline(child) || is_ours(child)) {
            return;
        }
        let mut text = String::new();
        for child in children.iter() {
            match child {
                Node::Text(part) => text.push_str(part),
                Node::Element(element) => text.push_str(&element.text()),
            }
            if text.len() > LONGEST_WHOLE {
                return;
            }
        }
        if let Some(masked) = self.masked(&text) {
            children.retain(is_ours);
            children.insert(0, Node::Text(masked));
        }
    }

    /// The text without its secrets, `None` if there are none.
    fn masked(&mut self, text: &str) -> Option<String> {
        // Most text nodes are indentation.
        if text.trim().len() < 4 || self.redactor.is_harmless(text) {
            return None;
        }
        let masked = self.redactor.text(SECTION, text, Scope::Secrets);
        // As it is drawn: lines and several spaces, also fixed ones, as one space.
        let drawn = masked.split_whitespace().collect::<Vec<_>>().join(" ");
        if drawn != masked.trim() {
            let again = self.redactor.text(SECTION, &drawn, Scope::Secrets);
            if again != drawn {
                return Some(again);
            }
        }
        (masked != text).then_some(masked)
    }
}

/// An element whose children are at work.
struct Open {
    copy: Element,
    left: std::vec::IntoIter<Node>,
    done: Vec<Node>,
}

impl Open {
    fn of(mut copy: Element) -> Self {
        let children = std::mem::take(&mut copy.children);
        Self { copy, done: Vec::with_capacity(children.len()), left: children.into_iter() }
    }
}

/// What this module has put among the page's elements; it holds no text.
fn is_ours(node: &Node) -> bool {
    matches!(node, Node::Element(element) if element.name.starts_with("baton-"))
}

fn is_inline(node: &Node) -> bool {
    match node {
        Node::Text(_) => true,
        Node::Element(element) => {
            INLINE.contains(&element.name.as_str()) && element.children.iter().all(is_inline)
        }
    }
}
