//! A copy of the document in an inert document of its own, where nothing runs,
//! loads or upgrades, with the state of the original put into it.

use baton_evidence::redact::{Redactor, Scope};
use baton_packet::Gap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlImageElement, Node};

use super::{STAGE, resources::Resources, state};
use crate::extras::page::{self, BATON_UI, privacy};
use crate::js;

/// What never belongs into a picture.
const INVISIBLE: &str = "script,noscript,template,link,meta,style,title,base,iframe[hidden]";
/// Larger pages are drawn in part: reading them would block the page.
const MOST_NODES: u32 = 50_000;
const SECTION: &str = "evidence.screenshots";

/// The copy and what remains to be done with it.
pub struct Copy {
    /// The copied `<html>` element.
    pub root: Element,
    /// Images whose bytes must come along: the element and its URL.
    images: Vec<(Element, String)>,
}

/// Copies the document and its state.
pub fn of(
    document: &Document,
    redactor: &mut Redactor,
    gaps: &mut Vec<Gap>,
) -> Result<Copy, JsValue> {
    let html = document.document_element().ok_or_else(|| js::error("no document"))?;
    let inert = document.implementation()?.create_html_document()?;
    let root: Element = inert.import_node_with_deep(&html, true)?.dyn_into()?;
    let offset = |name| js::get(&js_sys::global(), name).as_f64().unwrap_or(0.0);
    let page_is_scrolled = offset("scrollX") != 0.0 || offset("scrollY") != 0.0;
    let mut walk = Walk {
        document,
        inert,
        redactor,
        images: Vec::new(),
        counts: Counts::default(),
        page_is_scrolled,
        scrolled_boxes: 0,
    };
    walk.element(&html, &root);
    let Walk { images, counts, .. } = walk;
    counts.tell(gaps);
    Ok(Copy { root, images })
}

#[derive(Default)]
struct Counts {
    nodes: u32,
    unreadable_canvases: u32,
    frames: u32,
    shadow_roots: u32,
    cut: bool,
}

impl Counts {
    fn tell(&self, gaps: &mut Vec<Gap>) {
        let mut tell = |count: u32, what: &str| {
            if count > 0 {
                gaps.push(Gap::new(STAGE, format!("{count} {what}")));
            }
        };
        tell(self.unreadable_canvases, "canvas or video could not be read");
        tell(self.frames, "embedded frame is not shown");
        tell(self.shadow_roots, "web component is shown without its inner content");
        tell(u32::from(self.cut), "page was too large and is shown in part");
    }
}

struct Walk<'a> {
    document: &'a Document,
    inert: Document,
    redactor: &'a mut Redactor,
    images: Vec<(Element, String)>,
    counts: Counts,
    page_is_scrolled: bool,
    /// How many scrolled boxes the walk is in.
    scrolled_boxes: u32,
}

impl Walk<'_> {
    /// Original and copy have the same shape until this has visited them.
    fn element(&mut self, original: &Element, copy: &Element) {
        self.counts.nodes += 1;
        if self.counts.nodes > MOST_NODES {
            self.counts.cut = true;
            copy.remove();
            return;
        }
        if copy.matches(INVISIBLE).unwrap_or(false) || original.has_attribute(BATON_UI) {
            copy.remove();
            return;
        }
        if is_input(original) {
            let redactor = &mut *self.redactor;
            state::fields(original, copy, &mut |text| redactor.text(SECTION, text, Scope::Secrets));
            return;
        }
        if privacy::decide(original) == privacy::Privacy::Mask {
            state::paint_over(original, copy);
            return;
        }
        if self.replaced(original, copy) {
            return;
        }
        if original.shadow_root().is_some() {
            self.counts.shadow_roots += 1;
        }
        // The page's own scrolling is the frame's: it shifts the copy as a whole.
        let is_root = original.matches(":root,body").unwrap_or(false);
        let scrolled = !is_root && state::is_scrolled(original);
        self.scrolled_boxes += u32::from(scrolled);
        self.children(original, copy);
        self.scrolled_boxes -= u32::from(scrolled);
        if scrolled {
            state::scroll(original, copy);
        }
        state::top_layer(original, copy, &self.inert);
        // In a scrolled box, the shift of its content would move what is pinned.
        if self.page_is_scrolled && self.scrolled_boxes == 0 {
            state::pin_sticky(original, copy);
        }
    }

    fn children(&mut self, original: &Node, copy: &Node) {
        // Both lists are taken before the first change, so that they stay in step.
        let pairs: Vec<(Node, Node)> = siblings(original).zip(siblings(copy)).collect();
        for (original, copy) in pairs {
            match (original.dyn_ref::<Element>(), copy.dyn_ref::<Element>()) {
                (Some(original), Some(copy)) => self.element(original, copy),
                _ => self.text(&copy),
            }
        }
    }

    fn text(&mut self, copy: &Node) {
        if copy.node_type() != Node::TEXT_NODE {
            return;
        }
        let Some(text) = copy.node_value() else { return };
        // Most text nodes are indentation.
        if text.trim().len() < 4 {
            return;
        }
        let masked = self.redactor.text(SECTION, &text, Scope::Secrets);
        if masked != text {
            copy.set_node_value(Some(&masked));
        }
    }

    /// Elements that show something other than their children.
    fn replaced(&mut self, original: &Element, copy: &Element) -> bool {
        match original.local_name().as_str() {
            "img" => {
                if let Some(image) = original.dyn_ref::<HtmlImageElement>() {
                    for attribute in ["srcset", "sizes", "loading"] {
                        let _ = copy.remove_attribute(attribute);
                    }
                    let url = image.current_src();
                    if !url.is_empty() && !url.starts_with("data:") {
                        self.images.push((copy.clone(), url));
                    }
                }
                true
            }
            "canvas" | "video" => {
                match state::pixels(original, self.document) {
                    Some(url) => self.replace_by_image(original, copy, &url),
                    None => {
                        self.counts.unreadable_canvases += 1;
                        state::paint_over(original, copy);
                    }
                }
                true
            }
            "iframe" | "object" | "embed" => {
                self.counts.frames += 1;
                state::paint_over(original, copy);
                true
            }
            _ => false,
        }
    }

    fn replace_by_image(&self, original: &Element, copy: &Element, url: &str) {
        let Ok(image) = self.inert.create_element("img") else { return };
        for attribute in ["class", "id", "style"] {
            if let Some(value) = original.get_attribute(attribute) {
                let _ = image.set_attribute(attribute, &value);
            }
        }
        let _ = image.set_attribute("src", url);
        let rect = original.get_bounding_client_rect();
        page::set_style(&image, "width", &page::px(rect.width()));
        page::set_style(&image, "height", &page::px(rect.height()));
        let _ = copy.replace_with_with_node_1(&image);
    }
}

fn is_input(element: &Element) -> bool {
    matches!(element.local_name().as_str(), "input" | "textarea" | "select")
}

fn siblings(parent: &Node) -> impl Iterator<Item = Node> + use<> {
    std::iter::successors(parent.first_child(), Node::next_sibling)
}

impl Copy {
    /// Puts the bytes of images into the copy, all at once.
    pub async fn inline_images(&self, resources: &mut Resources<'_>) {
        let urls: Vec<&str> = self.images.iter().map(|(_, url)| url.as_str()).collect();
        resources.fetch_all(&urls).await;
        for (element, url) in &self.images {
            match resources.data_url(url) {
                Some(data_url) => {
                    let _ = element.set_attribute("src", data_url);
                }
                None => {
                    let _ = element.remove_attribute("src");
                }
            }
        }
    }
}
