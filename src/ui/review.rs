//! The review: everything that will be sent, item by item, as the human will see it.

use baton_conversation::{Event, Item, State};
use baton_packet::Packet;
use baton_triage::team_name;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    labels::Labels,
    panel::{Message, Panel},
};
use crate::bridge::Bridge;
use crate::config::Config;
use crate::js;

pub fn view(
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    picture: &NodeRef,
    bridge: &Bridge,
) -> Html {
    let Some(draft) = &state.draft else { return Html::default() };
    let config = Config::read(bridge);
    let items = Item::ALL.into_iter().filter(|item| item.count(draft) > 0);
    let typed = link.callback(|event: InputEvent| {
        let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
        Message::Event(Event::ContactTyped(value.unwrap_or_default()))
    });
    html! {
        <div class="review">
            <h3 tabindex="-1" data-autofocus="">{ labels.get("review_title") }</h3>
            <p class="intro">{ labels.get("review_intro") }</p>
            <ul class="items">
                { transcript(draft, labels) }
                { for items.map(|item| row(item, state, draft, labels, link, picture)) }
                { files(draft, labels) }
            </ul>
            { gaps(draft, labels) }
            <label class="field">
                <span>{ labels.get("email") }</span>
                <input type="email" autocomplete="email" placeholder={labels.get("email_hint").to_owned()} value={state.contact_email.clone()} oninput={typed} />
            </label>
            <footer>
                <p>{ config.consent_text() }</p>
                <button class="primary" onclick={link.callback(|_| Message::Approve)}>
                    { labels.get("approve") }{ " " }{ team_name(&draft.route.queue) }
                </button>
                <button class="link" onclick={link.callback(|_| Message::Event(Event::ReviewClosed))}>
                    { labels.get("back") }
                </button>
            </footer>
        </div>
    }
}

fn transcript(draft: &Packet, labels: &Labels) -> Html {
    let lines = draft.conversation.transcript.iter();
    let lines = lines.map(|message| format!("{}: {}", author(message, labels), message.text));
    html! {
        <li>
            <details>
                <summary>
                    <span class="name">{ labels.get("transcript") }</span>
                    <span class="count">{ draft.conversation.transcript.len() }</span>
                    { masked(draft, &["conversation", "summary"], labels) }
                </summary>
                { listing(lines) }
            </details>
            <span class="fixed">{ labels.get("always") }</span>
        </li>
    }
}

fn author<'a>(message: &baton_packet::Message, labels: &'a Labels) -> &'a str {
    match message.author {
        baton_packet::Author::Customer => labels.get("you"),
        _ => labels.get("assistant"),
    }
}

fn row(
    item: Item,
    state: &State,
    draft: &Packet,
    labels: &Labels,
    link: &html::Scope<Panel>,
    picture: &NodeRef,
) -> Html {
    let name = labels.get(item.as_str()).to_owned();
    let included = !state.struck.contains(&item);
    let toggle = link.callback(move |_| Message::Event(Event::ItemToggled(item)));
    let content = match item {
        Item::Screenshot => html! {
            <canvas class="picture" width="0" height="0" ref={picture.clone()} role="img" aria-label={name.clone()} />
        },
        _ => listing(lines(item, draft)),
    };
    html! {
        <li class={classes!((!included).then_some("struck"))} key={item.as_str()}>
            <details open={item == Item::Screenshot}>
                <summary>
                    <span class="name">{ &name }</span>
                    if item != Item::Environment {
                        <span class="count">{ item.count(draft) }</span>
                    }
                    { masked(draft, &[item.section()], labels) }
                </summary>
                { content }
            </details>
            <input type="checkbox" role="switch" aria-label={name} checked={included} onchange={toggle} />
        </li>
    }
}

/// The records of an item, one a line, as the human will read them.
fn lines(item: Item, draft: &Packet) -> Vec<String> {
    let evidence = &draft.evidence;
    match item {
        Item::Screenshot => Vec::new(),
        Item::Errors => {
            let records = evidence.errors.records.iter();
            records.map(|error| error.message.clone()).collect()
        }
        Item::Console => {
            let records = evidence.console.records.iter();
            records.map(|record| record.message.clone()).collect()
        }
        Item::Network => evidence
            .network
            .records
            .iter()
            .map(|request| {
                let outcome = match request.status {
                    Some(status) => status.to_string(),
                    None => request.failure_text.clone().unwrap_or_else(|| "…".to_owned()),
                };
                format!("{} {} → {outcome}", request.method, request.url)
            })
            .collect(),
        Item::Steps => evidence.steps.records.iter().map(|step| step.target.clone()).collect(),
        Item::Environment => {
            let environment = &draft.environment;
            let browser = &environment.browser;
            let os = &environment.os;
            let viewport = &environment.viewport;
            vec![
                environment.page_url.clone(),
                format!("{} {}", browser.name, browser.version),
                format!("{} {}", os.name, os.version.as_deref().unwrap_or_default()),
                format!("{} × {}", js::number(viewport.width), js::number(viewport.height)),
                environment.languages.join(", "),
                environment.time_zone.clone().unwrap_or_default(),
            ]
        }
        Item::CustomData => {
            let data = draft.app.custom_data.iter();
            data.map(|(key, value)| format!("{key}: {}", js::json(&js::to_js(value)))).collect()
        }
    }
}

fn listing(lines: impl IntoIterator<Item = String>) -> Html {
    let lines = lines.into_iter().filter(|line| !line.trim().is_empty());
    html! { <ul class="listing">{ for lines.map(|line| html! { <li dir="auto">{ line }</li> }) }</ul> }
}

fn files(draft: &Packet, labels: &Labels) -> Html {
    let is_picture =
        |name: &str| draft.evidence.screenshots.iter().any(|shot| shot.attachment == name);
    let names: Vec<String> = draft
        .attachments
        .iter()
        .filter(|file| !is_picture(&file.name))
        .map(|file| file.name.clone())
        .collect();
    if names.is_empty() {
        return Html::default();
    }
    html! {
        <li>
            <details>
                <summary>
                    <span class="name">{ labels.get("files") }</span>
                    <span class="count">{ names.len() }</span>
                </summary>
                { listing(names) }
            </details>
            <span class="fixed">{ labels.get("always") }</span>
        </li>
    }
}

fn masked(draft: &Packet, sections: &[&str], labels: &Labels) -> Html {
    let count: u32 = draft
        .redactions
        .iter()
        .filter(|redaction| sections.iter().any(|section| redaction.section.starts_with(section)))
        .map(|redaction| redaction.count)
        .sum();
    if count == 0 {
        return Html::default();
    }
    html! { <span class="masked">{ count }{ " " }{ labels.get("masked") }</span> }
}

fn gaps(draft: &Packet, labels: &Labels) -> Html {
    let shots = draft.evidence.screenshots.iter().flat_map(|shot| shot.gaps.iter());
    let gaps: Vec<String> = draft
        .evidence
        .gaps
        .iter()
        .chain(shots)
        .map(|gap| format!("{}: {}", gap.stage, gap.reason))
        .collect();
    if gaps.is_empty() {
        return Html::default();
    }
    html! {
        <details class="gaps">
            <summary>{ labels.get("gaps") }{ " (" }{ gaps.len() }{ ")" }</summary>
            { listing(gaps) }
        </details>
    }
}
