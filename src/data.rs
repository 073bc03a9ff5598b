//! A JavaScript value as plain data. serde-wasm-bindgen carries it over the
//! border once; what it means is read from it field by field. One type instead
//! of a derived reader for each: those cost the widget a tenth of its size.

use std::cell::Cell;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use wasm_bindgen::JsValue;

/// Null, boolean, number, text, list or fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Data {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Data>),
    Fields(Vec<(String, Data)>),
}

impl Data {
    /// Reads a value; what is no data (a function, a cycle) is [`Data::Null`].
    pub fn from_js(value: JsValue) -> Self {
        Self::within(value, DEEPEST)
    }

    /// Reads a value down to this depth.
    pub fn within(value: JsValue, deepest: u8) -> Self {
        Reader { depth: 0, deepest, left: &Cell::new(MOST_VALUES) }
            .deserialize(serde_wasm_bindgen::Deserializer::from(value))
            .unwrap_or_default()
    }
}

#[cfg(feature = "widget")]
impl Data {
    /// A field; [`Data::Null`] where there is none.
    pub fn get(&self, name: &str) -> &Data {
        match self {
            Data::Fields(fields) => {
                fields.iter().find(|(known, _)| known == name).map_or(&Data::Null, |field| &field.1)
            }
            _ => &Data::Null,
        }
    }

    pub fn text(&self, name: &str) -> Option<String> {
        match self.get(name) {
            Data::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Data::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Data::Bool(value) => Some(*value),
            _ => None,
        }
    }

    pub fn is_true(&self, name: &str) -> bool {
        self.boolean(name) == Some(true)
    }

    /// The entries of a list; none where it is no list.
    pub fn list(&self, name: &str) -> &[Data] {
        match self.get(name) {
            Data::List(entries) => entries,
            _ => &[],
        }
    }

    /// The texts of a list.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let texts = self.list(name).iter();
        texts
            .filter_map(|entry| match entry {
                Data::Text(text) => Some(text.clone()),
                _ => None,
            })
            .collect()
    }
}

/// Deeper values are cut off: an object may contain itself.
const DEEPEST: u8 = 16;
/// Values read at most: it may contain itself many times.
const MOST_VALUES: u32 = 200_000;

#[derive(Clone, Copy)]
struct Reader<'a> {
    depth: u8,
    deepest: u8,
    left: &'a Cell<u32>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Data;

    /// What is no data, such as a function, costs only itself.
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        let left = self.left.get().saturating_sub(1);
        self.left.set(left);
        let read = match self.depth == self.deepest || left == 0 {
            true => deserializer.deserialize_ignored_any(self),
            false => deserializer.deserialize_any(self),
        };
        Ok(read.unwrap_or_default())
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Data;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("data")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Data, E> {
        Ok(Data::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Data, E> {
        Ok(Data::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Data, E> {
        Ok(Data::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Data, E> {
        Ok(Data::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Data, E> {
        Ok(Data::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Data, E> {
        Ok(Data::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_none<E>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    // The defaults of the rest would format an error nobody reads, floats and all.
    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Data, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Data, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_char<E>(self, _: char) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Data, A::Error> {
        Ok(Data::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Data, A::Error> {
        let deeper = Reader { depth: self.depth + 1, ..self };
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element_seed(deeper)? {
            list.push(entry);
        }
        Ok(Data::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Data, A::Error> {
        let deeper = Reader { depth: self.depth + 1, ..self };
        let mut fields = Vec::new();
        while let Some(name) = entries.next_key_seed(deeper)? {
            let value = entries.next_value_seed(deeper)?;
            if let Data::Text(name) = name {
                fields.push((name, value));
            }
        }
        Ok(Data::Fields(fields))
    }
}
