//! Style sheets and the embedder's colours, without anything a CSP would block.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleSheet, Document, HtmlElement, ShadowRoot};

use crate::config::Config;
use crate::js;

const STYLE: &str = include_str!("style.css");

/// Installs the sheet: constructed where the browser can, else as a `<style>`
/// with the embedder's nonce.
pub fn install(document: &Document, root: &ShadowRoot, nonce: Option<&str>) -> Result<(), String> {
    if let Ok(sheet) = CssStyleSheet::new()
        && sheet.replace_sync(STYLE).is_ok()
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
    element.set_text_content(Some(STYLE));
    root.append_child(&element).map_err(thrown)?;
    Ok(())
}

/// Sets custom properties and flags on the host element, through the style
/// object: a `style` attribute would need `unsafe-inline`.
pub fn apply(host: &HtmlElement, config: &Config) {
    let set = |name: &str, value: Option<&str>| {
        let _ = match value {
            Some(value) => host.set_attribute(name, value),
            None => host.remove_attribute(name),
        };
    };
    set("data-theme", config.theme.as_deref().filter(|theme| matches!(*theme, "light" | "dark")));
    set("data-position", config.position.as_deref().filter(|position| *position == "left"));
    let style = js::get(host, "style");
    let Some(style) = style.dyn_ref::<web_sys::CssStyleDeclaration>() else { return };
    match &config.accent {
        Some(accent) => {
            let _ = style.set_property("--baton-accent", accent);
            let _ = style.set_property("--baton-on-accent", text_on(accent));
        }
        None => {
            let _ = style.remove_property("--baton-accent");
            let _ = style.remove_property("--baton-on-accent");
        }
    }
}

/// Black or white, whichever has the larger contrast (WCAG 2.2, relative
/// luminance) on a `#rrggbb` colour; white on anything else.
fn text_on(color: &str) -> &'static str {
    let channel = |from: usize| {
        let hex = color.strip_prefix('#').filter(|hex| hex.len() == 6)?.get(from..from + 2)?;
        let value = f64::from(u8::from_str_radix(hex, 16).ok()?) / 255.0;
        // The sRGB curve to within 0.02, without the tables of `powf`.
        Some(value * value * (0.7 * value.sqrt().sqrt() + 0.3))
    };
    match (channel(0), channel(2), channel(4)) {
        (Some(red), Some(green), Some(blue)) => {
            let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
            // (L + .05) / .05 against 1.05 / (L + .05) meet at this luminance.
            if luminance > 0.179 { "#000" } else { "#fff" }
        }
        _ => "#fff",
    }
}
