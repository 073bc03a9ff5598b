//! Data of the host as JSON values, and a packet as JSON text.

use baton_packet::Packet;
use serde_json::{Map, Number, Value};
use wasm_bindgen::JsValue;

use crate::data::Data;

/// Beyond it a number is no exact integer (`Number.MAX_SAFE_INTEGER`).
const LARGEST_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Reads data; what is none (a function, a symbol) becomes null.
pub fn from_js(value: &JsValue) -> Value {
    to_value(Data::from_js(value.clone()))
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
            let fields = fields.into_iter().map(|(name, value)| (name, to_value(value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

/// The packet's document.
pub fn to_json(packet: &Packet) -> String {
    // Fails only for maps whose keys are no text; there are none.
    serde_json::to_string(packet).unwrap_or_default()
}

/// The packet as a plain JavaScript value: what its document says.
pub fn to_js(packet: &Packet) -> JsValue {
    js_sys::JSON::parse(&to_json(packet)).unwrap_or(JsValue::NULL)
}
