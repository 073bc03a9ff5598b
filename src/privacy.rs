//! The one judge of what in the page is private: for screenshots now, for steps
//! and replay later.

use wasm_bindgen::JsCast;
use web_sys::Element;

/// What may be shown of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Everything (secrets in its text are still masked).
    Show,
    /// That it is there, not what is in it.
    Mask,
}

/// Elements whose content the host keeps private. Besides Baton's own attributes
/// the common conventions of other tools are honoured, so that a host need not
/// label its page again.
const PRIVATE: &str = "[data-baton-mask],[data-baton-block],[data-private],.sentry-mask,\
    .sentry-block,.rr-mask,.rr-block,.fs-mask,.fs-exclude";

/// Fields that are private whatever the host says: `data-baton-allow` opens a
/// masked region again, but never a password. Of any element, because a month of
/// expiry is often a list. `autocomplete` is several words in any case.
const ALWAYS_PRIVATE: &str = "input[type=password],[autocomplete^=cc- i],\
    [autocomplete*=' cc-' i],[autocomplete*=one-time-code i],[autocomplete*=-password i]";

/// Privacy: decides for one element. A region's children follow their region;
/// callers that walk the tree need to ask only once for it.
pub fn decide(element: &Element) -> Privacy {
    let is = |selector: &str| element.matches(selector).unwrap_or(false);
    let private = is(ALWAYS_PRIVATE) || is(PRIVATE) && !is("[data-baton-allow]");
    if private { Privacy::Mask } else { Privacy::Show }
}

/// Whether a field's value is private, also when the field stands in a private region.
pub fn is_private_field(element: &Element) -> bool {
    decide(element) == Privacy::Mask
        || was_password(element)
        || element.closest(PRIVATE).ok().flatten().is_some_and(|region| {
            element
                .closest("[data-baton-allow]")
                .ok()
                .flatten()
                .is_none_or(|allowed| !region.contains(Some(&allowed)))
        })
}

/// A "show password" button turns the type to text; the name still tells.
fn was_password(element: &Element) -> bool {
    if element.dyn_ref::<web_sys::HtmlInputElement>().is_none() {
        return false;
    }
    let attribute = |name: &str| element.get_attribute(name).unwrap_or_default();
    let words = [attribute("name"), attribute("id")].join(" ").to_ascii_lowercase();
    ["password", "passwd", "pwd"].iter().any(|word| words.contains(word))
}
