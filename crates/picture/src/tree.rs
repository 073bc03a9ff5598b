//! The copy of a page as plain data, and its XML.

use std::borrow::Cow;

use crate::{data_url, names};

/// A part of the copy.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, unescaped.
    Text(String),
}

/// The namespace of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Space {
    /// `http://www.w3.org/1999/xhtml`
    #[default]
    Html,
    /// `http://www.w3.org/2000/svg`
    Svg,
    /// `http://www.w3.org/1998/Math/MathML`
    MathMl,
}

impl Space {
    fn url(self) -> &'static str {
        match self {
            Self::Html => "http://www.w3.org/1999/xhtml",
            Self::Svg => "http://www.w3.org/2000/svg",
            Self::MathMl => "http://www.w3.org/1998/Math/MathML",
        }
    }
}

/// An element of the copy.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Element {
    /// Its namespace.
    pub space: Space,
    /// Its local name.
    pub name: String,
    /// Attributes as the page has them, without those that are drawn from other data.
    pub attributes: Vec<(String, String)>,
    /// Declarations over any rule of the page; see [`Element::set`].
    pub style: String,
    /// The picture it shows.
    pub image: Option<Image>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// A picture that an element shows, its bytes still to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// Where the bytes come from.
    pub source: Source,
    /// The attribute that shows it.
    pub attribute: &'static str,
    /// Size in CSS pixels of the box that stands in for a picture that is missing.
    pub width: f64,
    /// See `width`.
    pub height: f64,
    /// What the box then says.
    pub label: &'static str,
}

/// Where the bytes of a picture come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A URL to be fetched.
    Url(String),
    /// One that was made here, by its number.
    Made(usize),
    /// There is none: the box stands in for it.
    Missing,
}

/// The attribute of what is painted over: it has no pseudo-elements, see
/// [`OVER`](crate::svg::OVER).
pub const PAINTED_OVER: &str = "data-baton-over";

/// What turns references into bytes while the copy is written.
pub trait Bytes {
    /// The data URL of a picture, `None` if it could not be had.
    fn data_url<'a>(&'a self, source: &'a Source) -> Option<&'a str>;
    /// Declarations of a `style` attribute, ready for the picture.
    fn css<'a>(&self, declarations: &'a str) -> Cow<'a, str>;
}

impl Element {
    /// An element of HTML with nothing in it.
    pub fn html(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Sets a declaration over any rule of the page.
    pub fn set(&mut self, property: &str, value: &str) {
        for part in [property, ":", value, "!important;"] {
            self.style.push_str(part);
        }
    }

    /// Sets a length in CSS pixels.
    pub fn set_px(&mut self, property: &str, value: f64) {
        self.set(property, &px(value));
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Sets an attribute, in the place of one of the same name.
    pub fn set_attribute(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Takes an attribute away.
    pub fn remove_attribute(&mut self, name: &str) {
        self.attributes.retain(|(known, _)| known != name);
    }

    /// Makes it a plain box with nothing in it, of this size in CSS pixels.
    pub fn paint_over(&mut self, width: f64, height: f64, is_inline: bool) {
        self.children.clear();
        self.image = None;
        // What is drawn though it is no content. A page may style its text so that no
        // colour hides it.
        self.attributes.retain(|(name, _)| {
            !matches!(
                name.as_str(),
                "src" | "srcset" | "href" | "value" | "placeholder" | "label" | "alt" | "poster"
            )
        });
        self.set_attribute(PAINTED_OVER, "");
        if is_inline {
            self.set("display", "inline-block");
        }
        self.set_px("width", width);
        self.set_px("height", height);
        for (property, value) in [
            ("box-sizing", "border-box"),
            ("appearance", "none"),
            ("background", "#8a8f98"),
            ("color", "transparent"),
            ("vertical-align", "top"),
            ("list-style", "none"),
        ] {
            self.set(property, value);
        }
    }

    /// All text in it, in order.
    pub fn text(&self) -> String {
        let mut all = String::new();
        self.add_text(&mut all);
        all
    }

    fn add_text(&self, all: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => all.push_str(text),
                Node::Element(element) => element.add_text(all),
            }
        }
    }

    /// Writes its XML. `around` is the namespace it is written into.
    pub fn write(&self, around: Option<Space>, bytes: &dyn Bytes, xml: &mut String) {
        let name = names::of_element(&self.name);
        let name = &*name;
        xml.push('<');
        xml.push_str(name);
        if around != Some(self.space) {
            attribute(xml, "xmlns", self.space.url());
        }
        if self.space == Space::Svg && around != Some(Space::Svg) {
            attribute(xml, "xmlns:xlink", "http://www.w3.org/1999/xlink");
        }
        let mut style = Cow::Borrowed("");
        for (name, value) in &self.attributes {
            if name == "style" {
                style = bytes.css(value);
            } else if let Some(name) = names::of_attribute(name) {
                attribute(xml, &name, value);
            }
        }
        let shown = self.image.as_ref().map(|image| self.show(image, bytes, xml));
        let more = [self.style.as_str(), shown.as_deref().unwrap_or_default()];
        if !style.is_empty() || more.iter().any(|more| !more.is_empty()) {
            xml.push_str(" style=\"");
            escape(xml, &style);
            for more in more.iter().filter(|more| !more.is_empty()) {
                xml.push(';');
                escape(xml, more);
            }
            xml.push('"');
        }
        if self.children.is_empty() {
            xml.push_str("/>");
            return;
        }
        xml.push('>');
        let inside = match name {
            "foreignObject" => Space::Html,
            _ => self.space,
        };
        for child in &self.children {
            match child {
                Node::Text(text) => escape(xml, &visible(text)),
                Node::Element(element) => element.write(
                    // Each element of another namespace says so itself.
                    if inside == self.space { Some(inside) } else { None },
                    bytes,
                    xml,
                ),
            }
        }
        xml.push_str("</");
        xml.push_str(name);
        xml.push('>');
    }

    /// Writes the attribute that shows the picture; returns what it needs as style.
    fn show(&self, image: &Image, bytes: &dyn Bytes, xml: &mut String) -> String {
        if let Some(url) = bytes.data_url(&image.source) {
            attribute(xml, image.attribute, url);
            return String::new();
        }
        attribute(xml, image.attribute, &placeholder(image.width, image.height, image.label));
        let mut stand_in = Self::default();
        if self.space == Space::Html {
            stand_in.set_px("width", image.width);
            stand_in.set_px("height", image.height);
            stand_in.set("box-sizing", "border-box");
            stand_in.set("padding", "0");
        }
        stand_in.style
    }
}

/// A grey box that says what is missing, as a data URL; sizes in CSS pixels.
pub fn placeholder(width: f64, height: f64, label: &str) -> String {
    let (width, height) = (number(width), number(height));
    let svg = [
        "<svg xmlns='http://www.w3.org/2000/svg' width='",
        &width,
        "' height='",
        &height,
        "'><rect width='100%' height='100%' fill='#e6e8ec'/><rect x='.5' y='.5' width='100%' \
         height='100%' fill='none' stroke='#b4b9c2' stroke-dasharray='4'/><text x='50%' y='50%' \
         fill='#4b515c' font-family='sans-serif' font-size='12' text-anchor='middle' \
         dominant-baseline='middle'>",
        label,
        "</text></svg>",
    ];
    data_url::of_svg(&svg.concat())
}

/// A number of CSS, to a thousandth. Rust's own formatting of floats is ten
/// kilobytes of code.
pub fn number(value: f64) -> String {
    let thousandths = (value * 1000.0).round() as i64;
    let whole = (thousandths / 1000).unsigned_abs();
    let rest = (thousandths % 1000).unsigned_abs();
    let mut text = String::new();
    if thousandths < 0 {
        text.push('-');
    }
    text.push_str(&whole.to_string());
    if rest > 0 {
        let digits = (rest + 1000).to_string();
        text.push('.');
        text.push_str(digits[1..].trim_end_matches('0'));
    }
    text
}

/// A length of CSS.
pub fn px(value: f64) -> String {
    number(value) + "px"
}

/// Writes ` name="value"`.
pub(crate) fn attribute(xml: &mut String, name: &str, value: &str) {
    xml.push(' ');
    xml.push_str(name);
    xml.push_str("=\"");
    escape(xml, value);
    xml.push('"');
}

/// Text as it may stand in XML, in an attribute too.
pub(crate) fn escape(xml: &mut String, text: &str) {
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        let replaced = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            // In an attribute, these would become spaces.
            '\t' => "&#9;",
            '\n' => "&#10;",
            '\r' => "&#13;",
            _ if is_char(c) => continue,
            _ => "",
        };
        xml.push_str(&text[copied..at]);
        xml.push_str(replaced);
        copied = at + c.len_utf8();
    }
    xml.push_str(&text[copied..]);
}

/// Text whose characters that XML cannot hold are others, which no font has either: so
/// that the same box stands in for them.
fn visible(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| !is_char(c) && !matches!(c, '\t' | '\n' | '\r');
    match text.contains(is_odd) {
        true => text.replace(is_odd, "\u{10fffd}").into(),
        false => text.into(),
    }
}

/// XML 1.0, production 2: anything else makes the whole picture unreadable.
fn is_char(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Known;

    impl Bytes for Known {
        fn data_url<'a>(&'a self, source: &'a Source) -> Option<&'a str> {
            (*source == Source::Url("known".to_owned())).then_some("data:,x")
        }

        fn css<'a>(&self, declarations: &'a str) -> Cow<'a, str> {
            declarations.into()
        }
    }

    fn xml(element: &Element) -> String {
        let mut xml = String::new();
        element.write(Some(Space::Html), &Known, &mut xml);
        xml
    }

    fn text(text: &str) -> Node {
        Node::Text(text.to_owned())
    }

    #[test]
    fn text_and_attributes_are_escaped_and_lose_what_xml_cannot_hold() {
        let mut element = Element::html("p");
        element.set_attribute("title", "a \"b\" & <c>\n\u{b}d");
        element.children = vec![text("1 < 2 && \u{0}\u{ffff}\u{1f600}\n")];
        let shown = "<p title=\"a &quot;b&quot; &amp; &lt;c&gt;&#10;d\">1 &lt; 2 &amp;&amp; \
            \u{10fffd}\u{10fffd}\u{1f600}&#10;</p>";
        assert_eq!(xml(&element), shown);
    }

    #[test]
    fn names_that_are_none_in_xml_are_spelled_in_another_way() {
        let mut element = Element::html("x\"y");
        for name in ["@click", "x-on:a.b", "xmlns", "ok-1"] {
            element.set_attribute(name, "v");
        }
        assert_eq!(xml(&element), "<x_22_y _40_click=\"v\" x-on_3a_a.b=\"v\" ok-1=\"v\"/>");
    }

    #[test]
    fn each_namespace_is_declared_where_it_begins() {
        let svg =
            |name: &str| Element { space: Space::Svg, name: name.to_owned(), ..Element::default() };
        let mut foreign = svg("foreignObject");
        foreign.children = vec![Node::Element(Element::html("b"))];
        let mut root = svg("svg");
        root.set_attribute("xlink:href", "#a");
        root.children = vec![Node::Element(svg("g")), Node::Element(foreign)];
        assert_eq!(
            xml(&root),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             xlink:href=\"#a\"><g/><foreignObject><b xmlns=\"http://www.w3.org/1999/xhtml\"/>\
             </foreignObject></svg>"
        );
    }

    #[test]
    fn what_is_set_stands_behind_the_pages_own_style() {
        let mut element = Element::html("p");
        element.set_attribute("style", "color: red");
        element.set_px("left", -0.5);
        assert_eq!(xml(&element), "<p style=\"color: red;left:-0.5px!important;\"/>");
    }

    fn image(source: Source) -> Element {
        let image =
            Image { source, attribute: "src", width: 40.0, height: 20.0, label: "no picture" };
        Element { image: Some(image), ..Element::html("img") }
    }

    #[test]
    fn a_picture_that_is_missing_is_a_labelled_box_of_its_size() {
        let known = Source::Url("known".to_owned());
        assert_eq!(xml(&image(known)), "<img src=\"data:,x\"/>");
        let missing = xml(&image(Source::Missing));
        assert!(missing.starts_with("<img src=\"data:image/svg+xml"), "{missing}");
        assert!(missing.contains("no picture"), "{missing}");
        assert!(missing.contains("width:40px!important;height:20px!important;"), "{missing}");
    }

    #[test]
    fn a_box_painted_over_keeps_nothing() {
        let mut element = Element::html("img");
        element.set_attribute("alt", "secret");
        element.set_attribute("class", "c");
        element.children = vec![text("secret")];
        element.paint_over(10.0, 20.0, true);
        let xml = xml(&element);
        assert!(!xml.contains("secret") && xml.contains("class=\"c\""), "{xml}");
        assert!(xml.contains("display:inline-block!important;width:10px!important;"), "{xml}");
    }

    #[test]
    fn numbers_have_three_decimals_at_most() {
        let cases =
            [(0.0, "0"), (12.0, "12"), (-1.25, "-1.25"), (0.0004, "0"), (1.0 / 3.0, "0.333")];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }
}
