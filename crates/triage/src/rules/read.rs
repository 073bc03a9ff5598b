//! A rules file to [`Rules`]. Whatever does not fit is told with its place, all of
//! it at once; nothing of a file that has a fault is used.

use std::sync::OnceLock;

use baton_packet::EvidenceKind;

use super::{
    Action, DEFAULT, FileError, Lift, Rule, Rules,
    json::Json,
    reading::{self, Reading, extend},
};

mod conditions;
mod routes;

impl Rules {
    /// The rules that Baton ships.
    ///
    /// # Panics
    /// Never: a test reads the same bytes.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Rules> = OnceLock::new();
        SHIPPED.get_or_init(shipped)
    }

    /// Reads a rules file. What it leaves out (`rules`, `routing`, messages, the
    /// tone) is as shipped; with `"extends": "default"` its rules, routes and queues
    /// stand before the shipped ones and replace those of the same name.
    ///
    /// # Errors
    /// Every fault with its line, up to twenty.
    pub fn read(text: &str) -> Result<Self, FileError> {
        read(text, Some(shipped()))
    }
}

fn shipped() -> Rules {
    match read(DEFAULT, None) {
        Ok(rules) => rules,
        Err(_) => unreachable!(),
    }
}

fn read(text: &str, base: Option<Rules>) -> Result<Rules, FileError> {
    let (mut read, extends) = reading::read(text, |reading, json| {
        (reading.rules_file(json, base.as_ref()), json.get("extends").is_some())
    })?;
    if let Some(base) = base {
        fill(&mut read, base, extends);
    }
    Ok(read)
}

impl Reading<'_> {
    fn rules_file(&mut self, json: &Json, base: Option<&Rules>) -> Rules {
        let (mut rules, mut routing) = (None, None);
        let mut read = Rules {
            tone: String::new(),
            messages: Vec::new(),
            rules: Vec::new(),
            routing: Default::default(),
        };
        // What other members are read by, wherever they stand.
        let extends = json.get("extends").is_some();
        let texts = json.get("messages").map_or(&[][..], Json::members);
        let shipped = base.map_or(&[][..], |base| &base.messages);
        let own = texts.iter().map(|(key, _)| key);
        let keys: Vec<&str> =
            own.chain(shipped.iter().map(|(key, _)| key)).map(String::as_str).collect();
        let names = ["$schema", "version!", "extends", "tone", "messages", "rules", "routing"];
        self.object(json, &names, &mut |it, name, value| match name {
            "tone" => read.tone = it.text(value),
            "messages" => it.object(value, &[], &mut |it, name, value| {
                let text = it.text(value);
                read.messages.push((name.to_owned(), text));
            }),
            "rules" => rules = Some(it.rules(value, &keys)),
            "routing" => routing = Some(it.routing(value, extends)),
            _ => it.about_itself(name, value),
        });
        read.rules = rules.unwrap_or_default();
        read.routing = routing.unwrap_or_default();
        read
    }

    fn rules(&mut self, json: &Json, messages: &[&str]) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        self.list(json, |it, entry| {
            let rule = it.rule(entry, messages);
            if rules.iter().any(|other| other.id == rule.id) && !rule.id.is_empty() {
                it.wrong(entry.at, &["another rule has the id ", &rule.id].concat());
            }
            rules.push(rule);
        });
        rules
    }

    fn rule(&mut self, json: &Json, messages: &[&str]) -> Rule {
        let mut rule = Rule {
            id: String::new(),
            when: Default::default(),
            action: Action::Offer,
            evidence: Vec::new(),
            message: String::new(),
            tone: None,
            priority: None,
        };
        let names = ["id!", "when", "action!", "evidence", "message!", "tone", "priority"];
        self.object(json, &names, &mut |it, name, value| match name {
            "id" => rule.id = it.id(value),
            "when" => rule.when = it.condition(value, 0),
            "action" => rule.action = it.one_of(value, &Action::NAMED).unwrap_or(Action::Offer),
            "evidence" => it.list(value, |it, entry| {
                let kinds = EvidenceKind::ALL.iter().map(|kind| (*kind, kind.as_str()));
                rule.evidence.extend(it.one_of(entry, &kinds.collect::<Vec<_>>()));
            }),
            "message" => {
                rule.message = it.text(value);
                if !rule.message.is_empty() && !messages.contains(&rule.message.as_str()) {
                    it.wrong(value.at, "there is no such message");
                }
            }
            "tone" => rule.tone = Some(it.text(value)),
            _ => rule.priority = it.lift(value),
        });
        if (rule.action == Action::AskEvidence) == rule.evidence.is_empty() {
            self.wrong(json.at, "\"evidence\" goes with the action ask_evidence, and only with it");
        }
        rule
    }

    fn lift(&mut self, json: &Json) -> Option<Lift> {
        self.one_of(json, &Lift::NAMED)
    }
}

/// What the file left out, or builds upon, is as shipped.
fn fill(read: &mut Rules, base: Rules, extends: bool) {
    if read.tone.is_empty() {
        read.tone = base.tone;
    }
    extend(&mut read.messages, base.messages, |(key, _)| key);
    if extends || read.rules.is_empty() {
        extend(&mut read.rules, base.rules, |rule| &rule.id);
    }
    let (routing, shipped) = (&mut read.routing, base.routing);
    if extends || routing.routes.is_empty() {
        extend(&mut routing.routes, shipped.routes, |route| &route.id);
        extend(&mut routing.alternatives, shipped.alternatives, |route| &route.id);
        extend(&mut routing.queues, shipped.queues, |queue| &queue.queue);
    }
}
