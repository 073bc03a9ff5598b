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
//! use baton_conversation::{Effect, Event, State, reduce};
//! use baton_packet::Timestamp;
//!
//! let mut state = State::default();
//! let at = Timestamp::from_unix_ms(1_795_554_320_000.0);
//! let text = "The export fails with error 500 every time".to_owned();
//! let effects = reduce(&mut state, Event::CustomerWrote { text, at });
//! assert_eq!(effects, [Effect::TellMessage, Effect::Understand]);
//! ```

mod assemble;
mod consent;
mod correct;
mod event;
pub mod outbox;
pub mod qa;
mod reduce;
mod review;
pub mod speech;
mod state;
mod understanding;
mod words;

pub use assemble::{Gathered, assemble};
pub use consent::{Approval, Item, approve};
pub use event::{Effect, Event};
pub use outbox::Delivery;
pub use qa::{QaEvent, Report};
pub use reduce::{bounded, reduce};
pub use review::{Confirmation, Line, Review, ReviewItem, ReviewPicture, confirm, review};
pub use state::{Stage, State};
pub use understanding::{Answers, Corrected, Facts, Heard, Understanding, understand};
pub use words::Words;
