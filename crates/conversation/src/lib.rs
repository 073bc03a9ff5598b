//! The conversation as a pure reducer and the delivery as a pure state machine.
//!
//! [`reduce`] takes the state and an [`Event`] and returns what must be done as
//! [`Effect`]s; it knows no clock, no browser and no network. The browser shell
//! performs effects and reports back with further events. Understanding,
//! gathering, approving and delivering happen in other modules of the browser;
//! what they need and give crosses over as [`Understanding`], [`Words`],
//! [`Approval`], [`Review`] and [`Confirmation`].
//!
//! ```
//! use baton_conversation::{Effect, Event, State, Voice, reduce};
//! use baton_packet::Timestamp;
//!
//! // The words of a language; the widget's come from `www/locales`.
//! struct Mute;
//! impl Voice for Mute {
//!     fn words(&self, _: &str) -> Option<String> { None }
//!     fn shipped(&self, _: &str) -> Option<String> { None }
//!     fn plural(&self, _: u32) -> String { "other".to_owned() }
//!     fn number(&self, number: u32) -> String { number.to_string() }
//!     fn list(&self, parts: &[String]) -> String { parts.join(", ") }
//!     fn moment(&self, unix_ms: f64) -> String { unix_ms.to_string() }
//! }
//!
//! let mut state = State::default();
//! let at = Timestamp::from_unix_ms(1_795_554_320_000.0);
//! let text = "The export fails with error 500 every time".to_owned();
//! let effects = reduce(&mut state, Event::CustomerWrote { text, at }, &Mute);
//! assert_eq!(effects, [Effect::TellMessage, Effect::Understand]);
//! ```

mod answer;
mod ask;
mod assemble;
mod consent;
pub mod contrast;
mod correct;
mod event;
pub mod history;
pub mod markdown;
pub mod outbox;
pub mod qa;
mod reduce;
mod review;
pub mod speech;
mod state;
pub mod talk;
mod understanding;
mod voice;
mod words;

pub use answer::{Answer, Shown, Source, Standing};
pub use ask::{Choice, Question, QuestionKind};
pub use assemble::{Gathered, assemble};
pub use consent::{Approval, Item, approve};
pub use event::{Effect, Event};
pub use history::Kept;
pub use outbox::Delivery;
pub use qa::{QaEvent, Report};
pub use reduce::{bounded, reduce};
pub use review::{
    AnswerBy, Confirmation, Line, Review, ReviewItem, ReviewPicture, confirm, review,
};
pub use state::{EditedSummary, Stage, State};
pub use talk::Talk;
pub use understanding::{Corrected, Facts, Heard, Understanding, understand};
pub use voice::Voice;
pub use words::Words;
