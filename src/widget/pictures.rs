//! What the customer does with the pictures of the case.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use baton_conversation::{Event, QuestionKind};
use js_sys::Promise;
use wasm_bindgen::JsValue;

use super::link::{self, Extras};
use super::session::Session;
use crate::data::Data;
use crate::js::{self, now};

/// What happens to the pictures.
#[derive(Clone)]
pub enum Action {
    /// The page is captured once more.
    Again,
    /// An element that the customer picks.
    Element,
    /// A region that they drag.
    Region,
    /// One frame of their screen.
    Share,
    /// Images that they chose, pasted or dropped.
    Given(Vec<JsValue>),
    /// The picture with this id is drawn on.
    Edit(u32),
    /// The picture with this id is taken out.
    Remove(u32),
}

/// What is under way with the pictures, and what became of the last action.
#[derive(Default)]
pub struct Pictures {
    busy: Cell<bool>,
    /// A key of the panel's words, or a reason; and whether it is a failure.
    told: RefCell<(String, bool)>,
    /// Where the focus belongs, if it got lost; the first that is there.
    focus: RefCell<Vec<String>>,
    /// A key of the panel's words: why a file was not taken.
    file: Cell<&'static str>,
}

impl Pictures {
    /// Whether an action is under way: what would be sent is not complete.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// What became of the last action, and whether that is a failure.
    pub fn told(&self) -> (String, bool) {
        self.told.borrow().clone()
    }

    /// Selectors of what gets the focus after an action, once.
    pub fn take_focus(&self) -> Vec<String> {
        self.focus.take()
    }

    pub(super) fn forget(&self) {
        self.told.take();
    }

    fn tell(&self, key: &str, is_failure: bool) {
        self.told.replace((key.to_owned(), is_failure));
    }
}

impl Session {
    /// Why the last file was not taken: a key of the panel's words, or nothing.
    pub fn told_of_file(&self) -> &'static str {
        self.pictures.file.get()
    }

    pub(super) fn tell_file(&self, key: &'static str) {
        self.pictures.file.set(key);
    }

    /// A picture of the case, for the panel's preview.
    pub fn preview(&self, id: u32) -> Option<web_sys::Blob> {
        self.loaded_extras()?.preview(id)
    }

    /// Does it, one at a time. To be called in the customer's click: without one, the
    /// browser lets nothing be shared.
    pub fn change_pictures(self: &Rc<Self>, action: Action) {
        let Some(extras) = self.loaded_extras() else { return };
        if self.pictures.busy.replace(true) {
            return;
        }
        self.pictures.tell("picture_busy", false);
        self.pictures.focus.replace(self.focus_after(&action));
        // The panel is in the way of whoever picks, and in the picture of the screen.
        let is_aside = matches!(action, Action::Element | Action::Region | Action::Share);
        if is_aside {
            self.set_aside(true);
        }
        let is_shared = matches!(action, Action::Share);
        let launcher = is_shared.then(|| self.hide_launcher(&true.into()));
        let promise = begun(&extras, &action);
        self.redraw();
        let session = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let mut done = session.pictured(promise).await;
            if let Action::Given(files) = &action {
                for file in files.iter().skip(1) {
                    if done.is_err() {
                        break;
                    }
                    done = session.pictured(extras.change_pictures("file", 0, file)).await;
                }
            }
            if let Some(launcher) = launcher {
                session.hide_launcher(&launcher);
            }
            if is_aside {
                session.set_aside(false);
            }
            let pictures = &session.pictures;
            pictures.busy.set(false);
            match &done {
                Ok(false) => pictures.tell("", false),
                Ok(true) => pictures.tell(
                    match action {
                        Action::Edit(_) => "picture_changed",
                        Action::Remove(_) => "picture_removed",
                        _ => "picture_added",
                    },
                    false,
                ),
                Err(reason) => pictures.tell(reason, true),
            }
            session.redraw();
            if matches!(done, Ok(true)) {
                session.question_shown();
            }
        });
    }

    /// A picture may be the answer to the question that is open.
    fn question_shown(self: &Rc<Self>) {
        let kind = self.state().question.as_ref().map(|question| question.kind);
        if matches!(
            kind,
            Some(QuestionKind::File | QuestionKind::Screenshot | QuestionKind::Element)
        ) {
            let words = self.labels().get("shown_here");
            self.dispatch(Event::QuestionShown { words, at: now() });
        }
    }

    /// Waits for the new review; tells whether there is one.
    async fn pictured(self: &Rc<Self>, promise: Promise) -> Result<bool, String> {
        let review = link::answer(promise).await?;
        if review.is_null() {
            return Ok(false);
        }
        let review = link::review(&Data::from_js(review));
        self.dispatch(Event::Pictured(Rc::new(review)));
        Ok(true)
    }

    fn focus_after(&self, action: &Action) -> Vec<String> {
        let place = |id: u32| {
            let state = self.state();
            let mut pictures = state.review.iter().flat_map(|review| &review.pictures);
            let place = pictures.position(|picture| picture.id == id).unwrap_or(0) + 1;
            [".pictures > li:nth-child(", &place.to_string(), ") button"].concat()
        };
        let menu = ".add > summary".to_owned();
        let any = ".pictures button".to_owned();
        match action {
            Action::Edit(id) | Action::Remove(id) => vec![place(*id), menu, any],
            _ => vec![menu, any],
        }
    }

    fn set_aside(&self, aside: bool) {
        if let Some(mounted) = &*self.mounted.borrow() {
            mounted.set_aside(aside);
        }
    }

    /// Hides the launcher, or not; returns what it was before.
    fn hide_launcher(&self, hidden: &JsValue) -> JsValue {
        let before = js::get(&self.bridge.ui(), "hidden");
        let patch = js_sys::Object::new();
        js::set(&patch, "hidden", hidden);
        self.bridge.paint(&patch);
        before
    }
}

fn begun(extras: &Extras, action: &Action) -> Promise {
    let none = JsValue::UNDEFINED;
    let (way, id, given) = match action {
        Action::Again => ("again", 0, &none),
        Action::Element => ("element", 0, &none),
        Action::Region => ("region", 0, &none),
        Action::Share => ("share", 0, &none),
        Action::Given(files) => ("file", 0, files.first().unwrap_or(&none)),
        Action::Edit(id) => ("edit", *id, &none),
        Action::Remove(id) => ("remove", *id, &none),
    };
    extras.change_pictures(way, id, given)
}
