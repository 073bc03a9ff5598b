//! The review: everything that will be sent, item by item, as the human will see it.

use std::rc::Rc;

use baton_conversation::{Event, Item, Review, ReviewItem, State};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    correction,
    labels::Labels,
    panel::{Message, Panel},
    pictures,
};
use crate::config::Config;
use crate::widget::session::Session;

pub fn view(
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    let Some(review) = &state.review else { return Html::default() };
    let config = Config::read(&session.bridge);
    let contact = state.contact.clone().or_else(|| review.email.clone()).unwrap_or_default();
    let typed = link.callback(|event: InputEvent| {
        let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
        Message::Event(Event::ContactTyped(value.unwrap_or_default()))
    });
    html! {
        <div class="review">
            <h3 tabindex="-1" data-autofocus="">{ labels.get("review_title") }</h3>
            <p class="intro">{ labels.get("review_intro") }</p>
            <ul class="items">
                { transcript(review, labels) }
                { items(review, state, labels, link, session) }
                { always(labels.get("sorting"), 0, labels, &review.sorting) }
            </ul>
            { correction::view(review, labels, link) }
            { gaps(review, labels) }
            <label class="field">
                <span>{ labels.get("email") }</span>
                <input type="email" autocomplete="email" placeholder={labels.get("email_hint")} value={contact} oninput={typed} aria-invalid={state.contact_is_wrong.to_string()} />
                if state.contact_is_wrong {
                    <span role="alert" class="wrong">{ labels.get("email_wrong") }</span>
                }
            </label>
            <footer>
                <p>{ config.consent_text() }</p>
                <button class="primary" disabled={session.pictures.is_busy() || state.resorting} onclick={link.callback(|_| Message::Approve)}>
                    { labels.get("approve") }{ " " }{ &state.team }
                </button>
                <button class="link" onclick={link.callback(|_| Message::Event(Event::ReviewClosed))}>
                    { labels.get("back") }
                </button>
            </footer>
        </div>
    }
}

/// What can be struck out, and what is known of the customer.
pub fn items(
    review: &Review,
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    let has_pictures = !review.pictures.is_empty();
    html! {
        <>
            if !has_pictures {
                <li key="no-picture">
                    <details open=true>
                        <summary><span class="name">{ labels.get("screenshot") }</span>{ pictures::count(review, labels) }</summary>
                        { pictures::view(review, labels, session) }
                    </details>
                </li>
            }
            { for review.items.iter().map(|entry| row(entry, review, state, labels, link, session)) }
            if !review.about.is_empty() {
                { always(labels.get("about"), 0, labels, &review.about) }
            }
        </>
    }
}

/// What could not be captured, and why.
pub fn gaps(review: &Review, labels: &Labels) -> Html {
    if review.gaps.is_empty() {
        return Html::default();
    }
    html! {
        <details class="gaps">
            <summary>{ labels.get("gaps") }{ " (" }{ review.gaps.len() }{ ")" }</summary>
            { listing(&review.gaps) }
        </details>
    }
}

fn transcript(review: &Review, labels: &Labels) -> Html {
    let lines: Vec<String> = review
        .transcript
        .iter()
        .map(|line| {
            let author = labels.get(if line.mine { "you" } else { "assistant" });
            [author.as_str(), ": ", line.text.as_str()].concat()
        })
        .collect();
    always(labels.get("transcript"), review.transcript_masked, labels, &lines)
}

/// A part that cannot be struck out.
fn always(name: String, masked: u32, labels: &Labels, lines: &[String]) -> Html {
    html! {
        <li>
            <details>
                <summary>
                    <span class="name">{ name }</span>
                    <span class="count">{ lines.len() }</span>
                    { masked_count(masked, labels) }
                </summary>
                { listing(lines) }
            </details>
            <span class="fixed">{ labels.get("always") }</span>
        </li>
    }
}

fn row(
    entry: &ReviewItem,
    review: &Review,
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    let item = entry.item;
    let name = labels.get(&entry.label);
    let included = !state.struck.contains(&item);
    let toggle = link.callback(move |_| Message::Event(Event::ItemToggled(item)));
    html! {
        <li class={classes!((!included).then_some("struck"))} key={item.as_str()}>
            <details open={item == Item::Screenshot}>
                <summary>
                    <span class="name">{ name.clone() }</span>
                    if item == Item::Screenshot {
                        { pictures::count(review, labels) }
                    } else if item != Item::Environment {
                        <span class="count">{ entry.count }</span>
                    }
                    { masked_count(entry.masked, labels) }
                </summary>
                if item == Item::Screenshot {
                    { pictures::view(review, labels, session) }
                } else {
                    { listing(&entry.lines) }
                }
            </details>
            <input type="checkbox" role="switch" aria-label={name} data-item={item.as_str()} checked={included} onchange={toggle} />
        </li>
    }
}

fn listing(lines: &[String]) -> Html {
    let lines = lines.iter().map(|line| html! { <li dir="auto">{ line }</li> });
    html! { <ul class="listing">{ for lines }</ul> }
}

fn masked_count(count: u32, labels: &Labels) -> Html {
    if count == 0 {
        return Html::default();
    }
    html! { <span class="masked">{ count }{ " " }{ labels.get("masked") }</span> }
}
