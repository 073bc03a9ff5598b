//! Data of the host as JSON values, and what is made of it as JSON text.

use serde::Serialize;
use serde_json::{Map, Number, Value};
use wasm_bindgen::JsValue;

use crate::data::Data;

/// Beyond it a number is no exact integer (`Number.MAX_SAFE_INTEGER`).
const LARGEST_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Reads data; what is none (a function, a symbol) becomes null.
pub fn from_js(value: &JsValue) -> Value {
    to_value(Data::from_js(value.clone()))
}

/// The value of a JSON text of our own, which nests no deeper than this.
pub fn parse(json: &str, deepest: u8) -> Option<Value> {
    let value = js_sys::JSON::parse(json).ok()?;
    Some(to_value(Data::within(value, deepest)))
}

fn to_value(data: Data) -> Value {
    match data {
        Data::Null => Value::Null,
        Data::Bool(flag) => Value::Bool(flag),
        Data::Number(number) if number.trunc() == number && number.abs() <= LARGEST_INTEGER => {
            Value::from(number as i64)
        }
        Data::Number(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        Data::Text(text) => Value::String(text),
        Data::List(entries) => Value::Array(entries.into_iter().map(to_value).collect()),
        Data::Fields(fields) => {
            // Not collected: that sorts first, which is two kilobytes of code.
            let mut object = Map::new();
            for (name, value) in fields {
                object.insert(name, to_value(value));
            }
            Value::Object(object)
        }
    }
}

/// As JSON text.
pub fn to_json(value: &impl Serialize) -> String {
    // Fails only for maps whose keys are no text; there are none.
    serde_json::to_string(value).unwrap_or_default()
}

/// As a plain JavaScript value. By way of its JSON, which a packet needs anyway: a
/// second writer for each type would be a tenth of the module.
pub fn to_js(value: &impl Serialize) -> JsValue {
    js_sys::JSON::parse(&to_json(value)).unwrap_or(JsValue::NULL)
}
