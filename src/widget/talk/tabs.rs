//! Other tabs of the same site: one of them listens (Web Locks), all of them hear
//! (`BroadcastChannel`). Where a browser or a page lacks either (plain HTTP has no
//! locks), each tab listens for itself; what is told twice happens once.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::BroadcastChannel;

use super::case::Case;
use crate::js;
use crate::widget::session::Session;

const CHANNEL: &str = "baton.v1";

#[wasm_bindgen]
extern "C" {
    /// `LockManager`, Web Locks API.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &JsValue,
        callback: &JsValue,
    ) -> Result<js_sys::Promise, JsValue>;
}

/// The other tabs, as far as they can be reached.
pub struct Tabs {
    channel: BroadcastChannel,
    _heard: EventListener,
}

impl Tabs {
    pub fn open(session: &Rc<Session>) -> Option<Self> {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let session = Rc::downgrade(session);
        let heard = EventListener::new(&channel, "message", move |event| {
            if let Some(session) = session.upgrade() {
                session.heard_elsewhere(js::get(event, "data"));
            }
        });
        Some(Self { channel, _heard: heard })
    }

    pub fn tell(&self, told: &JsValue) {
        let _ = self.channel.post_message(told);
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Listens as soon as no other tab does.
pub fn hold_alone(session: &Rc<Session>, case: &Rc<Case>) {
    let locks = js::get(&js::get(&js_sys::global(), "navigator"), "locks");
    if locks.is_undefined() {
        spawn_local(Rc::clone(session).hold(Rc::clone(case)));
        return;
    }
    let (weak, held) = (Rc::downgrade(session), Rc::clone(case));
    let alone = Closure::once_into_js(move |_lock: JsValue| {
        future_to_promise(async move {
            if let Some(session) = weak.upgrade() {
                session.hold(held).await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let options = js_sys::Object::new();
    js::set(&options, "signal", &case.abort.signal());
    let name = ["baton.talk.", &case.id].concat();
    let request = locks.unchecked_ref::<Locks>().request(&name, &options, &alone);
    let (session, case) = (Rc::clone(session), Rc::clone(case));
    spawn_local(async move {
        let refused = match request {
            Ok(request) => JsFuture::from(request).await.is_err(),
            Err(_) => true,
        };
        // A page without a store has locks that it may not ask for.
        if refused && !case.is_left.get() && !case.holds.get() {
            session.hold(case).await;
        }
    });
}
