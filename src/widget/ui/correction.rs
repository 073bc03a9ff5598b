//! Where the customer says what the case is about, and how soon it hurts, if that
//! was misunderstood.

use baton_conversation::{Event, Review};
use baton_packet::{Intent, OverrideField, Urgency};
use yew::prelude::*;

use super::{
    labels::Labels,
    panel::{Message, Panel},
};
use crate::js::{self, now};

/// Two choices; a change sorts the case anew, in place.
pub fn view(review: &Review, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let intents = Intent::ALL.iter().map(|intent| intent.as_str());
    let urgencies = Urgency::ALL.iter().map(|urgency| urgency.as_str());
    html! {
        <fieldset class="sorted">
            <legend>{ labels.get("correct") }</legend>
            { choice(OverrideField::Intent, "correct_intent", intents, &review.intent, labels, link) }
            { choice(OverrideField::Urgency, "correct_urgency", urgencies, &review.urgency, labels, link) }
        </fieldset>
    }
}

fn choice(
    field: OverrideField,
    name: &str,
    values: impl Iterator<Item = &'static str>,
    chosen: &str,
    labels: &Labels,
    link: &html::Scope<Panel>,
) -> Html {
    let changed = link.batch_callback(move |event: web_sys::Event| {
        let to = js::get_string(&event.target()?.into(), "value")?;
        Some(Message::Event(Event::Corrected { field, to, at: now() }))
    });
    let options = values.map(|value| {
        let words = labels.get(&[field.as_str(), "_", value].concat());
        html! { <option {value} selected={value == chosen}>{ words }</option> }
    });
    html! {
        <label class="field">
            <span>{ labels.get(name) }</span>
            <select data-field={field.as_str()} onchange={changed}>{ for options }</select>
        </label>
    }
}
