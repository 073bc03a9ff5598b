//! What a support message is about, whether it needs a human, and who should
//! take it. Pure and deterministic: no clock, no I/O, no page.
//!
//! Six questions, six functions. [`triage()`] reads the customer's words, with
//! the learned [`Model`] or, until that has arrived, by its rules alone,
//! [`decide`] applies the escalation rules, [`route()`] names a queue, [`extract`]
//! finds the facts that nobody should ask for again, [`Flows::questions`] says what
//! to ask for, and [`summarize`] puts the case in a few lines of the customer's own.
//!
//! ```
//! use baton_packet::Intent;
//! use baton_triage::{Action, Context, MODEL, Model, decide, route, summarize, triage};
//!
//! let messages = ["Hi, you charged my card twice this month, please refund one payment."];
//! let model = Model::read(MODEL)?;
//! let triage = triage(Some(&model), &messages);
//! assert_eq!(triage.intent, Intent::Refund);
//!
//! let context = Context { answer_available: true, answer_grounded: true, ..Context::default() };
//! let decision = decide(&triage, &context);
//! assert_eq!(decision.action, Action::Escalate);
//! assert_eq!(decision.escalation.rule, "refund");
//! assert_eq!(route(&triage, &context).queue, "billing");
//! assert!(summarize(&messages).title.starts_with("you charged my card twice"));
//! # Ok::<(), baton_triage::ModelError>(())
//! ```

mod context;
mod cues;
mod facts;
mod features;
pub mod flows;
mod language;
mod letters;
mod mail;
mod model;
mod phrases;
mod routing;
pub mod rules;
mod sentences;
mod summary;
mod topics;
mod triage;
mod untaught;
mod wish;
mod words;

/// The types that triage takes and gives.
pub use baton_packet as packet;
pub use context::{Context, names_email};
pub use facts::{Area, Facts, extract};
pub use flows::{Flows, Question, QuestionKind, QuestionOption};
pub use model::{Model, ModelError};
pub use routing::{Day, Hours, Opening, Opens, QueueRule, RouteRule, Routing, route};
pub use rules::{
    Action, Decision, ENTITIES, FileError, Problem, Rule, Rules, UNSURE_BELOW, decide, repeats,
};
pub use summary::{summarize, summarize_about, summarize_with};
pub use triage::triage;

/// What the trainer needs to make a model of the same features.
#[cfg(feature = "learning")]
pub mod learning {
    pub use crate::features::{
        Feature, KEY_BITS, Kind, LIST_SCALE, PAIR_SCALE, each_feature, list_key, pair_key,
        phrase_key,
    };
    pub use crate::model::ANSWERS;
    pub use crate::model::file::{Draft, labels, rescaled};
    pub use crate::topics::LISTS as TOPIC_LISTS;
    pub use baton_packet::{CustomerState, Intent, Topic, Triage, Urgency};
}

/// The model's file, for programs that carry it with them; a page downloads it.
#[cfg(feature = "embedded-model")]
pub const MODEL: &[u8] = include_bytes!("../model/triage.model");
