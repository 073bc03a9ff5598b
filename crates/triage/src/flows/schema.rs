//! The JSON Schema of a flows file, from the types it is read into.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::{Flow, Limit, Wording};
use crate::rules::schema::{Base, Version};

/// The whole file, for the schema only: it is read by hand.
#[derive(JsonSchema)]
#[schemars(title = "Baton flows", deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct File {
    /// Where this schema is.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// The version of the format.
    #[schemars(with = "Version")]
    version: u32,
    /// `default`: flows stand before the shipped ones and replace those of the same
    /// id. Without it they stand alone; what is left out is as shipped either way.
    #[schemars(with = "Option<Base>")]
    extends: Option<String>,
    /// Questions of one conversation at most; 0 asks none.
    #[schemars(range(max = 20))]
    most: Option<u32>,
    /// Where fewer are asked; the least of those that hold counts.
    limits: Option<Vec<Limit>>,
    /// What is asked, by precedence: the first flow that fits asks.
    flows: Option<Vec<Flow>>,
}

/// The schema of a flows file.
#[must_use]
pub fn schema() -> Value {
    schemars::schema_for!(File).to_value()
}

impl JsonSchema for Wording {
    fn schema_name() -> Cow<'static, str> {
        "Wording".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text, or one for each language by its BCP 47 tag: the one of the widget's language is taken, else the English one, else the first.",
            "anyOf": [
                { "type": "string", "minLength": 1 },
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": { "pattern": "^[A-Za-z0-9-]{1,35}$" },
                    "additionalProperties": { "type": "string", "minLength": 1 },
                },
            ],
        })
    }
}
