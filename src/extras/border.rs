//! Values across the border to JavaScript. In by one dynamic reader, out as JSON
//! text: a derived reader and writer against JavaScript objects for each type of
//! the packet would be a third of the module.

use serde::Serialize;
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

use crate::js;

/// Deeper values are cut off; the redactor says so in a packet.
const DEEPEST: u32 = 80;
/// Values read at most: an object of the host may contain itself many times.
const MOST_VALUES: u32 = 200_000;
/// Beyond it a number is no exact integer (`Number.MAX_SAFE_INTEGER`).
const LARGEST_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Reads data; what is none (a function, a symbol) becomes null.
pub fn from_js(value: &JsValue) -> Value {
    Reader { left: MOST_VALUES }.value(value, 0)
}

struct Reader {
    left: u32,
}

impl Reader {
    fn value(&mut self, value: &JsValue, depth: u32) -> Value {
        if depth > DEEPEST || self.left == 0 {
            return Value::Null;
        }
        self.left -= 1;
        if let Some(text) = value.as_string() {
            Value::String(text)
        } else if let Some(number) = value.as_f64() {
            match number.trunc() == number && number.abs() <= LARGEST_INTEGER {
                true => Value::from(number as i64),
                false => Number::from_f64(number).map_or(Value::Null, Value::Number),
            }
        } else if let Some(flag) = value.as_bool() {
            Value::Bool(flag)
        } else if let Some(list) = value.dyn_ref::<js_sys::Array>() {
            Value::Array(list.iter().map(|entry| self.value(&entry, depth + 1)).collect())
        } else if value.is_object() {
            Value::Object(self.fields(value.unchecked_ref(), depth + 1))
        } else {
            // A BigInt, as far as it fits, or no data at all.
            i64::try_from(value.clone()).map_or(Value::Null, Value::from)
        }
    }

    fn fields(&mut self, object: &js_sys::Object, depth: u32) -> Map<String, Value> {
        let mut fields = Map::new();
        for key in js_sys::Object::keys(object).iter() {
            if let Some(name) = key.as_string() {
                let value = js::get(object, &name);
                fields.insert(name, self.value(&value, depth));
            }
        }
        fields
    }
}

/// As JSON text.
pub fn to_json(value: &impl Serialize) -> String {
    // Fails only for maps whose keys are no text; there are none.
    serde_json::to_string(value).unwrap_or_default()
}

/// As a plain JavaScript value.
pub fn to_js(value: &impl Serialize) -> JsValue {
    js_sys::JSON::parse(&to_json(value)).unwrap_or(JsValue::NULL)
}
