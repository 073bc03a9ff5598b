//! JSON documents.

use serde_json::{Map, Value};

/// The document, indented, so that it can stand inside a page: no `</script`, no `<!--`.
pub fn text(value: &Value) -> String {
    // Fails only for maps whose keys are no text; there are none.
    serde_json::to_string_pretty(value).unwrap_or_default().replace('<', "\\u003c")
}

/// The same on one line.
pub fn line(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('<', "\\u003c")
}

/// An object without what is null.
pub fn object(fields: Value) -> Map<String, Value> {
    let Value::Object(all) = fields else { return Map::new() };
    // Neither retained nor collected: a map that shrinks or is sorted at once is much
    // code.
    let mut fields = Map::new();
    for (name, value) in all {
        if !value.is_null() {
            fields.insert(name, value);
        }
    }
    fields
}
