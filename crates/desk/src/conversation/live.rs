//! Who listens learns at once what this process stored, and within a second what another
//! process on the same database did.

use std::collections::VecDeque;
use std::time::Duration;

use baton_packet::reply::{Entry, Event, Typing};
use tokio::sync::{broadcast, watch};

use crate::{Desk, store::Store};

/// How often the database is asked what other processes stored.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Notices a slow listener may be behind before it reads the database instead.
const KEPT_NOTICES: usize = 256;
/// Events read from the database at once.
const BATCH: u32 = 200;

/// Something new in a conversation.
#[derive(Debug, Clone)]
pub enum Notice {
    /// Look into the database.
    Changed,
    /// An agent writes, or no longer: nothing of it is stored.
    Typing(Typing),
}

/// Where notices go out.
pub struct Live {
    notices: broadcast::Sender<(i64, Notice)>,
    stopping: watch::Sender<bool>,
}

impl Live {
    /// Begins to look for what other processes store, for as long as this lives.
    pub async fn start(store: Store) -> sqlx::Result<Self> {
        let notices = broadcast::Sender::new(KEPT_NOTICES);
        let last = store.last_event().await?;
        tokio::spawn(look(store, last, notices.downgrade()));
        Ok(Self { notices, stopping: watch::Sender::new(false) })
    }

    /// Something was stored for the handoff in this row.
    pub fn changed(&self, handoff: i64) {
        // An error says that nobody listens.
        let _ = self.notices.send((handoff, Notice::Changed));
    }

    /// An agent writes, or no longer.
    pub fn typing(&self, handoff: i64, typing: Typing) {
        let _ = self.notices.send((handoff, Notice::Typing(typing)));
    }

    /// Every notice from now on.
    pub fn listen(&self) -> Listener {
        Listener { notices: self.notices.subscribe(), stopping: self.stopping.subscribe() }
    }

    /// Ends every listener.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }
}

async fn look(store: Store, mut last: i64, notices: broadcast::WeakSender<(i64, Notice)>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Some(notices) = notices.upgrade() else { return };
        match store.events_since(last).await {
            Ok(events) => {
                for (place, handoff) in events {
                    last = place;
                    let _ = notices.send((handoff, Notice::Changed));
                }
            }
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => eprintln!("baton-desk: cannot look for news: {error}"),
        }
    }
}

/// One that listens.
pub struct Listener {
    notices: broadcast::Receiver<(i64, Notice)>,
    stopping: watch::Receiver<bool>,
}

impl Listener {
    /// The next notice; none once the desk stops.
    pub async fn next(&mut self) -> Option<(Option<i64>, Notice)> {
        tokio::select! {
            _ = self.stopping.wait_for(|stops| *stops) => None,
            notice = self.notices.recv() => match notice {
                Ok((handoff, notice)) => Some((Some(handoff), notice)),
                // It missed some, of whichever conversation.
                Err(broadcast::error::RecvError::Lagged(_)) => Some((None, Notice::Changed)),
                Err(broadcast::error::RecvError::Closed) => None,
            },
        }
    }
}

/// The events of one conversation, as they come.
pub struct Feed {
    store: Store,
    handoff: i64,
    after: u64,
    listener: Listener,
    ready: VecDeque<Entry>,
}

impl Feed {
    /// What comes after this event.
    pub fn new(desk: &Desk, handoff: i64, after: u64) -> Self {
        // Listens before it reads, so that nothing falls between.
        let listener = desk.live.listen();
        Self { store: desk.store.clone(), handoff, after, listener, ready: VecDeque::new() }
    }

    /// The last event that was given, as what to ask `after`.
    pub fn after(&self) -> u64 {
        self.after
    }

    /// The next event, as soon as there is one; none once the desk stops.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn next(&mut self) -> sqlx::Result<Option<Entry>> {
        loop {
            if let Some(entry) = self.stored().await? {
                return Ok(Some(entry));
            }
            let Some((handoff, notice)) = self.listener.next().await else { return Ok(None) };
            if handoff.is_some_and(|handoff| handoff != self.handoff) {
                continue;
            }
            if let Notice::Typing(typing) = notice {
                return Ok(Some(Entry { seq: None, event: Event::Typing(typing) }));
            }
        }
    }

    /// The next event that is there already.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn stored(&mut self) -> sqlx::Result<Option<Entry>> {
        if self.ready.is_empty() {
            self.ready = self.store.events(self.handoff, self.after, BATCH).await?.into();
        }
        let entry = self.ready.pop_front();
        if let Some(seq) = entry.as_ref().and_then(|entry| entry.seq) {
            self.after = seq;
        }
        Ok(entry)
    }
}
