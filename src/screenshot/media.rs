//! Elements that show something other than their children.

use baton_picture::tree::{Element as Copied, Image, Place, Source, Space};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlCanvasElement, HtmlImageElement, HtmlVideoElement, Window};

use super::copy::{self, Walk};
use super::dom::{self, computed, computed_px, flag, rect, text};
use super::options::Target;
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

fn image(original: &Element, source: Source, place: Place, label: &'static str) -> Option<Image> {
    let [left, top, right, bottom] = rect(original);
    Some(Image { source, place, width: right - left, height: bottom - top, label })
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
        copy.image = image(original, Source::Missing, Place::Attribute("src"), "loading");
        return;
    }
    if was_chosen || computed(original, "", "content") != "normal" {
        // Its own size depends on the density it was chosen for.
        copy.set("width", &computed(original, "", "width"));
        copy.set("height", &computed(original, "", "height"));
    }
    copy.image = image(original, Source::Url(url), Place::Attribute("src"), "image");
}

fn svg_image(walk: &mut Walk<'_, '_>, copy: &mut Copied) {
    if let Some(url) = take_href(copy).and_then(|href| walk.resolve(&href)) {
        let source = Source::Url(url);
        let place = Place::Attribute("href");
        copy.image = Some(Image { source, place, width: 0.0, height: 0.0, label: "image" });
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

fn canvas(walk: &mut Walk<'_, '_>, original: &Element, copy: &mut Copied) {
    let canvas: &HtmlCanvasElement = original.unchecked_ref();
    if canvas.width() == 0 || canvas.height() == 0 {
        return;
    }
    match walk.shared.made.add_canvas(canvas) {
        Some(number) => {
            let place = Place::Background(fit(original, "100% 100%"));
            copy.image = image(original, Source::Made(number), place, "canvas");
        }
        None => {
            walk.shared.gaps.add("canvas could not be read");
            copy.image = image(original, Source::Missing, Place::Background("100% 100%"), "canvas");
        }
    }
}

fn video(walk: &mut Walk<'_, '_>, original: &Element, copy: &mut Copied) {
    let video: &HtmlVideoElement = original.unchecked_ref();
    for attribute in ["src", "poster", "controls", "autoplay", "preload"] {
        copy.remove_attribute(attribute);
    }
    copy.set("width", &computed(original, "", "width"));
    copy.set("height", &computed(original, "", "height"));
    let has_frame = video.ready_state() >= 2;
    let poster = text(original, "poster");
    let is_poster = !poster.is_empty() && flag(original, "paused") && video.current_time() == 0.0;
    let place = Place::Background(fit(original, "contain"));
    let number = match has_frame && !is_poster {
        true => walk.shared.made.add_pixels(video, video.video_width(), video.video_height()),
        false => None,
    };
    let source = match (number, walk.resolve(&poster)) {
        (Some(number), _) => Source::Made(number),
        (None, Some(poster)) => Source::Url(poster),
        (None, None) if !has_frame => return,
        (None, None) => {
            walk.shared.gaps.add("video could not be read");
            Source::Missing
        }
    };
    copy.image = image(original, source, place, "video");
}

/// `object-fit` as a `background-size`.
fn fit(original: &Element, unless_set: &'static str) -> &'static str {
    match computed(original, "", "object-fit").as_str() {
        "fill" => "100% 100%",
        "contain" | "scale-down" => "contain",
        "cover" => "cover",
        "none" => "auto",
        _ => unless_set,
    }
}

fn frame(
    walk: &mut Walk<'_, '_>,
    original: &Element,
    copy: &mut Copied,
    name: &str,
    verdict: Verdict,
) -> bool {
    let content = |name: &str| js::get(original, name);
    let document = content("contentDocument").dyn_into::<JsValue>().ok();
    let document = document.filter(JsValue::is_object).map(JsCast::unchecked_into::<Document>);
    let Some(document) = document else {
        // An object that could not be loaded shows what is in it.
        if name == "object" && original.first_element_child().is_some() && rect_is_flat(original) {
            return false;
        }
        as_box(original, copy);
        let source = match (name, copy.attribute(if name == "object" { "data" } else { "src" })) {
            ("object" | "embed", Some(url)) => walk.resolve(url).map(Source::Url),
            _ => None,
        };
        if source.is_none() {
            walk.shared.gaps.add("embedded page of another origin is not shown");
        }
        let source = source.unwrap_or(Source::Missing);
        copy.image = image(original, source, Place::Background("contain"), "embedded page");
        return true;
    };
    let window = js::get(&document, "defaultView");
    as_box(original, copy);
    if !window.is_object() || walk.shared.depth >= DEEPEST_FRAME {
        return true;
    }
    walk.shared.depth += 1;
    let window: Window = window.unchecked_into();
    let inner = copy::of(&window, &document, &Target::Viewport, Some(verdict), walk.shared);
    walk.shared.depth -= 1;
    // Without an error to tell: an empty frame shows nothing either.
    if let Ok(inner) = inner {
        let number = walk.shared.made.add_frame(inner);
        let place = Place::Background("100% 100%");
        copy.image = image(original, Source::Made(number), place, "embedded page");
    }
    true
}

fn rect_is_flat(original: &Element) -> bool {
    let [left, top, right, bottom] = rect(original);
    right <= left || bottom <= top
}

/// A box of the same size that loads nothing.
fn as_box(original: &Element, copy: &mut Copied) {
    for attribute in ["srcdoc", "src", "data", "loading"] {
        if attribute != "src" && attribute != "data" {
            copy.remove_attribute(attribute);
        }
    }
    for property in ["width", "height"] {
        copy.set_px(property, computed_px(original, property));
    }
}
