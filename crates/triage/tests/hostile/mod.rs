//! Files as nobody should write them.

use proptest::prelude::*;
use serde_json::{Value, json};

/// Any JSON, with these names and labels in it.
pub fn any_json(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let names = prop::sample::select(names);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1e6..1e6).prop_map(|number: f64| json!(number)),
        names.clone().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..6)
                .prop_map(|entries| entries.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

/// Puts a value at the n-th place of a document, counted through all of it.
pub fn replace(document: &mut Value, place: &mut usize, value: &Value) -> bool {
    if *place == 0 {
        *document = value.clone();
        return true;
    }
    *place -= 1;
    match document {
        Value::Array(entries) => entries.iter_mut().any(|entry| replace(entry, place, value)),
        Value::Object(members) => members.values_mut().any(|member| replace(member, place, value)),
        _ => false,
    }
}
