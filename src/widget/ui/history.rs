//! Conversations of before, to be read.

use std::rc::Rc;

use baton_conversation::Kept;
use baton_packet::reply::State as Status;
use yew::prelude::*;

use super::{handed, labels::Labels, thread};

/// Most characters of a title.
const TITLE: usize = 60;

#[derive(Clone, Properties)]
pub struct Props {
    pub cases: Rc<Vec<Kept>>,
    pub labels: Rc<Labels>,
}

// What is long and never changes is not drawn anew with every key.
impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.cases, &other.cases) && Rc::ptr_eq(&self.labels, &other.labels)
    }
}

/// The list, closed at first.
pub struct List;

impl Component for List {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { cases, labels } = ctx.props();
        html! {
            if !cases.is_empty() {
                <details class="history">
                    <summary>{ labels.get("history") }</summary>
                    { for cases.iter().map(|kept| case(kept, labels)) }
                </details>
            }
        }
    }
}

fn case(kept: &Kept, labels: &Labels) -> Html {
    let said = kept.transcript.iter().find(|line| line.mine);
    let title: String =
        said.map(|line| line.text.chars().take(TITLE).collect()).unwrap_or_default();
    let status = kept.talk.status.unwrap_or(Status::Received);
    let lines = kept.transcript.iter().map(|line| {
        let author = labels.get(if line.mine { "you" } else { "assistant" });
        thread::bubble(line.mine, &author, &line.text)
    });
    let since = kept.talk.entries.iter().map(|entry| handed::one(entry, &kept.talk, labels, None));
    html! {
        <details>
            <summary>
                <span dir="auto">{ title }</span>
                <small>{ labels.date(&kept.at) }{ " · " }{ handed::status(status, labels) }</small>
            </summary>
            <ol>{ for lines }{ for since }</ol>
        </details>
    }
}
