//! The review: everything that will be sent, item by item, as the human will see it.

use std::rc::Rc;

use baton_conversation::{EditedSummary, Event, Item, Line, Review, ReviewItem, State, Voice};
use wasm_bindgen::JsValue;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    cards, correction,
    labels::Labels,
    panel::{Message, Panel},
    pictures,
};
use crate::js;
use crate::widget::session::Session;

pub fn view(
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    let Some(review) = &state.review else { return Html::default() };
    let contact = state.contact.clone().or_else(|| review.email.clone()).unwrap_or_default();
    let typed = link.callback(|event: InputEvent| {
        let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
        Message::Event(Event::ContactTyped(value.unwrap_or_default()))
    });
    html! {
        <div class="review">
            <h3 tabindex="-1" data-autofocus="">{ labels.get("review_title") }</h3>
            <p class="intro">{ labels.get("review_intro") }</p>
            { summary(review, state, labels, link) }
            <ul class="items">
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
                <p>{ cards::consent(labels, session) }</p>
                <button class="primary" disabled={session.pictures.is_busy() || state.resorting} onclick={link.callback(|_| Message::Approve)}>
                    { labels.get("approve") }{ " " }{ labels.team(&state.queue) }
                </button>
                <button class="link" onclick={link.callback(|_| Message::Event(Event::ReviewClosed))}>
                    { labels.get("back") }
                </button>
            </footer>
        </div>
    }
}

/// The case in a few lines, to be written anew if it was misunderstood.
fn summary(review: &Review, state: &State, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let shown = state.summary.as_ref().unwrap_or(&review.summary);
    let edited = |change: fn(&mut EditedSummary, String)| {
        let summary = shown.clone();
        link.callback(move |event: InputEvent| {
            let mut summary = summary.clone();
            let target = event.target().map(JsValue::from).unwrap_or_default();
            change(&mut summary, js::get_string(&target, "value").unwrap_or_default());
            Message::Event(Event::SummaryEdited(summary))
        })
    };
    let title = edited(|summary, text| summary.title = text);
    let problem = edited(|summary, text| summary.problem = text);
    html! {
        <fieldset class="sorted summary">
            <legend>{ labels.get("summary") }{ " " }{ masked_count(review.summary_masked, labels) }</legend>
            <label class="field">
                <span>{ labels.get("summary_title") }</span>
                <input type="text" maxlength="120" dir="auto" autocomplete="off" value={shown.title.clone()} oninput={title} />
            </label>
            <label class="field">
                <span>{ labels.get("summary_problem") }</span>
                <textarea rows="3" dir="auto" maxlength="4000" value={shown.problem.clone()} oninput={problem} />
            </label>
            if !review.summary_lines.is_empty() {
                { listing(&review.summary_lines) }
            }
        </fieldset>
    }
}

/// What can be struck out.
pub fn items(
    review: &Review,
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    let has_pictures = !review.pictures.is_empty();
    // What a tester writes is the report itself.
    let reports = state.report.is_some();
    let entries = review.items.iter().filter(|entry| !reports || entry.item != Item::Transcript);
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
            { for entries.map(|entry| row(entry, review, state, labels, link, session)) }
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

fn transcript(review: &Review, labels: &Labels) -> Vec<String> {
    let line = |line: &Line| {
        let author = labels.get(if line.mine { "you" } else { "assistant" });
        [author.as_str(), ": ", line.text.as_str()].concat()
    };
    review.transcript.iter().map(line).collect()
}

/// A part that cannot be struck out.
fn always(name: String, masked: u32, labels: &Labels, lines: &[String]) -> Html {
    html! {
        <li>
            <details>
                <summary>
                    <span class="name">{ name }</span>
                    <span class="count">{ labels.number(lines.len() as u32) }</span>
                    { masked_count(masked, labels) }
                </summary>
                { listing(lines) }
            </details>
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
                        <span class="count">{ labels.number(entry.count) }</span>
                    }
                    { masked_count(entry.masked, labels) }
                </summary>
                { match item {
                    Item::Screenshot => pictures::view(review, labels, session),
                    Item::Transcript => listing(&transcript(review, labels)),
                    _ => listing(&entry.lines),
                } }
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
    html! { <span class="masked">{ labels.number(count) }{ " " }{ labels.get("masked") }</span> }
}
