//! A copy of the document in an inert document of its own, where nothing runs,
//! loads or upgrades, with the state of the original put into it.

use baton_evidence::redact::{Redactor, Scope};
use baton_packet::Gap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlImageElement, Node};

use super::{SECTION, STAGE, resources::Resources, state, style};
use crate::BATON_UI;
use crate::js;
use crate::privacy::{Judge, Verdict};

/// What never belongs into a picture.
const INVISIBLE: &str = "script,noscript,template,link,meta,style,title,base,source,iframe[hidden]";
/// Larger pages are drawn in part: reading them would block the page.
const MOST_NODES: u32 = 50_000;
/// Elements that do not part the text they stand in: none but these may be in a
/// text that is read as a whole, up to a length.
const NOT_INLINE: &str =
    ":not(a,b,code,em,font,i,ins,kbd,mark,s,samp,small,span,strong,sub,sup,tspan,u,wbr)";
const LONGEST_WHOLE: usize = 2000;
/// Attributes that are drawn as text.
const DRAWN: [&str; 4] = ["value", "placeholder", "label", "alt"];

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
    judge: &Judge,
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
        judge,
        inert,
        redactor,
        images: Vec::new(),
        counts: Counts::default(),
        page_is_scrolled,
        scrolled_boxes: 0,
    };
    walk.element(&html, &root, None);
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
    judge: &'a Judge,
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
    /// `above` is the verdict on the parent.
    fn element(&mut self, original: &Element, copy: &Element, above: Option<Verdict>) {
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
        let verdict = self.judge.decide(original, above);
        let painted_over = match verdict {
            Verdict::Show => false,
            Verdict::Mask => !state::is_text_field(original) && !is_opened_within(original),
            Verdict::Block => true,
        };
        if painted_over {
            state::paint_over(original, copy);
            return;
        }
        let name = original.local_name();
        let name = name.as_str();
        if matches!(name, "input" | "textarea" | "select") {
            let private = self.judge.is_private_field(original);
            state::fields(original, copy, private, &mut |text| {
                self.masked(text).unwrap_or_else(|| text.to_owned())
            });
        }
        if matches!(name, "input" | "textarea" | "select" | "option" | "optgroup" | "img") {
            self.attributes(copy);
        }
        if matches!(name, "input" | "textarea") {
            return;
        }
        if self.replaced(name, original, copy) {
            return;
        }
        if original.shadow_root().is_some() {
            self.counts.shadow_roots += 1;
        }
        // The page's own scrolling is the frame's: it shifts the copy as a whole.
        let is_root = original.matches(":root,body").unwrap_or(false);
        let scrolled = !is_root && state::is_scrolled(original);
        self.scrolled_boxes += u32::from(scrolled);
        self.children(original, copy, verdict);
        self.whole(copy);
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

    fn children(&mut self, original: &Node, copy: &Node, verdict: Verdict) {
        // Both lists are taken before the first change, so that they stay in step.
        let pairs: Vec<(Node, Node)> = siblings(original).zip(siblings(copy)).collect();
        for (original, copy) in pairs {
            match (original.dyn_ref::<Element>(), copy.dyn_ref::<Element>()) {
                (Some(original), Some(copy)) => self.element(original, copy, Some(verdict)),
                _ if verdict == Verdict::Show => self.text(&copy),
                // In a private region that is open further down.
                _ => copy.set_node_value(None),
            }
        }
    }

    fn text(&mut self, copy: &Node) {
        if copy.node_type() != Node::TEXT_NODE {
            return;
        }
        let text = copy.node_value().unwrap_or_default();
        if let Some(masked) = self.masked(&text) {
            copy.set_node_value(Some(&masked));
        }
    }

    fn attributes(&mut self, copy: &Element) {
        for name in DRAWN {
            let text = copy.get_attribute(name).unwrap_or_default();
            if let Some(masked) = self.masked(&text) {
                let _ = copy.set_attribute(name, &masked);
            }
        }
    }

    /// A secret may be spread over several texts, `<b>4242 4242</b> <b>4242…</b>`,
    /// none of which tells. Such a block loses its inner elements.
    fn whole(&mut self, copy: &Element) {
        let several = copy.first_child().is_some_and(|first| first.next_sibling().is_some());
        if !several || !matches!(copy.query_selector(NOT_INLINE), Ok(None)) {
            return;
        }
        let text = copy.text_content().filter(|text| text.len() <= LONGEST_WHOLE);
        if let Some(masked) = self.masked(&text.unwrap_or_default()) {
            copy.set_text_content(Some(&masked));
        }
    }

    /// The text without its secrets, `None` if there are none.
    fn masked(&mut self, text: &str) -> Option<String> {
        // Most text nodes are indentation.
        if text.trim().len() < 4 {
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

    /// Elements that show something other than their children.
    fn replaced(&mut self, name: &str, original: &Element, copy: &Element) -> bool {
        match name {
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
        style::set(&image, "width", &style::px(rect.width()));
        style::set(&image, "height", &style::px(rect.height()));
        let _ = copy.replace_with_with_node_1(&image);
    }
}

/// Whether the host shows a part of this private region. Only then is the region
/// walked; else it is one plain box.
fn is_opened_within(region: &Element) -> bool {
    matches!(region.query_selector("[data-baton-allow]"), Ok(Some(_)))
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
