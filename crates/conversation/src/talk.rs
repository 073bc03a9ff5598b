//! After the hand-over: the customer and the team talk in the same thread. What the
//! reply channel tells (`baton_packet::reply`) becomes a list of entries; what the
//! customer writes is kept until the receiver has it.

use baton_packet::reply::{Event as Told, File, MAX_TEXT_CHARS, State as Status};
use baton_packet::{Author, Channel, Message, Timestamp};
use serde::{Deserialize, Serialize};

use crate::reduce::cut;

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
    /// Whether the receiver has it.
    pub is_rating_sent: bool,
    /// Whether the receiver does not go on with this conversation.
    pub is_over: bool,
    /// Whether the channel does not answer right now.
    #[serde(skip)]
    pub is_lost: bool,
    /// Whether the customer's last words could not be made safe to send: they stand in
    /// the composer again.
    #[serde(skip)]
    pub is_held_back: bool,
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
    /// The channel told something this version does not know: only its number counts.
    Passed(u64),
    /// The channel does not answer, or does again.
    Lost(bool),
    /// The receiver does not go on with this conversation.
    Over,
    /// Nobody was heard writing for a while.
    TypingEnded,
    /// The customer wrote this.
    Wrote {
        /// A new id.
        id: String,
        /// What, redacted; empty where only files are sent.
        text: String,
        /// Files that go with it; not fetchable yet.
        files: Vec<File>,
        /// When.
        at: Timestamp,
    },
    /// What the customer wrote could not be redacted, so it is not sent.
    HeldBack,
    /// What became of a message.
    Posted(String, Post),
    /// The customer wants it tried again.
    Retry(String),
    /// The customer looks at the thread.
    Looked,
    /// The customer rated.
    Rated(Rating),
    /// The receiver has the rating.
    RatingSent,
    /// This happened in another tab, which sees to what must be done outside.
    Elsewhere(Box<TalkEvent>),
    /// What another tab knows.
    Caught(Box<Talk>),
}

/// What must be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum TalkEffect {
    /// Send the message of this id, answer with [`TalkEvent::Posted`].
    Post(String),
    /// Tell the receiver that everything up to this was seen.
    Seen(u64),
    /// Send the rating.
    Rate(Rating),
    /// The number of unread entries changed; whether there is a new one to draw
    /// attention to.
    Unread(u32, bool),
    /// Tell the host page: the team wrote this.
    TellReply(Message),
    /// What was told is to be kept for the next page.
    Keep,
}

impl Talk {
    /// Applies an event and returns what must be done outside, in order.
    pub fn reduce(&mut self, event: TalkEvent) -> Vec<TalkEffect> {
        match event {
            TalkEvent::Told(seq, told) => self.told(seq, told),
            TalkEvent::Passed(seq) => {
                self.seq = self.seq.max(seq);
                Vec::new()
            }
            TalkEvent::Lost(is_lost) => {
                self.is_lost = is_lost && !self.is_over;
                Vec::new()
            }
            TalkEvent::Over => {
                (self.is_over, self.is_lost, self.typing) = (true, false, None);
                vec![TalkEffect::Keep]
            }
            TalkEvent::TypingEnded => {
                self.typing = None;
                Vec::new()
            }
            TalkEvent::Wrote { id, text, files, at } => {
                let is_empty = text.trim().is_empty() && files.is_empty();
                if is_empty || self.is_over || self.mine(&id).is_some() {
                    return Vec::new();
                }
                self.is_held_back = false;
                let text = fitting(text);
                let what = What::Mine { text, files, post: Post::Sending };
                self.push(Entry { id: id.clone(), at, what });
                vec![TalkEffect::Post(id), TalkEffect::Keep]
            }
            TalkEvent::HeldBack => {
                self.is_held_back = true;
                Vec::new()
            }
            TalkEvent::Posted(id, post) => match self.mine(&id) {
                Some(state) if !matches!(state, Post::Sent) && *state != post => {
                    *state = post;
                    vec![TalkEffect::Keep]
                }
                _ => Vec::new(),
            },
            TalkEvent::Retry(id) => match self.mine(&id) {
                Some(state @ (Post::Waiting | Post::Refused(_))) => {
                    *state = Post::Sending;
                    vec![TalkEffect::Post(id)]
                }
                _ => Vec::new(),
            },
            TalkEvent::Looked => {
                let had = std::mem::take(&mut self.unread) > 0;
                let mut effects = Vec::new();
                if had {
                    effects.push(TalkEffect::Unread(0, false));
                }
                if self.seen < self.seq {
                    self.seen = self.seq;
                    effects.push(TalkEffect::Seen(self.seq));
                }
                if !effects.is_empty() {
                    effects.push(TalkEffect::Keep);
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
            TalkEvent::RatingSent => {
                self.is_rating_sent = true;
                vec![TalkEffect::Keep]
            }
            TalkEvent::Elsewhere(event) => {
                let mut effects = self.reduce(*event);
                // Every page has a launcher, a host to tell, and perhaps the store to see
                // to; the rest is done already.
                effects.retain(|effect| match effect {
                    TalkEffect::Unread(..) | TalkEffect::TellReply(_) | TalkEffect::Keep => true,
                    TalkEffect::Post(_) | TalkEffect::Seen(_) | TalkEffect::Rate(_) => false,
                });
                effects
            }
            TalkEvent::Caught(talk) => self.caught(*talk),
        }
    }

    /// Another tab knows more: its state, with what only this one has yet to send.
    fn caught(&mut self, talk: Talk) -> Vec<TalkEffect> {
        if talk.seq <= self.seq {
            return Vec::new();
        }
        let before = std::mem::replace(self, talk);
        for entry in before.entries {
            if matches!(&entry.what, What::Mine { post, .. } if *post != Post::Sent)
                && self.mine(&entry.id).is_none()
            {
                self.push(entry);
            }
        }
        if self.rating.is_none() {
            self.rating = before.rating;
        }
        vec![TalkEffect::Unread(self.unread, false)]
    }

    /// The rating, if the receiver does not have it yet.
    #[must_use]
    pub fn unsent_rating(&self) -> Option<&Rating> {
        self.rating.as_ref().filter(|_| !self.is_rating_sent)
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
                match self.own(&message.id) {
                    Some(What::Mine { files, post, .. }) => {
                        *post = Post::Sent;
                        *files = message.attachments;
                    }
                    Some(_) => {}
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
            Told::Message(message) if self.own(&message.id).is_some() => {}
            Told::Message(message) => {
                let name = message.author.name.or_else(|| self.agent.clone()).unwrap_or_default();
                self.typing = None;
                effects.push(TalkEffect::TellReply(Message {
                    author: message.author.kind,
                    text: message.text.clone(),
                    at: message.at.clone(),
                    channel: Channel::Widget,
                    extra: Default::default(),
                }));
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

    /// How far this message of the customer got.
    fn mine(&mut self, id: &str) -> Option<&mut Post> {
        match self.own(id) {
            Some(What::Mine { post, .. }) => Some(post),
            _ => None,
        }
    }

    fn own(&mut self, id: &str) -> Option<&mut What> {
        let entry = self.entries.iter_mut().rev().find(|entry| entry.id == id);
        entry.filter(|_| !id.is_empty()).map(|entry| &mut entry.what)
    }
}

/// A text that a receiver accepts.
fn fitting(text: String) -> String {
    /// For the mark of the cut.
    const ROOM: usize = 40;
    if text.char_indices().nth(MAX_TEXT_CHARS).is_none() {
        return text;
    }
    let end = text.char_indices().nth(MAX_TEXT_CHARS - ROOM).map_or(0, |(end, _)| end);
    cut(text, end)
}
