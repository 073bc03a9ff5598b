//! Reading many elements of a page that may have broken what it reads by: a form's
//! fields shadow its own members, and an exception here would lose the picture.

use wasm_bindgen::prelude::*;
use web_sys::{CssStyleDeclaration, DomRect, Element, Node};

use crate::js;

#[wasm_bindgen]
extern "C" {
    /// What JavaScript knows of elements, by element.
    #[wasm_bindgen(js_name = Map)]
    pub type ByElement;

    #[wasm_bindgen(constructor, js_class = "Map")]
    pub fn new() -> ByElement;
    #[wasm_bindgen(method, js_class = "Map")]
    pub fn get(this: &ByElement, element: &Node) -> Option<f64>;
    #[wasm_bindgen(method, js_class = "Map")]
    pub fn set(this: &ByElement, element: &Node, number: f64);

    /// A node as the walk reads it: each member may be a field of a form.
    type Read;

    #[wasm_bindgen(method, getter, js_name = localName)]
    fn local_name(this: &Read) -> JsValue;
}

// Through the prototype, where no field of a form is in the way.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = getComputedStyle)]
    fn computed_style(
        element: &Element,
        pseudo: Option<&str>,
    ) -> Result<CssStyleDeclaration, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["Element", "prototype", "checkVisibility"], js_name = call)]
    fn check_visibility(element: &Element) -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = ["Element", "prototype", "getBoundingClientRect"], js_name = call)]
    fn bounding_rect(element: &Element) -> DomRect;
    #[wasm_bindgen(js_namespace = ["Element", "prototype", "getAttributeNames"], js_name = call)]
    fn attribute_names(element: &Element) -> js_sys::Array;
    /// The value of an attribute.
    #[wasm_bindgen(js_namespace = ["Element", "prototype", "getAttribute"], js_name = call)]
    pub fn attribute(element: &Element, name: &str) -> Option<String>;
    /// The same with a name that is JavaScript's already.
    #[wasm_bindgen(js_namespace = ["Element", "prototype", "getAttribute"], js_name = call)]
    fn attribute_named(element: &Element, name: &JsValue) -> Option<String>;
    /// Whether a selector matches.
    #[wasm_bindgen(catch, js_namespace = ["Element", "prototype", "matches"], js_name = call)]
    pub fn try_matches(element: &Element, selector: &str) -> Result<bool, JsValue>;
}

/// An element, if it is there. That of a frame is no instance of our window's class.
pub fn as_element(value: JsValue) -> Option<Element> {
    value.is_object().then(|| value.unchecked_into())
}

/// The name of an element; `form` where a field has taken the place of its name.
pub fn name(element: &Element) -> String {
    let name = element.unchecked_ref::<Read>().local_name();
    name.as_string().unwrap_or_else(|| "form".to_owned())
}

/// Whether `display: none` hides it or what it is in. Only what has no box is
/// asked further.
pub fn is_hidden(element: &Element) -> bool {
    check_visibility(element) != Ok(true) && computed(element, "", "display") == "none"
}

/// Whether a selector matches; no where the browser does not know the selector.
pub fn matches(element: &Element, selector: &str) -> bool {
    try_matches(element, selector) == Ok(true)
}

/// Attributes by name.
pub fn attributes(element: &Element) -> Vec<(String, String)> {
    let names = attribute_names(element);
    let named = |name: JsValue| Some((name.as_string()?, attribute_named(element, &name)?));
    names.iter().filter_map(named).collect()
}

/// Nodes beside each other.
pub fn siblings(first: Option<Node>) -> impl Iterator<Item = Node> {
    std::iter::successors(first, Node::next_sibling)
}

/// Left, top, right and bottom as the viewport sees it, in CSS pixels.
pub fn rect(element: &Element) -> [f64; 4] {
    let rect = bounding_rect(element);
    let (left, top) = (rect.left(), rect.top());
    [left, top, left + rect.width(), top + rect.height()]
}

/// A computed style property of an element, or of its pseudo-element unless that
/// is empty; empty where there is none.
pub fn computed(element: &Element, pseudo: &str, property: &str) -> String {
    let pseudo = Some(pseudo).filter(|pseudo| !pseudo.is_empty());
    computed_style(element, pseudo)
        .and_then(|style| style.get_property_value(property))
        .unwrap_or_default()
}

/// A computed length in pixels; 0 where it is none.
pub fn computed_px(element: &Element, property: &str) -> f64 {
    let length = js_sys::parse_float(&computed(element, "", property));
    if length.is_nan() { 0.0 } else { length }
}

/// Width of the vertical scroll bar and height of the horizontal one, in CSS pixels.
pub fn scroll_bars(element: &Element) -> [f64; 2] {
    let of = |name: &str| js::get(element, name).as_f64().unwrap_or(0.0);
    let edge = |side: &str| computed_px(element, &["border-", side, "-width"].concat());
    [
        ("offsetWidth", "clientWidth", "left", "right"),
        ("offsetHeight", "clientHeight", "top", "bottom"),
    ]
    .map(|(outer, inner, start, end)| match of(inner) {
        0.0 => 0.0,
        inner => (of(outer) - inner - edge(start) - edge(end)).round().max(0.0),
    })
}

/// A property that is text, of an element of a form too.
pub fn text(element: &Element, name: &str) -> String {
    js::get_string(element, name).unwrap_or_default()
}

/// Whether a property is `true`.
pub fn flag(element: &Element, name: &str) -> bool {
    js::get(element, name).as_bool() == Some(true)
}
