//! After the hand-over: the customer and the team talk in the same thread. What the
//! reply channel tells (`baton_packet::reply`) becomes a list of entries; what the
//! customer writes is kept until the receiver has it.

use baton_packet::reply::{Event as Told, File, State as Status};
use baton_packet::{Author, Timestamp};
use serde::{Deserialize, Serialize};

use crate::reduce::bounded;

/// Most entries kept: the oldest go first.
pub const MAX_ENTRIES: usize = 500;

/// What is known of the talk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Talk {
    /// What was said and what happened, oldest first.
    pub entries: Vec<Entry>,
    /// Where the case stands.
    pub status: Option<Status>,
    /// The queue it is in, if the team moved it.
    pub queue: Option<String>,
    /// Place in the queue; 1 is next.
    pub position: Option<u32>,
    /// Minutes until an answer is expected.
    pub eta_minutes: Option<u32>,
    /// Who is there.
    pub agent: Option<String>,
    /// Who is writing; empty if they have no name.
    #[serde(skip)]
    pub typing: Option<String>,
    /// Entries of the team that the customer has not seen.
    pub unread: u32,
    /// Number of the last event: what to ask `after`.
    pub seq: u64,
    /// Number of the last event that the customer has seen.
    pub seen: u64,
    /// The rating, once it is given.
    pub rating: Option<Rating>,
    /// Whether the channel does not answer right now.
    #[serde(skip)]
    pub is_lost: bool,
}

/// One entry of the thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the message; empty for what only happened.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The customer wrote.
    Mine {
        /// What.
        text: String,
        /// Files that came with it.
        files: Vec<File>,
        /// How far it got.
        post: Post,
    },
    /// The team wrote.
    Theirs {
        /// Who; empty if unnamed.
        name: String,
        /// What.
        text: String,
        /// Files that came with it.
        files: Vec<File>,
    },
    /// Somebody joined or left.
    Agent {
        /// Who.
        name: String,
        /// Whether they joined.
        joined: bool,
    },
    /// The case went to another queue.
    Moved {
        /// Which.
        to: String,
        /// Why, if customers are told.
        reason: Option<String>,
    },
    /// It was solved, or opened again.
    Solved(bool),
}

/// How far a message of the customer got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// On its way.
    Sending,
    /// Not yet; it is tried again.
    Waiting,
    /// The receiver has it.
    Sent,
    /// The receiver does not take it.
    Refused(String),
}

/// The customer's rating (CSAT).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// 1 to 5.
    pub score: u8,
    /// Whether they had to repeat themselves.
    pub repeated: Option<bool>,
    /// In their words.
    pub comment: Option<String>,
}

/// What happens to the talk.
#[derive(Debug, Clone, PartialEq)]
pub enum TalkEvent {
    /// The channel told something; numbered if it is stored.
    Told(Option<u64>, Told),
    /// The channel does not answer, or does again.
    Lost(bool),
    /// Nobody was heard writing for a while.
    TypingEnded,
    /// The customer wrote this.
    Wrote {
        /// A new id.
        id: String,
        /// What, redacted.
        text: String,
        /// When.
        at: Timestamp,
    },
    /// What became of a message.
    Posted(String, Post),
    /// The customer wants it tried again.
    Retry(String),
    /// The customer looks at the thread.
    Looked,
    /// The customer rated.
    Rated(Rating),
}

/// What must be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum TalkEffect {
    /// Send this message, answer with [`TalkEvent::Posted`].
    Post {
        /// Its id: the same message, however often it is sent.
        id: String,
        /// What it says.
        text: String,
        /// When it was written.
        at: Timestamp,
    },
    /// Tell the receiver that everything up to this was seen.
    Seen(u64),
    /// Send the rating.
    Rate(Rating),
    /// The number of unread entries changed; whether there is a new one to draw
    /// attention to.
    Unread(u32, bool),
    /// Tell the host page: the team wrote this.
    TellReply(String),
    /// What was told is to be kept for the next page.
    Keep,
}

impl Talk {
    /// Applies an event and returns what must be done outside, in order.
    pub fn reduce(&mut self, event: TalkEvent) -> Vec<TalkEffect> {
        match event {
            TalkEvent::Told(seq, told) => self.told(seq, told),
            TalkEvent::Lost(is_lost) => {
                self.is_lost = is_lost;
                Vec::new()
            }
            TalkEvent::TypingEnded => {
                self.typing = None;
                Vec::new()
            }
            TalkEvent::Wrote { id, text, at } => {
                if text.trim().is_empty() {
                    return Vec::new();
                }
                let text = bounded(text);
                let what =
                    What::Mine { text: text.clone(), files: Vec::new(), post: Post::Sending };
                self.push(Entry { id: id.clone(), at: at.clone(), what });
                vec![TalkEffect::Post { id, text, at }, TalkEffect::Keep]
            }
            TalkEvent::Posted(id, post) => match self.mine(&id) {
                Some((_, _, state)) if *state != Post::Sent => {
                    *state = post;
                    vec![TalkEffect::Keep]
                }
                _ => Vec::new(),
            },
            TalkEvent::Retry(id) => {
                let Some((text, at, post)) = self.mine(&id) else { return Vec::new() };
                if matches!(post, Post::Sent | Post::Sending) {
                    return Vec::new();
                }
                *post = Post::Sending;
                let (text, at) = (text.clone(), at.clone());
                vec![TalkEffect::Post { id, text, at }]
            }
            TalkEvent::Looked => {
                let had = std::mem::take(&mut self.unread) > 0;
                let mut effects = Vec::new();
                if had {
                    effects.extend([TalkEffect::Unread(0, false), TalkEffect::Keep]);
                }
                if self.seen < self.seq {
                    self.seen = self.seq;
                    effects.push(TalkEffect::Seen(self.seq));
                }
                effects
            }
            TalkEvent::Rated(rating) => {
                if self.rating.is_some() {
                    return Vec::new();
                }
                self.rating = Some(rating.clone());
                vec![TalkEffect::Rate(rating), TalkEffect::Keep]
            }
        }
    }

    /// Messages of the customer that the receiver does not have yet, oldest first.
    #[must_use]
    pub fn unsent(&self) -> Vec<String> {
        let waits = |entry: &&Entry| {
            matches!(&entry.what, What::Mine { post: Post::Sending | Post::Waiting, .. })
        };
        self.entries.iter().filter(waits).map(|entry| entry.id.clone()).collect()
    }

    fn told(&mut self, seq: Option<u64>, told: Told) -> Vec<TalkEffect> {
        if let Some(seq) = seq {
            // Told twice, by two tabs or after a new connection, it happened once.
            if seq <= self.seq {
                return Vec::new();
            }
            self.seq = seq;
        }
        let mut effects = Vec::new();
        match told {
            Told::Typing(typing) => {
                let name = typing.name.unwrap_or_default();
                self.typing = typing.active.then_some(name);
                return effects;
            }
            Told::Status(told) => {
                let before = self.status.replace(told.status);
                (self.position, self.eta_minutes) = (told.position, told.eta_minutes);
                if told.queue.is_some() {
                    self.queue = told.queue;
                }
                let was_solved = before == Some(Status::Resolved);
                let is_solved = told.status == Status::Resolved;
                if was_solved != is_solved && (is_solved || before.is_some()) {
                    self.happened(&told.at, What::Solved(is_solved), &mut effects);
                }
            }
            Told::Agent(told) => {
                self.agent = told.joined.then(|| told.name.clone());
                let what = What::Agent { name: told.name, joined: told.joined };
                self.happened(&told.at, what, &mut effects);
            }
            Told::Queue(told) => {
                self.queue = Some(told.to.clone());
                let what = What::Moved { to: told.to, reason: told.reason };
                self.happened(&told.at, what, &mut effects);
            }
            Told::Message(message) if message.author.kind == Author::Customer => {
                match self.mine(&message.id) {
                    Some((_, _, post)) => *post = Post::Sent,
                    // Written in another tab, or on another device.
                    None => {
                        let what = What::Mine {
                            text: message.text,
                            files: message.attachments,
                            post: Post::Sent,
                        };
                        self.push(Entry { id: message.id, at: message.at, what });
                    }
                }
            }
            Told::Message(message) => {
                let name = message.author.name.or_else(|| self.agent.clone()).unwrap_or_default();
                self.typing = None;
                effects.push(TalkEffect::TellReply(message.text.clone()));
                let what = What::Theirs { name, text: message.text, files: message.attachments };
                self.push(Entry { id: message.id, at: message.at, what });
                self.unread += 1;
                effects.push(TalkEffect::Unread(self.unread, true));
            }
        }
        effects.push(TalkEffect::Keep);
        effects
    }

    /// Something that the customer should notice, without a sound.
    fn happened(&mut self, at: &Timestamp, what: What, effects: &mut Vec<TalkEffect>) {
        self.push(Entry { id: String::new(), at: at.clone(), what });
        self.unread += 1;
        effects.push(TalkEffect::Unread(self.unread, false));
    }

    fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        let over = self.entries.len().saturating_sub(MAX_ENTRIES);
        self.entries.drain(..over);
    }

    fn mine(&mut self, id: &str) -> Option<(&String, &Timestamp, &mut Post)> {
        let entry = self.entries.iter_mut().find(|entry| !id.is_empty() && entry.id == id)?;
        match &mut entry.what {
            What::Mine { text, post, .. } => Some((text, &entry.at, post)),
            _ => None,
        }
    }
}
