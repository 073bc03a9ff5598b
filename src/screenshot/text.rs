//! Secrets in visible text are masked in the copy.

use baton_evidence::redact::{Redactor, Scope};
use baton_picture::tree::{Element, Node};

use super::SECTION;

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

    /// A secret may be spread over several texts, `<b>4242 4242</b> <b>4242…</b>`,
    /// none of which tells. Such a block loses its inner elements.
    pub fn whole(&mut self, children: &mut Vec<Node>) {
        if children.len() < 2 || !children.iter().all(is_inline) {
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
            *children = vec![Node::Text(masked)];
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

fn is_inline(node: &Node) -> bool {
    match node {
        Node::Text(_) => true,
        Node::Element(element) => {
            INLINE.contains(&element.name.as_str()) && element.children.iter().all(is_inline)
        }
    }
}
