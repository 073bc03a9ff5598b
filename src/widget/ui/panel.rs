//! The panel: header, and the screen that fits the stage.

use std::rc::Rc;

use baton_conversation::{Event, Stage, State};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, ShadowRoot,
};
use yew::prelude::*;

use super::{
    attached, cards, labels::Labels, notices, pictures, preview, qa, review, status, thread,
};
use crate::js::now;
use crate::widget::{download::download, report::Form, session::Session};

/// Two references are the same if they are of the same session.
#[derive(Clone)]
pub struct SessionRef(pub Rc<Session>);

impl PartialEq for SessionRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    pub session: SessionRef,
}

pub enum Message {
    /// The session's state changed.
    Changed,
    /// The customer did something.
    Event(Event),
    /// The customer pressed "Talk to a person".
    AskForPerson,
    /// The customer sends what stands in the composer.
    Submit,
    /// The customer says this by a button.
    Say(String),
    /// The customer approves the draft.
    Approve,
    /// The customer wants their own copy of the packet.
    Download,
    /// The tester keeps the report.
    Keep(Form),
    /// The tester goes on to the next report.
    ReportNext,
    Close,
}

pub struct Panel {
    composer: NodeRef,
    scroller: NodeRef,
    panel: NodeRef,
    title: NodeRef,
    /// What was on the screen when it was last drawn, to know what changed.
    drawn: (Stage, usize, bool),
}

/// How many things the thread shows: more of them, and it is scrolled to the end.
fn length(state: &State) -> usize {
    let growing = state.answering.as_ref().map_or(0, |text| 1 + text.len());
    let asked = usize::from(state.question.is_some()) + usize::from(state.offer.is_some());
    state.messages.len() * 100_000 + state.talk.entries.len() * 100_000 + growing + asked
}

impl Component for Panel {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.props().session.0.on_change(ctx.link().callback(|()| Message::Changed));
        Self {
            composer: NodeRef::default(),
            scroller: NodeRef::default(),
            panel: NodeRef::default(),
            title: NodeRef::default(),
            drawn: (Stage::Chat, 0, false),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let session = &ctx.props().session.0;
        match message {
            Message::Changed => return true,
            Message::Event(event) => session.dispatch(event),
            Message::AskForPerson => session.dispatch(Event::AskedForPerson { at: now() }),
            Message::Submit => self.submit(session),
            Message::Say(text) => session.dispatch(Event::CustomerWrote { text, at: now() }),
            Message::Approve => {
                let consent_text = cards::consent(&session.labels(), session);
                session.dispatch(Event::Approved { at: now(), consent_text });
            }
            Message::Download => {
                if let Some(copy) = session.frozen_copy() {
                    download(&copy, "handoff.json");
                }
            }
            Message::Keep(form) => session.keep(form),
            Message::ReportNext => {
                // What was kept may be left behind.
                let _ = session.begin_report(None);
                session.focus_screen();
            }
            Message::Close => session.close(),
        }
        // Whatever changed comes back as `Changed`.
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let session = &ctx.props().session.0;
        let labels = session.labels();
        let labels = &*labels;
        let state = session.state();
        let link = ctx.link();
        let on_key = link.batch_callback(|event: KeyboardEvent| {
            (event.key() == "Escape").then_some(Message::Close)
        });
        let screen = match state.stage {
            Stage::Chat | Stage::Gathering | Stage::Ready | Stage::Review
                if let Some(report) = &state.report =>
            {
                qa::view(report, &state, labels, link, &self.title, session)
            }
            Stage::Chat | Stage::Gathering | Stage::Ready => html! {
                <>
                    { thread::view(&state, labels, link, &self.scroller, session) }
                    { self.composer(&state, labels, link, session) }
                </>
            },
            Stage::Delivered => html! {
                <>
                    { thread::view(&state, labels, link, &self.scroller, session) }
                    if state.may_write {
                        { self.composer(&state, labels, link, session) }
                    }
                </>
            },
            Stage::Review => review::view(&state, labels, link, session),
            Stage::Sending | Stage::Failed => status::view(&state, labels, link),
        };
        let reports = state.report.is_some();
        let can_ask = state.stage == Stage::Chat && !reports;
        let title = labels.get(if reports { "qa_title" } else { "title" });
        let close = labels.get(if reports { "qa_close" } else { "close" });
        html! {
            <section ref={self.panel.clone()} class="panel" role="dialog" lang={labels.tag.clone()} dir={labels.direction()} aria-label={title.clone()} onkeydown={on_key} onpaste={pictures::on_paste(session)} ondragover={pictures::on_drag_over} ondrop={pictures::on_drop(session)}>
                <header>
                    <h2>{ title }</h2>
                    if can_ask {
                        <button class="link" onclick={link.callback(|_| Message::AskForPerson)}>
                            { labels.get("person") }
                        </button>
                    }
                    <button class="icon" aria-label={close} onclick={link.callback(|_| Message::Close)}>
                        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18" /></svg>
                    </button>
                </header>
                { screen }
            </section>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let session = &ctx.props().session.0;
        if first_render {
            // It is mounted when it is opened, and there was nothing to focus before.
            session.focus_screen();
        }
        let state = session.state();
        if let Some(panel) = self.panel.cast::<Element>() {
            preview::paint_all(&panel, session);
            preview::paint_attached(&panel, session);
            if !session.pictures.is_busy() {
                let is_failure = session.pictures.told().1;
                restore_focus(&panel, session.pictures.take_focus(), is_failure);
            }
        }
        if let Some(composer) = self.composer.cast::<HtmlTextAreaElement>()
            && let Some(text) = session.take_prefill()
        {
            composer.set_value(&text);
        }
        let now = (state.stage, length(&state), state.report.is_some());
        if now != self.drawn {
            if state.report.as_ref().is_some_and(|report| report.suggested)
                && let Some(title) = self.title.cast::<HtmlInputElement>()
            {
                // The first key replaces what was only suggested.
                title.select();
            }
            // What is about to be pressed stays under the finger while the draft gets ready.
            let stays = state.question.is_some()
                && now.1 == self.drawn.1
                && !is_screen_change(self.drawn.0, now.0);
            if let Some(scroller) = self.scroller.cast::<HtmlElement>().filter(|_| !stays) {
                // What is longer than the thread is read from its beginning.
                let last = scroller.query_selector("[role=log] > ol > li:last-child");
                let last = last.ok().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok());
                let long = last.filter(|it| {
                    state.offer.is_none() && it.offset_height() * 5 > scroller.client_height() * 4
                });
                match long {
                    Some(long) => scroller.set_scroll_top(long.offset_top() - 12),
                    None => scroller.set_scroll_top(scroller.scroll_height()),
                }
            }
            // A new screen takes the focus, so that nobody is left on a button that is gone.
            if now.2 != self.drawn.2 || is_screen_change(self.drawn.0, now.0) {
                session.focus_screen();
            }
            self.drawn = now;
        }
    }
}

/// After an action its menu is closed, unless it failed; and where its button is gone
/// or was disabled, so is the focus.
fn restore_focus(panel: &Element, places: Vec<String>, is_failure: bool) {
    if places.is_empty() {
        return;
    }
    let find = |css: &str| panel.query_selector(css).ok().flatten();
    if !is_failure && let Some(menu) = find(".add[open]") {
        let _ = menu.remove_attribute("open");
    }
    let root: ShadowRoot = panel.get_root_node().unchecked_into();
    let is_lost = match root.active_element() {
        Some(element) => element.closest(".menu").is_ok_and(|menu| menu.is_some()),
        None => true,
    };
    if is_lost && let Some(place) = places.iter().find_map(|css| find(css)) {
        let _ = place.unchecked_into::<HtmlElement>().focus();
    }
}

/// Chat, gathering and ready share a screen.
fn is_screen_change(before: Stage, after: Stage) -> bool {
    let talks = |stage| matches!(stage, Stage::Chat | Stage::Gathering | Stage::Ready);
    before != after && !(talks(before) && talks(after))
}

impl Panel {
    fn composer(
        &self,
        state: &State,
        labels: &Labels,
        link: &html::Scope<Self>,
        session: &Rc<Session>,
    ) -> Html {
        let hint = state.question.as_ref().map(|question| question.hint.clone());
        let hint = hint.filter(|hint| !hint.is_empty()).unwrap_or_else(|| labels.get("composer"));
        let on_key = link.batch_callback(|event: KeyboardEvent| {
            // Enter that ends an input method's composition is not "send".
            let sends = event.key() == "Enter" && !event.shift_key() && !event.is_composing();
            sends.then(|| {
                event.prevent_default();
                Message::Submit
            })
        });
        html! {
            <>
            { notices::view(labels, session) }
            { attached::view(labels, session) }
            <div class="composer">
                { attached::button(labels, session) }
                <textarea
                    ref={self.composer.clone()}
                    data-autofocus=""
                    rows="2"
                    aria-label={labels.get("composer")}
                    placeholder={hint}
                    dir="auto"
                    onkeydown={on_key}
                />
                <button class="icon send" aria-label={labels.get("send")} onclick={link.callback(|_| Message::Submit)}>
                    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h14M13 6l6 6-6 6" /></svg>
                </button>
            </div>
            </>
        }
    }

    fn submit(&self, session: &Rc<Session>) {
        let Some(composer) = self.composer.cast::<HtmlTextAreaElement>() else { return };
        let text = composer.value();
        if !text.trim().is_empty() {
            composer.set_value("");
            let is_handed = session.state().stage == Stage::Delivered;
            match is_handed {
                true => session.write(text),
                false => session.dispatch(Event::CustomerWrote { text, at: now() }),
            }
        }
    }
}
