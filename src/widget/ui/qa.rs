//! The form of a tester: what is wrong, what was captured, and where it goes.

use std::rc::Rc;

use baton_conversation::qa::{Field, Kept, LONGEST_TITLE, QaEvent, Report};
use baton_conversation::{Event, Stage, State, Voice, speech};
use baton_packet::Urgency;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::{
    cards,
    labels::Labels,
    panel::{Message, Panel},
    review,
};
use crate::js;
use crate::widget::{report::Form, session::Session, shortcut};

pub fn view(
    report: &Report,
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    title: &NodeRef,
    session: &Rc<Session>,
) -> Html {
    html! {
        <div class="review qa">
            if let Some(keys) = shortcut::name(&session.bridge) {
                <p class="intro"><kbd dir="ltr">{ keys }</kbd>{ " " }{ labels.get("qa_shortcut") }</p>
            }
            if let Some(found) = &state.review {
                <p class="intro" role="status">{ labels.get("qa_captured") }{ ": " }{ speech::seen(&found.sees, labels) }</p>
            }
            <label class="field">
                <span>{ labels.get("qa_summary") }</span>
                <input ref={title.clone()} type="text" data-autofocus="" required=true maxlength={LONGEST_TITLE.to_string()} dir="auto" autocomplete="off" value={report.title.clone()} oninput={typed(Field::Title, link)} aria-invalid={(!report.is_complete()).to_string()} />
                if !report.is_complete() {
                    <span role="alert" class="wrong">{ labels.get("qa_summary_missing") }</span>
                }
            </label>
            { area(Field::Actual, "qa_actual", &report.actual, labels, link) }
            { area(Field::Expected, "qa_expected", &report.expected, labels, link) }
            { severity(report, labels, link) }
            { captured(state, labels, link, session) }
            { footer(report, state, labels, link, session) }
        </div>
    }
}

fn qa(event: QaEvent) -> Message {
    Message::Event(Event::Qa(event))
}

fn typed(field: Field, link: &html::Scope<Panel>) -> Callback<InputEvent> {
    link.callback(move |event: InputEvent| {
        let target = event.target().map(JsValue::from).unwrap_or_default();
        qa(QaEvent::Typed(field, js::get_string(&target, "value").unwrap_or_default()))
    })
}

fn area(
    field: Field,
    label: &str,
    value: &str,
    labels: &Labels,
    link: &html::Scope<Panel>,
) -> Html {
    html! {
        <label class="field">
            <span>{ labels.get(label) }</span>
            <textarea rows="2" dir="auto" value={value.to_owned()} oninput={typed(field, link)} />
        </label>
    }
}

fn severity(report: &Report, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let choices = Urgency::ALL.iter().map(|urgency| {
        let urgency = *urgency;
        let chosen = link.callback(move |_| qa(QaEvent::Rated(urgency)));
        html! {
            <label>
                <input type="radio" name="severity" value={urgency.as_str()} checked={report.severity == urgency} onchange={chosen} />
                <span>{ labels.get(&["qa_", urgency.as_str()].concat()) }</span>
            </label>
        }
    });
    html! {
        <fieldset class="severity">
            <legend>{ labels.get("qa_severity") }</legend>
            <div>{ for choices }</div>
        </fieldset>
    }
}

fn captured(
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Rc<Session>,
) -> Html {
    match (&state.review, state.stage) {
        (Some(found), _) => html! {
            <section aria-label={labels.get("qa_captured")}>
                <h3>{ labels.get("qa_captured") }</h3>
                <ul class="items">{ review::items(found, state, labels, link, session) }</ul>
                { review::gaps(found, labels) }
            </section>
        },
        (None, Stage::Gathering) => html! {
            <p class="card waiting" role="status">
                <span class="spinner" aria-hidden="true"></span>{ labels.get("qa_capturing") }
            </p>
        },
        _ => html! {
            <div class="card">
                <p role="alert">{ labels.get("qa_not_captured") }</p>
                <button class="secondary" onclick={link.callback(|_| Message::Event(Event::PageChanged))}>
                    { labels.get("retry") }
                </button>
            </div>
        },
    }
}

fn footer(
    report: &Report,
    state: &State,
    labels: &Labels,
    link: &html::Scope<Panel>,
    session: &Session,
) -> Html {
    let disabled =
        state.stage != Stage::Ready || !report.is_complete() || session.pictures.is_busy();
    let sends = js::get(&session.bridge.config(), "endpoint").is_truthy();
    let keep = |form: Form| link.callback(move |_| Message::Keep(form));
    html! {
        <footer>
            { kept(report, labels, link) }
            if sends {
                <p>{ cards::consent(labels, session) }</p>
                <button class="primary" {disabled} onclick={link.callback(|_| Message::Approve)}>
                    { labels.get("approve") }{ " " }{ labels.team(&state.queue) }
                </button>
            }
            <div class="ways">
                <button class={if sends { "secondary" } else { "primary" }} {disabled} onclick={keep(Form::Archive)}>
                    { labels.get("qa_download") }
                </button>
                <button class="secondary" {disabled} onclick={keep(Form::Markdown)}>
                    { labels.get("qa_copy") }
                </button>
            </div>
        </footer>
    }
}

/// What became of it, and the way to the next one.
fn kept(report: &Report, labels: &Labels, link: &html::Scope<Panel>) -> Html {
    let Some(kept) = &report.kept else { return html! { <div role="status"></div> } };
    let told = match kept {
        Kept::Downloaded { name, holds } => {
            [&labels.get("qa_saved"), " ", name, ": ", holds, "."].concat()
        }
        Kept::Copied => labels.get("qa_copied"),
        Kept::Shown(_) => labels.get("qa_copy_by_hand"),
        Kept::Failed => labels.get("qa_failed"),
    };
    html! {
        <>
            <div class="kept" role="status">
                <p class={classes!((*kept == Kept::Failed).then_some("wrong"))} dir="auto">{ told }</p>
                if *kept != Kept::Failed {
                    <button class="link" onclick={link.callback(|_| Message::ReportNext)}>
                        { labels.get("qa_next") }
                    </button>
                }
            </div>
            if let Kept::Shown(text) = kept {
                <textarea rows="4" readonly=true aria-label={labels.get("qa_copy_by_hand")} value={text.clone()} />
            }
        </>
    }
}
