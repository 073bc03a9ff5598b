//! JSON documents.

use serde_json::{Map, Value};

/// The document, indented, so that it can stand inside a page: no `</script`, no `<!--`.
pub fn text(value: &Value) -> String {
    format!("{value:#}").replace('<', "\\u003c")
}

/// An object without what is null.
pub fn object(fields: Value) -> Map<String, Value> {
    let Value::Object(mut fields) = fields else { return Map::new() };
    fields.retain(|_, value| !value.is_null());
    fields
}
