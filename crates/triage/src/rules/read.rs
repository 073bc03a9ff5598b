//! A rules file to [`Rules`]. Whatever does not fit is told with its place, all of
//! it at once; nothing of a file that has a fault is used.

use std::fmt;
use std::sync::OnceLock;

use baton_packet::EvidenceKind;

use super::{
    Action, DEFAULT, Lift, Rule, Rules, VERSION,
    json::{Json, Value},
    key::key,
};

mod conditions;
mod routes;

/// Bytes of a rules file at most.
pub const LARGEST: usize = 256 * 1024;
/// Entries of any list at most.
const MOST_ENTRIES: usize = 500;
/// Bytes of any text at most.
const LONGEST_TEXT: usize = 2000;
/// Faults told at most.
const MOST_PROBLEMS: usize = 20;

/// A fault of a rules file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.pointer, self.message)
    }
}

/// Why a rules file is refused: at least one fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesError(pub Vec<Problem>);

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "; " })?;
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for RulesError {}

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
    pub fn read(text: &str) -> Result<Self, RulesError> {
        read(text, Some(shipped()))
    }
}

fn shipped() -> Rules {
    match read(DEFAULT, None) {
        Ok(rules) => rules,
        Err(_) => unreachable!(),
    }
}

fn read(text: &str, base: Option<Rules>) -> Result<Rules, RulesError> {
    let mut reading =
        Reading { text, pointer: String::new(), problems: Vec::new(), base: base.as_ref() };
    if text.len() > LARGEST {
        reading.wrong(0, "the file is larger than 256 KB");
        return Err(RulesError(reading.problems));
    }
    let (mut read, extends) = match Json::read(text) {
        Ok(json) => (reading.file(&json), json.get("extends").is_some()),
        Err(malformed) => {
            reading.wrong(malformed.at, &["no JSON: ", malformed.message].concat());
            return Err(RulesError(reading.problems));
        }
    };
    if !reading.problems.is_empty() {
        return Err(RulesError(reading.problems));
    }
    if let Some(base) = base {
        fill(&mut read, base, extends);
    }
    Ok(read)
}

/// What is being read, and what was wrong so far.
struct Reading<'r> {
    text: &'r str,
    /// Of the value in hand.
    pointer: String,
    problems: Vec<Problem>,
    base: Option<&'r Rules>,
}

/// What is done with one value.
type Each<'f, 'r, 'j> = &'f mut dyn FnMut(&mut Reading<'r>, &'j str, &'j Json);

impl<'r> Reading<'r> {
    fn wrong(&mut self, at: usize, message: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            let before = self.text.as_bytes().iter().take(at);
            self.problems.push(Problem {
                line: 1 + before.filter(|byte| **byte == b'\n').count(),
                pointer: self.pointer.clone(),
                message: message.to_owned(),
            });
        }
    }

    /// Hands each value on, with the pointer at it.
    fn within<'j>(&mut self, name: &'j str, json: &'j Json, each: Each<'_, 'r, 'j>) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        each(self, name, json);
        self.pointer.truncate(length);
    }

    /// The members of an object. Unknown and repeated ones, and missing ones of those
    /// whose name ends with `!` here, are faults.
    fn object<'j>(&mut self, json: &'j Json, names: &[&str], each: Each<'_, 'r, 'j>) {
        let Value::Object(members) = &json.value else {
            return self.wrong(json.at, "must be an object");
        };
        if members.len() > MOST_ENTRIES {
            return self.wrong(json.at, "has more than 500 entries");
        }
        for (place, (name, value)) in members.iter().enumerate() {
            let known =
                names.is_empty() || names.iter().any(|one| one.trim_end_matches('!') == name);
            let again = members[..place].iter().any(|(other, _)| other == name);
            match (known, again) {
                (false, _) => {
                    self.within(name, value, &mut |it, _, value| {
                        it.wrong(value.at, "is not known")
                    });
                }
                (true, true) => {
                    self.within(name, value, &mut |it, _, value| {
                        it.wrong(value.at, "stands twice")
                    });
                }
                (true, false) => self.within(name, value, each),
            }
        }
        for name in names.iter().filter_map(|name| name.strip_suffix('!')) {
            if !members.iter().any(|(known, _)| known == name) {
                self.wrong(json.at, &["\"", name, "\" is missing"].concat());
            }
        }
    }

    /// The entries of a list.
    fn list<'j>(&mut self, json: &'j Json, mut each: impl FnMut(&mut Self, &'j Json)) {
        let Value::List(entries) = &json.value else {
            return self.wrong(json.at, "must be a list");
        };
        if entries.len() > MOST_ENTRIES {
            return self.wrong(json.at, "has more than 500 entries");
        }
        for (place, entry) in entries.iter().enumerate() {
            let length = self.pointer.len();
            self.pointer.extend(["/", &place.to_string()]);
            each(self, entry);
            self.pointer.truncate(length);
        }
    }

    fn text(&mut self, json: &Json) -> String {
        match &json.value {
            Value::Text(text) if text.trim().is_empty() => self.wrong(json.at, "must not be empty"),
            Value::Text(text) if text.len() > LONGEST_TEXT => {
                self.wrong(json.at, "is longer than 2,000 bytes");
            }
            Value::Text(text) => return text.clone(),
            _ => self.wrong(json.at, "must be a text"),
        }
        String::new()
    }

    /// An id: lower case, digits and `_.-`, at most 64.
    fn id(&mut self, json: &Json) -> String {
        let id = self.text(json);
        let fits = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-');
        if id.len() > 64 || !id.bytes().all(fits) {
            self.wrong(json.at, "must be lower-case letters, digits, _ . -, at most 64");
        }
        id
    }

    fn texts(&mut self, json: &Json, least: usize) -> Vec<String> {
        let mut texts = Vec::new();
        self.list(json, |it, entry| texts.push(it.text(entry)));
        if texts.len() < least && matches!(json.value, Value::List(_)) {
            self.wrong(json.at, "must not be empty");
        }
        texts
    }

    fn number(&mut self, json: &Json) -> f64 {
        if let Value::Number(number) = json.value {
            return number;
        }
        self.wrong(json.at, "must be a number");
        0.0
    }

    /// A whole number within these bounds.
    fn whole(&mut self, json: &Json, least: f64, most: f64) -> f64 {
        let number = self.number(json);
        if number.trunc() != number || number < least || number > most {
            self.wrong(json.at, "is no whole number in the range allowed");
        }
        number
    }

    /// One of these names.
    fn one_of<K: Copy>(&mut self, json: &Json, named: &[(K, &str)]) -> Option<K> {
        let text = self.text(json);
        let found = key(named, &text);
        if found.is_none() && !text.is_empty() {
            let names: Vec<&str> = named.iter().map(|(_, name)| *name).collect();
            self.unknown(json, &names);
        }
        found
    }

    fn unknown(&mut self, json: &Json, names: &[&str]) {
        self.wrong(json.at, &["is none of: ", &names.join(", ")].concat());
    }

    fn file(&mut self, json: &Json) -> Rules {
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
        let keys: Vec<&str> = texts.iter().map(|(key, _)| key.as_str()).collect();
        let names = ["$schema", "version!", "extends", "tone", "messages", "rules", "routing"];
        self.object(json, &names, &mut |it, name, value| match name {
            "version" => {
                if it.number(value) != f64::from(VERSION) {
                    it.wrong(value.at, "must be 1, the version that is read here");
                }
            }
            "extends" => {
                if it.text(value) != "default" {
                    it.wrong(value.at, "must be \"default\"");
                }
            }
            "tone" => read.tone = it.text(value),
            "messages" => it.object(value, &[], &mut |it, name, value| {
                let text = it.text(value);
                read.messages.push((name.to_owned(), text));
            }),
            "rules" => rules = Some(it.rules(value, &keys)),
            "routing" => routing = Some(it.routing(value, extends)),
            _ => {
                it.text(value);
            }
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
                let shipped = |rules: &Rules| !rules.message(&rule.message).is_empty();
                let known = messages.contains(&rule.message.as_str());
                if !rule.message.is_empty() && !known && !it.base.is_some_and(shipped) {
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

/// Appends what is not there by its name.
fn extend<T>(own: &mut Vec<T>, base: Vec<T>, name: fn(&T) -> &String) {
    let count = own.len();
    for entry in base {
        if !own[..count].iter().any(|known| name(known) == name(&entry)) {
            own.push(entry);
        }
    }
}
