//! Reads conditions.

use crate::rules::{
    condition::{Bounds, Condition, DEEPEST, Test},
    json::{Json, Value},
    key::{Flag, Is, Measure, key},
    reading::Reading,
};

impl Reading<'_> {
    pub(crate) fn condition(&mut self, json: &Json, depth: usize) -> Condition {
        let mut tests = Vec::new();
        if depth > DEEPEST {
            self.wrong(json.at, "conditions stand too deep in one another");
            return Condition(tests);
        }
        self.object(json, &[], &mut |it, name, value| match it.test(name, value, depth) {
            Some(test) => tests.push(test),
            None => it.wrong(value.at, "is nothing that a condition can ask"),
        });
        Condition(tests)
    }

    fn test(&mut self, name: &str, json: &Json, depth: usize) -> Option<Test> {
        if let Some(key) = key(&Is::NAMED, name) {
            return Some(Test::Is(key, self.accepted(key, json)));
        }
        if let Some(key) = key(&Measure::NAMED, name) {
            return Some(Test::Within(key, self.bounds(json)));
        }
        if let Some(key) = key(&Flag::NAMED, name) {
            let Value::Bool(is) = json.value else {
                self.wrong(json.at, "must be true or false");
                return Some(Test::Flag(key, false));
            };
            return Some(Test::Flag(key, is));
        }
        Some(match name {
            "all" => Test::All(self.parts(json, depth)),
            "any" => Test::Any(self.parts(json, depth)),
            "not" => Test::Not(self.condition(json, depth + 1)),
            _ => return None,
        })
    }

    fn parts(&mut self, json: &Json, depth: usize) -> Vec<Condition> {
        let mut parts = Vec::new();
        self.list(json, |it, entry| parts.push(it.condition(entry, depth + 1)));
        parts
    }

    fn accepted(&mut self, key: Is, json: &Json) -> Vec<String> {
        let texts = self.texts(json, 0);
        if let Some(labels) = key.labels()
            && texts.iter().any(|text| !text.is_empty() && !labels.contains(&text.as_str()))
        {
            self.unknown(json, &labels);
        }
        texts
    }

    fn bounds(&mut self, json: &Json) -> Bounds {
        let mut bounds = Bounds::default();
        self.object(json, &["at_least", "below"], &mut |it, name, value| {
            let number = Some(it.number(value));
            if name == "below" { bounds.below = number } else { bounds.at_least = number }
        });
        if bounds == Bounds::default() {
            self.wrong(json.at, "needs \"at_least\" or \"below\"");
        }
        bounds
    }
}
