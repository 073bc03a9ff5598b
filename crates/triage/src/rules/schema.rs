//! The JSON Schema of a rules file, from the types and the tables it is read by.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{Condition, Flag, Is, Measure, Rule, VERSION};
use crate::routing::Routing;

/// The whole file, for the schema only: it is read by hand.
#[derive(JsonSchema)]
#[schemars(title = "Baton rules", deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct File {
    /// Where this schema is.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// The version of the format.
    #[schemars(with = "Version")]
    version: u32,
    /// `default`: rules, routes and queues stand before the shipped ones and replace
    /// those of the same name. Without it they stand alone; what is left out is as
    /// shipped either way.
    #[schemars(with = "Option<Base>")]
    extends: Option<String>,
    /// How the agent should sound where no rule that fired says otherwise.
    tone: Option<String>,
    /// What is said to the customer, by key; in addition to the shipped ones.
    #[schemars(default)]
    messages: std::collections::BTreeMap<String, String>,
    /// When a human is brought in, by precedence: of the rules that fire, the first
    /// with the strongest action decides, and all are told.
    #[schemars(default)]
    rules: Vec<Rule>,
    /// Who takes a case, and how soon.
    routing: Option<Routing>,
}

/// The schema of a rules file.
#[must_use]
pub fn schema() -> Value {
    schemars::schema_for!(File).to_value()
}

/// A type that is written otherwise than it is held.
macro_rules! written {
    ($($name:ident: $schema:tt;)*) => { $(
        pub(crate) struct $name;
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> { stringify!($name).into() }
            fn inline_schema() -> bool { true }
            fn json_schema(_: &mut SchemaGenerator) -> Schema { json_schema!($schema) }
        }
    )* };
}

written! {
    Version: { "const": VERSION };
    Base: { "const": "default" };
    Lift: { "enum": ["low", "normal", "high", "urgent", "raise"] };
    Clock: { "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$" };
    Date: { "type": "string", "format": "date" };
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let own = generator.subschema_for::<Self>().to_value();
        let bounds = generator.subschema_for::<super::Bounds>().to_value();
        let mut keys = Map::new();
        for (key, name) in Is::NAMED {
            let entry = match key.labels() {
                Some(labels) => json!({ "enum": labels }),
                None => json!({ "type": "string", "minLength": 1 }),
            };
            let words = described(Described::Is(key));
            keys.insert(
                name.to_owned(),
                json!({ "description": words, "type": "array", "items": entry }),
            );
        }
        for (key, name) in Measure::NAMED {
            let mut entry = bounds.clone();
            entry["description"] = described(Described::Measure(key)).into();
            keys.insert(name.to_owned(), entry);
        }
        for (key, name) in Flag::NAMED {
            let words = described(Described::Flag(key));
            keys.insert(name.to_owned(), json!({ "description": words, "type": "boolean" }));
        }
        for (name, words) in
            [("all", "All of these hold."), ("any", "At least one of these holds.")]
        {
            keys.insert(
                name.to_owned(),
                json!({ "description": words, "type": "array", "items": own }),
            );
        }
        let mut not = own;
        not["description"] = "This does not hold.".into();
        keys.insert("not".to_owned(), not);
        json_schema!({
            "description": "Tests that must all hold; without any it always holds.",
            "type": "object",
            "properties": keys,
            "additionalProperties": false,
        })
    }
}

enum Described {
    Is(Is),
    Measure(Measure),
    Flag(Flag),
}

/// What a key asks, for whoever writes rules.
fn described(key: Described) -> &'static str {
    match key {
        Described::Is(key) => match key {
            Is::Intent => "The best intent is one of these.",
            Is::PossibleIntent => "One of these intents has a probability of at least 20 %.",
            Is::CustomerState => "The customer is one of these.",
            Is::Urgency => "The urgency is one of these.",
            Is::Topics => "One of these sensitive subjects is touched.",
            Is::Entities => "The customer's words hold a fact of one of these kinds.",
            Is::ProductArea => {
                "The words name one of these areas of the product; case does not matter."
            }
            Is::Plan => "The customer's plan is one of these; case does not matter.",
            Is::Segment => "The customer's segment is one of these; case does not matter.",
            Is::Role => "The customer's role is one of these; case does not matter.",
            Is::Assurance => "How far the customer's identity is proven.",
            Is::Language => {
                "The customer's language, by the first part of its tag (`pt`): that of the words, else the preferred one."
            }
            Is::PageUrl => {
                "The page's address fits one of these patterns: `*` stands for any text; one that begins with `/` is held against the path and what follows it."
            }
        },
        Described::Measure(key) => match key {
            Measure::IntentConfidence => "Probability of the intent, 0 to 1.",
            Measure::StateConfidence => "Probability of the customer's state, 0 to 1.",
            Measure::UrgencyConfidence => "Probability of the urgency, 0 to 1.",
            Measure::Turns => "Messages of the customer so far.",
            Measure::FailedAnswers => "Answers that did not help.",
            Measure::Repeats => "Messages that say again what an earlier one said.",
            Measure::AccountValue => {
                "Yearly value of the account; of an unknown one nothing holds."
            }
            Measure::FailedRequests => "Requests of the page that failed.",
            Measure::ConsoleErrors => "Errors that the page wrote to its console.",
        },
        Described::Flag(key) => match key {
            Flag::WantsHuman => "Whether a person was asked for.",
            Flag::HasErrors => "Whether the page had uncaught errors.",
            Flag::AnswerAvailable => "Whether something here could answer.",
            Flag::AnswerGrounded => "Whether the answer at hand names a source.",
            Flag::AnswerInferred => "Whether the answer's provider says that it inferred it.",
            Flag::AnswerNeedsHuman => "Whether whatever answers says that a person is needed.",
            Flag::EmailKnown => {
                "Whether an e-mail address of the customer is known, from the page or from the words."
            }
        },
    }
}
