//! After the hand-over: what was handed over and to whom, what the team and the
//! customer say since, and how it was.

use std::rc::Rc;

use baton_conversation::talk::{Entry, Post, Rating, TalkEvent, What};
use baton_conversation::{Confirmation, Delivery, Event, State, Talk, Voice, speech};
use baton_packet::reply::{File, State as Status};
use yew::prelude::*;

use super::{
    labels::Labels,
    panel::{Message, Panel},
    rating, thread,
};
use crate::js::now;
use crate::widget::session::Session;

/// The confirmation, then what was said since.
pub fn entries(state: &State, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    html! {
        <>
            if let Some(told) = &state.confirmation {
                { confirmation(told, state, labels) }
            }
            { for state.talk.entries.iter().map(|entry| one(entry, &state.talk, labels, Some(link))) }
        </>
    }
}

fn confirmation(told: &Confirmation, state: &State, labels: &Labels) -> Html {
    let is_here = match &state.delivery {
        Delivery::Delivered(receipt) => receipt.links.replies.is_some(),
        _ => false,
    };
    html! {
        <li class="handed">
            <svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 13l4 4L19 7" /></svg>
            <h3 tabindex="-1" data-autofocus={(!state.may_write).then_some("")}>{ labels.get("delivered") }</h3>
            <dl>
                <dt>{ labels.get("who") }</dt>
                <dd>{ speech::who(told, labels) }</dd>
                <dt>{ labels.get("sees") }</dt>
                <dd>{ speech::capitalised(&speech::seen(&told.sees, labels)) }</dd>
                <dt>{ labels.get("next") }</dt>
                <dd>{ speech::what_comes_next(told, is_here, state.opens_at_ms, labels) }</dd>
                <dt>{ labels.get("reference") }</dt>
                <dd class="reference">{ &told.id }</dd>
            </dl>
        </li>
    }
}

/// An entry of the thread; without a panel, only to be read.
pub fn one(entry: &Entry, talk: &Talk, labels: &Labels, link: Option<&html::Scope<Panel>>) -> Html {
    match &entry.what {
        What::Mine { text, files, post } => html! {
            <>
                if !text.is_empty() {
                    { thread::bubble(true, &labels.get("you"), text) }
                }
                { listed(files, labels) }
                { posted(&entry.id, post, labels, link) }
            </>
        },
        What::Theirs { name, text, files } => {
            let name = if name.is_empty() { labels.get("talk_somebody") } else { name.clone() };
            html! {
                <>
                    <li class="name" dir="auto" aria-hidden="true">{ &name }</li>
                    if !text.is_empty() {
                        { thread::bubble(false, &name, text) }
                    }
                    { listed(files, labels) }
                </>
            }
        }
        What::Agent { name, joined } => {
            notice(labels.say(if *joined { "talk_joined" } else { "talk_left" }, &[("name", name)]))
        }
        What::Moved { to, reason } => {
            let team = speech::capitalised(&labels.team(to));
            notice(match reason {
                Some(reason) => {
                    labels.say("talk_moved_why", &[("team", &team), ("reason", reason)])
                }
                None => labels.say("talk_moved", &[("team", &team)]),
            })
        }
        What::Solved(true) => notice(labels.get("talk_resolved")),
        What::Solved(false) => {
            let now = talk.status.filter(|now| *now != Status::Resolved);
            notice(status(now.unwrap_or(Status::Open), labels))
        }
    }
}

fn notice(words: String) -> Html {
    html! { <li class="notice" dir="auto">{ words }</li> }
}

fn listed(files: &[File], labels: &Labels) -> Html {
    let one = |file: &File| {
        html! { <li class="notice" dir="auto">{ labels.get("talk_file") }{ ": " }{ &file.name }</li> }
    };
    files.iter().map(one).collect()
}

/// How far a message got, unless it is there.
fn posted(id: &str, post: &Post, labels: &Labels, link: Option<&html::Scope<Panel>>) -> Html {
    let again = |link: &html::Scope<Panel>| {
        let id = id.to_owned();
        link.callback(move |_| Message::Event(Event::Talk(TalkEvent::Retry(id.clone()))))
    };
    let words = match post {
        Post::Sent => return Html::default(),
        Post::Sending => labels.get("talk_sending"),
        Post::Waiting => labels.get("talk_not_sent"),
        Post::Refused(reason) => labels.say("talk_refused", &[("reason", reason)]),
    };
    html! {
        <li class="post">
            { words }
            if let Some(link) = link.filter(|_| *post != Post::Sending) {
                <button class="link" onclick={again(link)}>{ labels.get("talk_again") }</button>
            }
        </li>
    }
}

/// "Mia is writing…"
pub fn typing(name: &str, labels: &Labels) -> String {
    let somebody = labels.get("talk_somebody");
    labels.say("talk_typing", &[("name", if name.is_empty() { &somebody } else { name })])
}

/// Below the thread: where the case stands, and what the customer may do.
pub fn after(
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    let talk = &state.talk;
    let solved = talk.status == Some(Status::Resolved);
    let again = link.callback(|_| Message::Event(Event::Restarted { at: now() }));
    let rate =
        link.callback(|rating: Rating| Message::Event(Event::Talk(TalkEvent::Rated(rating))));
    html! {
        <>
            if let Some(name) = &talk.typing {
                <p class="typing" aria-hidden="true"><span class="thinking"><i></i><i></i><i></i></span>{ typing(name, labels) }</p>
            }
            if let Some(key) = trouble(talk) {
                <p class="notice" role="status">{ labels.get(key) }</p>
            }
            <p class="stands" role="status">{ standing(talk, labels) }</p>
            if solved && session.may_rate() {
                <rating::Form given={talk.rating.clone()} words={rating::Words::of(labels)} onrate={rate} />
            }
            <button class="link" onclick={again}>{ labels.get("again") }</button>
        </>
    }
}

/// What keeps the talk from going on.
fn trouble(talk: &Talk) -> Option<&'static str> {
    match talk {
        Talk { is_over: true, .. } => Some("talk_over"),
        Talk { is_held_back: true, .. } => Some("talk_held_back"),
        Talk { is_lost: true, .. } => Some("talk_offline"),
        _ => None,
    }
}

fn standing(talk: &Talk, labels: &Labels) -> String {
    let waits = matches!(talk.status, Some(Status::Received));
    let position = talk.position.filter(|_| waits);
    let eta = talk.eta_minutes.filter(|_| waits);
    let parts = [
        talk.status.map(|now| speech::sentence(&status(now, labels), labels)),
        position.map(|place| labels.count("talk_position", place)),
        eta.map(|minutes| labels.say("talk_eta", &[("time", &labels.duration(minutes))])),
    ];
    speech::paragraph(&parts.into_iter().flatten().collect::<Vec<_>>())
}

/// Where a case stands, in words.
pub fn status(status: Status, labels: &Labels) -> String {
    labels.get(&["talk_status_", status.as_str()].concat())
}
