//! Sending: messages in the order they were written, then what is no message. What does
//! not get through is tried again under the same id.

use std::rc::Rc;

use baton_connect::talk::Fate;
use baton_conversation::outbox::delay_ms;
use baton_conversation::talk::{Post, TalkEvent, What};
use baton_packet::{PacketId, sha256_hex};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::case::Case;
use super::{files, request};
use crate::js;
use crate::widget::session::Session;

/// "Seen" is told at most once in this time.
const BETWEEN_SIGNALS_MS: u32 = 2000;

/// A new id: time and chance.
pub fn new_id() -> String {
    let mut random = [0; 10];
    let crypto = js::get(&js_sys::global(), "crypto");
    let _ = crypto.unchecked_ref::<web_sys::Crypto>().get_random_values_with_u8_array(&mut random);
    PacketId::new(js_sys::Date::now() as u64, random).to_string()
}

/// The id of a case's rating: always the same, since it is given once, in whichever tab.
fn rating_id(case: &str) -> String {
    let hash = sha256_hex([case, "csat"].concat().as_bytes());
    [&hash[..8], "-", &hash[8..12], "-8", &hash[13..16], "-a", &hash[17..20], "-", &hash[20..32]]
        .concat()
}

/// A plain object.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        js::set(&object, name, value);
    }
    object.into()
}

/// As JSON.
pub fn text(value: &JsValue) -> JsValue {
    js_sys::JSON::stringify(value).map(JsValue::from).unwrap_or_default()
}

impl Session {
    /// Sends this message, after those that wait.
    pub(super) fn post(self: &Rc<Self>, case: &Rc<Case>, id: String) {
        let is_queued = case.queue.borrow().iter().any(|(queued, _)| *queued == id);
        if is_queued {
            // The customer wants it now.
            case.bell.ring();
        } else if let Some(body) = self.message(case, &id) {
            case.queue.borrow_mut().push_back((id, body));
        } else {
            let reason = self.labels().get("file_gone");
            return self.tell_of(case, TalkEvent::Posted(id, Post::Refused(reason)));
        }
        if !case.is_posting.replace(true) {
            spawn_local(Rc::clone(self).post_all(Rc::clone(case)));
        }
    }

    async fn post_all(self: Rc<Self>, case: Rc<Case>) {
        let mut failures = 0;
        loop {
            let next = case.queue.borrow().front().cloned();
            // What was written before the case was left is tried once more.
            let Some((id, body)) = next.filter(|_| !case.is_left.get() || failures == 0) else {
                break;
            };
            let fate = match &case.messages {
                Some(url) => request::post(&self.bridge, &case, url, &id, &body).await,
                None => Fate::Refused { reason: "HTTP 404".to_owned(), is_over: false },
            };
            let (became, is_over) = match fate {
                Fate::Sent => (Post::Sent, false),
                Fate::Refused { reason, is_over } => (Post::Refused(reason), is_over),
                Fate::Later(after_ms) => {
                    failures += 1;
                    self.tell_of(&case, TalkEvent::Posted(id, Post::Waiting));
                    let random = js_sys::Math::random();
                    case.bell.wait(delay_ms(failures, after_ms, random)).await;
                    continue;
                }
            };
            failures = 0;
            case.queue.borrow_mut().pop_front();
            if became == Post::Sent {
                case.files.borrow_mut().retain(|(known, _)| *known != id);
            }
            self.tell_of(&case, TalkEvent::Posted(id, became));
            if is_over {
                self.tell_of(&case, TalkEvent::Over);
            }
        }
        case.is_posting.set(false);
    }

    /// The body of a message (`baton_packet::reply::NewMessage`); `None` if its files
    /// are not here.
    fn message(&self, case: &Case, id: &str) -> Option<JsValue> {
        let state = self.state();
        let entry = state.talk.entries.iter().find(|entry| entry.id == id)?;
        let What::Mine { text: words, files, .. } = &entry.what else { return None };
        let message = object(&[
            ("id", id.into()),
            ("text", words.as_str().into()),
            ("at", entry.at.as_str().into()),
        ]);
        match files.is_empty() {
            true => Some(text(&message)),
            false => files::body(case, id, message),
        }
    }

    /// What earlier pages or a closed tab left unsent.
    pub(super) fn send_rest(self: &Rc<Self>, case: &Rc<Case>) {
        let unsent = self.state().talk.unsent();
        for id in unsent {
            self.post(case, id);
        }
        self.signal(case);
    }

    /// Sends the rating and what was seen.
    pub(super) fn signal(self: &Rc<Self>, case: &Rc<Case>) {
        if !case.is_signalling.replace(true) {
            spawn_local(Rc::clone(self).signal_all(Rc::clone(case)));
        }
    }

    async fn signal_all(self: Rc<Self>, case: Rc<Case>) {
        let mut failures = 0;
        while !case.is_left.get()
            && let Some(url) = &case.events
        {
            let rating = self.state().talk.unsent_rating().cloned();
            let (seen, known) = case.seen.get();
            let (id, body) = if let Some(rating) = &rating {
                let id = rating_id(&case.id);
                let mut fields = vec![
                    ("id", id.as_str().into()),
                    ("type", "csat".into()),
                    ("score", rating.score.into()),
                ];
                fields.extend(rating.repeated.map(|repeated| ("repeated", repeated.into())));
                fields.extend(rating.comment.as_deref().map(|text| ("comment", text.into())));
                let body = object(&fields);
                (id, body)
            } else if seen > known {
                let id = new_id();
                let up_to = JsValue::from(seen as f64);
                let fields =
                    [("id", id.as_str().into()), ("type", "seen".into()), ("up_to", up_to)];
                let body = object(&fields);
                (id, body)
            } else {
                break;
            };
            let wait = match request::post(&self.bridge, &case, url, &id, &text(&body)).await {
                Fate::Later(after_ms) => {
                    failures += 1;
                    delay_ms(failures, after_ms, js_sys::Math::random())
                }
                // A refused one would be refused again.
                Fate::Sent | Fate::Refused { .. } if rating.is_some() => {
                    self.tell_of(&case, TalkEvent::RatingSent);
                    0
                }
                Fate::Sent | Fate::Refused { .. } => {
                    failures = 0;
                    case.seen.set((case.seen.get().0, seen));
                    BETWEEN_SIGNALS_MS
                }
            };
            case.bell.wait(wait).await;
        }
        case.is_signalling.set(false);
    }
}
