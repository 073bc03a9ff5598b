//! An answer: what it says, whom it comes from, and whether it helped.

use baton_conversation::{Event, Shown, Source};
use yew::prelude::*;

use super::{
    labels::Labels,
    markdown,
    panel::{Message, Panel},
};
use crate::js::now;

/// A complete answer.
pub fn bubble(
    shown: &Shown,
    index: usize,
    author: &str,
    labels: &Labels,
    link: &html::Scope<Panel>,
) -> Html {
    let answer = &shown.answer;
    // The article that is quoted is named already.
    let others = answer.sources.iter().filter(|one| Some(&one.url) != answer.url.as_ref());
    let others: Vec<&Source> = others.collect();
    html! {
        <li class="bubble answer">
            <span class="hidden">{ author }{ ": " }</span>
            { markdown::view(&answer.text) }
            if answer.inferred {
                <p class="caution">{ labels.get("answer_inferred") }</p>
            }
            <p class="source">
                <span>{ labels.get(&["answer_", &answer.provider].concat()) }</span>
                { source(answer.title.as_deref(), answer.url.as_deref()) }
            </p>
            if !others.is_empty() {
                <p class="source">{ labels.get("answer_sources") }</p>
                <ul class="sources">
                    { for others.iter().map(|one| html! { <li>{ markdown::link(&one.url, &one.title) }</li> }) }
                </ul>
            }
            { helped(shown, index, labels, link) }
        </li>
    }
}

/// An answer while it comes.
pub fn growing(text: &str, labels: &Labels) -> Html {
    // It is told when it is complete: not every word of it.
    html! {
        <li class="bubble answer" aria-hidden="true" key="growing">
            if text.is_empty() {
                <span class="thinking"><i></i><i></i><i></i></span>
                <span class="hint">{ labels.get("thinking") }</span>
            } else {
                { markdown::view(text) }
            }
        </li>
    }
}

fn source(title: Option<&str>, url: Option<&str>) -> Html {
    match (title, url) {
        (title, Some(url)) => html! { <>{ ": " }{ markdown::link(url, title.unwrap_or(url)) }</> },
        (Some(title), None) => html! { <>{ ": " }{ title }</> },
        (None, None) => Html::default(),
    }
}

fn helped(shown: &Shown, answer: usize, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let said = |helped: bool| {
        link.callback(move |_| Message::Event(Event::Helped { answer, helped, at: now() }))
    };
    let told = match shown.helped {
        Some(true) => labels.get("helped_thanks"),
        Some(false) => labels.get("helped_not"),
        None => labels.get("helped_question"),
    };
    html! {
        <div class="helped" role="group" aria-label={labels.get("helped_question")}>
            <span>{ told }</span>
            if shown.helped.is_none() {
                <button class="chip" onclick={said(true)}>{ labels.get("helped_yes") }</button>
                <button class="chip" onclick={said(false)}>{ labels.get("helped_no") }</button>
            }
        </div>
    }
}
