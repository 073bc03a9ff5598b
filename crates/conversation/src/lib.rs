//! The conversation as a pure reducer and the delivery as a pure state machine.
//!
//! [`reduce`] takes the state and an [`Event`] and returns what must be done as
//! [`Effect`]s; it knows no clock, no browser and no network. The browser shell
//! performs effects and reports back with further events. Gathering, approving
//! and delivering happen elsewhere in the browser; what they need and give
//! crosses over as [`Words`], [`Approval`], [`Review`] and [`Confirmation`].
//!
//! ```
//! use baton_conversation::{Effect, Event, Facts, Stage, State, reduce};
//! use baton_packet::Timestamp;
//!
//! let mut state = State::default();
//! let at = Timestamp::from_unix_ms(1_795_554_320_000.0);
//! let text = "The export fails with error 500 every time".to_owned();
//! let effects = reduce(&mut state, None, Event::CustomerWrote { text, at, facts: Facts::default() });
//! assert_eq!(state.stage, Stage::Gathering);
//! assert!(effects.contains(&Effect::Gather));
//! ```

mod assemble;
mod consent;
mod event;
pub mod outbox;
mod reduce;
mod review;
pub mod speech;
mod state;
mod words;

pub use assemble::{Gathered, assemble};
pub use consent::{Approval, Item, approve};
pub use event::{Effect, Event};
pub use outbox::Delivery;
pub use reduce::reduce;
pub use review::{Confirmation, Line, Review, ReviewItem, confirm, review};
pub use state::{Facts, Stage, State};
pub use words::Words;
