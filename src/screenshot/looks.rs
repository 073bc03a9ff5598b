//! The looks of an element as the browser computed them, for a tree with a style sheet
//! that nobody may read: what its rules say is only to be seen in their outcome.
//!
//! Values are read with four calls for an element: the engine of the page itself asks
//! for each of a list of properties.

use baton_picture::tree::Element as Copied;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::boxes;

/// Properties and their initial values. Those without one are always told, as the
/// browser's own sheet sets them for some elements.
const PROPERTIES: &str = "\
    display|position=static|top=auto|right=auto|bottom=auto|left=auto|float=none|clear=none|\
    z-index=auto|box-sizing|width|height|min-width=0px|min-height=0px|max-width=none|\
    max-height=none|margin-top|margin-right|margin-bottom|margin-left|padding-top|\
    padding-right|padding-bottom|padding-left|border-top-width|border-right-width|\
    border-bottom-width|border-left-width|border-top-style|border-right-style|\
    border-bottom-style|border-left-style|border-top-color|border-right-color|\
    border-bottom-color|border-left-color|border-top-left-radius=0px|\
    border-top-right-radius=0px|border-bottom-right-radius=0px|border-bottom-left-radius=0px|\
    border-image-source=none|border-image-slice=100%|border-image-width=1|\
    border-image-repeat=stretch|background-color|background-image=none|\
    background-position=0% 0%|background-size=auto|background-repeat=repeat|\
    background-clip=border-box|background-origin=padding-box|background-attachment=scroll|\
    box-shadow=none|opacity=1|transform=none|transform-origin|translate=none|rotate=none|\
    scale=none|overflow-x|overflow-y|visibility|appearance|clip-path=none|filter=none|\
    backdrop-filter=none|mix-blend-mode=normal|isolation=auto|mask-image=none|\
    mask-size=auto|mask-position=0% 0%|mask-repeat=repeat|object-fit=fill|\
    object-position=50% 50%|aspect-ratio=auto|outline-width|outline-style|outline-color|\
    outline-offset=0px|flex-direction=row|flex-wrap=nowrap|flex-grow=0|flex-shrink=1|\
    flex-basis=auto|justify-content=normal|justify-items=normal|justify-self=auto|\
    align-items=normal|align-content=normal|align-self=auto|order=0|row-gap=normal|\
    column-gap=normal|grid-template-columns=none|grid-template-rows=none|\
    grid-template-areas=none|grid-auto-flow=row|grid-auto-columns=auto|grid-auto-rows=auto|\
    grid-column-start=auto|grid-column-end=auto|grid-row-start=auto|grid-row-end=auto|\
    column-count=auto|column-width=auto|column-rule-width|column-rule-style=none|\
    column-rule-color|column-span=none|vertical-align|table-layout=auto|border-collapse|\
    border-spacing|caption-side|empty-cells=show|list-style-type|list-style-position|\
    list-style-image=none|counter-reset=none|counter-increment=none|counter-set=none|\
    color|font-family|font-size|font-weight|font-style|font-stretch=100%|\
    font-variant-caps=normal|font-variant-numeric=normal|font-feature-settings=normal|\
    font-variation-settings=normal|line-height|letter-spacing|word-spacing|text-align|\
    text-align-last=auto|text-indent|text-transform|text-decoration-line|\
    text-decoration-style|text-decoration-color|text-decoration-thickness=auto|\
    text-underline-offset=auto|text-shadow|text-overflow=clip|white-space|word-break|\
    overflow-wrap|hyphens=manual|direction|unicode-bidi|writing-mode=horizontal-tb|\
    text-orientation=mixed|tab-size|quotes=auto|-webkit-line-clamp=none|\
    -webkit-box-orient=horizontal|-webkit-text-fill-color|-webkit-text-stroke-width=0px|\
    -webkit-text-stroke-color|fill|fill-opacity=1|stroke|stroke-width=1px|stroke-opacity=1|\
    stroke-dasharray=none|stroke-linecap=butt|stroke-linejoin=miter|stop-color|\
    color-scheme=normal|accent-color=auto|content=normal";

/// What parts one value from the next: no value has it.
const BREAK: &str = "\u{1}";

/// Values of `overflow` that come with scroll bars.
const SCROLLED: [&str; 2] = ["auto", "scroll"];

/// What the browser draws in its own way until a sheet gives it an edge or a
/// background; and the colour of that edge.
const CONTROLS: [&str; 4] = ["button", "input", "select", "textarea"];
const FIELD_EDGE: &str = "rgb(118, 118, 118)";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = js_sys::Object)]
    type Style;

    #[wasm_bindgen(js_name = getComputedStyle, catch)]
    fn style(element: &Element, pseudo: &str) -> Result<Style, JsValue>;
    #[wasm_bindgen(method, js_name = getPropertyValue)]
    fn value(this: &Style, property: &str) -> String;

    #[wasm_bindgen(extends = Array)]
    type Names;

    /// Further arguments than the first are none of `read`'s.
    #[wasm_bindgen(method)]
    fn map(this: &Names, read: &js_sys::Function) -> Array;
}

/// Reads looks.
pub struct Looks {
    names: Names,
    properties: Vec<Property>,
}

struct Property {
    name: &'static str,
    /// The value that needs not be told.
    initial: Option<&'static str>,
}

impl Looks {
    /// `css` are the rules that can be read: what they set is told even where the value
    /// is the initial one, since a rule that cannot be read may have won over them.
    pub fn new(mut is_set: impl FnMut(&str) -> bool) -> Self {
        let names = Array::new();
        let mut properties = Vec::new();
        for property in PROPERTIES.split('|') {
            let (name, initial) = match property.split_once('=') {
                Some((name, initial)) => (name, Some(initial).filter(|_| !is_set(shorthand(name)))),
                None => (property, None),
            };
            names.push(&name.into());
            properties.push(Property { name, initial });
        }
        Self { names: names.unchecked_into(), properties }
    }

    /// Gives a copy the looks of the original.
    pub fn pin(&self, original: &Element, copy: &mut Copied) {
        if let Ok(style) = style(original, "") {
            self.tell(&style, copy);
            if original.client_width() > 0 && SCROLLED.contains(&&*style.value("overflow-y")) {
                boxes::pin_size(original, copy);
            }
        }
    }

    /// The looks of a pseudo-element (`::before`) as declarations, `None` if there is none.
    pub fn of_pseudo(&self, original: &Element, pseudo: &str) -> Option<String> {
        let style = style(original, pseudo).ok()?;
        if matches!(style.value("content").as_str(), "none" | "normal" | "") {
            return None;
        }
        let mut declared = Copied::default();
        self.tell(&style, &mut declared);
        Some(declared.style)
    }

    fn tell(&self, style: &Style, copy: &mut Copied) {
        let read = js_sys::Reflect::get(style, &"getPropertyValue".into()).unwrap_or_default();
        let Ok(read) = read.dyn_into::<js_sys::Function>() else { return };
        let values = String::from(self.names.map(&read.bind0(style)).join(BREAK));
        let told = || values.split(BREAK).zip(&self.properties);
        let is_drawn_by_browser = CONTROLS.contains(&copy.name.as_str())
            && told().any(|(value, property)| {
                let name = property.name;
                name == "border-top-style" && matches!(value, "inset" | "outset")
                    || name == "border-top-color" && value == FIELD_EDGE
            });
        let color = told().find(|(_, property)| property.name == "color").map(|(value, _)| value);
        for (value, property) in told() {
            let name = property.name;
            // An edge in the colour of the text may be of none, which is not drawn alike.
            let is_of_text = name.ends_with("-color") && Some(value) == color;
            let value = if is_of_text { "currentcolor" } else { value };
            let is_edge = property.name.starts_with("border-") || property.name.starts_with("back");
            if !value.is_empty()
                && property.initial != Some(value)
                && !(is_edge && is_drawn_by_browser)
            {
                copy.set(property.name, value);
            }
        }
    }
}

/// A name that the property's shorthands begin with, too.
fn shorthand(name: &str) -> &str {
    let first = name.split('-').next().unwrap_or(name);
    match first {
        "background" | "border" | "flex" | "font" | "grid" | "mask" | "column" | "counter" => first,
        "row" => "gap",
        "align" | "justify" => "-",
        _ => name,
    }
}
