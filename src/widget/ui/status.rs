//! Sending, and not delivered: what is true, and what comes next.

use baton_conversation::{Delivery, Event, Stage, State, outbox::Input};
use yew::prelude::*;

use super::{
    labels::Labels,
    panel::{Message, Panel},
};
use crate::js::now;

pub fn view(state: &State, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let content = match state.stage {
        Stage::Failed => failed(state, labels, link),
        _ => sending(state, labels, link),
    };
    html! { <div class="status-screen">{ content }</div> }
}

fn sending(state: &State, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let waits = matches!(state.delivery, Delivery::Waiting { .. });
    let again = waits || matches!(state.delivery, Delivery::Sending { attempt } if attempt > 1);
    html! {
        <>
            <span class="spinner large" aria-hidden="true"></span>
            <h3 tabindex="-1" data-autofocus="">{ labels.get("sending") }</h3>
            <p role="status">{ if again { labels.get("waiting") } else { String::new() } }</p>
            // They stay while it is tried again: whoever is on one keeps the focus.
            if again {
                { retry_and_download(labels, link) }
            }
        </>
    }
}

fn failed(state: &State, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let (refused, reason) = match &state.delivery {
        Delivery::Ended { refused, reason } => (*refused, reason.as_str()),
        _ => (false, ""),
    };
    html! {
        <>
            <svg class="mark warning" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 6v8M12 18h.01" /></svg>
            <h3 tabindex="-1" data-autofocus="">{ labels.get("failed") }</h3>
            <p>{ labels.get(if refused { "failed_refused" } else { "failed_unreachable" }) }</p>
            <p class="reference">{ reason }</p>
            { retry_and_download(labels, link) }
            <button class="link" onclick={link.callback(|_| Message::Event(Event::Restarted { at: now() }))}>
                { labels.get("again") }
            </button>
        </>
    }
}

fn retry_and_download(labels: &Labels, link: &html::Scope<Panel>) -> Html {
    html! {
        <>
            <button class="primary" onclick={link.callback(|_| Message::Event(Event::Delivery(Input::Retry)))}>
                { labels.get("retry") }
            </button>
            <button class="secondary" onclick={link.callback(|_| Message::Download)}>
                { labels.get("download") }
            </button>
        </>
    }
}
