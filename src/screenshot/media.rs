//! Elements that show something other than their children.

use baton_picture::tree::{Element as Copied, Image, Source, Space};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlCanvasElement, HtmlImageElement, HtmlVideoElement, Window};

use super::boxes;
use super::copy::{self, Walk};
use super::dom::{self, computed, flag, rect, text};
use super::options::Target;
use super::sheets::Sheets;
use crate::js;
use crate::privacy::Verdict;

/// A frame in a frame in a frame … is shown to this depth.
const DEEPEST_FRAME: u32 = 4;

/// Gives the copy what the original shows; whether that is all that is to be copied.
pub fn show(
    walk: &mut Walk<'_, '_>,
    original: &Element,
    copy: &mut Copied,
    name: &str,
    space: Space,
    verdict: Verdict,
) -> bool {
    match (name, space) {
        ("img", Space::Html) => img(walk, original, copy),
        ("input", Space::Html) => {
            let url = copy.attribute("src").and_then(|src| walk.resolve(src));
            copy.image = image(original, url.map_or(Source::Missing, Source::Url), "src", "button");
            copy.remove_attribute("src");
        }
        ("image", Space::Svg) => svg_image(walk, copy),
        ("use", Space::Svg) => used(walk, copy),
        ("canvas", Space::Html) => canvas(walk, original, copy),
        ("video", Space::Html) => video(walk, original, copy),
        ("iframe" | "object" | "embed", Space::Html) => {
            return frame(walk, original, copy, name, verdict);
        }
        _ => return false,
    }
    true
}

fn image(
    original: &Element,
    source: Source,
    attribute: &'static str,
    label: &'static str,
) -> Option<Image> {
    let [left, top, right, bottom] = rect(original);
    Some(Image { source, attribute, width: right - left, height: bottom - top, label })
}

fn img(walk: &mut Walk<'_, '_>, original: &Element, copy: &mut Copied) {
    walk.shared.texts.attributes(copy);
    let shown: &HtmlImageElement = original.unchecked_ref();
    let was_chosen = ["srcset", "sizes"].iter().any(|name| copy.attribute(name).is_some())
        || original.parent_element().is_some_and(|parent| dom::name(&parent) == "picture");
    for attribute in ["src", "srcset", "sizes", "loading", "decoding", "crossorigin"] {
        copy.remove_attribute(attribute);
    }
    let url = shown.current_src();
    if url.is_empty() || (shown.complete() && shown.natural_width() == 0) {
        // As broken in the copy as in the page.
        copy.set_attribute("src", "data:,");
        return;
    }
    if !shown.complete() {
        copy.image = image(original, Source::Missing, "src", "loading");
        return;
    }
    if was_chosen || computed(original, "", "content") != "normal" {
        // Its own size depends on the density it was chosen for.
        copy.set("width", &computed(original, "", "width"));
        copy.set("height", &computed(original, "", "height"));
    }
    copy.image = image(original, Source::Url(url), "src", "image");
}

fn svg_image(walk: &mut Walk<'_, '_>, copy: &mut Copied) {
    if let Some(url) = take_href(copy).and_then(|href| walk.resolve(&href)) {
        let source = Source::Url(url);
        let attribute = "href";
        copy.image = Some(Image { source, attribute, width: 0.0, height: 0.0, label: "image" });
    }
}

fn take_href(copy: &mut Copied) -> Option<String> {
    let href = ["href", "xlink:href"].iter().find_map(|name| copy.attribute(name)).map(Into::into);
    for name in ["href", "xlink:href"] {
        copy.remove_attribute(name);
    }
    href
}

/// What is used from another file comes along under a name of its own.
fn used(walk: &mut Walk<'_, '_>, copy: &mut Copied) {
    let Some(href) = take_href(copy) else { return };
    let own_page = walk.document.url().unwrap_or_default();
    let own_page = own_page.split('#').next().unwrap_or_default();
    let absolute = walk.resolve(&href).unwrap_or_default();
    match absolute.split_once('#') {
        Some((file, id)) if !href.starts_with('#') && file != own_page => {
            let wanted = (file.to_owned(), id.to_owned());
            let known = walk.sprites.iter().position(|one| *one == wanted);
            let number = known.unwrap_or_else(|| {
                walk.sprites.push(wanted);
                walk.sprites.len() - 1
            });
            copy.set_attribute("href", &sprite_id(number, true));
        }
        Some((_, id)) => copy.set_attribute("href", &["#", id].concat()),
        None => copy.set_attribute("href", &href),
    }
}

/// The name under which a symbol of another file comes along, as a reference or not.
pub fn sprite_id(number: usize, is_reference: bool) -> String {
    let hash = if is_reference { "#" } else { "" };
    [hash, "baton-sprite-", &number.to_string()].concat()
}

/// Without scripts, a browser draws neither canvases nor frames: an image with the
/// same box stands for them.
fn as_image(original: &Element, copy: &mut Copied, source: Source, fit: &str, label: &'static str) {
    copy.name = "img".to_owned();
    boxes::pin(original, copy);
    copy.set("object-fit", fit);
    copy.set("object-position", &computed(original, "", "object-position"));
    copy.attributes.retain(|(name, _)| {
        matches!(name.as_str(), "id" | "class" | "style") || name.starts_with("data-baton")
    });
    copy.image = image(original, source, "src", label);
}

fn canvas(walk: &mut Walk<'_, '_>, original: &Element, copy: &mut Copied) {
    let canvas: &HtmlCanvasElement = original.unchecked_ref();
    let source = match walk.shared.made.add_canvas(canvas) {
        Some(number) => Source::Made(number),
        None if canvas.width() == 0 || canvas.height() == 0 => return,
        None => {
            walk.shared.gaps.add("canvas could not be read");
            Source::Missing
        }
    };
    as_image(original, copy, source, &computed(original, "", "object-fit"), "canvas");
}

fn video(walk: &mut Walk<'_, '_>, original: &Element, copy: &mut Copied) {
    let video: &HtmlVideoElement = original.unchecked_ref();
    if flag(original, "controls") {
        walk.shared.gaps.add("video is shown without its controls");
    }
    let has_frame = video.ready_state() >= 2;
    let poster = walk.resolve(&text(original, "poster"));
    let is_poster = poster.is_some() && flag(original, "paused") && video.current_time() == 0.0;
    let frame = match has_frame && !is_poster {
        true => walk.shared.made.add_pixels(video, video.video_width(), video.video_height()),
        false => None,
    };
    let source = match (frame, poster) {
        (Some(number), _) => Source::Made(number),
        (None, Some(poster)) => Source::Url(poster),
        (None, None) => {
            walk.shared.gaps.add("video could not be read");
            Source::Missing
        }
    };
    as_image(original, copy, source, &computed(original, "", "object-fit"), "video");
}

/// A frame of the same origin is a picture in the picture.
fn frame(
    walk: &mut Walk<'_, '_>,
    original: &Element,
    copy: &mut Copied,
    name: &str,
    verdict: Verdict,
) -> bool {
    let document = js::get(original, "contentDocument");
    let file = copy.attribute(if name == "object" { "data" } else { "src" });
    let file = file.and_then(|url| walk.resolve(url));
    if !document.is_object() {
        let [left, top, right, bottom] = rect(original);
        let is_flat = right <= left || bottom <= top;
        // An object that could not be loaded shows what is in it.
        if name == "object" && is_flat && original.first_element_child().is_some() {
            return false;
        }
        let source = match (name, file) {
            ("object" | "embed", Some(file)) => Source::Url(file),
            _ => {
                walk.shared.gaps.add("embedded page of another origin is not shown");
                Source::Missing
            }
        };
        as_image(original, copy, source, "contain", "embedded page");
        return true;
    }
    let window = js::get(&document, "defaultView");
    if !window.is_object() || walk.shared.depth >= DEEPEST_FRAME {
        return true;
    }
    // A picture is drawn as one.
    if let (Some(file), "object" | "embed") = (file, name)
        && js::get_string(&document, "contentType").is_some_and(|kind| kind.starts_with("image/"))
    {
        as_image(original, copy, Source::Url(file), "contain", "embedded picture");
        return true;
    }
    walk.shared.depth += 1;
    let (window, document): (Window, Document) =
        (window.unchecked_into(), document.unchecked_into());
    let sheets = Sheets::of(&window, &document, &walk.shared.foreign);
    let inner = copy::of(&window, &document, &Target::Viewport, Some(verdict), sheets, walk.shared);
    walk.shared.depth -= 1;
    // Without an error to tell: an empty frame shows nothing either.
    if let Ok(inner) = inner {
        let source = Source::Made(walk.shared.made.add_frame(inner));
        as_image(original, copy, source, "fill", "embedded page");
    }
    true
}
