//! Masks in JSON values: a secret name masks all that is under it, other values
//! are judged by their look.

use baton_packet::Extra;
use serde_json::Value;

use super::keys::{self, Place, Rule};
use super::{Kind, Redactor, Scope, card};

/// Deeper values are cut off: nobody reads them, and the stack is finite.
const DEEPEST: usize = 64;

struct Walk<'a> {
    redactor: &'a mut Redactor,
    section: &'static str,
    scope: Scope,
}

/// Masks in place.
pub fn object(redactor: &mut Redactor, section: &'static str, object: &mut Extra, scope: Scope) {
    Walk { redactor, section, scope }.object(object, None, 0);
}

impl Walk<'_> {
    fn object(&mut self, object: &mut Extra, forced: Option<Rule>, depth: usize) {
        // `{"name": "authorization", "value": "…"}`, as header lists are written.
        let named = ["name", "key", "header"]
            .into_iter()
            .find_map(|key| rule_of(object.get(key)?.as_str()?));
        for (key, value) in object.iter_mut() {
            let by_pair = if key == "value" { named } else { None };
            let rule = forced.or(rule_of(key)).or(by_pair).filter(|rule| self.masks(*rule));
            self.value(value, key, rule, depth + 1);
        }
        self.names(object);
    }

    fn masks(&self, rule: Rule) -> bool {
        self.scope == Scope::All || !rule.is_personal()
    }

    fn value(&mut self, value: &mut Value, key: &str, rule: Option<Rule>, depth: usize) {
        if depth > DEEPEST {
            *value = Value::String("… [cut, too deep]".to_owned());
            return;
        }
        match value {
            Value::String(text) => {
                *text = self.redactor.ruled(self.section, rule, text, self.scope)
            }
            Value::Number(number) => {
                let text = number.to_string();
                let kind = rule.and_then(|rule| keys::judge(rule, &text, true));
                let is_card = !is_clock_or_id(key) && card::is_card(text.as_bytes());
                if let Some(kind) = kind.or(is_card.then_some(Kind::Card)) {
                    *value = Value::String(self.redactor.placeholder(self.section, kind, &text));
                }
            }
            Value::Array(values) => {
                for value in values {
                    self.value(value, key, rule, depth + 1);
                }
            }
            // Under a secret name everything is secret, whatever it is called.
            Value::Object(object) => {
                let forced = rule.filter(|rule| matches!(rule, Rule::Secret(_) | Rule::Always(_)));
                self.object(object, forced, depth);
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Masks names, too: some maps are keyed by e-mail address. The map is built
    /// anew, since taking single entries out of a tree is two kilobytes of code.
    fn names(&mut self, object: &mut Extra) {
        let mut renamed = Vec::new();
        for (name, value) in std::mem::take(object) {
            let masked = self.redactor.text(self.section, &name, self.scope);
            if masked == name {
                object.insert(name, value);
            } else {
                renamed.push((masked, value));
            }
        }
        for (mut masked, value) in renamed {
            while object.contains_key(&masked) {
                masked.push('\'');
            }
            object.insert(masked, value);
        }
    }
}

/// The rule for a name in data.
pub fn rule_of(name: &str) -> Option<Rule> {
    let mut words = String::new();
    keys::words(name.as_bytes(), &mut words);
    keys::rule(&words, Place::Text)
}

/// Numbers under these names are as long as a card's, and no cards.
fn is_clock_or_id(name: &str) -> bool {
    let mut words = String::new();
    keys::words(name.as_bytes(), &mut words);
    matches!(words.rsplit(' ').next(), Some("id" | "ts" | "time" | "timestamp" | "at"))
}
