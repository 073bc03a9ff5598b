//! Files that the customer gives: images of a case that is drafted are its pictures,
//! everything else goes along as it is.

use std::rc::Rc;

use baton_conversation::{Event, Stage};
use baton_packet::limits::{MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File};

use super::pictures::Action;
use super::session::Session;
use crate::js;

/// Room for the evidence in the manifest.
const MOST_FILES: u32 = MAX_ATTACHMENTS as u32 / 2;

/// A file that will go along.
pub struct Given {
    pub name: String,
    pub blob: Blob,
    pub is_image: bool,
}

impl Session {
    /// Takes these files, if any may be given now.
    pub fn give_files(self: &Rc<Self>, files: Vec<JsValue>) -> bool {
        let state = self.state();
        let takes =
            matches!(state.stage, Stage::Chat | Stage::Gathering | Stage::Ready | Stage::Review);
        let is_handed = state.stage == Stage::Delivered && state.may_write;
        let (is_drafted, is_escalated) = (state.review.is_some(), state.escalation.is_some());
        drop(state);
        if files.is_empty() || !(takes || is_handed) {
            return false;
        }
        if is_handed {
            self.send_files(&files);
            return true;
        }
        let (images, others): (Vec<JsValue>, Vec<JsValue>) =
            files.into_iter().partition(|file| is_drafted && is_image(file));
        let mut told = "";
        let mut added = false;
        for file in others {
            let Some(file) = file.dyn_ref::<File>() else { continue };
            if file.size() > MAX_ATTACHMENT_BYTES as f64 {
                told = "file_too_large";
            } else if self.bridge.attached().length() >= MOST_FILES {
                told = "file_too_many";
            } else {
                let entry = js_sys::Object::new();
                js::set(&entry, "name", &file.name().into());
                js::set(&entry, "blob", file);
                self.bridge.attached().push(&entry);
                added = true;
            }
        }
        self.tell_file(told);
        if added && is_escalated {
            self.dispatch(Event::PageChanged);
        }
        if !images.is_empty() {
            self.change_pictures(Action::Given(images));
        }
        self.redraw();
        true
    }

    /// The files that will go along, the host's among them.
    pub fn given_files(&self) -> Vec<Given> {
        let read = |entry: JsValue| {
            let blob: Blob = js::get(&entry, "blob").dyn_into().ok()?;
            let is_image = blob.type_().starts_with("image/");
            Some(Given { name: js::get_string(&entry, "name")?, blob, is_image })
        };
        self.bridge.attached().iter().filter_map(read).collect()
    }

    /// Takes one of them back.
    pub fn take_back_file(self: &Rc<Self>, index: u32) {
        let entry = self.bridge.attached().get(index);
        self.bridge.clear_attached(&js_sys::Array::of1(&entry));
        self.tell_file("");
        self.dispatch(Event::PageChanged);
        self.redraw();
    }
}

fn is_image(file: &JsValue) -> bool {
    js::get_string(file, "type").is_some_and(|kind| kind.starts_with("image/"))
}
