//! From the copy to SVG text: what it refers to is fetched and put into it.

use std::borrow::Cow;

use baton_picture::css::{Names, Rewrite, Viewport, urls};
use baton_picture::data_url;
use baton_picture::svg::Scene;
use baton_picture::tree::{Bytes, Element, Node, Source};
use web_sys::Document;

use super::copy::Copy;
use super::held::Drawing;
use super::made::Made;
use super::pace::Pace;
use super::quirks::Mode;
use super::resources::Resources;
use super::scroll::can_begin_scrolled;
use super::sheets::Css;
use super::sprites;
use super::text::Texts;
use crate::bridge::Bridge;

/// A document with its references found.
struct Ready {
    copy: Copy,
    css: Vec<Css>,
    /// How `style` attributes are rewritten.
    inline: Rewrite,
    sprites: Vec<Element>,
}

/// Who works on all documents of a picture.
pub struct Hands<'a> {
    pub texts: Texts<'a>,
    pub pace: &'a mut Pace,
}

/// The picture as SVG text. What it refers to is fetched until `ends`, in
/// milliseconds of the epoch.
pub async fn svg(
    bridge: &Bridge,
    document: &Document,
    copy: Copy,
    mut made: Made,
    ends: f64,
    gaps: &mut Vec<String>,
    mut hands: Hands<'_>,
) -> Drawing {
    let mut resources = Resources::new(bridge, ends);
    let mut missing = Missing::default();
    missing.canvases += made.read_next_frame(document).await;
    missing.canvases += made.encode().await;

    let mut documents = Vec::new();
    for (number, copy) in made.take_frames() {
        documents.push((Some(number), ready(copy, &resources, &mut missing, &mut hands).await));
    }
    documents.push((None, ready(copy, &resources, &mut missing, &mut hands).await));
    let mut urls = Vec::new();
    for (_, document) in &documents {
        document.urls(&mut urls);
    }
    resources.fetch(urls.iter().map(String::as_str)).await;

    // The innermost first, as the others show it.
    let mut svg = String::new();
    for (number, document) in documents {
        svg = document.write(&resources, &made, hands.pace).await;
        if let Some(number) = number {
            made.set(number, data_url::of_svg(&svg));
        }
    }
    missing.resources += resources.missing();
    missing.tell(gaps);
    let held = resources.held().chain(made.held()).cloned().collect();
    resources.keep();
    Drawing { svg, held }
}

#[derive(Default)]
struct Missing {
    canvases: u32,
    lost: u32,
    symbols: u32,
    resources: u32,
}

impl Missing {
    fn tell(&self, gaps: &mut Vec<String>) {
        for (count, what) in [
            (self.canvases, "canvas or video was empty or could not be read"),
            (self.lost, "style sheet does not tell all that its author wrote"),
            (self.symbols, "symbol of another file could not be read"),
            (self.resources, "image or font could not be read"),
        ] {
            if count > 0 {
                gaps.push([&count.to_string(), " ", what].concat());
            }
        }
    }
}

async fn ready(
    mut copy: Copy,
    resources: &Resources,
    missing: &mut Missing,
    Hands { texts, pace }: &mut Hands<'_>,
) -> Ready {
    // Privacy: before anything is made of it.
    copy.html = texts.in_slices(copy.html, pace).await;
    for layer in &mut copy.layers {
        *layer = texts.in_slices(std::mem::take(layer), pace).await;
    }
    let (sprites, unknown) = sprites::fetch(&copy.sprites, resources).await;
    missing.symbols += unknown;
    let [width, height] = copy.frame.viewport;
    let viewport = Viewport { width, height };
    let inline = Rewrite { viewport: Some(viewport), ..Rewrite::default() };
    let mut names = Names::new(copy.sheets.mode == Mode::Quirks);
    [&copy.html].into_iter().chain(&copy.layers).for_each(|part| names.add(part));
    pace.pause().await;
    let (css, lost) = copy.sheets.take(&names, viewport, resources, pace).await;
    missing.lost += lost;
    Ready { copy, css, inline, sprites }
}

impl Ready {
    /// All URLs it refers to.
    fn urls(&self, urls: &mut Vec<String>) {
        for css in &self.css {
            each_url(&css.text, |url| urls.extend(resolve(url, &css.base)));
        }
        let base = &self.copy.base;
        each_url(&self.copy.background.declarations, |url| urls.extend(resolve(url, base)));
        let parts = self.copy.layers.iter().chain(&self.sprites).chain([&self.copy.html]);
        for part in parts {
            each(part, &mut |element| {
                if let Some(image) = &element.image
                    && let Source::Url(url) = &image.source
                {
                    urls.extend(resolve(url, base));
                }
                for style in [element.attribute("style"), Some(element.style.as_str())] {
                    let style = style.filter(|style| style.contains("url("));
                    each_url(style.unwrap_or_default(), |url| urls.extend(resolve(url, base)));
                }
            });
        }
    }

    async fn write(self, resources: &Resources, made: &Made, pace: &mut Pace) -> String {
        let bytes = Found { resources, made, inline: &self.inline, base: &self.copy.base };
        let mut css = String::from(STILL);
        for sheet in &self.css {
            css.push_str(&Found { base: &sheet.base, ..bytes }.with_data_urls(&sheet.text));
            css.push('\n');
            pace.pause().await;
        }
        let frame = &self.copy.frame;
        let scene = Scene {
            shown: frame.shown,
            layout: frame.layout,
            bars: frame.bars,
            scroll: frame.scroll(),
            scrolls: can_begin_scrolled(),
            css: &css,
            rem: &self.copy.rem,
            color_scheme: &self.copy.color_scheme,
            background: &bytes.css(&self.copy.background.declarations),
            html: self.copy.html,
            layers: &self.copy.layers,
            sprites: &self.sprites,
        };
        scene.write(&bytes)
    }
}

/// A picture is a moment: what moves was read as it was.
const STILL: &str = "*,*::before,*::after{animation:none!important;transition:none!important;\
    scroll-behavior:auto!important;scroll-snap-type:none!important;caret-color:transparent!important}\n";

fn each_url(css: &str, mut found: impl FnMut(&str)) {
    urls::urls(css).for_each(|url| found(&url.url));
}

fn each(element: &Element, visit: &mut impl FnMut(&Element)) {
    visit(element);
    for child in &element.children {
        if let Node::Element(child) = child {
            each(child, visit);
        }
    }
}

/// `None` for what needs no fetch: data URLs and references within the page.
pub fn resolve(url: &str, base: &str) -> Option<String> {
    if url.is_empty() || url.starts_with("data:") || url.starts_with('#') {
        return None;
    }
    web_sys::Url::new_with_base(url, base).ok().map(|url| url.href())
}

#[derive(Clone, Copy)]
struct Found<'a> {
    resources: &'a Resources,
    made: &'a Made,
    inline: &'a Rewrite,
    base: &'a str,
}

impl Bytes for Found<'_> {
    fn data_url<'b>(&'b self, source: &'b Source) -> Option<&'b str> {
        match source {
            Source::Url(url) if url.starts_with("data:") => Some(url),
            Source::Url(url) => self.resources.data_url(url),
            Source::Made(number) => self.made.data_url(*number),
            Source::Missing => None,
        }
    }

    fn css<'b>(&self, declarations: &'b str) -> Cow<'b, str> {
        match self.inline.apply(declarations) {
            Cow::Borrowed(same) => self.with_data_urls(same),
            Cow::Owned(other) => self.with_data_urls(&other).into_owned().into(),
        }
    }
}

impl Found<'_> {
    fn with_data_urls<'b>(&self, text: &'b str) -> Cow<'b, str> {
        urls::replace_urls(text, |url| {
            self.resources.data_url(&resolve(url, self.base)?).map(str::to_owned)
        })
    }
}
