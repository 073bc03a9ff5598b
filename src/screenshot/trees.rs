//! Shadow trees: which of them the walk is in, what their slots show, and how those are
//! shown whose sheets, or whose nodes, nobody may read.

use baton_picture::tree::{self, Element as Copied, Space};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSlotElement, ShadowRoot};

use super::boxes;
use super::copy::Walk;
use super::dom::{computed, matches, rect};
use super::looks::Looks;
use crate::privacy::Verdict;

/// The document, or a shadow tree.
pub struct Tree {
    /// Of a shadow tree.
    pub number: Option<String>,
    /// Whether one of its sheets cannot be read.
    pub is_blind: bool,
}

impl Walk<'_, '_> {
    /// What rules that cannot be read made of the element.
    pub fn pin_looks(&mut self, original: &Element, copy: &mut Copied) {
        let sheets = &self.sheets;
        let looks = self.looks.take();
        let looks = looks.unwrap_or_else(|| {
            let text = sheets.text();
            Looks::new(|property| text.contains(property))
        });
        looks.pin(original, copy);
        for pseudo in ["::before", "::after"] {
            if let Some(declarations) = looks.of_pseudo(original, pseudo) {
                self.rule(copy, pseudo, &declarations);
            }
        }
        self.looks = Some(looks);
    }

    pub fn shadow_root(&self, original: &Element, name: &str) -> Option<ShadowRoot> {
        // A form has none; what goes by that name may be one of its fields.
        if name == "form" { None } else { original.shadow_root() }
    }

    /// Reads what belongs to a shadow tree; `None` if nobody can say what in it is
    /// private.
    pub fn enter(&mut self, root: &ShadowRoot) -> Option<Tree> {
        let (number, is_blind) = self.sheets.add_tree(root);
        let mask = self.shared.options.mask.as_deref();
        let states = self.sheets.states();
        self.notes.add(root, self.shared.judge, &states, mask).ok()?;
        self.notes.add_lost(self.sheets.take_lost());
        self.notes.add_animations(root);
        Some(Tree { number: Some(number), is_blind })
    }

    pub fn slot(
        &mut self,
        slot: &Element,
        space: Space,
        verdict: Verdict,
        children: &mut Vec<tree::Node>,
    ) {
        let assigned = slot.unchecked_ref::<HtmlSlotElement>().assigned_nodes();
        if assigned.length() == 0 {
            return self.children(slot.first_child(), space, verdict, children);
        }
        self.sheets.has_slots = true;
        // What a slot shows belongs to the tree that its host stands in.
        let Some(outer) = self.around.pop() else { return };
        let inner = std::mem::replace(&mut self.tree, outer);
        for node in assigned.iter() {
            let before = children.len();
            self.node(node.unchecked_ref(), space, verdict, children);
            if let (Some(inner), Some(tree::Node::Element(element))) =
                (&inner.number, children.get_mut(before))
            {
                mark_slotted(element, inner);
            }
        }
        self.around.push(std::mem::replace(&mut self.tree, inner));
    }

    /// Whether an element shows something that is not to be found in it.
    pub fn is_closed(&mut self, original: &Element, name: &str) -> bool {
        let [left, top, right, bottom] = match name.contains('-') {
            true => rect(original),
            false => return false,
        };
        let is_closed = right > left
            && bottom > top
            && original.first_child().is_none()
            && matches(original, ":defined");
        if is_closed {
            self.shared.gaps.add("component's content is not shown: no script may read it");
        }
        is_closed
    }
}

/// Keeps the box of what cannot be read: rules for it may be in there, too.
pub fn closed_box(original: &Element, copy: &mut Copied) {
    boxes::pin(original, copy);
    if computed(original, "", "display") == "inline" {
        let [left, top, right, bottom] = rect(original);
        copy.set("display", "inline-block");
        copy.set("vertical-align", "bottom");
        copy.set_px("width", right - left);
        copy.set_px("height", bottom - top);
    }
}

/// Marks what a slot of a tree shows, through the slots of trees around it.
fn mark_slotted(element: &mut Copied, number: &str) {
    let trees = match element.attribute("data-baton-slotted") {
        Some(others) => [others, " ", number].concat(),
        None => number.to_owned(),
    };
    element.set_attribute("data-baton-slotted", &trees);
    if element.name == "slot" {
        for child in &mut element.children {
            if let tree::Node::Element(child) = child {
                mark_slotted(child, number);
            }
        }
    }
}
