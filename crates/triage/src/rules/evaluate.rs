//! The rules applied to a case.

use baton_packet::{Escalation, FiredRule, Priority, Triage};

use super::{Action, Case, Decision, Lift, Rule, Rules};
use crate::Context;

/// Who hands over without a rule chose to.
const CUSTOMER_CHOICE: &str = "customer_choice";
const CHOSE: &str = "You chose to hand this to a person.";

impl Rules {
    /// Applies the rules. Of those that fire, the first with the strongest action
    /// decides; all are told, strongest action first.
    #[must_use]
    pub fn decide(&self, triage: &Triage, context: &Context<'_>) -> Decision {
        let case = Case { triage, context };
        let mut fired: Vec<&Rule> = Vec::new();
        for rule in self.fired(case) {
            let place = fired.iter().position(|other| other.action < rule.action);
            fired.insert(place.unwrap_or(fired.len()), rule);
        }
        let mut escalation = Escalation {
            rule: CUSTOMER_CHOICE.to_owned(),
            reason: CHOSE.to_owned(),
            rules_fired: fired.iter().map(|rule| self.told(rule, case)).collect(),
            tone: Some(
                fired.iter().find_map(|rule| rule.tone.as_ref()).unwrap_or(&self.tone).clone(),
            ),
            ..Escalation::default()
        };
        for kind in fired.iter().flat_map(|rule| &rule.evidence) {
            if !escalation.evidence.contains(kind) {
                escalation.evidence.push(*kind);
            }
        }
        let Some(first) = fired.first() else {
            return Decision {
                action: Action::KeepAnswering,
                message: CUSTOMER_CHOICE.to_owned(),
                escalation,
            };
        };
        if first.action >= Action::Offer {
            escalation.rule = first.id.clone();
            escalation.reason = self.message(&first.message).to_owned();
        }
        Decision { action: first.action, message: first.message.clone(), escalation }
    }

    /// The rules that fire, by precedence.
    fn fired<'a>(&'a self, case: Case<'a>) -> impl Iterator<Item = &'a Rule> {
        let mut ended = false;
        self.rules.iter().filter(move |rule| {
            let fires = !ended && rule.when.holds(case);
            ended |= fires && rule.action == Action::KeepAnswering;
            fires
        })
    }

    fn told(&self, rule: &Rule, case: Case<'_>) -> FiredRule {
        FiredRule {
            rule: rule.id.clone(),
            reason: self.message(&rule.message).to_owned(),
            because: rule.when.because(case),
        }
    }

    /// What the rules that fire do to the priority.
    pub(crate) fn lifts<'a>(&'a self, case: Case<'a>) -> impl Iterator<Item = Lift> {
        let proven = case.context.proven().is_some();
        let counts = move |rule: &&Rule| proven || !rule.when.goes_by_claims();
        self.fired(case).filter(counts).filter_map(|rule| rule.priority)
    }
}

/// The priority with these lifts: of several steps one counts, before the floors.
pub(crate) fn lifted(priority: Priority, lifts: impl Iterator<Item = Lift>) -> Priority {
    let (mut floor, mut raised) = (Priority::Low, priority);
    for lift in lifts {
        match lift {
            Lift::AtLeast(least) => floor = floor.max(least),
            Lift::OneStep => {
                raised = match priority {
                    Priority::Low => Priority::Normal,
                    Priority::Normal => Priority::High,
                    Priority::High | Priority::Urgent => Priority::Urgent,
                }
            }
        }
    }
    raised.max(floor)
}
