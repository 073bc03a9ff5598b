//! Wire labels of the packet's enumerations.

use serde::Serialize;

/// The label this value has on the wire, such as `unhandled_rejection`.
pub fn label(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(label)) => label,
        _ => String::new(),
    }
}
