//! Files in messages to the team. They are held while the page lives: a message whose
//! files went with its page cannot be sent any more.

use std::rc::Rc;

use baton_conversation::Event;
use baton_conversation::talk::TalkEvent;
use baton_packet::Attachment;
use baton_packet::limits::MAX_ATTACHMENT_BYTES;
use baton_packet::reply::{self, FILE_TYPES, MAX_FILES};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, File, FormData};

use super::case::Case;
use super::post;
use crate::js::{self, now};
use crate::widget::session::Session;

/// A file and what the manifest says of it.
pub type Held = (Attachment, File);

impl Session {
    /// Sends these files as a message of their own, and says which cannot go.
    pub fn send_files(self: &Rc<Self>, files: &[JsValue]) {
        let Some(case) = self.talking.case.borrow().clone() else { return };
        let (mut told, mut taken) = ("", Vec::new());
        for file in files.iter().filter_map(|file| file.dyn_ref::<File>()) {
            if !FILE_TYPES.contains(&&*file.type_()) {
                told = "file_wrong_type";
            } else if file.size() > MAX_ATTACHMENT_BYTES as f64 {
                told = "file_too_large";
            } else if taken.len() == MAX_FILES {
                told = "file_too_many";
            } else {
                taken.push(file.clone());
            }
        }
        self.tell_file(told);
        self.redraw();
        let session = Rc::clone(self);
        spawn_local(async move {
            let mut held: Vec<Held> = Vec::new();
            for file in taken {
                // One that is gone by now, or may not be read, is left out.
                let Ok(bytes) = JsFuture::from(file.array_buffer()).await else { continue };
                let bytes = Uint8Array::new(&bytes).to_vec();
                held.push((Attachment::of(file.name(), file.type_(), &bytes), file));
            }
            if held.is_empty() {
                return;
            }
            let files = held.iter().map(|(entry, _)| reply::File {
                name: entry.name.clone(),
                media_type: entry.media_type.clone(),
                size: entry.size,
                url: String::new(),
            });
            let (id, files) = (post::new_id(), files.collect());
            case.files.borrow_mut().push((id.clone(), held));
            let wrote = TalkEvent::Wrote { id, text: String::new(), files, at: now() };
            session.dispatch(Event::Talk(wrote));
        });
    }
}

/// The body of a message with files: the message, then each file under its hash.
/// `None` if they are not here.
pub fn body(case: &Case, id: &str, message: JsValue) -> Option<JsValue> {
    let files = case.files.borrow();
    let (_, held) = files.iter().find(|(known, _)| known == id)?;
    let manifest: js_sys::Array = held
        .iter()
        .map(|(entry, _)| {
            post::object(&[
                ("name", entry.name.as_str().into()),
                ("type", entry.media_type.as_str().into()),
                ("size", (entry.size as f64).into()),
                ("sha256", entry.sha256.as_str().into()),
            ])
        })
        .collect();
    js::set(message.unchecked_ref(), "attachments", &manifest);
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = js_sys::Array::of1(&post::text(&message));
    let message = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let form = FormData::new().ok()?;
    form.append_with_blob_and_filename("message", &message, "message.json").ok()?;
    for (entry, file) in held {
        form.append_with_blob_and_filename(&entry.sha256, file, &entry.name).ok()?;
    }
    Some(form.into())
}
