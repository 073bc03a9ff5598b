//! The copy of a page as one SVG picture.

use crate::tree::{Bytes, Element, Node, Space, attribute, escape, number, px};

/// What a picture is drawn from. Lengths are in CSS pixels.
pub struct Scene<'a> {
    /// The part of the layout that is shown: left, top, width, height.
    pub shown: [f64; 4],
    /// The box the page is laid out in: width and height.
    pub layout: [f64; 2],
    /// Width and height of the scroll bars beside the layout; 0 for none.
    pub bars: [f64; 2],
    /// How far the page is scrolled: left and top.
    pub scroll: [f64; 2],
    /// Whether the browser can begin with a scrolled box (CSS Scroll Snap 2,
    /// `scroll-initial-target`). If not, the page is shifted.
    pub scrolls: bool,
    /// Style sheets, ready for the picture.
    pub css: &'a str,
    /// Font size of the root element, which is the base of `rem`.
    pub rem: &'a str,
    /// The colour scheme that form controls are drawn in.
    pub color_scheme: &'a str,
    /// Declarations that paint the canvas of the page (CSS Backgrounds 3, section 2.11.2).
    pub background: &'a str,
    /// The copied `<html>`.
    pub html: Element,
    /// The top layer, from the bottom up.
    pub layers: &'a [Element],
    /// Symbols that the page uses from other files.
    pub sprites: &'a [Element],
}

/// What a sheet puts before and behind what is painted over is as private. The first
/// layer wins with what is important, whatever the page says.
pub const OVER: &str = "@layer baton-over{[data-baton-over]::before,[data-baton-over]::after\
    {content:none!important;display:none!important}}\n";

/// Takes a box of ours out of the page's rules.
const PLAIN: &str = "all:initial!important;";

impl Scene<'_> {
    /// The picture as SVG text. Fixed elements land right, because the
    /// `foreignObject` is the viewport and the page is scrolled in it.
    pub fn write(mut self, bytes: &dyn Bytes) -> String {
        let [left, top, width, height] = self.shown;
        let mut svg = String::with_capacity(self.css.len() * 2);
        svg.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        attribute(&mut svg, "width", &number(width));
        attribute(&mut svg, "height", &number(height));
        let root = [
            PLAIN,
            "font-size:",
            self.rem,
            "!important;overflow:hidden!important;width:",
            &px(width),
            "!important;height:",
            &px(height),
            "!important;",
        ];
        attribute(&mut svg, "style", &root.concat());
        svg.push_str("><style>");
        escape(&mut svg, OVER);
        escape(&mut svg, self.css);
        svg.push_str("</style>");
        for sprite in self.sprites {
            sprite.write(Some(Space::Svg), bytes, &mut svg);
        }
        svg.push_str("<foreignObject");
        // As style: these attributes are presentation, which a reset takes away.
        let mut style = Element { style: PLAIN.to_owned(), ..Element::default() };
        style.set("overflow", "visible");
        for (name, value) in
            [("x", -left), ("y", -top), ("width", self.layout[0]), ("height", self.layout[1])]
        {
            style.set_px(name, value);
        }
        attribute(&mut svg, "style", &style.style);
        svg.push('>');
        // WebKit needs a box that what is fixed is placed in.
        if !self.scrolls {
            svg.push_str("<baton-window xmlns=\"http://www.w3.org/1999/xhtml\"");
            attribute(&mut svg, "style", &self.window());
            svg.push('>');
        }
        self.page().write(None, bytes, &mut svg);
        for layer in self.layers {
            layer.write(None, bytes, &mut svg);
        }
        if !self.scrolls {
            svg.push_str("</baton-window>");
        }
        svg.push_str("</foreignObject></svg>");
        svg
    }

    fn window(&self) -> String {
        let mut window = Element { style: PLAIN.to_owned(), ..Element::default() };
        for (property, value) in
            [("display", "block"), ("position", "relative"), ("contain", "layout")]
        {
            window.set(property, value);
        }
        window.set_px("width", self.layout[0]);
        window.set_px("height", self.layout[1]);
        window.style
    }

    /// A box for the viewport with the page in it.
    fn page(&mut self) -> Element {
        let mut viewport = Element::html("baton-viewport");
        viewport.style.push_str(PLAIN);
        for (property, value) in
            [("display", "block"), ("position", "relative"), ("overflow", "hidden")]
        {
            viewport.set(property, value);
        }
        let bars = if self.scrolls { self.bars } else { [0.0, 0.0] };
        viewport.set_px("width", self.layout[0] + bars[0]);
        viewport.set_px("height", self.layout[1] + bars[1]);
        for (bar, property) in bars.iter().zip(["overflow-y", "overflow-x"]) {
            if *bar > 0.0 {
                viewport.set(property, "scroll");
            }
        }
        viewport.set("color-scheme", self.color_scheme);
        viewport.style.push_str(self.background);
        let mut html = std::mem::take(&mut self.html);
        if self.scroll != [0.0, 0.0] {
            let [left, top] = self.scroll;
            if self.scrolls {
                viewport.children.push(Node::Element(scroll_target(left, top)));
            } else {
                // No transform, in which nothing would be fixed or stick.
                html.set("position", "relative");
                html.set_px("left", -left);
                html.set_px("top", -top);
            }
        }
        viewport.children.push(Node::Element(html));
        viewport
    }
}

/// A point that a scrolled box begins with.
fn scroll_target(left: f64, top: f64) -> Element {
    let mut target = Element::html("baton-scroll");
    target.style.push_str(PLAIN);
    target.style.push_str(&scroll_target_style(left, top));
    target
}

/// Declarations of a point that a scrolled box begins with, at these offsets.
pub fn scroll_target_style(left: f64, top: f64) -> String {
    let mut point = Element::default();
    for (property, value) in [
        ("display", "block"),
        ("position", "absolute"),
        ("width", "1px"),
        ("height", "1px"),
        ("scroll-margin", "0"),
        ("scroll-initial-target", "nearest"),
    ] {
        point.set(property, value);
    }
    // From right to left, a box begins at its right edge.
    if left < 0.0 {
        point.set_px("right", -left);
    } else {
        point.set_px("left", left);
    }
    point.set_px("top", top);
    point.style
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::tree::Source;

    struct Nothing;

    impl Bytes for Nothing {
        fn data_url<'a>(&'a self, _: &'a Source) -> Option<&'a str> {
            None
        }

        fn css<'a>(&self, declarations: &'a str) -> Cow<'a, str> {
            declarations.into()
        }
    }

    fn written(scrolls: bool) -> String {
        let scene = Scene {
            shown: [10.0, 20.0, 300.0, 200.0],
            layout: [585.0, 400.0],
            bars: [15.0, 0.0],
            scroll: [0.0, 120.0],
            scrolls,
            css: "a > b { content: \"&\" }",
            rem: "16px",
            color_scheme: "dark",
            background: "background-color:red",
            html: Element::html("html"),
            layers: &[Element::html("dialog")],
            sprites: &[],
        };
        scene.write(&Nothing)
    }

    #[test]
    fn the_part_that_is_shown_is_cut_out_of_the_layout() {
        let svg = written(true);
        assert!(
            svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\""),
            "{svg}"
        );
        assert!(svg.contains("x:-10px!important;y:-20px!important;"), "{svg}");
        assert!(svg.contains("a &gt; b { content: &quot;&amp;&quot; }"), "{svg}");
        assert!(
            svg.ends_with("<dialog xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject></svg>")
        );
    }

    #[test]
    fn a_browser_that_can_begins_scrolled_and_has_room_for_the_bars() {
        let svg = written(true);
        assert!(svg.contains("<baton-scroll") && svg.contains("top:120px!important;"), "{svg}");
        assert!(
            svg.contains("width:600px!important;height:400px!important;overflow-y:scroll"),
            "{svg}"
        );
        assert!(!svg.contains("baton-window"), "{svg}");
    }

    #[test]
    fn elsewhere_the_page_is_shifted_without_a_transform() {
        let svg = written(false);
        assert!(svg.contains("position:relative!important;left:0px!important;top:-120px"), "{svg}");
        assert!(
            svg.contains("<baton-window xmlns=\"http://www.w3.org/1999/xhtml\" style="),
            "{svg}"
        );
        assert!(!svg.contains("translate") && !svg.contains("overflow-y:scroll"), "{svg}");
    }
}
