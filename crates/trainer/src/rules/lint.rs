//! The linter: faults of the form, and rules that cannot do what their author meant.

use std::fmt;

use baton_triage::rules::{
    Action, Condition,
    json::{Json, Value},
};
use baton_triage::{FileError, Problem, RouteRule, Rule, Rules};

use super::meaning::Meaning;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It works, but there may be a slip.
    Warning,
    /// The file is refused, or something in it has no effect.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Line of the file, from 1.
    pub line: usize,
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = if self.severity == Severity::Error { "error" } else { "warning" };
        write!(f, "{}: {severity}: {}: {}", self.line, self.pointer, self.message)
    }
}

/// Everything that is wrong with a rules file. A file that is refused is told only
/// why; of one that is read, only what it says itself is judged, not what it builds
/// upon.
#[must_use]
pub fn lint(text: &str) -> Vec<Finding> {
    let rules = match Rules::read(text) {
        Ok(rules) => rules,
        Err(refused) => return faults(refused),
    };
    let Ok(json) = Json::read(text) else { return Vec::new() };
    let mut linter = Linter::new(text, &json);
    linter.rules(&rules.rules[..linter.own("/rules").len().min(rules.rules.len())]);
    for (list, routes) in [
        ("/routing/routes", &rules.routing.routes),
        ("/routing/alternatives", &rules.routing.alternatives),
    ] {
        linter.routes(list, &routes[..linter.own(list).len().min(routes.len())]);
    }
    linter.queues(&rules);
    linter.messages(&rules);
    linter.finish()
}

/// Why a file is refused, as findings.
pub(crate) fn faults(refused: FileError) -> Vec<Finding> {
    let finding = |problem: Problem| Finding {
        severity: Severity::Error,
        line: problem.line,
        pointer: problem.pointer,
        message: problem.message,
    };
    refused.0.into_iter().map(finding).collect()
}

/// Collects findings, each with its line.
pub(crate) struct Linter<'t> {
    text: &'t str,
    json: &'t Json,
    findings: Vec<Finding>,
}

impl<'t> Linter<'t> {
    pub(crate) fn new(text: &'t str, json: &'t Json) -> Self {
        Self { text, json, findings: Vec::new() }
    }

    /// By their lines.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|finding| finding.line);
        self.findings
    }

    pub(crate) fn at(&self, pointer: &str) -> Option<&'t Json> {
        let mut steps = pointer.split('/').skip(1);
        let step = |json: &'t Json, step: &str| match &json.value {
            Value::List(entries) => entries.get(step.parse::<usize>().ok()?),
            _ => json.get(step),
        };
        steps.try_fold(self.json, step)
    }

    /// The entries of a list that the file itself has.
    pub(crate) fn own(&self, pointer: &str) -> &'t [Json] {
        match self.at(pointer).map(|json| &json.value) {
            Some(Value::List(entries)) => entries,
            _ => &[],
        }
    }

    pub(crate) fn tell(&mut self, severity: Severity, pointer: String, message: String) {
        let at = self.at(&pointer).map_or(0, |json| json.at);
        let line = 1 + self.text[..at].matches('\n').count();
        self.findings.push(Finding { severity, line, pointer, message });
    }

    pub(crate) fn error(&mut self, pointer: String, message: String) {
        self.tell(Severity::Error, pointer, message);
    }

    fn rules(&mut self, rules: &[Rule]) {
        let meanings = self.meanings("/rules", rules.iter().map(|rule| &rule.when));
        for (place, rule) in rules.iter().enumerate() {
            let pointer = format!("/rules/{place}");
            if meanings[place].contradiction().is_some() {
                continue;
            }
            for (earlier, other) in rules[..place].iter().enumerate() {
                let implied = meanings[place].implies(&meanings[earlier]);
                let same = implied && meanings[earlier].implies(&meanings[place]);
                let opposite = (rule.action == Action::KeepAnswering)
                    != (other.action == Action::KeepAnswering);
                let id = &other.id;
                let message = if same && opposite {
                    format!(
                        "contradicts rule {id}, which has the same condition and the opposite action"
                    )
                } else if implied && other.action == Action::KeepAnswering {
                    format!(
                        "is unreachable: rule {id} holds whenever this one does, and ends the reading"
                    )
                } else if implied && adds_nothing(rule, other) {
                    format!(
                        "is shadowed by rule {id}, which holds whenever this one does and does as much"
                    )
                } else {
                    continue;
                };
                self.error(pointer.clone(), message);
                break;
            }
        }
    }

    fn routes(&mut self, list: &str, routes: &[RouteRule]) {
        let meanings = self.meanings(list, routes.iter().map(|route| &route.when));
        for (place, route) in routes.iter().enumerate() {
            let possible = meanings[place].contradiction().is_none();
            let shadow = routes[..place].iter().enumerate().find(|(earlier, other)| {
                possible
                    && meanings[place].implies(&meanings[*earlier])
                    && (other.queue == route.queue || other.when.is_always())
            });
            if let Some((_, other)) = shadow {
                let message =
                    format!("is shadowed by route {}, which fits whenever this one does", other.id);
                self.error(format!("{list}/{place}"), message);
            }
        }
    }

    /// The meaning of each condition; those that never hold are told.
    pub(crate) fn meanings<'c>(
        &mut self,
        list: &str,
        conditions: impl Iterator<Item = &'c Condition>,
    ) -> Vec<Meaning> {
        let meanings: Vec<Meaning> = conditions.map(Meaning::of).collect();
        for (place, meaning) in meanings.iter().enumerate() {
            if let Some(why) = meaning.contradiction() {
                let message = format!("is unreachable, it can never hold: {why}");
                self.error(format!("{list}/{place}/when"), message);
            }
        }
        meanings
    }

    fn queues(&mut self, rules: &Rules) {
        for place in 0..self.own("/routing/queues").len() {
            let Some(queue) = rules.routing.queues.get(place) else { break };
            let pointer = format!("/routing/queues/{place}");
            if queue.instead.contains(&queue.queue) {
                self.error(pointer.clone(), "takes its own cases while it is closed".to_owned());
            }
            let limited = queue.hours.is_some() || !queue.languages.is_empty();
            if limited && queue.instead.is_empty() {
                let message = "has hours or languages, but nobody who takes its cases instead";
                self.tell(Severity::Warning, pointer.clone(), message.to_owned());
            }
            if queue.hours.as_ref().is_some_and(|hours| hours.open.is_empty()) {
                self.error(pointer, "is never open".to_owned());
            }
        }
    }

    fn messages(&mut self, rules: &Rules) {
        let members = self.at("/messages").map_or(&[][..], Json::members);
        for (key, _) in members {
            if !rules.rules.iter().any(|rule| rule.message == *key) {
                let message = format!("no rule says the message {key}");
                self.tell(Severity::Warning, format!("/messages/{key}"), message);
            }
        }
    }
}

/// Whether a rule changes nothing where an earlier one fires, too.
fn adds_nothing(rule: &Rule, earlier: &Rule) -> bool {
    let asks = rule.evidence.iter().any(|kind| !earlier.evidence.contains(kind));
    let sounds = rule.tone.is_some() && earlier.tone.is_none();
    let lifts = rule.priority.is_some() && rule.priority != earlier.priority;
    rule.action <= earlier.action && !asks && !sounds && !lifts
}
