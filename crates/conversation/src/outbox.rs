//! Delivery of one frozen packet as a pure state machine:
//! queued → sending → delivered, or waiting → sending …, or refused.
//!
//! Back-off doubles from one second to one minute with half of each delay
//! random ("equal jitter", AWS Architecture Blog, "Exponential Backoff And
//! Jitter"); a `Retry-After` of the backend is a lower bound.

use baton_packet::Receipt;
use serde::{Deserialize, Serialize};

/// Attempts before the outbox stops trying on its own; the customer can always
/// try again by hand.
pub const MAX_ATTEMPTS: u32 = 6;

const FIRST_DELAY_MS: u32 = 1000;
const LONGEST_DELAY_MS: u32 = 60_000;
/// A backend may ask for patience, but not for more than a customer has.
const LONGEST_RETRY_AFTER_MS: u32 = 10 * 60_000;

/// How far a packet got.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Delivery {
    /// Nothing is to be sent yet.
    #[default]
    Idle,
    /// An attempt is under way.
    Sending {
        /// Which attempt, from 1.
        attempt: u32,
    },
    /// The last attempt failed; another follows.
    Waiting {
        /// How many attempts failed.
        attempt: u32,
        /// Delay before the next, in milliseconds.
        after_ms: u32,
        /// Why the last attempt failed, for the developer.
        reason: String,
    },
    /// The receiver has it.
    Delivered(Box<Receipt>),
    /// It will not be tried again by itself.
    Ended {
        /// Why, for the developer.
        reason: String,
        /// True if the receiver refused it, false if it was never reached.
        refused: bool,
    },
}

/// What happened to an attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A 2xx whose receipt echoed the packet's id.
    Receipt(Box<Receipt>),
    /// No answer, or one that a later attempt may change.
    Failed {
        /// Why, for the developer.
        reason: String,
        /// `Retry-After` of the backend, in milliseconds.
        retry_after_ms: Option<u32>,
        /// A random number, 0 to 1, for the jitter.
        random: f64,
    },
    /// An answer that no later attempt changes.
    Refused {
        /// Why, for the developer.
        reason: String,
    },
    /// There is nowhere to send it to.
    Impossible {
        /// Why, for the developer.
        reason: String,
    },
    /// The delay is over, the network came back, or the customer pressed "Try again".
    Retry,
}

impl Delivery {
    /// The first attempt begins.
    #[must_use]
    pub fn begin() -> Self {
        Self::Sending { attempt: 1 }
    }

    /// What follows from the input. Inputs that do not fit the state (a late
    /// timer, a second receipt) leave it as it is.
    #[must_use]
    pub fn after(&self, input: Input) -> Self {
        match (self, input) {
            (Self::Sending { .. } | Self::Waiting { .. }, Input::Receipt(receipt)) => {
                Self::Delivered(receipt)
            }
            (Self::Sending { .. }, Input::Refused { reason }) => {
                Self::Ended { reason, refused: true }
            }
            (Self::Sending { .. }, Input::Impossible { reason }) => {
                Self::Ended { reason, refused: false }
            }
            (Self::Sending { attempt }, Input::Failed { reason, retry_after_ms, random }) => {
                if *attempt >= MAX_ATTEMPTS {
                    return Self::Ended { reason, refused: false };
                }
                let after_ms = delay_ms(*attempt, retry_after_ms, random);
                Self::Waiting { attempt: *attempt, after_ms, reason }
            }
            (Self::Waiting { attempt, .. }, Input::Retry) => Self::Sending { attempt: attempt + 1 },
            (Self::Ended { .. }, Input::Retry) => Self::begin(),
            (state, _) => state.clone(),
        }
    }
}

/// Milliseconds before the next attempt, after this many failed.
#[must_use]
pub fn delay_ms(attempt: u32, retry_after_ms: Option<u32>, random: f64) -> u32 {
    let doubled = FIRST_DELAY_MS.saturating_mul(1 << attempt.saturating_sub(1).min(16));
    let half = doubled.min(LONGEST_DELAY_MS) / 2;
    let jittered = half + (f64::from(half) * random.clamp(0.0, 1.0)) as u32;
    jittered.max(retry_after_ms.unwrap_or(0).min(LONGEST_RETRY_AFTER_MS))
}

#[cfg(test)]
mod tests {
    use super::{Delivery, Input, MAX_ATTEMPTS, delay_ms};
    use baton_packet::{PacketId, Receipt};

    fn failed(retry_after_ms: Option<u32>) -> Input {
        Input::Failed { reason: "HTTP 503".to_owned(), retry_after_ms, random: 1.0 }
    }

    fn receipt() -> Box<Receipt> {
        Box::new(Receipt {
            id: PacketId::new(0, [0; 10]),
            received_at: None,
            conversation_token: None,
            links: Default::default(),
            missing: Vec::new(),
        })
    }

    #[test]
    fn delays_double_up_to_a_minute_and_are_never_below_half() {
        let longest: Vec<_> = (1..=9).map(|attempt| delay_ms(attempt, None, 1.0)).collect();
        assert_eq!(longest, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
        assert_eq!(delay_ms(3, None, 0.0), 2000);
        assert_eq!(delay_ms(3, None, f64::NAN).max(2000), 2000);
    }

    #[test]
    fn retry_after_is_a_lower_bound_but_not_for_ever() {
        assert_eq!(delay_ms(1, Some(30_000), 0.5), 30_000);
        assert_eq!(delay_ms(1, Some(10), 1.0), 1000);
        assert_eq!(delay_ms(1, Some(u32::MAX), 1.0), 600_000);
    }

    #[test]
    fn it_gives_up_after_the_last_attempt_and_can_be_taken_up_by_hand() {
        let mut delivery = Delivery::begin();
        for _ in 1..MAX_ATTEMPTS {
            delivery = delivery.after(failed(None)).after(Input::Retry);
        }
        assert_eq!(delivery, Delivery::Sending { attempt: MAX_ATTEMPTS });
        delivery = delivery.after(failed(None));
        assert!(matches!(delivery, Delivery::Ended { refused: false, .. }));
        assert_eq!(delivery.after(Input::Retry), Delivery::begin());
    }

    #[test]
    fn a_refusal_ends_it_and_a_receipt_is_final() {
        let refused = Delivery::begin().after(Input::Refused { reason: "HTTP 422".to_owned() });
        assert!(matches!(refused, Delivery::Ended { refused: true, .. }));
        let delivered = Delivery::begin().after(Input::Receipt(receipt()));
        for late in [failed(None), Input::Retry, Input::Refused { reason: String::new() }] {
            assert_eq!(delivered.after(late), delivered);
        }
    }

    #[test]
    fn a_receipt_that_comes_after_a_timeout_still_counts() {
        let waiting = Delivery::begin().after(failed(None));
        assert!(matches!(waiting.after(Input::Receipt(receipt())), Delivery::Delivered(_)));
    }
}
