//! Style sheets and the embedder's colours, without anything a CSP would block.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleSheet, Document, HtmlElement, ShadowRoot};

use crate::config::Config;
use crate::js;

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
/// object: a `style` attribute would need `unsafe-inline`.
pub fn apply(host: &HtmlElement, config: &Config) {
    let set = |name: &str, value: Option<&str>| {
        let _ = match value {
            Some(value) => host.set_attribute(name, value),
            None => host.remove_attribute(name),
        };
    };
    set("data-theme", config.theme.as_deref().filter(|theme| matches!(*theme, "light" | "dark")));
    #[cfg(feature = "widget")]
    set("data-position", config.position.as_deref().filter(|position| *position == "left"));
    let style = js::get(host, "style");
    let Some(style) = style.dyn_ref::<web_sys::CssStyleDeclaration>() else { return };
    match &config.accent {
        Some(accent) => {
            let _ = style.set_property("--baton-accent", accent);
        }
        None => {
            let _ = style.remove_property("--baton-accent");
        }
    }
}
