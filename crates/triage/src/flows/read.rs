//! A flows file to [`Flows`], with the reader of rules files.

use std::sync::OnceLock;

use super::{Ask, AskOption, DEFAULT, Flow, Flows, Limit, QuestionKind, Wording};
use crate::rules::{
    FileError,
    json::{Json, Value},
    reading::{self, Reading, extend},
};

/// Questions of a conversation at most, whatever a file says.
const MOST_QUESTIONS: f64 = 20.0;
/// Answers of a choice at most.
const MOST_OPTIONS: usize = 12;
/// Bytes of the tag of a language at most.
const LONGEST_TAG: usize = 35;

impl Flows {
    /// The flows that Baton ships.
    ///
    /// # Panics
    /// Never: a test reads the same bytes.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Flows> = OnceLock::new();
        SHIPPED.get_or_init(shipped)
    }

    /// Reads a flows file. What it leaves out (`flows`, `most`, `limits`) is as
    /// shipped; with `"extends": "default"` its flows stand before the shipped ones
    /// and replace those of the same id.
    ///
    /// # Errors
    /// Every fault with its line, up to twenty.
    pub fn read(text: &str) -> Result<Self, FileError> {
        let (read, extends) = read(text)?;
        let base = shipped();
        let mut flows = read.flows.unwrap_or_default();
        if extends || flows.is_empty() {
            extend(&mut flows, base.flows, |flow| &flow.id);
        }
        Ok(Self {
            most: read.most.unwrap_or(base.most),
            limits: read.limits.unwrap_or(base.limits),
            flows,
        })
    }
}

fn shipped() -> Flows {
    match read(DEFAULT) {
        Ok((Read { most: Some(most), limits: Some(limits), flows: Some(mut flows) }, _)) => {
            flows.iter_mut().for_each(|flow| flow.shipped = true);
            Flows { most, limits, flows }
        }
        _ => unreachable!(),
    }
}

/// What a file says itself.
#[derive(Default)]
struct Read {
    most: Option<u32>,
    limits: Option<Vec<Limit>>,
    flows: Option<Vec<Flow>>,
}

fn read(text: &str) -> Result<(Read, bool), FileError> {
    reading::read(text, |reading, json| (reading.flows_file(json), json.get("extends").is_some()))
}

impl Reading<'_> {
    fn flows_file(&mut self, json: &Json) -> Read {
        let mut read = Read::default();
        let names = ["$schema", "version!", "extends", "most", "limits", "flows"];
        self.object(json, &names, &mut |it, name, value| match name {
            "most" => read.most = Some(it.most(value)),
            "limits" => {
                let mut limits = Vec::new();
                it.list(value, |it, entry| limits.push(it.limit(entry)));
                read.limits = Some(limits);
            }
            "flows" => {
                let mut flows: Vec<Flow> = Vec::new();
                it.list(value, |it, entry| {
                    let flow = it.flow(entry);
                    let again = flows.iter().any(|other| other.id == flow.id);
                    it.is_new(entry, again, "flow", &flow.id);
                    flows.push(flow);
                });
                read.flows = Some(flows);
            }
            _ => it.about_itself(name, value),
        });
        read
    }

    fn most(&mut self, json: &Json) -> u32 {
        self.whole(json, 0.0, MOST_QUESTIONS) as u32
    }

    fn limit(&mut self, json: &Json) -> Limit {
        let mut limit = Limit { when: Default::default(), most: 0 };
        self.object(json, &["when!", "most!"], &mut |it, name, value| match name {
            "when" => limit.when = it.condition(value, 0),
            _ => limit.most = it.most(value),
        });
        limit
    }

    fn flow(&mut self, json: &Json) -> Flow {
        let mut flow = Flow::default();
        self.object(json, &["id!", "when", "ask!"], &mut |it, name, value| match name {
            "id" => flow.id = it.part_of_id(value),
            "when" => flow.when = it.condition(value, 0),
            _ => it.list(value, |it, entry| {
                let ask = it.ask(entry);
                let again = flow.ask.iter().any(|other| other.id == ask.id);
                it.is_new(entry, again, "question", &ask.id);
                flow.ask.push(ask);
            }),
        });
        flow
    }

    fn ask(&mut self, json: &Json) -> Ask {
        let mut ask = Ask {
            id: String::new(),
            kind: QuestionKind::Text,
            text: Wording::default(),
            hint: None,
            options: Vec::new(),
            when: Default::default(),
            unless: None,
        };
        let names = ["id!", "kind!", "text!", "hint", "options", "when", "unless"];
        self.object(json, &names, &mut |it, name, value| match name {
            "id" => ask.id = it.part_of_id(value),
            "kind" => {
                ask.kind = it.one_of(value, &QuestionKind::NAMED).unwrap_or(QuestionKind::Text);
            }
            "text" => ask.text = it.wording(value),
            "hint" => ask.hint = Some(it.wording(value)),
            "options" => it.list(value, |it, entry| {
                let option = it.option(entry);
                let again = ask.options.iter().any(|other| other.id == option.id);
                it.is_new(entry, again, "option", &option.id);
                ask.options.push(option);
            }),
            "when" => ask.when = it.condition(value, 0),
            _ => ask.unless = Some(it.condition(value, 0)),
        });
        if (ask.kind == QuestionKind::Choice) == ask.options.is_empty() {
            self.wrong(json.at, "\"options\" go with the kind choice, and only with it");
        }
        if ask.options.len() > MOST_OPTIONS {
            self.wrong(json.at, "has more than 12 options");
        }
        ask
    }

    fn option(&mut self, json: &Json) -> AskOption {
        let mut option = AskOption { id: String::new(), text: Wording::default() };
        self.object(json, &["id!", "text!"], &mut |it, name, value| match name {
            "id" => option.id = it.part_of_id(value),
            _ => option.text = it.wording(value),
        });
        option
    }

    /// A text, or one for each language: `{"en": …, "de": …}`.
    fn wording(&mut self, json: &Json) -> Wording {
        let mut wording = Wording::default();
        match json.value {
            Value::Object(_) => self.object(json, &[], &mut |it, tag, value| {
                let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                if tag.is_empty() || tag.len() > LONGEST_TAG || !tag.bytes().all(fits) {
                    it.wrong(value.at, "is no tag of a language");
                }
                wording.0.push((tag.to_owned(), it.text(value)));
            }),
            _ => wording.0.push((String::new(), self.text(json))),
        }
        if wording.0.is_empty() {
            self.wrong(json.at, "must not be empty");
        }
        wording
    }

    /// An id without dots: they stand between those of a flow and of its question.
    fn part_of_id(&mut self, json: &Json) -> String {
        let id = self.id(json);
        if id.contains('.') {
            self.wrong(json.at, "must have no dot");
        }
        id
    }

    fn is_new(&mut self, json: &Json, again: bool, what: &str, id: &str) {
        if again && !id.is_empty() {
            self.wrong(json.at, &["another ", what, " has the id ", id].concat());
        }
    }
}
