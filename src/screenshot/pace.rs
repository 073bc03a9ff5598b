//! Time for the page between the slices of our work.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::js::get;

/// What a slice may have taken when the page gets its turn, in milliseconds: so that
/// with what comes next it stays below 50, where a task is felt (W3C Long Tasks).
const SLICE_MS: f64 = 16.0;

/// When the slice in work began.
pub struct Pace(f64);

impl Pace {
    pub fn begin() -> Self {
        Self(Date::now())
    }

    /// Lets the page have its turn, if it is time.
    pub async fn pause(&mut self) {
        if Date::now() - self.0 >= SLICE_MS {
            self.rest().await;
        }
    }

    /// Lets the page have its turn.
    pub async fn rest(&mut self) {
        let scheduler = get(&js_sys::global(), "scheduler");
        let resumed = get(&scheduler, "yield")
            .dyn_into::<Function>()
            .and_then(|resume| resume.call0(&scheduler)?.dyn_into::<Promise>());
        match resumed {
            Ok(resumed) => drop(JsFuture::from(resumed).await),
            // Not all browsers have it (Prioritized Task Scheduling).
            Err(_) => TimeoutFuture::new(0).await,
        }
        *self = Self::begin();
    }
}
