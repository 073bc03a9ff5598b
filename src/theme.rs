//! Style sheets and the embedder's colours, without anything a CSP would block.

use baton_conversation::contrast::{self, Rgb};
use wasm_bindgen::JsCast;
use web_sys::{
    CanvasRenderingContext2d, CssStyleDeclaration, CssStyleSheet, Document, HtmlCanvasElement,
    HtmlElement, ShadowRoot,
};

use crate::config::Config;
use crate::js;

/// As in `theme.css`.
const ACCENT: &str = "#3455db";

/// Installs a sheet: constructed where the browser can, else as a `<style>` with the
/// embedder's nonce.
pub fn install(
    document: &Document,
    root: &ShadowRoot,
    sheet_text: &str,
    nonce: Option<&str>,
) -> Result<(), String> {
    if let Ok(sheet) = CssStyleSheet::new()
        && sheet.replace_sync(sheet_text).is_ok()
    {
        let sheets = js_sys::Array::of1(&sheet);
        let set = js_sys::Reflect::set(root, &"adoptedStyleSheets".into(), &sheets);
        if set.is_ok_and(|done| done) {
            return Ok(());
        }
    }
    let thrown = |thrown| js::message_of(&thrown);
    let element = document.create_element("style").map_err(thrown)?;
    if let Some(nonce) = nonce {
        element.set_attribute("nonce", nonce).map_err(thrown)?;
    }
    element.set_text_content(Some(sheet_text));
    root.append_child(&element).map_err(thrown)?;
    Ok(())
}

/// Sets custom properties and flags on the host element, through the style
/// object: a `style` attribute would need `unsafe-inline`. The element is on the page.
pub fn apply(host: &HtmlElement, config: &Config) {
    let flag = |name: &str, value: Option<&str>| {
        let _ = match value {
            Some(value) => host.set_attribute(name, value),
            None => host.remove_attribute(name),
        };
    };
    flag("data-theme", config.theme.as_deref().filter(|theme| matches!(*theme, "light" | "dark")));
    #[cfg(feature = "widget")]
    flag("data-position", config.position.as_deref().filter(|position| *position == "left"));
    set(host, "--baton-accent", config.accent.as_deref());
    set(host, "--baton-radius", config.radius.as_deref());
    set(host, "--baton-font", config.font.as_deref());
    #[cfg(feature = "widget")]
    for (name, value) in ["--baton-x", "--baton-y"].into_iter().zip(&config.offset) {
        set(host, name, value.as_deref());
    }
    fit(host);
}

/// Sets a property of the element's own style, or takes it away.
pub fn set(element: &HtmlElement, name: &str, value: Option<&str>) {
    let style = js::get(element, "style");
    let Some(style) = style.dyn_ref::<CssStyleDeclaration>() else { return };
    let _ = match value {
        Some(value) => style.set_property(name, value),
        None => style.remove_property(name).map(drop),
    };
}

fn computed(element: &HtmlElement, name: &str) -> Option<String> {
    let style = web_sys::window()?.get_computed_style(element).ok()??;
    style.get_property_value(name).ok()
}

/// The accent in shades that can be read, whoever has set it, the configuration or the
/// page's own sheets. `theme.css` takes them; without them it estimates.
pub fn fit(host: &HtmlElement) {
    let accent = computed(host, "--baton-accent").unwrap_or_default();
    let Some(accent) = resolved(&accent) else { return };
    let fill = contrast::fill(accent);
    let [light, dark] = [contrast::LIGHT, contrast::DARK].map(|it| contrast::mark(accent, it));
    for (name, colour) in [
        ("--baton-fill", accent),
        ("--baton-fill-hover", fill.hover),
        ("--baton-on-fill", fill.text),
        ("--baton-ink-light", light.ink),
        ("--baton-ink-dark", dark.ink),
        ("--baton-edge-light", light.edge),
        ("--baton-edge-dark", dark.edge),
    ] {
        set(host, name, Some(&colour.css()));
    }
}

/// Any colour of CSS in sRGB, a translucent one as it looks on white; [`ACCENT`] where
/// the text is none. A canvas knows all that this browser knows.
fn resolved(colour: &str) -> Option<Rgb> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(1);
    canvas.set_height(1);
    let context = canvas.get_context("2d").ok()??.unchecked_into::<CanvasRenderingContext2d>();
    let paint = |colour: &str| {
        context.set_fill_style_str(ACCENT);
        context.set_fill_style_str(colour);
    };
    paint(colour);
    // Told rather than painted: a browser may answer questions about pixels untruly, lest
    // they tell who asks.
    let told = js::get_string(&context, "fillStyle").and_then(|told| Rgb::from_css(&told));
    told.or_else(|| {
        paint("#fff");
        context.fill_rect(0.0, 0.0, 1.0, 1.0);
        paint(colour);
        context.fill_rect(0.0, 0.0, 1.0, 1.0);
        let data = context.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data();
        Some(Rgb(*data.first()?, *data.get(1)?, *data.get(2)?))
    })
}
