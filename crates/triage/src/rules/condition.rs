//! A condition: tests that must all hold. One that has none always holds.

use super::key::{Case, Flag, Is, Measure, name};

/// Conditions may stand this deep in one another.
pub const DEEPEST: usize = 8;

/// Tests that must all hold; in a file an object with a member for each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Condition(pub Vec<Test>);

/// One test.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// All of these conditions hold.
    All(Vec<Condition>),
    /// At least one of these conditions holds.
    Any(Vec<Condition>),
    /// This condition does not hold.
    Not(Condition),
    /// One of these texts is the case's.
    Is(Is, Vec<String>),
    /// The number is within these bounds.
    Within(Measure, Bounds),
    /// It is so, or it is not.
    Flag(Flag, bool),
}

/// From `at_least` up to, but not with, `below`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Bounds {
    /// The least value that is within.
    pub at_least: Option<f64>,
    /// Values from here on are not within.
    pub below: Option<f64>,
}

impl Bounds {
    /// Whether the value is within.
    #[must_use]
    pub fn hold(&self, value: f64) -> bool {
        self.at_least.is_none_or(|least| value >= least)
            && self.below.is_none_or(|below| value < below)
    }
}

impl Condition {
    /// Whether it asks nothing and so always holds.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn holds(&self, case: Case<'_>) -> bool {
        self.0.iter().all(|test| test.holds(case))
    }

    /// Whether it goes by what the page only claims of the customer.
    #[must_use]
    pub fn goes_by_claims(&self) -> bool {
        self.0.iter().any(|test| match test {
            Test::All(parts) | Test::Any(parts) => parts.iter().any(Self::goes_by_claims),
            Test::Not(part) => part.goes_by_claims(),
            Test::Is(key, _) => key.is_claimed(),
            Test::Within(key, _) => key.is_claimed(),
            Test::Flag(..) => false,
        })
    }

    /// What made it hold, in words: `intent refund (83 %), failed answers 2`.
    pub(crate) fn because(&self, case: Case<'_>) -> String {
        let mut words = String::new();
        self.explain(case, &mut words);
        words
    }

    fn explain(&self, case: Case<'_>, words: &mut String) {
        for test in self.0.iter().filter(|test| test.holds(case)) {
            match test {
                Test::All(parts) => parts.iter().for_each(|part| part.explain(case, words)),
                Test::Any(parts) => {
                    let held = parts.iter().filter(|part| part.holds(case));
                    held.for_each(|part| part.explain(case, words));
                }
                // That something is absent goes without saying.
                Test::Not(_) => {}
                Test::Is(key, texts) => {
                    let found = key.found(case, texts).unwrap_or_default();
                    add(words, name(&Is::NAMED, *key), found);
                    let confidence = &case.triage.confidence;
                    let probability = match key {
                        Is::Intent => confidence.intent,
                        Is::CustomerState => confidence.customer_state,
                        Is::Urgency => confidence.urgency,
                        _ => continue,
                    };
                    words.extend([" (", &percent(probability), ")"]);
                }
                Test::Within(key, _) => {
                    let value = key.of(case).unwrap_or_default();
                    let value = match key.is_probability() {
                        true => percent(value),
                        false => (value as u64).to_string(),
                    };
                    add(words, name(&Measure::NAMED, *key), &value);
                }
                Test::Flag(key, is) => {
                    add(words, name(&Flag::NAMED, *key), if *is { "yes" } else { "no" });
                }
            }
        }
    }
}

fn percent(probability: f64) -> String {
    ((probability * 100.0).round() as u64).to_string() + " %"
}

fn add(words: &mut String, name: &str, value: &str) {
    if !words.is_empty() {
        words.push_str(", ");
    }
    words.extend([&name.replace('_', " "), " ", value]);
}

impl Test {
    pub(crate) fn holds(&self, case: Case<'_>) -> bool {
        match self {
            Test::All(parts) => parts.iter().all(|part| part.holds(case)),
            Test::Any(parts) => parts.iter().any(|part| part.holds(case)),
            Test::Not(part) => !part.holds(case),
            Test::Is(key, texts) => key.found(case, texts).is_some(),
            Test::Within(key, bounds) => key.of(case).is_some_and(|value| bounds.hold(value)),
            Test::Flag(key, is) => key.of(case) == *is,
        }
    }
}
