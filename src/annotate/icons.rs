//! The pictures on the buttons.

use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

use super::property;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Path data in a box of 24 × 24, by what the button does.
const PATHS: [(&str, &str); 17] = [
    ("select", "M6 3l5 16 2.6-6.4L20 10z"),
    ("arrow", "M5 19 19 5M10 5h9v9"),
    ("box", "M4 6h16v12H4z"),
    ("highlight", "M3 21h8M8 16l8-11 4 3-8 11H8zM8 16l4 3"),
    ("freehand", "M3 16c3-9 6-11 7-8s-4 9-1 9 5-9 8-9 1 6 4 6"),
    ("text", "M5 7V4h14v3M12 4v16M9 20h6"),
    ("blur", "M4 4h5v5H4zM15 4h5v5h-5zM9.5 9.5h5v5h-5zM4 15h5v5H4zM15 15h5v5h-5z"),
    ("blackout", "M3 7h18v10H3z"),
    ("crop", "M7 2v15h15M2 7h15v15"),
    ("thin", "M4 12h16"),
    ("medium", "M4 12h16"),
    ("thick", "M4 12h16"),
    ("undo", "M8 4 3 9l5 5M3 9h11a5 5 0 0 1 0 10h-4"),
    ("redo", "m16 4 5 5-5 5M21 9H10a5 5 0 0 0 0 10h4"),
    ("delete", "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13"),
    ("zoom_out", "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l6 6M7 10h6"),
    ("zoom_in", "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l6 6M7 10h6M10 7v6"),
];

/// Adds the icon of that name; nothing where there is none.
pub fn add(parent: &Element, name: &str) -> Result<(), JsValue> {
    let Some((_, data)) = PATHS.iter().find(|(known, _)| *known == name) else { return Ok(()) };
    let document: Document = property::object(parent, "ownerDocument").ok_or(JsValue::NULL)?;
    let svg = document.create_element_ns(Some(SVG), "svg")?;
    svg.set_attribute("viewBox", "0 0 24 24")?;
    svg.set_attribute("aria-hidden", "true")?;
    svg.set_attribute("class", name)?;
    let path = document.create_element_ns(Some(SVG), "path")?;
    path.set_attribute("d", data)?;
    svg.append_child(&path)?;
    parent.append_child(&svg)?;
    Ok(())
}
