//! What is kept of delivered cases, so that they go on in the next page.

use baton_packet::reply::State as Status;
use baton_packet::{Author, Receipt, Timestamp};
use serde::{Deserialize, Serialize};

use crate::talk::{Entry, Post, What};
use crate::{Confirmation, Delivery, Line, State, Talk};

/// Most cases kept of one customer.
pub const MOST_CASES: usize = 5;
/// Most that all of them may take, in bytes: the browser's store is the page's, too.
pub const MOST_BYTES: usize = 200 * 1024;

const DAY_MS: f64 = 86_400_000.0;
/// How long after it was solved a case is taken up again by itself.
const SOLVED_MS: f64 = DAY_MS;
/// How old a case may be that is taken up again by itself.
const OLDEST_MS: f64 = 14.0 * DAY_MS;

/// What is kept of a delivered case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What is true of the packet.
    pub confirmation: Confirmation,
    /// Where the conversation goes on.
    pub receipt: Receipt,
    /// What was said before the hand-over, redacted.
    pub transcript: Vec<Line>,
    /// When it was handed over.
    pub at: Timestamp,
    /// What was said since.
    pub talk: Talk,
}

impl Kept {
    /// What is to be kept of this conversation, handed over at that time; `None` if
    /// there is no receipt.
    #[must_use]
    pub fn of(state: &State, at: &Timestamp) -> Option<Self> {
        let Delivery::Delivered(receipt) = &state.delivery else { return None };
        // After a reload the messages are those that were kept, redacted then.
        let transcript = match &state.review {
            Some(review) => review.transcript.clone(),
            None => state
                .messages
                .iter()
                .map(|message| Line {
                    mine: message.author == Author::Customer,
                    text: message.text.clone(),
                })
                .collect(),
        };
        Some(Self {
            confirmation: state.confirmation.clone()?,
            receipt: (**receipt).clone(),
            transcript,
            at: at.clone(),
            talk: state.talk.clone(),
        })
    }

    /// Whether it is to go on by itself at this time (milliseconds since 1970 UTC):
    /// neither old, nor solved long ago, nor ended.
    #[must_use]
    pub fn goes_on(&self, now_ms: f64) -> bool {
        // RFC 3339 in UTC sorts by time; an offset of the receiver's costs hours of a day.
        let since = |ms: f64| Timestamp::from_unix_ms(now_ms - ms);
        let solved = self.talk.entries.iter().rev().find_map(|entry| match entry.what {
            What::Solved(true) => Some(&entry.at),
            _ => None,
        });
        let is_over = self.talk.status == Some(Status::Resolved)
            && solved.is_none_or(|at| *at < since(SOLVED_MS));
        self.at > since(OLDEST_MS) && !is_over && !self.talk.is_over
    }

    /// About the bytes it takes.
    fn size(&self) -> usize {
        const FRAME: usize = 1000;
        const LINE: usize = 40;
        let said: usize = self.transcript.iter().map(|line| LINE + line.text.len()).sum();
        FRAME + said + self.talk.entries.iter().map(entry_size).sum::<usize>()
    }

    /// Lets go of the older half of what was said; false if nothing is left to let go.
    /// What the receiver does not have yet stays.
    fn halve(&mut self) -> bool {
        let is_unsent =
            |entry: &Entry| matches!(&entry.what, What::Mine { post, .. } if *post != Post::Sent);
        let before = (self.transcript.len(), self.talk.entries.len());
        let older = before.1.div_ceil(2);
        let mut place = 0;
        self.talk.entries.retain(|entry| {
            place += 1;
            place > older || is_unsent(entry)
        });
        if self.talk.entries.len() == before.1 {
            self.transcript.drain(..before.0.div_ceil(2));
        }
        before != (self.transcript.len(), self.talk.entries.len())
    }
}

fn entry_size(entry: &Entry) -> usize {
    const FRAME: usize = 150;
    const FILE: usize = 250;
    FRAME
        + match &entry.what {
            What::Mine { text, files, .. } | What::Theirs { text, files, .. } => {
                text.len() + files.len() * FILE
            }
            What::Agent { .. } | What::Moved { .. } | What::Solved(_) => 0,
        }
}

/// Puts a case among the kept ones, in the place of what was kept of it before, and cuts
/// all of them to their limits: the oldest cases go first, then the older half of what
/// the last one holds.
pub fn put(cases: &mut Vec<Kept>, kept: Kept) {
    cases.retain(|other| other.confirmation.id != kept.confirmation.id);
    cases.push(kept);
    cases.sort_by(|a, b| b.at.cmp(&a.at));
    cases.truncate(MOST_CASES);
    let size = |cases: &[Kept]| cases.iter().map(Kept::size).sum::<usize>();
    while size(cases) > MOST_BYTES {
        if cases.len() > 1 {
            cases.pop();
        } else if !cases.iter_mut().any(Kept::halve) {
            break;
        }
    }
}
