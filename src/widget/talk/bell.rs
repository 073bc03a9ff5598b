//! A wait that can be cut short.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Poll, Waker};

use gloo_timers::future::TimeoutFuture;

/// Wakes everybody who waits when it is rung: the network is back, the customer wants
/// it now, or it is all over.
#[derive(Default)]
pub struct Bell {
    rung: Cell<u32>,
    waiting: RefCell<Vec<Waker>>,
}

impl Bell {
    pub fn ring(&self) {
        self.rung.set(self.rung.get().wrapping_add(1));
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    /// Waits as long as that, or until it is rung.
    pub async fn wait(&self, ms: u32) {
        let rung = self.rung.get();
        let mut time = pin!(TimeoutFuture::new(ms));
        poll_fn(|context| {
            if self.rung.get() != rung || time.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            let mut waiting = self.waiting.borrow_mut();
            if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }
}
