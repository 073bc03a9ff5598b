//! What the customer corrects of how the case is sorted. What follows from it,
//! the rules say anew; the words and the evidence stay.

use baton_packet::{Override, OverrideBy, OverrideField, Timestamp};

use crate::{Effect, Heard, Review, Stage, State, speech};

/// The customer says that this label is the right one. Of a field, what Baton had
/// found first stays known; going back to it is no override.
pub(crate) fn corrected(
    state: &mut State,
    field: OverrideField,
    to: String,
    at: Timestamp,
) -> Vec<Effect> {
    let Some(review) = state.review.as_deref().filter(|_| state.stage == Stage::Review) else {
        return Vec::new();
    };
    let Some(found) = found(review, field) else { return Vec::new() };
    let known = state.overrides.iter().position(|one| one.field == field);
    let from = known.map_or_else(|| found.to_owned(), |place| state.overrides.remove(place).from);
    if from != to {
        state.mark(&at, "corrected", Some([field.as_str(), ": ", &from, " → ", &to].concat()));
        let by = OverrideBy::Customer;
        let extra = Default::default();
        state.overrides.push(Override { field, from, to, by, at, reason: None, extra });
    }
    state.resorting = true;
    vec![Effect::Understand]
}

/// What the draft says of this field.
fn found(review: &Review, field: OverrideField) -> Option<&str> {
    match field {
        OverrideField::Intent => Some(&review.intent),
        OverrideField::Urgency => Some(&review.urgency),
        // Who takes it is the team's affair.
        OverrideField::Queue => None,
    }
}

/// What the rules make of the corrected case.
pub(crate) fn resorted(state: &mut State, heard: Heard) -> Vec<Effect> {
    if !speech::is_weak(&heard.escalation.rule) && heard.escalates {
        state.escalation = Some(heard.escalation);
    }
    state.queue = heard.queue;
    state.opens_at_ms = heard.opens_at_ms;
    vec![Effect::Resort]
}
