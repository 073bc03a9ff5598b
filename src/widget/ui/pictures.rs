//! The pictures in the review: each with what is known of it, and ways to add more.

use std::rc::Rc;

use baton_conversation::{Review, ReviewPicture, Voice};
use baton_packet::limits::MAX_SCREENSHOTS;
use wasm_bindgen::{JsCast, JsValue};
use yew::prelude::*;

use super::labels::Labels;
use crate::js;
use crate::widget::pictures::Action;
use crate::widget::session::Session;

/// What a file chooser offers.
const ACCEPTED: &str = "image/png,image/jpeg,image/webp,image/gif";

/// The list and the menu.
pub fn view(review: &Review, labels: &Labels, session: &Rc<Session>) -> Html {
    let (told, is_failure) = session.pictures.told();
    let told = if told.is_empty() { told } else { labels.get(&told) };
    let numbered = review.pictures.iter().zip(1..);
    html! {
        <>
            if let Some(reason) = &review.no_picture {
                <div class="missing">
                    <p>{ labels.get("picture_none") }{ " " }{ labels.get("picture_instead") }</p>
                    <p class="why" dir="auto">{ reason }</p>
                </div>
            }
            <ol class="pictures">
                { for numbered.map(|(picture, number)| one(picture, number, labels, session)) }
            </ol>
            <p role="status" class={classes!("told", is_failure.then_some("wrong"))}>{ told }</p>
            if review.pictures.len() < MAX_SCREENSHOTS {
                { menu(review.no_picture.is_some(), labels, session) }
            }
        </>
    }
}

/// `2 of 5`.
pub fn count(review: &Review, labels: &Labels) -> Html {
    let [count, most] = [review.pictures.len(), MAX_SCREENSHOTS].map(|n| labels.number(n as u32));
    html! { <span class="count" dir="auto">{ count }{ " " }{ labels.get("picture_of") }{ " " }{ most }</span> }
}

fn one(picture: &ReviewPicture, number: u32, labels: &Labels, session: &Rc<Session>) -> Html {
    let id = picture.id;
    let name = [&labels.get("picture"), " ", &labels.number(number)].concat();
    let button = |key: &str, action: Action| {
        let label = labels.get(key);
        let whole = [&label, " ", &name].concat();
        html! {
            <button class="secondary" aria-label={whole} aria-disabled={is_disabled(session)} onclick={does(action, session)}>
                { label }
            </button>
        }
    };
    // Edited, it is another one, whose canvas is painted anew.
    let key = [id.to_string(), picture.version.to_string()].join(".");
    html! {
        <li {key}>
            <canvas class="picture" width="0" height="0" data-picture={id.to_string()} role="img" aria-label={[&name, ": ", &picture.label].concat()} />
            <p class="about"><span>{ &picture.label }</span>{ " · " }<span dir="auto">{ picture.lines.join(" · ") }</span></p>
            <div class="ways">
                { button("picture_edit", Action::Edit(id)) }
                { button("picture_remove", Action::Remove(id)) }
            </div>
        </li>
    }
}

/// Where the page could not be pictured, what works without that comes first.
fn menu(is_needed: bool, labels: &Labels, session: &Rc<Session>) -> Html {
    let disabled = session.pictures.is_busy();
    let button = |key: &str, action: Action| {
        html! {
            <button class="secondary" aria-disabled={is_disabled(session)} onclick={does(action, session)}>{ labels.get(key) }</button>
        }
    };
    let page = html! {
        <>
            { button("picture_again", Action::Again) }
            { button("picture_element", Action::Element) }
            { button("picture_region", Action::Region) }
        </>
    };
    let own = html! {
        <>
            if can_share() {
                { button("picture_share", Action::Share) }
            }
            { chooser("picture_file", disabled, labels, session) }
        </>
    };
    html! {
        <details class="add" open={is_needed}>
            <summary>{ labels.get("picture_add") }</summary>
            <div class="menu">
                if is_needed {
                    { own }{ page }
                } else {
                    { page }{ own }
                }
                <p class="intro">{ labels.get("picture_hint") }</p>
            </div>
        </details>
    }
}

/// A button that opens the system's file chooser.
pub fn chooser(key: &str, disabled: bool, labels: &Labels, session: &Rc<Session>) -> Html {
    html! {
        <label class="secondary">
            { labels.get(key) }
            { input(Some(ACCEPTED), disabled, session) }
        </label>
    }
}

/// The field of a file chooser, for these types or all.
pub fn input(accept: Option<&'static str>, disabled: bool, session: &Rc<Session>) -> Html {
    let session = Rc::clone(session);
    let chosen = Callback::from(move |event: Event| {
        let input = event.target().map(JsValue::from).unwrap_or_default();
        session.give_files(files(&input));
        // So that the same file can be chosen again.
        js::set(input.unchecked_ref::<js_sys::Object>(), "value", &"".into());
    });
    html! { <input type="file" {accept} multiple=true {disabled} onchange={chosen} /> }
}

/// A button that is disabled as such would lose the focus to the page, and with it the
/// keys that are still down; while there is something to do, the session takes no more.
fn is_disabled(session: &Session) -> Option<&'static str> {
    session.pictures.is_busy().then_some("true")
}

/// In the click itself: the browser lets nothing be shared later.
pub fn does(action: Action, session: &Rc<Session>) -> Callback<MouseEvent> {
    let session = Rc::clone(session);
    Callback::from(move |_| session.change_pictures(action.clone()))
}

fn can_share() -> bool {
    let devices = js::get(&js::get(&js_sys::global(), "navigator"), "mediaDevices");
    js::get(&devices, "getDisplayMedia").is_function()
}

fn files(holder: &JsValue) -> Vec<JsValue> {
    let files = js::get(holder, "files");
    if files.is_object() { js_sys::Array::from(&files).to_vec() } else { Vec::new() }
}

/// Takes the images of a paste into the panel. Text is the field's, also where it comes
/// with a picture of itself, as out of a table.
pub fn on_paste(session: &Rc<Session>) -> Callback<Event> {
    let session = Rc::clone(session);
    Callback::from(move |event: Event| {
        let pasted = js::get(&event, "clipboardData");
        if !offers(&pasted, "text/plain") && session.give_files(files(&pasted)) {
            event.prevent_default();
        }
    })
}

/// Takes the images that are dropped onto the panel.
pub fn on_drop(session: &Rc<Session>) -> Callback<DragEvent> {
    let session = Rc::clone(session);
    Callback::from(move |event: DragEvent| {
        let files = files(&js::get(&event, "dataTransfer"));
        if !files.is_empty() {
            // Else the browser leaves the page for the file.
            event.prevent_default();
            session.give_files(files);
        }
    })
}

/// Tells the browser that files may be dropped here.
pub fn on_drag_over(event: DragEvent) {
    if offers(&js::get(&event, "dataTransfer"), "Files") {
        event.prevent_default();
    }
}

fn offers(carried: &JsValue, kind: &str) -> bool {
    let types = js::get(carried, "types");
    types.is_object() && js_sys::Array::from(&types).includes(&kind.into(), 0)
}
