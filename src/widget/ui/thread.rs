//! The conversation as bubbles, and the card that leads to the review.

use baton_conversation::{Event, Review, Stage, State};
use baton_packet::Author;
use yew::prelude::*;

use super::{
    labels::Labels,
    panel::{Message, Panel},
};

pub fn view(state: &State, labels: &Labels, link: &html::Scope<Panel>, scroller: &NodeRef) -> Html {
    let messages = state.messages.iter().map(|message| {
        let (class, author) = match message.author {
            Author::Customer => ("bubble mine", labels.get("you")),
            _ => ("bubble", labels.get("assistant")),
        };
        html! {
            <li class={class}>
                <span class="hidden">{ author }{ ": " }</span>
                <p dir="auto">{ &message.text }</p>
            </li>
        }
    });
    let card = match (state.stage, &state.review) {
        (Stage::Gathering, _) => html! {
            <div class="card waiting">
                <span class="spinner" aria-hidden="true"></span>{ labels.get("gathering") }
            </div>
        },
        (Stage::Ready, Some(review)) => ready_card(review, labels, link),
        _ => Html::default(),
    };
    let live = match state.stage {
        Stage::Gathering => labels.get("gathering"),
        Stage::Ready => labels.get("ready"),
        _ => String::new(),
    };
    html! {
        <div class="thread" ref={scroller.clone()} role="region" tabindex="0" aria-label={labels.get("thread")}>
            <ol role="log" aria-live="polite">{ for messages }</ol>
            <p class="hidden" role="status">{ live }</p>
            { card }
        </div>
    }
}

fn ready_card(review: &Review, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let open = link.callback(|_| Message::Event(Event::ReviewOpened));
    html! {
        <div class="card">
            <h3>{ labels.get("ready") }</h3>
            if let Some(first) = review.pictures.first() {
                <canvas class="thumbnail" width="0" height="0" data-picture={first.id.to_string()} role="img" aria-label={labels.get("screenshot")} />
            }
            <p>{ labels.get("sees") }{ ": " }{ &review.sees }{ "." }</p>
            <button class="primary" onclick={open}>{ labels.get("review") }</button>
        </div>
    }
}
