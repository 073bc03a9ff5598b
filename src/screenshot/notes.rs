//! What is special about some elements, found by a few queries: so that the walk
//! asks most elements for nothing.

use baton_picture::css::states::question;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, NodeList};

use super::dom::{ByElement, as_element, computed};
use crate::js::{get, get_string};
use crate::privacy::Judge;

/// What is special about an element.
#[derive(Default, Clone)]
pub struct Note {
    /// The judge of privacy must be asked.
    pub judged: bool,
    /// The caller wants it painted over.
    pub masked: bool,
    /// A rule gives it a part of a height, in quirks mode.
    pub has_part_height: bool,
    /// It is in the top layer.
    pub in_top_layer: bool,
    /// States it is in that a copy cannot be in: `hover focus`.
    pub states: String,
    /// Declarations that no rule says and only the outcome shows: of running animations,
    /// and of rules that have lost values.
    pub outcome: String,
    /// The same of its pseudo-elements: `::before` and declarations.
    pub outcome_of_pseudos: Vec<(String, String)>,
}

/// A rule whose text lacks values, with no author's text to restore it.
pub struct Lost {
    /// The document or shadow tree that it styles.
    pub root: JsValue,
    pub selectors: String,
    pub properties: Vec<String>,
}

/// Notes by element.
pub struct Notes {
    numbers: ByElement,
    list: Vec<Note>,
}

/// The elements in the top layer, but for those above them, in document order.
const TOP_LAYER: [&str; 3] = [":modal", ":popover-open", ":fullscreen"];

impl Notes {
    pub fn new() -> Self {
        Self { numbers: ByElement::new(), list: Vec::new() }
    }

    pub fn of(&self, element: &Element) -> Option<&Note> {
        self.list.get(self.numbers.get(element)? as usize)
    }

    fn at(&mut self, element: &Element) -> &mut Note {
        let number = match self.numbers.get(element) {
            Some(number) => number as usize,
            None => {
                self.numbers.set(element, self.list.len() as f64);
                self.list.push(Note::default());
                self.list.len() - 1
            }
        };
        &mut self.list[number]
    }

    /// Notes what is special in a document or a shadow tree. `states` are the
    /// pseudo-classes that its style sheets look at.
    pub fn add(
        &mut self,
        root: &JsValue,
        judge: &Judge,
        states: &[String],
        mask: Option<&str>,
    ) -> Result<(), JsValue> {
        for element in judge.judged(root)?.iter() {
            self.at(element.unchecked_ref()).judged = true;
        }
        for selector in TOP_LAYER {
            self.each(root, selector, |note| note.in_top_layer = true);
        }
        if let Some(mask) = mask {
            self.each(root, mask, |note| note.masked = true);
        }
        for state in states {
            let (selector, word) = question(state);
            self.each(root, &selector, |note| {
                if !note.states.is_empty() {
                    note.states.push(' ');
                }
                note.states.push_str(&word);
            });
        }
        Ok(())
    }

    /// Notes what these selectors of rules find.
    pub fn add_part_heights(&mut self, document: &Document, selectors: &[String]) {
        for selector in selectors {
            self.each(document, selector, |note| note.has_part_height = true);
        }
    }

    /// Notes the values that rules have lost: only their outcome is to be seen.
    pub fn add_lost(&mut self, lost: Vec<Lost>) {
        for Lost { root, selectors, properties } in lost {
            for element in find(&root, &selectors) {
                let mut style = baton_picture::tree::Element::default();
                for property in &properties {
                    style.set(property, &computed(&element, "", property));
                }
                self.at(&element).outcome.push_str(&style.style);
            }
        }
    }

    fn each(&mut self, root: &JsValue, selector: &str, mut note: impl FnMut(&mut Note)) {
        for element in find(root, selector) {
            note(self.at(&element));
        }
    }

    /// What running animations and transitions make of the elements of a document or a
    /// shadow tree: a copy would begin them anew.
    pub fn add_animations(&mut self, root: &JsValue) {
        let Ok(get_animations) = get(root, "getAnimations").dyn_into::<Function>() else {
            return;
        };
        let Ok(animations) = get_animations.call0(root) else { return };
        for animation in Array::from(&animations).iter() {
            let effect = get(&animation, "effect");
            let Some(target) = as_element(get(&effect, "target")) else { continue };
            let pseudo = get_string(&effect, "pseudoElement").unwrap_or_default();
            let mut style = baton_picture::tree::Element::default();
            for property in animated(&effect) {
                style.set(&property, &computed(&target, &pseudo, &property));
            }
            let note = self.at(&target);
            if pseudo.is_empty() {
                note.outcome.push_str(&style.style);
            } else {
                note.outcome_of_pseudos.push((pseudo, style.style));
            }
        }
    }
}

/// The elements that a selector finds: none where the browser does not know it.
fn find(root: &JsValue, selector: &str) -> impl Iterator<Item = Element> {
    let query: Function = get(root, "querySelectorAll").unchecked_into();
    let found = query.call1(root, &selector.into()).ok();
    let found = found.map(|found| found.unchecked_into::<NodeList>());
    let length = found.as_ref().map_or(0, NodeList::length);
    (0..length).filter_map(move |index| Some(found.as_ref()?.get(index)?.unchecked_into()))
}

/// The properties that an effect changes.
fn animated(effect: &JsValue) -> Vec<String> {
    let keyframes = get(effect, "getKeyframes").dyn_into::<Function>();
    let keyframes = keyframes.and_then(|keyframes| keyframes.call0(effect)).unwrap_or_default();
    let mut properties = Vec::new();
    for keyframe in Array::from(&keyframes).iter() {
        let Some(keyframe) = keyframe.dyn_ref::<Object>() else { continue };
        let keys = Reflect::own_keys(keyframe).unwrap_or_default();
        for key in keys.iter().filter_map(|key| key.as_string()) {
            let property = as_property(&key);
            let is_property =
                !matches!(key.as_str(), "offset" | "computedOffset" | "easing" | "composite");
            if is_property && !properties.contains(&property) {
                properties.push(property);
            }
        }
    }
    properties
}

/// `backgroundColor` → `background-color`.
fn as_property(key: &str) -> String {
    match key {
        "cssFloat" => return "float".to_owned(),
        "cssOffset" => return "offset".to_owned(),
        _ if key.starts_with("--") => return key.to_owned(),
        _ => {}
    }
    let mut property = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() {
            property.push('-');
        }
        property.push(c.to_ascii_lowercase());
    }
    property
}
