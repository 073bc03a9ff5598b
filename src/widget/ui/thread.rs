//! The conversation as bubbles: before the hand-over with the assistant, after it with
//! the team.

use std::rc::Rc;

use baton_conversation::{Stage, State, Voice};
use baton_packet::Author;
use yew::prelude::*;

use super::{answer, cards, handed, history, labels::Labels, panel::Panel};
use crate::widget::session::Session;

pub fn view(
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    scroller: &NodeRef,
    session: &Rc<Session>,
) -> Html {
    let messages = state.messages.iter().enumerate().map(|(place, message)| {
        let author = author(message.author, labels);
        match state.answers.iter().position(|shown| shown.message == place) {
            Some(index) => answer::bubble(&state.answers[index], index, &author, labels, link),
            None => bubble(message.author == Author::Customer, &author, &message.text),
        }
    });
    let told = match state.stage {
        Stage::Gathering => labels.get("gathering"),
        Stage::Ready => labels.get("ready"),
        _ if state.answering.is_some() => labels.get("thinking"),
        _ => {
            state.talk.typing.as_ref().map(|name| handed::typing(name, labels)).unwrap_or_default()
        }
    };
    let is_handed = state.stage == Stage::Delivered;
    html! {
        <div class="thread" ref={scroller.clone()} role="region" tabindex="0" aria-label={labels.get("thread")}>
            <history::List cases={session.earlier()} labels={session.labels()} />
            <div role="log" aria-live="polite">
                <ol>
                    { for messages }
                    if let Some(text) = &state.answering {
                        { answer::growing(text, labels) }
                    }
                    if is_handed {
                        { handed::entries(state, labels, link) }
                    }
                </ol>
            </div>
            <p class="hidden" role="status">{ told }</p>
            if is_handed {
                { handed::after(state, labels, link, session) }
            } else {
                { cards::offer(state, labels, link) }
                { cards::question(state, labels, link, session) }
                { cards::draft(state, labels, link, session) }
            }
        </div>
    }
}

/// One message.
pub fn bubble(mine: bool, author: &str, text: &str) -> Html {
    html! {
        <li class={if mine { "bubble mine" } else { "bubble" }}>
            <span class="hidden">{ author }{ ": " }</span>
            <p dir="auto">{ text }</p>
        </li>
    }
}

fn author(author: Author, labels: &Labels) -> String {
    labels.say(if author == Author::Customer { "you" } else { "assistant" }, &[])
}
