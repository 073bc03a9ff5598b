//! Bodies of requests and responses, by their form.

use super::{Redactor, Scope, members};

/// The form of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON, whole or cut off, one value or several.
    Json,
    /// `application/x-www-form-urlencoded`.
    Pairs,
    /// Anything else.
    Text,
}

/// The form of a body with this media type. Servers often send JSON as something
/// else, so the text has a say, too.
pub fn form(media_type: &str, text: &str) -> Form {
    let media_type = media_type.to_ascii_lowercase();
    if media_type.contains("x-www-form-urlencoded") {
        Form::Pairs
    } else if media_type.contains("json") || looks_like_json(text) {
        Form::Json
    } else {
        Form::Text
    }
}

/// An object, or a list of objects or strings. A list of lists looks like a
/// placeholder.
fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start();
    let inside = text.get(1..).map_or("", str::trim_start);
    match text.as_bytes().first() {
        Some(b'{') => inside.starts_with('"'),
        Some(b'[') => inside.starts_with(['{', '"']),
        _ => false,
    }
}

impl Redactor {
    pub(super) fn mask_body(&self, text: String, form: Form) -> String {
        match form {
            Form::Json => self.mask(members::mask(&text).unwrap_or(text), Scope::All),
            Form::Pairs => {
                // What follows the `?` of an address has the same form.
                let mut masked = self.mask(["?", &text].concat(), Scope::All);
                masked.remove(0);
                masked
            }
            Form::Text => self.mask(text, Scope::All),
        }
    }
}
