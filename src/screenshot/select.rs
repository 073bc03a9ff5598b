//! What is out of sight of a large page becomes shells: boxes of the same size with
//! nothing in them, and one box for many in a row.

use baton_picture::tree::{Element as Copied, Node as CopiedNode, Space};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node};

use super::copy::Walk;
use super::dom::{ByElement, attributes, computed, computed_px, is_hidden, name, rect};
use super::frame::Frame;
use crate::js;

/// Pages of more elements are copied in part: copying them whole takes longer than
/// finding out what is seen.
const LARGE: u32 = 3000;
/// What is painted in the viewport is looked for at this distance, in CSS pixels.
const STEP: f64 = 40.0;
/// So many in a row become one.
const MANY: usize = 36;
/// Rules count children (`:nth-child(2n)`): what is left out is a multiple of the
/// usual steps.
const COUNT: usize = 12;

/// What of a page is in sight.
pub struct Select {
    /// What is painted in the viewport, and what that is in; `None` for a page that
    /// is copied whole.
    painted: Option<ByElement>,
}

impl Select {
    pub fn of(document: &Document, frame: &Frame) -> Self {
        let all = document.get_elements_by_tag_name("*").length();
        if all <= LARGE {
            return Self { painted: None };
        }
        let painted = ByElement::new();
        let [left, top, width, height] = frame.shown;
        let mut y = STEP / 2.0;
        while y < height && !frame.is_whole {
            let mut x = STEP / 2.0;
            while x < width {
                let found = document.element_from_point((left + x) as f32, (top + y) as f32);
                mark(&painted, found);
                x += STEP;
            }
            y += STEP;
        }
        Self { painted: Some(painted) }
    }

    pub fn is_partial(&self) -> bool {
        self.painted.is_some()
    }

    /// Whether nothing of the element is in the picture.
    fn is_out_of_sight(&self, element: &Element, frame: &Frame) -> bool {
        let Some(painted) = &self.painted else { return false };
        painted.get(element).is_none() && !frame.sees(rect(element))
    }
}

/// Marks an element and what it is in.
fn mark(painted: &ByElement, found: Option<Element>) {
    let mut next: Option<Node> = found.map(JsCast::unchecked_into);
    while let Some(node) = next {
        if painted.get(&node).is_some() {
            return;
        }
        painted.set(&node, 1.0);
        next = node.parent_node().or_else(|| {
            let host = js::get(&node, "host");
            host.is_object().then(|| host.unchecked_into())
        });
    }
}

/// How the children of an element stand.
#[derive(Clone, Copy, PartialEq)]
enum Flow {
    /// One below the other.
    Down,
    /// Each on its own.
    Items,
    Rows,
    /// In lines of text, or in a way that is not known here.
    Other,
}

impl Flow {
    fn of(parent: &Element) -> Self {
        match computed(parent, "", "display").as_str() {
            "block" | "flow-root" | "list-item" | "inline-block" | "table-cell" => Self::Down,
            "flex" | "inline-flex" => match computed(parent, "", "flex-direction").as_str() {
                "column" => Self::Down,
                _ => Self::Items,
            },
            "grid" | "inline-grid" => Self::Items,
            "table-row-group" | "table-header-group" | "table-footer-group" => Self::Rows,
            _ => Self::Other,
        }
    }
}

/// The children of an element of a large page.
pub fn children(
    walk: &mut Walk<'_, '_>,
    parent: &Element,
    nodes: impl Iterator<Item = Node>,
    copied: &mut Vec<CopiedNode>,
    mut each: impl FnMut(&mut Walk<'_, '_>, &Node, &mut Vec<CopiedNode>),
) {
    let flow = Flow::of(parent);
    let mut run: Vec<Element> = Vec::new();
    for node in nodes {
        let is_blank = node.node_type() != Node::ELEMENT_NODE
            && (node.node_type() != Node::TEXT_NODE
                || node.node_value().is_none_or(|text| text.trim().is_empty()));
        if is_blank && !run.is_empty() {
            continue;
        }
        if flow != Flow::Other
            && node.node_type() == Node::ELEMENT_NODE
            && let element = node.unchecked_ref::<Element>()
            && walk.select.is_out_of_sight(element, walk.frame)
            && is_box(element, flow, run.last())
        {
            run.push(element.clone());
            continue;
        }
        shells(std::mem::take(&mut run), flow, copied);
        each(walk, &node, copied);
    }
    shells(run, flow, copied);
}

/// Whether an element can be a shell. Those of one name beside each other are taken
/// to be of one kind.
fn is_box(element: &Element, flow: Flow, before: Option<&Element>) -> bool {
    if before.is_some_and(|before| name(before) == name(element)) {
        return true;
    }
    if is_hidden(element) {
        return false;
    }
    let display = computed(element, "", "display");
    let in_flow = computed(element, "", "float") == "none"
        && matches!(computed(element, "", "position").as_str(), "static" | "relative");
    in_flow
        && match flow {
            Flow::Rows => display == "table-row",
            Flow::Items => display != "contents",
            _ => matches!(
                display.as_str(),
                "block" | "flow-root" | "list-item" | "flex" | "grid" | "table"
            ),
        }
}

fn shells(run: Vec<Element>, flow: Flow, copied: &mut Vec<CopiedNode>) {
    let left_out = match flow {
        Flow::Down | Flow::Rows if run.len() >= MANY => (run.len() - 4) / COUNT * COUNT,
        _ => 0,
    };
    let Some((first, rest)) = run.split_first() else { return };
    copied.push(shell(first, flow));
    let mut rest = rest;
    if left_out > 0 {
        // The box that stands for them is one more.
        let (many, few) = rest.split_at(left_out + 1);
        let (Some(top), Some(bottom)) = (many.first(), many.last()) else { return };
        let height = rect(bottom)[3] - rect(top)[1];
        let mut one = Copied::html(&name(top));
        for property in ["padding", "border", "min-height"] {
            one.set(property, "0");
        }
        one.set_px("margin-top", computed_px(top, "margin-top"));
        one.set_px("margin-bottom", computed_px(bottom, "margin-bottom"));
        one.set_px("height", height);
        one.set("box-sizing", "border-box");
        one.set("flex", "none");
        copied.push(CopiedNode::Element(one));
        rest = few;
    }
    copied.extend(rest.iter().map(|element| shell(element, flow)));
}

/// A box of the same size.
fn shell(element: &Element, flow: Flow) -> CopiedNode {
    let mut copy = bare(element);
    if flow == Flow::Rows {
        let cells = element.children();
        let cells = (0..cells.length()).filter_map(|index| cells.item(index));
        copy.children = cells.map(|cell| CopiedNode::Element(sized(&cell))).collect();
        return CopiedNode::Element(copy);
    }
    let mut copy = sized(element);
    copy.set_px("margin-top", margin(element, "top"));
    copy.set_px("margin-bottom", margin(element, "bottom"));
    CopiedNode::Element(copy)
}

fn bare(element: &Element) -> Copied {
    Copied { name: name(element), attributes: attributes(element), ..Copied::default() }
}

fn sized(element: &Element) -> Copied {
    let [left, top, right, bottom] = rect(element);
    let mut copy = bare(element);
    for (property, value) in
        [("box-sizing", "border-box"), ("min-width", "0"), ("min-height", "0"), ("flex", "none")]
    {
        copy.set(property, value);
    }
    for property in ["width", "max-width"] {
        copy.set_px(property, right - left);
    }
    for property in ["height", "max-height"] {
        copy.set_px(property, bottom - top);
    }
    copy
}

/// The margin at a side, as it stands out of the box: that of a first or last child
/// may collapse with it (CSS 2.2, section 8.3.1).
fn margin(element: &Element, side: &str) -> f64 {
    let length = |property: &[&str]| computed_px(element, &property.concat());
    let own = length(&["margin-", side]);
    let collapses = matches!(computed(element, "", "display").as_str(), "block" | "list-item")
        && computed(element, "", "overflow-y") == "visible"
        && length(&["padding-", side]) == 0.0
        && length(&["border-", side, "-width"]) == 0.0;
    let child = match side {
        "top" => element.first_element_child(),
        _ => element.last_element_child(),
    };
    match child {
        Some(child) if collapses && !is_hidden(&child) => own.max(margin(&child, side)),
        _ => own,
    }
}

/// In HTML alone: what SVG and MathML draw is placed by other rules.
pub fn applies(walk: &Walk<'_, '_>, space: Space) -> bool {
    space == Space::Html && walk.select.is_partial()
}
