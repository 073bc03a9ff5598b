//! The files that will go along, above the composer.

use std::rc::Rc;

use yew::prelude::*;

use super::{labels::Labels, pictures};
use crate::widget::files::Given;
use crate::widget::session::Session;

pub fn view(labels: &Labels, session: &Rc<Session>) -> Html {
    let files = session.given_files();
    let told = session.told_of_file();
    html! {
        <div class="attached">
            if !files.is_empty() {
                <ul aria-label={labels.get("files")}>{ for files.iter().zip(0..).map(|(file, index)| one(file, index, labels, session)) }</ul>
            }
            <p role="status" class="told wrong">{ if told.is_empty() { String::new() } else { labels.get(told) } }</p>
        </div>
    }
}

fn one(file: &Given, index: u32, labels: &Labels, session: &Rc<Session>) -> Html {
    let back = {
        let session = Rc::clone(session);
        Callback::from(move |_: MouseEvent| session.take_back_file(index))
    };
    let label = [&labels.get("picture_remove"), " ", &file.name].concat();
    html! {
        <li key={[&file.name, ".", &index.to_string()].concat()}>
            if file.is_image {
                <canvas width="0" height="0" data-attached={index.to_string()} aria-hidden="true" />
            }
            <span dir="auto">{ &file.name }</span>
            <button class="icon" aria-label={label} onclick={back}>
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 7l10 10M17 7L7 17" /></svg>
            </button>
        </li>
    }
}

/// The button that opens the system's file chooser.
pub fn button(labels: &Labels, session: &Rc<Session>) -> Html {
    html! {
        <label class="icon attach">
            <span class="hidden">{ labels.get("attach") }</span>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.700 4.700L9.200 17.200a1.700 1.700 0 0 1-2.400-2.400L14.500 7" /></svg>
            { pictures::input(None, false, session) }
        </label>
    }
}
