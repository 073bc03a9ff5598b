//! The error messages that the page shows: alerts, what is written at invalid
//! fields, and the browser's own words about them.

use baton_evidence::environment::visible_errors;
use baton_evidence::redact::Redactor;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node};

use crate::BATON_UI;
use crate::js::{get, get_string, set};
use crate::privacy::{Judge, Verdict};

/// Where pages write errors: by ARIA, by the class names of common libraries, or at
/// a field. `:is()` forgives what an older browser does not know.
const PLACES: &str = ":is([role=alert],[aria-live=assertive],.error,.errors,.errorlist,\
    .error-message,.error-text,.form-error,.field-error,.input-error,.alert-danger,.alert-error,\
    .invalid-feedback,.toast-error,.text-danger,.Mui-error,.ant-form-item-explain-error,\
    [aria-invalid=true],:user-invalid)";
/// Places looked at, and nodes of one: a page may hold any number.
const MOST_PLACES: u32 = 200;
const MOST_NODES: u32 = 500;

/// Reads them, redacted.
pub fn read(judge: &Judge, redactor: &mut Redactor) -> Vec<String> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return Vec::new();
    };
    let Ok(places) = document.query_selector_all(PLACES) else { return Vec::new() };
    let mut texts = Vec::new();
    for index in 0..places.length().min(MOST_PLACES) {
        let Some(place) = places.get(index).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        match get_string(&place, "validationMessage") {
            Some(own) if is_shown(&place) => at_field(&document, judge, &place, own, &mut texts),
            _ => texts.push(text_of(judge, &place)),
        }
    }
    visible_errors(texts, redactor)
}

/// What the page says about a field, or else the browser.
fn at_field(
    document: &Document,
    judge: &Judge,
    field: &Element,
    own: String,
    to: &mut Vec<String>,
) {
    let before = to.len();
    for attribute in ["aria-errormessage", "aria-describedby"] {
        for id in field.get_attribute(attribute).unwrap_or_default().split_whitespace() {
            let place = document.get_element_by_id(id);
            to.extend(place.map(|place| text_of(judge, &place)).filter(|text| !text.is_empty()));
        }
    }
    // The browser's words may quote what is in the field.
    if to.len() == before && !judge.is_private_field(field) {
        to.push(own);
    }
}

/// The text that can be seen and is not private.
fn text_of(judge: &Judge, place: &Element) -> String {
    let ours = ["[", BATON_UI, "]"].concat();
    let mut reader = Reader { judge, text: String::new(), left: MOST_NODES };
    if !matches!(place.closest(&ours), Ok(Some(_))) {
        reader.element(place, None);
    }
    reader.text
}

struct Reader<'a> {
    judge: &'a Judge,
    text: String,
    left: u32,
}

impl Reader<'_> {
    fn element(&mut self, element: &Element, above: Option<Verdict>) {
        let verdict = self.judge.decide(element, above);
        if verdict == Verdict::Block || !is_shown(element) {
            return;
        }
        let mut next = element.first_child();
        while let Some(node) = next {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            match node.dyn_ref::<Element>() {
                Some(child) => self.element(child, Some(verdict)),
                None if node.node_type() == Node::TEXT_NODE && verdict == Verdict::Show => {
                    self.text.push_str(&node.node_value().unwrap_or_default());
                }
                None => {}
            }
            next = node.next_sibling();
        }
        // So that two paragraphs do not become one word.
        self.text.push(' ');
    }
}

/// Whether an element is drawn at all.
fn is_shown(element: &Element) -> bool {
    let options = js_sys::Object::new();
    set(&options, "visibilityProperty", &JsValue::TRUE);
    set(&options, "opacityProperty", &JsValue::TRUE);
    match get(element, "checkVisibility").dyn_into::<js_sys::Function>() {
        Ok(check) => check.call1(element, &options).is_ok_and(|shown| shown.is_truthy()),
        // Safari before 17.4.
        Err(_) => {
            let rect = element.get_bounding_client_rect();
            rect.width() > 0.0 && rect.height() > 0.0
        }
    }
}
