//! The walk: a document and its state as plain data.

use baton_evidence::redact::Redactor;
use baton_picture::tree::{self, Space};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node, Window};

use super::compose::resolve;
use super::dom::{self, computed, is_hidden, name, rect, siblings};
use super::foreign::Foreign;
use super::frame::{Background, Frame};
use super::gaps::Gaps;
use super::looks::Looks;
use super::made::Made;
use super::notes::{Note, Notes};
use super::options::{Options, Target};
use super::quirks::{self, Mode};
use super::select::{self, Select};
use super::sheets::{Sheets, used_color_scheme};
use super::text::Texts;
use super::trees::{Tree, closed_box};
use super::{fields, layers, media, scroll};
use crate::privacy::{Judge, Verdict};
use crate::{BATON_UI, js};

/// What never belongs into a picture.
const INVISIBLE: [&str; 10] =
    ["script", "noscript", "template", "link", "meta", "style", "title", "base", "source", "track"];

/// What all documents of a picture share.
pub struct Shared<'a> {
    pub judge: &'a Judge,
    pub options: &'a Options,
    pub texts: Texts<'a>,
    pub gaps: Gaps,
    pub made: Made,
    /// How deep in frames the walk is.
    pub depth: u32,
    /// What is known of sheets that no script may read.
    pub foreign: Foreign,
}

impl<'a> Shared<'a> {
    pub fn new(
        judge: &'a Judge,
        options: &'a Options,
        redactor: &'a mut Redactor,
        foreign: Foreign,
    ) -> Self {
        Self {
            foreign,
            judge,
            options,
            texts: Texts { redactor },
            gaps: Gaps::default(),
            made: Made::default(),
            depth: 0,
        }
    }
}

/// The copy of a document.
pub struct Copy {
    pub html: tree::Element,
    /// The top layer, from the bottom up.
    pub layers: Vec<tree::Element>,
    pub sheets: Sheets,
    /// Symbols of other files: the URL of the file and the id in it.
    pub sprites: Vec<(String, String)>,
    pub frame: Frame,
    pub background: Background,
    pub rem: String,
    pub color_scheme: String,
    /// What the URLs in its `style` attributes are relative to.
    pub base: String,
}

/// Copies a document and its state.
///
/// # Errors
/// If nothing of it can be seen or the judge of privacy fails, in words.
pub fn of(
    window: &Window,
    document: &Document,
    target: &Target,
    inherited: Option<Verdict>,
    mut sheets: Sheets,
    shared: &mut Shared<'_>,
) -> Result<Copy, String> {
    let html = document.document_element().ok_or("there is no page")?;
    let frame = Frame::of(window, document, target, shared.depth > 0)?;
    let mut notes = Notes::new();
    let thrown = |thrown: JsValue| js::message_of(&thrown);
    let mask = shared.options.mask.as_deref();
    notes.add(document, shared.judge, &sheets.states(), mask).map_err(thrown)?;
    notes.add_part_heights(document, sheets.part_heights());
    notes.add_lost(sheets.take_lost());
    notes.add_animations(document);
    let background = Background::of(document);
    let select = Select::of(document, &frame);
    let base = document.base_uri().ok().flatten().unwrap_or_default();
    let is_blind = sheets.is_blind();
    let mode = sheets.mode;
    let mut walk = Walk {
        document,
        shared,
        sheets: &mut sheets,
        notes,
        select,
        frame: &frame,
        layers: Vec::new(),
        sprites: Vec::new(),
        rules: String::new(),
        numbered: 0,
        scrolls: scroll::can_begin_scrolled(),
        tree: Tree { number: None, is_blind },
        around: Vec::new(),
        looks: None,
        mode,
        base: base.clone(),
    };
    let copied = walk.element(&html, Space::Html, inherited);
    let Walk { layers, sprites, rules, .. } = walk;
    shared.gaps.add_of_sheets(&sheets, document);
    let Some(tree::Node::Element(mut copied)) = copied else {
        return Err("the page is hidden".to_owned());
    };
    if mode == Mode::Quirks {
        quirks::pin_height(&html, &mut copied);
    }
    as_root(&html, &mut copied, &background);
    let (fonts, lost) = sheets.found_fonts();
    shared.gaps.add_many("web font of an unknown file is replaced by another", lost);
    sheets.add_own(fonts + &rules, &base);
    Ok(Copy {
        html: copied,
        layers,
        sheets,
        sprites,
        background,
        rem: computed(&html, "", "font-size"),
        color_scheme: used_color_scheme(window, &html),
        frame,
        base,
    })
}

/// In the picture, `<html>` is no root: what the browser does to one must be said.
fn as_root(html: &Element, copied: &mut tree::Element, background: &Background) {
    copied.set_attribute("data-baton-root", "");
    if computed(html, "", "display") == "block" {
        copied.set("display", "flow-root");
    }
    // Overflow of the root, or else of the body, is the viewport's.
    let is_the_bodys = computed(html, "", "overflow-x") == "visible";
    copied.set("overflow", "visible");
    copied.set("background", "none");
    for child in &mut copied.children {
        match child {
            tree::Node::Element(body) if body.name == "body" => {
                if is_the_bodys {
                    body.set("overflow", "visible");
                }
                if background.is_the_bodys {
                    body.set("background", "none");
                }
            }
            _ => {}
        }
    }
}

pub struct Walk<'a, 'b> {
    pub document: &'a Document,
    pub shared: &'a mut Shared<'b>,
    pub sheets: &'a mut Sheets,
    pub notes: Notes,
    pub select: Select,
    pub frame: &'a Frame,
    layers: Vec<tree::Element>,
    pub sprites: Vec<(String, String)>,
    /// Rules of our own, for pseudo-elements.
    rules: String,
    numbered: u32,
    /// Whether the browser can begin with a scrolled box.
    pub scrolls: bool,
    /// The tree that the walk is in, and those around it from the outermost.
    pub tree: Tree,
    pub around: Vec<Tree>,
    /// Made where it is needed.
    pub looks: Option<Looks>,
    mode: Mode,
    /// The base of the document's URLs.
    pub base: String,
}

impl Walk<'_, '_> {
    /// `above` is the verdict on the parent.
    pub fn element(
        &mut self,
        original: &Element,
        around: Space,
        above: Option<Verdict>,
    ) -> Option<tree::Node> {
        let name = name(original);
        let name = name.as_str();
        if INVISIBLE.contains(&name) {
            return None;
        }
        let attributes = dom::attributes(original);
        if attributes.iter().any(|(name, _)| name == BATON_UI) {
            return None;
        }
        if let Some(filter) = &self.shared.options.filter
            && name != "html"
            && filter.call1(&JsValue::NULL, original) == Ok(JsValue::FALSE)
        {
            return None;
        }
        let space = match name {
            "svg" => Space::Svg,
            "math" => Space::MathMl,
            _ => around,
        };
        let note = self.notes.of(original).cloned();
        let mut copy =
            tree::Element { space, name: name.to_owned(), attributes, ..tree::Element::default() };
        copy.attributes.retain(|(name, _)| !name.starts_with("on"));
        if self.mode == Mode::Quirks && space == Space::Html {
            quirks::read(original, &mut copy);
            if name == "body" || note.as_ref().is_some_and(|note| note.has_part_height) {
                quirks::pin_height(original, &mut copy);
            }
        }
        if self.tree.is_blind {
            self.pin_looks(original, &mut copy);
        }
        if let Some(note) = &note {
            self.take_note(note, original, &mut copy);
        }
        if let Some(tree) = &self.tree.number {
            copy.set_attribute("data-baton-tree", tree);
        }

        let judged = note.as_ref().is_some_and(|note| note.judged) || above.is_none();
        let verdict = match above {
            Some(above) if !judged => above,
            _ => self.shared.judge.decide(original, above),
        };
        let painted_over = match verdict {
            _ if note.as_ref().is_some_and(|note| note.masked) => true,
            Verdict::Show => false,
            Verdict::Mask => !fields::is_text_field(original) && !is_opened_within(original),
            Verdict::Block => true,
        };
        if painted_over {
            self.paint_over(original, &mut copy);
            return Some(tree::Node::Element(copy));
        }
        let has_boxes = space == Space::Html && !matches!(name, "html" | "body" | "head" | "br");
        if name == "head" || (has_boxes && is_hidden(original) && !holds_definitions(original)) {
            // Its place among its siblings counts for rules; what is in it does not.
            return Some(tree::Node::Element(copy));
        }
        if note.is_some_and(|note| note.in_top_layer) {
            // What is in it may be in the top layer, too, and lies above it.
            let place = self.layers.len();
            copy.children = self.inside(original, &mut copy, name, space, verdict);
            layers::pin(original, &mut copy);
            let empty = layers::empty(&copy);
            let layer = layers::among_ancestors(original, copy, &self.notes);
            self.layers.insert(place, layer);
            if let Some(backdrop) = layers::backdrop(original, &self.sheets.backdrops) {
                self.layers.insert(place, backdrop);
            }
            return Some(tree::Node::Element(empty));
        }
        copy.children = self.inside(original, &mut copy, name, space, verdict);
        Some(tree::Node::Element(copy))
    }

    fn take_note(&mut self, note: &Note, original: &Element, copy: &mut tree::Element) {
        if !note.states.is_empty() {
            copy.set_attribute("data-baton-is", &note.states);
        }
        copy.style.push_str(&note.outcome);
        for (pseudo, declarations) in &note.outcome_of_pseudos {
            self.rule(copy, pseudo, declarations);
        }
        // No attribute says so, and the browser draws it.
        if note.states.contains("indeterminate") {
            fields::indeterminate(original, copy);
        }
    }

    fn paint_over(&self, original: &Element, copy: &mut tree::Element) {
        let [left, top, right, bottom] = rect(original);
        let is_inline = copy.space == Space::Html && computed(original, "", "display") == "inline";
        copy.paint_over(right - left, bottom - top, is_inline);
    }

    /// A rule of our own for a pseudo-element.
    pub fn rule(&mut self, copy: &mut tree::Element, pseudo: &str, declarations: &str) {
        let number = match copy.attribute("data-baton-n") {
            Some(number) => number.to_owned(),
            None => {
                self.numbered += 1;
                self.numbered.to_string()
            }
        };
        copy.set_attribute("data-baton-n", &number);
        for part in ["[data-baton-n=\"", &number, "\"]", pseudo, "{", declarations, "}\n"] {
            self.rules.push_str(part);
        }
    }

    /// What is in an element, and what it shows in place of that.
    fn inside(
        &mut self,
        original: &Element,
        copy: &mut tree::Element,
        name: &str,
        space: Space,
        verdict: Verdict,
    ) -> Vec<tree::Node> {
        match name {
            "input" if dom::text(original, "type") == "image" => {
                self.shared.texts.attributes(copy);
                media::show(self, original, copy, name, space, verdict);
                return Vec::new();
            }
            "input" | "textarea" | "select" => {
                let private = self.shared.judge.is_private_field(original);
                let masked = |text: &str| self.shared.texts.masked_or_same(text);
                if let Some(children) = fields::fill(original, copy, name, private, masked) {
                    return children;
                }
            }
            "option" | "optgroup" => {
                self.shared.texts.attributes(copy);
                if name == "option" {
                    fields::choose(original, copy);
                }
            }
            "img" | "image" | "use" | "canvas" | "video" | "iframe" | "object" | "embed"
                if media::show(self, original, copy, name, space, verdict) =>
            {
                return Vec::new();
            }
            _ => {}
        }
        let inside = if name == "foreignObject" { Space::Html } else { space };
        let mut children = Vec::new();
        match self.shadow_root(original, name) {
            None if self.is_closed(original, name) => closed_box(original, copy),
            Some(root) => match self.enter(&root) {
                Some(tree) => {
                    copy.set_attribute("data-baton-host", tree.number.as_deref().unwrap_or(""));
                    self.around.push(std::mem::replace(&mut self.tree, tree));
                    self.children(root.first_child(), inside, verdict, &mut children);
                    if let Some(around) = self.around.pop() {
                        self.tree = around;
                    }
                }
                None => self.paint_over(original, copy),
            },
            None if name == "slot" && self.tree.number.is_some() => {
                self.slot(original, inside, verdict, &mut children);
            }
            None if select::applies(self, inside) => {
                let nodes = siblings(original.first_child());
                select::children(self, original, nodes, &mut children, |walk, node, children| {
                    walk.node(node, inside, verdict, children);
                });
            }
            None => self.children(original.first_child(), inside, verdict, &mut children),
        }
        if self.mode != Mode::Standards {
            quirks::line(original, copy, &children);
        }
        if space == Space::Html {
            scroll::keep(self, original, copy, name, &mut children);
        }
        children
    }

    pub fn children(
        &mut self,
        first: Option<Node>,
        space: Space,
        verdict: Verdict,
        children: &mut Vec<tree::Node>,
    ) {
        for node in siblings(first) {
            self.node(&node, space, verdict, children);
        }
    }

    pub fn node(
        &mut self,
        node: &Node,
        space: Space,
        verdict: Verdict,
        children: &mut Vec<tree::Node>,
    ) {
        match node.node_type() {
            Node::TEXT_NODE | Node::CDATA_SECTION_NODE => {
                // A private region that is open further down shows none of its own text.
                if verdict == Verdict::Show {
                    children.push(tree::Node::Text(node.node_value().unwrap_or_default()));
                }
            }
            Node::COMMENT_NODE | Node::PROCESSING_INSTRUCTION_NODE => {}
            _ => children.extend(self.element(node.unchecked_ref(), space, Some(verdict))),
        }
    }

    /// An absolute URL, `None` for what needs no fetch.
    pub fn resolve(&self, url: &str) -> Option<String> {
        resolve(url, &self.base)
    }
}

/// Whether the host shows a part of this private region. Only then is the region
/// walked; else it is one plain box.
fn is_opened_within(region: &Element) -> bool {
    matches!(region.query_selector("[data-baton-allow]"), Ok(Some(_)))
}

/// Whether what is drawn elsewhere may be defined in it.
fn holds_definitions(element: &Element) -> bool {
    matches!(element.query_selector("svg"), Ok(Some(_)))
}
