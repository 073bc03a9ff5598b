//! What a replay has to do: the customer's steps up to the failure, without what the
//! browser does again by itself.

use baton_packet::{Packet, StepAction, StepRecord, Viewport};

use super::masked::{self, Masks};
use super::{place, selector};
use crate::slice::slice;
use crate::timeline::{Entry, Record, timeline};
use crate::words;

/// A short history is replayed whole, so that nothing the page remembers is missing;
/// of a longer one only what explains the failure.
const WHOLE: usize = 40;
/// Clicks of one double click are this close, in milliseconds.
const DOUBLE_MS: f64 = 1_000.0;
/// Events of one action of the customer are this close, in milliseconds.
const ECHO_MS: f64 = 50.0;

/// The replay of one packet.
#[derive(Debug)]
pub struct Plan<'a> {
    /// Where it begins, with scheme and host.
    pub start_url: String,
    /// What to do, in order.
    pub acts: Vec<Act<'a>>,
    /// The failure it leads to, or else the last step.
    pub cause: Option<Entry<'a>>,
    /// How long after the last act the failure came, in milliseconds.
    pub lag_ms: f64,
}

/// One thing to do.
#[derive(Debug)]
pub struct Act<'a> {
    /// What was done.
    pub step: &'a StepRecord,
    /// Where the page went after it, and when.
    pub goes_to: Option<&'a StepRecord>,
    masks: Masks<'a>,
}

impl Act<'_> {
    /// The ways to find its element, best first; those in which something was masked
    /// find nothing and are left out.
    pub fn selectors(&self) -> Vec<selector::Selector> {
        let whole = self.step.selectors.iter().filter(|text| !self.masks.is_in(text));
        whole.filter_map(|text| selector::parse(text)).collect()
    }

    /// The address the page went to after it.
    pub fn next_page(&self) -> Option<&str> {
        self.goes_to.and_then(|step| step.url.as_deref())
    }

    fn is(&self, action: StepAction) -> bool {
        self.step.action == action
    }

    fn is_field(&self, kinds: &[&str]) -> bool {
        self.step.field.as_ref().is_some_and(|field| kinds.contains(&field.kind.as_str()))
    }

    /// What a click made of a box or of the box its label is for: checked or not.
    pub fn checks(&self) -> Option<bool> {
        words::checks(self.step)
    }

    /// Whether it chooses in a list.
    pub fn is_choice(&self) -> bool {
        self.is(StepAction::Input) && self.is_field(&["select", "select-one", "select-multiple"])
    }

    /// Whether that list takes several choices; its value has `, ` between them.
    pub fn is_choice_of_many(&self) -> bool {
        self.is(StepAction::Input) && self.is_field(&["select-multiple"])
    }

    /// What was entered, where the packet holds all of it.
    pub fn value(&self) -> Option<&str> {
        let is_private = self.step.field.as_ref().is_some_and(|field| field.private);
        self.step.value.as_deref().filter(|value| !is_private && !self.masks.is_in(value))
    }

    /// A value like the one that was entered.
    pub fn sample(&self) -> String {
        match self.step.value.as_deref() {
            Some(value) if self.masks.is_in(value) => self.masks.with_samples(value),
            _ => masked::sample(self.step.field.as_ref()),
        }
    }
}

/// The replay of this packet.
pub fn plan(packet: &Packet) -> Plan<'_> {
    let entries = timeline(packet);
    let slice = slice(packet);
    let cause = slice.cause.map(|at| entries[at].clone());
    let end = cause.as_ref().map_or(f64::INFINITY, |cause| cause.ms);
    let step = |entry: &Entry<'_>| matches!(entry.record, Record::Step(_)) && entry.ms <= end;
    let is_short = entries.iter().filter(|entry| step(entry)).count() <= WHOLE;
    let steps = entries.iter().enumerate().filter_map(|(at, entry)| match entry.record {
        Record::Step(step) if entry.ms <= end && (is_short || slice.entries.contains(&at)) => {
            Some(step)
        }
        _ => None,
    });
    let mut start_url = None;
    let mut acts: Vec<Act<'_>> = Vec::new();
    for step in steps {
        // The first step that says where it happened says where to begin; in a frame it
        // says where the frame is.
        if start_url.is_none() && step.frame.is_empty() {
            start_url = step.url.as_deref();
        }
        if step.action == StepAction::Navigate && acts.is_empty() {
            start_url = step.url.as_deref().or(start_url);
        } else {
            add(step, Masks::of(packet), &mut acts);
        }
    }
    let page = place::page_origin(packet);
    let lag_ms = acts.last().map_or(0.0, |act| end - act.step.ms);
    Plan {
        start_url: place::absolute(start_url.unwrap_or(&packet.environment.page_url), page),
        acts,
        cause,
        lag_ms: if lag_ms.is_finite() { lag_ms } else { 0.0 },
    }
}

fn add<'a>(step: &'a StepRecord, masks: Masks<'a>, acts: &mut Vec<Act<'a>>) {
    let since = |act: &Act<'_>| step.ms - act.step.ms;
    let is_same_element = |act: &Act<'_>| act.step.selectors == step.selectors;
    let last = acts.last();
    match step.action {
        // A form is submitted by the click or the key before it.
        StepAction::Submit | StepAction::Visibility | StepAction::Breadcrumb => return,
        // The page goes elsewhere when the answer it waits for is there, however late:
        // going there at once would break off what it does until then.
        StepAction::Navigate => {
            if let Some(act) = acts.last_mut() {
                act.goes_to = Some(step);
            }
            return;
        }
        // A label's click clicks its field, too; Enter clicks the button of the form.
        StepAction::Click => {
            let is_echo = last.is_some_and(|act| {
                let is_label = act.is(StepAction::Click) && act.step.target.starts_with("label");
                since(act) <= ECHO_MS && (is_label || act.step.key.as_deref() == Some("Enter"))
            });
            if is_echo {
                return;
            }
        }
        StepAction::DoubleClick => {
            while acts.last().is_some_and(|act| {
                act.is(StepAction::Click) && is_same_element(act) && since(act) <= DOUBLE_MS
            }) {
                acts.pop();
            }
        }
        StepAction::Input => {
            // Enter is seen before the change it completes.
            let completes = last.is_some_and(|act| {
                act.is(StepAction::Key) && is_same_element(act) && since(act) <= ECHO_MS
            });
            if completes {
                acts.insert(acts.len() - 1, Act { step, goes_to: None, masks });
                return;
            }
            if last.is_some_and(|act| act.is(StepAction::Input) && is_same_element(act)) {
                acts.pop();
            }
        }
        StepAction::Scroll | StepAction::Resize => {
            if last.is_some_and(|act| act.is(step.action) && is_same_element(act)) {
                acts.pop();
            }
        }
        StepAction::Key => {}
    }
    acts.push(Act { step, goes_to: None, masks });
}

/// The title of what is made from the packet; never empty.
pub fn title(packet: &Packet) -> &str {
    match packet.summary.title.trim() {
        "" => "Baton report",
        title => title,
    }
}

/// Width and height in whole CSS pixels; a usual size where they are not known.
pub fn viewport_size(viewport: &Viewport) -> (f64, f64) {
    (positive(viewport.width, 1280.0).round(), positive(viewport.height, 800.0).round())
}

/// The number, where it can be a size.
pub fn positive(number: f64, otherwise: f64) -> f64 {
    if number.is_finite() && (0.1..100_000.0).contains(&number) { number } else { otherwise }
}
