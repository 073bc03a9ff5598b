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

    /// The box of an element of which nothing is in the picture.
    fn out_of_sight(&self, element: &Element, frame: &Frame) -> Option<[f64; 4]> {
        if self.painted.as_ref()?.get(element).is_some() {
            return None;
        }
        Some(rect(element)).filter(|rect| !frame.sees(*rect))
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
    /// The same, of flexible boxes: their margins do not collapse.
    Column,
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
                "column" => Self::Column,
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
    // Most elements have nothing in them that is out of sight.
    let mut known = None;
    let mut run: Vec<Hidden> = Vec::new();
    let mut in_line = None;
    for node in nodes {
        let is_blank = node.node_type() != Node::ELEMENT_NODE
            && (node.node_type() != Node::TEXT_NODE
                || node.node_value().is_none_or(|text| text.trim().is_empty()));
        if is_blank && !run.is_empty() {
            continue;
        }
        if known != Some(Flow::Other)
            && node.node_type() == Node::ELEMENT_NODE
            && let element = node.unchecked_ref::<Element>()
            && let Some(rect) = walk.select.out_of_sight(element, walk.frame)
        {
            let flow = *known.get_or_insert_with(|| Flow::of(parent));
            // Asked first: most often it is one more of many.
            let alike = in_line.as_ref().and_then(|kind: &Kind| kind.bare_if(element));
            if alike.is_none() && is_box(element, flow, run.last()) {
                run.push(Hidden { element: element.clone(), rect });
                continue;
            }
            let is_known = alike.is_some();
            if is_known || (flow == Flow::Down && is_in_line(element)) {
                let bare = alike.unwrap_or_else(|| bare(element));
                if !is_known {
                    in_line = Some(Kind::of(&bare));
                }
                shells(std::mem::take(&mut run), known, copied);
                copied.push(CopiedNode::Element(sized(bare, rect)));
                continue;
            }
        }
        shells(std::mem::take(&mut run), known, copied);
        each(walk, &node, copied);
    }
    shells(run, known, copied);
}

/// An element out of sight and its box.
struct Hidden {
    element: Element,
    rect: [f64; 4],
}

/// Whether an element can be a shell. Those of one name beside each other are taken
/// to be of one kind.
fn is_box(element: &Element, flow: Flow, before: Option<&Hidden>) -> bool {
    if before.is_some_and(|before| name(&before.element) == name(element)) {
        return true;
    }
    if flow == Flow::Other || is_hidden(element) {
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

/// Elements of one name and class beside each other are taken to be of one kind.
struct Kind {
    name: String,
    class: Option<String>,
}

impl Kind {
    fn of(bare: &Copied) -> Self {
        Self { name: bare.name.clone(), class: bare.attribute("class").map(str::to_owned) }
    }

    /// The element without what is in it, if it is of this kind.
    fn bare_if(&self, element: &Element) -> Option<Copied> {
        let bare = bare(element);
        (bare.name == self.name && bare.attribute("class") == self.class.as_deref()).then_some(bare)
    }
}

/// Whether an element is a box in a line that stands there alike without what is in
/// it.
fn is_in_line(element: &Element) -> bool {
    let is_box = matches!(
        computed(element, "", "display").as_str(),
        "inline-block" | "inline-flex" | "inline-grid" | "inline-table"
    );
    // Its baseline would be another one.
    let has_place = matches!(
        computed(element, "", "vertical-align").as_str(),
        "top" | "middle" | "bottom" | "text-top" | "text-bottom"
    );
    is_box && has_place && computed(element, "", "position") == "static"
}

fn shells(run: Vec<Hidden>, flow: Option<Flow>, copied: &mut Vec<CopiedNode>) {
    let Some(flow) = flow else { return };
    let left_out = match flow {
        Flow::Down | Flow::Column | Flow::Rows if run.len() >= MANY => {
            (run.len() - 4) / COUNT * COUNT
        }
        _ => 0,
    };
    let Some(last) = run.len().checked_sub(1) else { return };
    let mut at = 0;
    while at <= last {
        // Behind the first, one box stands for many.
        let end = if at == 1 && left_out > 0 { at + left_out } else { at };
        let mut shell = match end > at {
            true => one_for(&run[at], &run[end], flow),
            false => shell(&run[at], flow),
        };
        if flow == Flow::Down {
            // Margins collapse with others, also of what is in the boxes: between two of
            // these, the gap that came of it says what they were.
            let above = match at {
                0 => margin(&run[at].element, "top"),
                _ => run[at].rect[1] - run[at - 1].rect[3],
            };
            let below = if end == last { margin(&run[end].element, "bottom") } else { 0.0 };
            shell.set_px("margin-top", above);
            shell.set_px("margin-bottom", below);
        }
        copied.push(CopiedNode::Element(shell));
        at = end + 1;
    }
}

fn one_for(first: &Hidden, last: &Hidden, flow: Flow) -> Copied {
    let mut one = Copied::html(&name(&first.element));
    for (property, value) in
        [("padding", "0"), ("border", "0"), ("min-height", "0"), ("box-sizing", "border-box")]
    {
        one.set(property, value);
    }
    if flow == Flow::Column {
        for property in ["margin-top", "margin-bottom"] {
            one.set_px(property, computed_px(&first.element, property));
        }
    }
    one.set("flex", "none");
    one.set_px("height", last.rect[3] - first.rect[1]);
    one
}

/// A box of the same size.
fn shell(hidden: &Hidden, flow: Flow) -> Copied {
    if flow != Flow::Rows {
        return sized(bare(&hidden.element), hidden.rect);
    }
    let mut copy = bare(&hidden.element);
    let cells = hidden.element.children();
    let cells = (0..cells.length()).filter_map(|index| cells.item(index));
    copy.children =
        cells.map(|cell| CopiedNode::Element(sized(bare(&cell), rect(&cell)))).collect();
    copy
}

fn bare(element: &Element) -> Copied {
    Copied { name: name(element), attributes: attributes(element), ..Copied::default() }
}

fn sized(mut copy: Copied, [left, top, right, bottom]: [f64; 4]) -> Copied {
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
