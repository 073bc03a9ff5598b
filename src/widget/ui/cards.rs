//! What the customer may do next in the conversation: take or decline a person, answer
//! a question, look at what would be sent.

use std::rc::Rc;

use baton_conversation::{Event, Question, QuestionKind, Review, Stage, State, Voice, speech};
use yew::prelude::*;

use super::{
    labels::Labels,
    panel::{Message, Panel},
    pictures,
};
use crate::config::Config;
use crate::js::now;
use crate::widget::{pictures::Action, session::Session};

/// A person is offered, and why.
pub fn offer(state: &State, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let Some(offer) = &state.offer else { return Html::default() };
    let reason = labels.reason(&offer.rule, &offer.reason);
    html! {
        <div class="card" key="offer">
            <p dir="auto">{ reason }{ " " }{ labels.get("offer") }</p>
            <div class="choices">
                <button class="primary" onclick={link.callback(|_| Message::AskForPerson)}>{ labels.get("person") }</button>
                <button class="secondary" onclick={link.callback(|_| Message::Event(Event::OfferDeclined))}>{ labels.get("offer_no") }</button>
            </div>
        </div>
    }
}

/// The ways to answer the question that is open.
pub fn question(
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    let Some(question) = &state.question else { return Html::default() };
    let skip = |all: bool| {
        link.callback(move |_| Message::Event(Event::QuestionSkipped { all, at: now() }))
    };
    html! {
        <div class="asking" key={question.id.clone()} role="group" aria-label={question.text.clone()}>
            <div class="choices">{ ways(question, state, labels, link, session) }</div>
            <div class="choices">
                <button class="link" onclick={skip(false)}>{ labels.get("skip") }</button>
                if !state.questions.is_empty() {
                    <button class="link" onclick={skip(true)}>{ labels.get("skip_all") }</button>
                }
            </div>
        </div>
    }
}

fn ways(
    question: &Question,
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    // What is shown belongs to a draft.
    let waits = state.review.is_none() || session.pictures.is_busy();
    let shows = |key: &str, action: Action| {
        html! {
            <button class="secondary" aria-disabled={waits.then_some("true")} onclick={pictures::does(action, session)}>{ labels.get(key) }</button>
        }
    };
    match question.kind {
        QuestionKind::Text => Html::default(),
        QuestionKind::Choice => html! {
            { for question.options.iter().map(|option| {
                let text = option.text.clone();
                let chosen = link.callback(move |_| Message::Say(text.clone()));
                html! { <button class="chip" onclick={chosen}>{ &option.text }</button> }
            }) }
        },
        QuestionKind::Screenshot => shows("take_picture", Action::Again),
        QuestionKind::Element => shows("pick_element", Action::Element),
        QuestionKind::File => pictures::chooser("choose_file", waits, labels, session),
    }
}

/// Gathering, or ready to be looked at and sent.
pub fn draft(
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    match (state.stage, &state.review) {
        (Stage::Gathering, _) => html! {
            <div class="card waiting">
                <span class="spinner" aria-hidden="true"></span>{ labels.get("gathering") }
            </div>
        },
        (Stage::Ready, Some(review)) => ready(review, state, labels, link, session),
        _ => Html::default(),
    }
}

fn ready(
    review: &Review,
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    let open = link.callback(|_| Message::Event(Event::ReviewOpened));
    let sees = speech::seen(&review.sees, labels);
    // A question that is open comes first; that it could be sent already is told in short.
    let is_short = state.question.is_some();
    html! {
        <div class={classes!("card", is_short.then_some("short"))}>
            <h3>{ labels.get("ready") }</h3>
            if let Some(first) = review.pictures.first().filter(|_| !is_short) {
                <canvas class="thumbnail" width="0" height="0" data-picture={first.id.to_string()} role="img" aria-label={labels.get("screenshot")} />
            }
            if !is_short {
                <p>{ labels.get("sees") }{ ": " }{ sees }</p>
            }
            <button class="primary" onclick={open}>{ labels.get("review") }</button>
            <p class="consent">{ consent(labels, session) }</p>
            <button class="secondary" disabled={session.pictures.is_busy() || state.resorting} onclick={link.callback(|_| Message::Approve)}>
                { labels.get("send_now") }
            </button>
        </div>
    }
}

/// What the customer agrees to by sending.
pub fn consent(labels: &Labels, session: &Session) -> String {
    let own = Config::read(&session.bridge).consent_text;
    own.unwrap_or_else(|| labels.get("consent"))
}
