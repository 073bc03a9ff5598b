//! Where in the page the picture is, and what its canvas looks like.

use web_sys::{Document, Element, Window};

use super::dom::{as_element, computed, rect};
use super::options::Target;
use super::quirks::Mode;
use crate::js;

/// Lengths are in CSS pixels.
pub struct Frame {
    /// The part of `layout` that is shown: left, top, width, height.
    pub shown: [f64; 4],
    /// Width and height of the box the page is laid out in: of the viewport, or of
    /// the whole page.
    pub layout: [f64; 2],
    /// What `100vw` and `100vh` are in the page.
    pub viewport: [f64; 2],
    /// How far the page is scrolled.
    pub page_scroll: [f64; 2],
    /// Whether `layout` is the whole page.
    pub is_whole: bool,
    /// Width and height of the scroll bars that are drawn: those of an embedded page.
    pub bars: [f64; 2],
}

impl Frame {
    /// `is_embedded`: the page is in another page's frame.
    ///
    /// # Errors
    /// If there is nothing to see, in words.
    pub fn of(
        window: &Window,
        document: &Document,
        target: &Target,
        is_embedded: bool,
    ) -> Result<Self, String> {
        let number = |name: &str| js::get(window, name).as_f64().unwrap_or(0.0);
        let html = document.document_element().ok_or("there is no page")?;
        let viewport = [number("innerWidth"), number("innerHeight")];
        // Without scrollbars: they are not part of the page's picture. In quirks mode,
        // it is <body> that knows.
        let body = as_element(js::get(document, "body"));
        let body = body.filter(|_| Mode::of(document) == Mode::Quirks);
        let root = body.as_ref().unwrap_or(&html);
        let width = f64::from(root.client_width()).min(viewport[0]);
        let height = f64::from(root.client_height()).min(viewport[1]);
        if width < 1.0 || height < 1.0 {
            return Err("the viewport is empty".to_owned());
        }
        let scroll = [number("scrollX"), number("scrollY")];
        let mut frame = Self {
            shown: [0.0, 0.0, width, height],
            layout: [width, height],
            viewport,
            page_scroll: scroll,
            is_whole: false,
            bars: [0.0, 0.0],
        };
        if is_embedded {
            frame.bars = [viewport[0] - width, viewport[1] - height];
            frame.shown = [0.0, 0.0, viewport[0], viewport[1]];
        }
        match target {
            Target::Viewport => {}
            Target::Page => {
                frame.widen(document, &html);
                frame.shown = [0.0, 0.0, frame.layout[0], frame.layout[1]];
            }
            Target::Region(region) => {
                let [left, top, region_width, region_height] = *region;
                let (x, y) = (left.clamp(0.0, width - 1.0), top.clamp(0.0, height - 1.0));
                let right = (left + region_width).clamp(x + 1.0, width);
                let bottom = (top + region_height).clamp(y + 1.0, height);
                frame.shown = [x, y, right - x, bottom - y];
            }
            Target::Element(element) => {
                let [left, top, right, bottom] = rect(element);
                if right - left < 1.0 || bottom - top < 1.0 {
                    return Err("the element has no size".to_owned());
                }
                frame.shown = [left, top, right - left, bottom - top];
                if left < 0.0 || top < 0.0 || right > width || bottom > height {
                    frame.widen(document, &html);
                    frame.shown[0] += scroll[0];
                    frame.shown[1] += scroll[1];
                }
            }
        }
        Ok(frame)
    }

    /// From the viewport to the whole page.
    fn widen(&mut self, document: &Document, html: &Element) {
        let page = document.scrolling_element().unwrap_or_else(|| html.clone());
        self.is_whole = true;
        self.layout = [
            self.layout[0].max(f64::from(page.scroll_width())),
            self.layout[1].max(f64::from(page.scroll_height())),
        ];
    }

    /// How far the copy is scrolled.
    pub fn scroll(&self) -> [f64; 2] {
        if self.is_whole { [0.0, 0.0] } else { self.page_scroll }
    }

    /// Whether a box of the page (left, top, right, bottom, as the viewport sees it)
    /// is in the picture.
    pub fn sees(&self, [left, top, right, bottom]: [f64; 4]) -> bool {
        let [x, y] = if self.is_whole { self.page_scroll } else { [0.0, 0.0] };
        let [shown_left, shown_top, width, height] = self.shown;
        right + x > shown_left
            && left + x < shown_left + width
            && bottom + y > shown_top
            && top + y < shown_top + height
    }
}

/// What paints the canvas: the background of `<html>`, else that of `<body>` (CSS
/// Backgrounds 3, section 2.11.2), else white; as declarations, and as a colour to
/// begin with. And whether it is the body's, which then has none of its own.
pub struct Background {
    pub declarations: String,
    pub is_the_bodys: bool,
}

impl Background {
    pub fn of(document: &Document) -> Self {
        let body = as_element(js::get(document, "body"));
        let candidates = [document.document_element(), body];
        let found = candidates.iter().enumerate().find_map(|(index, element)| {
            let element = element.as_ref()?;
            let image = computed(element, "", "background-image");
            let color = computed(element, "", "background-color");
            let has_color = !matches!(color.as_str(), "" | "transparent" | "rgba(0, 0, 0, 0)");
            let has_image = !matches!(image.as_str(), "" | "none");
            (has_color || has_image).then_some((index, element, image, color, has_image))
        });
        let mut style = baton_picture::tree::Element::default();
        let Some((index, element, image, color, has_image)) = found else {
            // A page in a frame lets what is behind it through.
            return Self { declarations: String::new(), is_the_bodys: false };
        };
        style.set("background-color", &color);
        if has_image {
            style.set("background-image", &image);
            for property in ["background-repeat", "background-position", "background-blend-mode"] {
                style.set(property, &computed(element, "", property));
            }
            // It is placed and sized as the root element's, however small that is.
            let [left, top, right, bottom] =
                document.document_element().as_ref().map_or([0.0; 4], rect);
            let size = computed(element, "", "background-size");
            let attachment = computed(element, "", "background-attachment");
            if attachment == "fixed" {
                style.set("background-attachment", "scroll");
                style.set("background-size", &size);
            } else {
                style.set("background-attachment", "local");
                let whole =
                    [baton_picture::tree::px(right - left), baton_picture::tree::px(bottom - top)];
                let is_gradient = image.contains("gradient(");
                style.set(
                    "background-size",
                    &if size == "auto" && is_gradient { whole.join(" ") } else { size },
                );
            }
        }
        Self { declarations: style.style, is_the_bodys: index == 1 }
    }
}
