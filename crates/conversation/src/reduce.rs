//! The reducer: state and event in, effects out.

use std::rc::Rc;

use baton_packet::{Author, Channel, ConsentVia, Message, Receipt, Timestamp, limits};

use crate::{
    Approval, Confirmation, Delivery, Effect, Event, Heard, Item, Kept, Report, Review, Stage,
    State, Voice, answer, ask, correct, outbox, qa, speech,
};

/// Applies an event and returns what must be done outside, in order. Events that
/// do not fit the stage (a second "Send", a late draft) change nothing.
pub fn reduce(state: &mut State, event: Event, voice: &dyn Voice) -> Vec<Effect> {
    match event {
        Event::Opened { at } => opened(state, &at, voice),
        Event::CustomerWrote { text, at } => customer_wrote(state, text, &at),
        Event::AskedForPerson { at } => {
            state.wants_person = true;
            customer_wrote(state, voice.say("say_person", &[]), &at)
        }
        Event::Understood { at, heard } => understood(state, &at, heard, voice),
        Event::Answering(text) => {
            answer::grew(state, text);
            Vec::new()
        }
        Event::Answered { at, messages, answer } => answer::answered(state, &at, messages, answer),
        Event::Helped { answer, helped, at } => answer::helped(state, &at, answer, helped, voice),
        Event::OfferDeclined => {
            state.offer = None;
            Vec::new()
        }
        Event::QuestionShown { words, at } => ask::shown(state, &at, words, voice),
        Event::QuestionSkipped { all, at } => ask::skipped(state, &at, all, voice),
        Event::SummaryEdited(summary) => {
            state.summary = Some(summary);
            Vec::new()
        }
        Event::Drafted(review) => drafted(state, review),
        Event::Pictured(review) => {
            // What changed during a new gathering is in the draft that it brings.
            state.resorting = false;
            if matches!(state.stage, Stage::Ready | Stage::Review) && is_current(state, &review) {
                state.review = Some(review);
                qa::touched(state);
            }
            Vec::new()
        }
        Event::PartMissing { at } => {
            if !is_talking(state) {
                return Vec::new();
            }
            // Not a dead end: the next message, or asking for a person, tries again.
            state.stage = Stage::Chat;
            state.resorting = false;
            if state.report.is_some() {
                return Vec::new();
            }
            state.escalation = None;
            state.answering = None;
            say(state, &voice.say("say_part_missing", &[]), &at)
        }
        Event::ReviewOpened => {
            if state.stage == Stage::Ready {
                state.stage = Stage::Review;
            }
            Vec::new()
        }
        Event::ReviewClosed => {
            if state.stage == Stage::Review {
                state.stage = Stage::Ready;
            }
            Vec::new()
        }
        Event::ItemToggled(item) => {
            toggle(&mut state.struck, item);
            Vec::new()
        }
        Event::Corrected { field, to, at } => correct::corrected(state, field, to, at),
        Event::ContactTyped(address) => {
            state.contact = Some(address);
            state.contact_is_wrong = false;
            Vec::new()
        }
        Event::PageChanged => {
            // A report whose capture failed is captured anew.
            let is_retry = state.report.is_some() && state.stage == Stage::Chat;
            // While it is gathered, a part of the draft may be from before.
            let is_drafting =
                matches!(state.stage, Stage::Gathering | Stage::Ready | Stage::Review);
            if !is_retry && !is_drafting {
                return Vec::new();
            }
            state.review = None;
            state.stage = Stage::Gathering;
            vec![Effect::Gather]
        }
        Event::Approved { at, consent_text } => approved(state, at, consent_text),
        Event::Frozen(confirmation) => frozen(state, confirmation),
        Event::Delivery(input) => delivery(state, input),
        Event::Talk(event) => {
            let effects = state.talk.reduce(event);
            state.may_write &= !state.talk.is_over;
            effects.into_iter().map(Effect::Talk).collect()
        }
        Event::Restored(kept) => restored(state, *kept),
        Event::Qa(event) => qa::reduce(state, event),
        Event::Restarted { at } => {
            if matches!(state.stage, Stage::Delivered | Stage::Failed) {
                let reports = state.report.is_some();
                *state = State::default();
                if reports {
                    return Vec::new();
                }
                return opened(state, &at, voice);
            }
            Vec::new()
        }
    }
}

fn opened(state: &mut State, at: &Timestamp, voice: &dyn Voice) -> Vec<Effect> {
    if !state.timeline.is_empty() || state.stage != Stage::Chat {
        return Vec::new();
    }
    state.mark(at, "opened", None);
    say(state, &voice.say("say_greeting", &[]), at)
}

/// A case that an earlier page handed over goes on. What is in hand comes first.
fn restored(state: &mut State, kept: Kept) -> Vec<Effect> {
    if !state.customer_texts().is_empty() || state.stage != Stage::Chat || state.report.is_some() {
        return Vec::new();
    }
    let said = kept.transcript.into_iter().map(|line| {
        let author = if line.mine { Author::Customer } else { Author::Assistant };
        message(author, line.text, &kept.at)
    });
    *state = State {
        stage: Stage::Delivered,
        messages: said.collect(),
        queue: kept.confirmation.queue.clone(),
        confirmation: Some(kept.confirmation),
        may_write: kept.receipt.links.messages.is_some() && !kept.talk.is_over,
        delivery: Delivery::Delivered(Box::new(kept.receipt.clone())),
        talk: kept.talk,
        ..State::default()
    };
    if state.talk.is_over {
        return Vec::new();
    }
    listen(&kept.receipt)
}

/// What follows from a receipt: where there are replies, they are listened to.
fn listen(receipt: &Receipt) -> Vec<Effect> {
    match receipt.links.replies {
        Some(_) => vec![Effect::Listen(Box::new(receipt.clone()))],
        None => Vec::new(),
    }
}

/// Messages that may still follow in a full transcript: an answer, a thank-you, the
/// hand-over, four questions and what is shown in reply to them.
const ROOM_FOR_ANSWERS: usize = 12;

impl State {
    /// Whether the transcript is as long as a receiver takes it: what is written now
    /// would be lost, and the customer is told so.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.messages.len() + ROOM_FOR_ANSWERS > limits::MAX_MESSAGES
    }
}

/// A text that a receiver accepts: longer ones are cut, visibly.
#[must_use]
pub fn bounded(text: String) -> String {
    cut(text, limits::MAX_MESSAGE_BYTES)
}

/// A text of at most this many bytes.
pub(crate) fn cut(mut text: String, most_bytes: usize) -> String {
    const MARKER: &str = "… [cut: the message was too long]";
    if text.len() > most_bytes {
        text.truncate(text.floor_char_boundary(most_bytes - MARKER.len()));
        text.push_str(MARKER);
    }
    text
}

/// Whether new words still belong to the case: until it is approved.
fn is_talking(state: &State) -> bool {
    matches!(state.stage, Stage::Chat | Stage::Gathering | Stage::Ready | Stage::Review)
}

fn customer_wrote(state: &mut State, text: String, at: &Timestamp) -> Vec<Effect> {
    if !is_talking(state) || state.report.is_some() || text.trim().is_empty() {
        return Vec::new();
    }
    if state.is_full() {
        return Vec::new();
    }
    if state.escalation.is_some() {
        // What was drafted lacks these words: it must not be sent any more.
        state.review = None;
        state.stage = Stage::Gathering;
    }
    ask::answered(state, &text);
    state.messages.push(message(Author::Customer, bounded(text), at));
    state.mark(at, "message", None);
    let mut effects = vec![Effect::TellMessage];
    // What is still being looked for answers earlier words.
    effects.extend(state.answering.take().map(|_| Effect::StopAnswer));
    state.nobody_answers = false;
    state.refers_to_human = false;
    state.offer = None;
    effects.push(Effect::Understand);
    effects
}

fn understood(state: &mut State, at: &Timestamp, heard: Heard, voice: &dyn Voice) -> Vec<Effect> {
    // Words that came after the question are being understood, too: wait for those.
    let is_current = heard.messages as usize == state.messages.len();
    if !is_talking(state) || !is_current {
        return Vec::new();
    }
    if matches!(state.stage, Stage::Ready | Stage::Review) {
        // Nothing new was said: the customer corrected what was understood.
        return correct::resorted(state, heard);
    }
    let first = state.escalation.is_none();
    let weak = !heard.escalates || speech::is_weak(&heard.escalation.rule);
    if first && weak && heard.says_nothing && state.customer_texts().len() == 1 {
        return say(state, &voice.say("say_what_happened", &[]), at);
    }
    // Who could have answered but names a person instead leaves nothing else to do,
    // whatever rules are in force.
    if first && !heard.escalates && heard.can_answer && !state.refers_to_human {
        state.offer = heard.offers.then_some(heard.escalation);
        return if state.is_answered() { Vec::new() } else { answer::ask(state) };
    }
    let mut effects = Vec::new();
    if first {
        state.mark(at, "escalated", Some(heard.escalation.rule.clone()));
        let words = speech::escalation(&heard, voice);
        state.offer = None;
        effects.push(Effect::TellEscalation);
        effects.extend(say(state, &words, at));
    }
    // A later message may bring up something that must not be missed.
    if first || !weak {
        state.escalation = Some(heard.escalation);
    }
    state.queue = heard.queue;
    state.opens_at_ms = heard.opens_at_ms;
    state.stage = Stage::Gathering;
    if !state.asks_no_more {
        effects.extend(ask::plan(state, heard.questions, at, voice));
    }
    effects.push(Effect::Gather);
    effects
}

fn drafted(state: &mut State, review: Rc<Review>) -> Vec<Effect> {
    // A draft from before the customer's latest words is of no use: the gathering
    // they caused is still under way and will bring a newer one.
    if state.stage == Stage::Gathering && is_current(state, &review) {
        state.review = Some(review);
        state.stage = Stage::Ready;
        state.resorting = false;
        qa::suggest(state);
    }
    Vec::new()
}

fn is_current(state: &State, review: &Review) -> bool {
    state.report.is_some() || review.messages as usize == state.messages.len()
}

fn approved(state: &mut State, at: Timestamp, consent_text: String) -> Vec<Effect> {
    let is_complete = state.report.as_ref().is_none_or(Report::is_complete);
    let is_sorted = is_complete && !state.resorting;
    let edited = state.summary.as_ref().filter(|edited| !edited.title.trim().is_empty());
    let summary = edited.cloned();
    if !is_sorted || !matches!(state.stage, Stage::Review | Stage::Ready) {
        return Vec::new();
    }
    let contact = state.contact.as_deref().map(str::trim);
    if contact.is_some_and(|address| !address.is_empty() && !is_address(address)) {
        state.contact_is_wrong = true;
        return Vec::new();
    }
    let contact = contact.map(str::to_owned);
    state.mark(&at, "approved", None);
    state.stage = Stage::Sending;
    state.delivery = Delivery::begin();
    vec![Effect::Freeze(Box::new(Approval {
        at,
        via: ConsentVia::Review,
        text: consent_text,
        struck: state.struck.clone(),
        contact,
        summary,
        timeline: state.timeline.clone(),
    }))]
}

/// Something before an `@` and a dot after it: enough to catch a slip, and no
/// address that works is refused.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

fn frozen(state: &mut State, confirmation: Confirmation) -> Vec<Effect> {
    if state.stage != Stage::Sending || state.confirmation.is_some() {
        return Vec::new();
    }
    let id = confirmation.id.clone();
    state.confirmation = Some(confirmation);
    vec![Effect::TellQueued { id }, Effect::Send]
}

fn delivery(state: &mut State, input: outbox::Input) -> Vec<Effect> {
    let before = std::mem::take(&mut state.delivery);
    state.delivery = before.after(input);
    if state.delivery == before {
        return Vec::new();
    }
    match &state.delivery {
        Delivery::Delivered(receipt) => {
            state.stage = Stage::Delivered;
            state.may_write = receipt.links.messages.is_some();
            let mut effects = vec![Effect::TellDelivered(receipt.clone())];
            effects.extend(listen(receipt));
            effects
        }
        Delivery::Ended { reason, .. } => {
            state.stage = Stage::Failed;
            vec![Effect::TellFailed { reason: reason.clone() }]
        }
        Delivery::Waiting { after_ms, .. } => vec![Effect::RetryLater { after_ms: *after_ms }],
        Delivery::Sending { .. } => {
            state.stage = Stage::Sending;
            vec![Effect::Send]
        }
        Delivery::Idle => Vec::new(),
    }
}

fn toggle(struck: &mut Vec<Item>, item: Item) {
    match struck.iter().position(|other| *other == item) {
        Some(index) => {
            struck.remove(index);
        }
        None => struck.push(item),
    }
}

pub(crate) fn say(state: &mut State, words: &str, at: &Timestamp) -> Vec<Effect> {
    state.messages.push(message(Author::Assistant, words.to_owned(), at));
    vec![Effect::TellMessage]
}

pub(crate) fn message(author: Author, text: String, at: &Timestamp) -> Message {
    Message { author, text, at: at.clone(), channel: Channel::Widget, extra: Default::default() }
}
