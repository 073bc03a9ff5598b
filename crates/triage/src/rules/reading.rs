//! What files of rules and of flows are read with: every value with its place,
//! every fault told, all of them at once.

use std::fmt;

use super::{
    VERSION,
    json::{Json, Value},
    key::key,
};

/// Bytes of a file at most.
pub const LARGEST: usize = 256 * 1024;
/// Entries of any list at most.
const MOST_ENTRIES: usize = 500;
/// Bytes of any text at most.
const LONGEST_TEXT: usize = 2000;
/// Faults told at most.
const MOST_PROBLEMS: usize = 20;

/// A fault of a file.
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

/// Why a file of rules or of flows is refused: at least one fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError(pub Vec<Problem>);

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "; " })?;
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for FileError {}

/// What is being read, and what was wrong so far.
pub(crate) struct Reading<'r> {
    text: &'r str,
    /// Of the value in hand.
    pointer: String,
    problems: Vec<Problem>,
}

/// Reads a whole file; nothing of one that has a fault is used.
pub(crate) fn read<T>(
    text: &str,
    read: impl FnOnce(&mut Reading<'_>, &Json) -> T,
) -> Result<T, FileError> {
    let mut reading = Reading { text, pointer: String::new(), problems: Vec::new() };
    if text.len() > LARGEST {
        reading.wrong(0, "the file is larger than 256 KB");
        return Err(FileError(reading.problems));
    }
    let read = match Json::read(text) {
        Ok(json) => read(&mut reading, &json),
        Err(malformed) => {
            reading.wrong(malformed.at, &["no JSON: ", malformed.message].concat());
            return Err(FileError(reading.problems));
        }
    };
    if reading.problems.is_empty() { Ok(read) } else { Err(FileError(reading.problems)) }
}

/// What is done with one value.
pub(crate) type Each<'f, 'r, 'j> = &'f mut dyn FnMut(&mut Reading<'r>, &'j str, &'j Json);

impl<'r> Reading<'r> {
    pub(crate) fn wrong(&mut self, at: usize, message: &str) {
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
    pub(crate) fn within<'j>(&mut self, name: &'j str, json: &'j Json, each: Each<'_, 'r, 'j>) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        each(self, name, json);
        self.pointer.truncate(length);
    }

    /// The members of an object. Unknown and repeated ones, and missing ones of those
    /// whose name ends with `!` here, are faults.
    pub(crate) fn object<'j>(&mut self, json: &'j Json, names: &[&str], each: Each<'_, 'r, 'j>) {
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
    pub(crate) fn list<'j>(&mut self, json: &'j Json, mut each: impl FnMut(&mut Self, &'j Json)) {
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

    pub(crate) fn text(&mut self, json: &Json) -> String {
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
    pub(crate) fn id(&mut self, json: &Json) -> String {
        let id = self.text(json);
        let fits = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-');
        if id.len() > 64 || !id.bytes().all(fits) {
            self.wrong(json.at, "must be lower-case letters, digits, _ . -, at most 64");
        }
        id
    }

    pub(crate) fn texts(&mut self, json: &Json, least: usize) -> Vec<String> {
        let mut texts = Vec::new();
        self.list(json, |it, entry| texts.push(it.text(entry)));
        if texts.len() < least && matches!(json.value, Value::List(_)) {
            self.wrong(json.at, "must not be empty");
        }
        texts
    }

    pub(crate) fn number(&mut self, json: &Json) -> f64 {
        if let Value::Number(number) = json.value {
            return number;
        }
        self.wrong(json.at, "must be a number");
        0.0
    }

    /// A whole number within these bounds.
    pub(crate) fn whole(&mut self, json: &Json, least: f64, most: f64) -> f64 {
        let number = self.number(json);
        if number.trunc() != number || number < least || number > most {
            self.wrong(json.at, "is no whole number in the range allowed");
        }
        number
    }

    /// One of these names.
    pub(crate) fn one_of<K: Copy>(&mut self, json: &Json, named: &[(K, &str)]) -> Option<K> {
        let text = self.text(json);
        let found = key(named, &text);
        if found.is_none() && !text.is_empty() {
            let names: Vec<&str> = named.iter().map(|(_, name)| *name).collect();
            self.unknown(json, &names);
        }
        found
    }

    pub(crate) fn unknown(&mut self, json: &Json, names: &[&str]) {
        self.wrong(json.at, &["is none of: ", &names.join(", ")].concat());
    }
    /// What every file says of itself: `version`, `extends`, `$schema`.
    pub(crate) fn about_itself(&mut self, name: &str, json: &Json) {
        match name {
            "version" => {
                if self.number(json) != f64::from(VERSION) {
                    self.wrong(json.at, "must be 1, the version that is read here");
                }
            }
            "extends" => {
                if self.text(json) != "default" {
                    self.wrong(json.at, "must be \"default\"");
                }
            }
            _ => {
                self.text(json);
            }
        }
    }
}

/// Appends what is not there by its name.
pub(crate) fn extend<T>(own: &mut Vec<T>, base: Vec<T>, name: fn(&T) -> &String) {
    let count = own.len();
    for entry in base {
        if !own[..count].iter().any(|known| name(known) == name(&entry)) {
            own.push(entry);
        }
    }
}
