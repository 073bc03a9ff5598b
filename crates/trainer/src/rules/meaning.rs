//! What conditions mean to one another: whether one can hold at all, and whether
//! one holds only where another does. Each is brought into alternatives of plain
//! demands; where those would be too many, nothing is claimed.

use std::collections::BTreeSet;

use baton_triage::rules::{Bounds, Condition, Flag, Is, Measure, Test};

/// Alternatives of one condition at most.
const MOST: usize = 512;

/// A condition as alternatives; one of them must hold.
pub struct Meaning(Option<Vec<Demands>>);

/// Demands that must all be met.
#[derive(Debug, Clone, Default)]
struct Demands {
    /// One of these must be there.
    some: Vec<(Is, BTreeSet<String>)>,
    /// None of these may be there.
    none: Vec<(Is, BTreeSet<String>)>,
    within: Vec<(Measure, Bounds)>,
    /// The number is not within, or nobody knows it.
    without: Vec<(Measure, Bounds)>,
    flags: Vec<(Flag, bool)>,
}

impl Meaning {
    pub fn of(condition: &Condition) -> Self {
        Self(alternatives(condition, true))
    }

    /// Why it never holds, if that is so.
    pub fn contradiction(&self) -> Option<String> {
        let alternatives = self.0.as_ref()?;
        let mut reasons = Vec::new();
        for demands in alternatives {
            reasons.push(demands.contradiction()?);
        }
        reasons.dedup();
        Some(match reasons.is_empty() {
            true => "nothing is listed that could hold".to_owned(),
            false => reasons.join("; "),
        })
    }

    /// Whether it surely holds only where the other one does.
    pub fn implies(&self, other: &Self) -> bool {
        let (Some(own), Some(others)) = (&self.0, &other.0) else { return false };
        let mut possible = own.iter().filter(|demands| demands.contradiction().is_none());
        possible.all(|demands| others.iter().any(|wider| demands.imply(wider)))
    }
}

/// The condition, or its contrary, as alternatives.
fn alternatives(condition: &Condition, holds: bool) -> Option<Vec<Demands>> {
    let tests = condition.0.iter().map(|test| of_test(test, holds));
    if holds { every(tests) } else { either(tests) }
}

fn of_test(test: &Test, holds: bool) -> Option<Vec<Demands>> {
    let one = |fill: &dyn Fn(&mut Demands)| {
        let mut demands = Demands::default();
        fill(&mut demands);
        Some(vec![demands])
    };
    match test {
        Test::Not(part) => alternatives(part, !holds),
        Test::All(parts) | Test::Any(parts) => {
            let parts = parts.iter().map(|part| alternatives(part, holds));
            if matches!(test, Test::All(_)) == holds { every(parts) } else { either(parts) }
        }
        Test::Is(key, texts) => {
            let mut texts = texts.iter().map(|text| same_case(*key, text));
            if !holds {
                let none = vec![(*key, texts.collect())];
                return Some(vec![Demands { none, ..Demands::default() }]);
            }
            // One by one, so that lists which say the same compare.
            either(texts.by_ref().map(|text| {
                let some = vec![(*key, BTreeSet::from([text]))];
                Some(vec![Demands { some, ..Demands::default() }])
            }))
        }
        Test::Within(key, bounds) if holds => one(&|demands| demands.within.push((*key, *bounds))),
        Test::Within(key, bounds) if key.is_claimed() => {
            one(&|demands| demands.without.push((*key, *bounds)))
        }
        Test::Within(key, bounds) => {
            let outside = [
                bounds.at_least.map(|least| Bounds { at_least: None, below: Some(least) }),
                bounds.below.map(|below| Bounds { at_least: Some(below), below: None }),
            ];
            let demands = outside.into_iter().flatten();
            Some(
                demands
                    .map(|bounds| Demands { within: vec![(*key, bounds)], ..Demands::default() })
                    .collect(),
            )
        }
        Test::Flag(key, is) => one(&|demands| demands.flags.push((*key, *is == holds))),
    }
}

/// Names that a customer's traits are compared with know no case.
fn same_case(key: Is, text: &str) -> String {
    if key.is_claimed() || key == Is::ProductArea {
        text.trim().to_lowercase()
    } else {
        text.to_owned()
    }
}

fn either(parts: impl Iterator<Item = Option<Vec<Demands>>>) -> Option<Vec<Demands>> {
    let mut all = Vec::new();
    for part in parts {
        all.extend(part?);
    }
    (all.len() <= MOST).then_some(all)
}

fn every(parts: impl Iterator<Item = Option<Vec<Demands>>>) -> Option<Vec<Demands>> {
    let mut all = vec![Demands::default()];
    for part in parts {
        let part = part?;
        if all.len() * part.len() > MOST {
            return None;
        }
        all = all.iter().flat_map(|one| part.iter().map(|other| one.with(other))).collect();
    }
    Some(all)
}

impl Demands {
    fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.none.extend(other.none.iter().cloned());
        both.within.extend(other.within.iter().cloned());
        both.without.extend(other.without.iter().cloned());
        both.flags.extend(other.flags.iter().copied());
        for (key, texts) in &other.some {
            match both.some.iter_mut().find(|(known, _)| known == key && key.is_single()) {
                Some((_, known)) => *known = known.intersection(texts).cloned().collect(),
                None => both.some.push((*key, texts.clone())),
            }
        }
        both
    }

    /// The texts that are left of a list, without those that must not be there.
    fn left(&self, key: Is, texts: &BTreeSet<String>) -> BTreeSet<String> {
        let banned = |text: &&String| {
            self.none.iter().any(|(known, none)| *known == key && none.contains(*text))
        };
        texts.iter().filter(|text| !banned(text)).cloned().collect()
    }

    /// Every bound of a measure together, with those of what it can be.
    fn bounds(&self, key: Measure) -> (f64, f64) {
        let all = self.within.iter().filter(|(known, _)| *known == key);
        // A value of 1 is below anything above it.
        let most = if key.is_probability() { 1.0f64.next_up() } else { f64::INFINITY };
        all.fold((0.0, most), |(low, high), (_, bounds)| {
            (low.max(bounds.at_least.unwrap_or(low)), high.min(bounds.below.unwrap_or(high)))
        })
    }

    fn contradiction(&self) -> Option<String> {
        for (key, texts) in &self.some {
            if self.left(*key, texts).is_empty() {
                return Some(format!("{} can be none of what is listed", label(&Is::NAMED, *key)));
            }
        }
        // A key with one label of a closed list has one of it.
        for (key, name) in Is::NAMED.iter().filter(|(key, _)| key.is_single()) {
            let labels = key.labels().unwrap_or_default().into_iter().map(str::to_owned).collect();
            if !BTreeSet::is_empty(&labels) && self.left(*key, &labels).is_empty() {
                return Some(format!("{name} can be nothing"));
            }
        }
        for (key, _) in &self.within {
            let (low, high) = self.bounds(*key);
            // Counts are whole numbers.
            let whole = !key.is_probability() && !key.is_claimed();
            if low >= high || whole && low.ceil() >= high {
                return Some(format!("{} can be no such number", label(&Measure::NAMED, *key)));
            }
        }
        let clash = self.flags.iter().find(|(key, is)| self.flags.contains(&(*key, !is)));
        clash.map(|(key, _)| format!("{} cannot be both", label(&Flag::NAMED, *key)))
    }

    /// Whether whatever meets these meets the wider ones.
    fn imply(&self, wider: &Self) -> bool {
        wider.some.iter().all(|(key, texts)| {
            let labels = key.labels().map(|labels| labels.into_iter().map(str::to_owned).collect());
            // Of what must be one of a closed list, all that is not excluded may be.
            let any = labels.filter(|_| key.is_single()).map(|labels| (*key, labels));
            let own = self.some.iter().chain(&any).filter(|(known, _)| known == key);
            own.into_iter().any(|(_, own)| self.left(*key, own).is_subset(texts))
        }) && wider.none.iter().all(|(key, texts)| {
            let is_never = |text: &String| {
                let banned =
                    self.none.iter().any(|(known, none)| known == key && none.contains(text));
                let other = key.is_single()
                    && self.some.iter().any(|(known, some)| known == key && !some.contains(text));
                banned || other
            };
            texts.iter().all(is_never)
        }) && wider.within.iter().all(|(key, bounds)| {
            let known = !key.is_claimed() || self.within.iter().any(|(own, _)| own == key);
            let (low, high) = self.bounds(*key);
            known
                && bounds.at_least.is_none_or(|least| low >= least)
                && bounds.below.is_none_or(|below| high <= below)
        }) && wider.without.iter().all(|outside| self.without.contains(outside))
            && wider.flags.iter().all(|flag| self.flags.contains(flag))
    }
}

fn label<K: PartialEq>(named: &[(K, &'static str)], key: K) -> &'static str {
    named.iter().find_map(|(known, name)| (*known == key).then_some(*name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use baton_triage::Rules;

    fn meaning(when: &str) -> Meaning {
        let file = format!(
            r#"{{"version":1,"rules":[{{"id":"x","when":{when},"action":"offer","message":"refund"}}]}}"#
        );
        Meaning::of(&Rules::read(&file).expect("the condition is well-formed").rules[0].when)
    }

    #[test]
    fn what_can_never_hold_is_found() {
        for when in [
            r#"{"any":[]}"#,
            r#"{"intent":[]}"#,
            r#"{"intent":["bug"],"all":[{"intent":["refund"]}]}"#,
            r#"{"intent_confidence":{"at_least":1.2}}"#,
            r#"{"intent_confidence":{"below":0}}"#,
            r#"{"turns":{"at_least":5,"below":3}}"#,
            r#"{"turns":{"at_least":2.2,"below":3}}"#,
            r#"{"wants_human":true,"not":{"wants_human":true}}"#,
            r#"{"topics":["legal"],"not":{"any":[{"topics":["legal","privacy"]}]}}"#,
            r#"{"plan":["Pro"],"all":[{"plan":["free"]}]}"#,
            r#"{"not":{"urgency":["low","normal","high","critical"]}}"#,
            r#"{"not":{}}"#,
        ] {
            assert!(meaning(when).contradiction().is_some(), "{when}");
        }
        for when in [
            "{}",
            r#"{"topics":["legal"],"all":[{"topics":["privacy"]}]}"#,
            r#"{"plan":["Pro"],"all":[{"plan":["pro"]}]}"#,
            r#"{"intent_confidence":{"at_least":1}}"#,
            r#"{"turns":{"at_least":2,"below":3}}"#,
            r#"{"not":{"account_value":{"at_least":0}}}"#,
            r#"{"any":[{"intent":[]},{"intent":["bug"]}]}"#,
        ] {
            assert_eq!(meaning(when).contradiction(), None, "{when}");
        }
    }

    #[test]
    fn a_narrower_condition_implies_a_wider_one() {
        for (narrow, wide) in [
            (r#"{"intent":["bug"]}"#, "{}"),
            (r#"{"intent":["bug"]}"#, r#"{"intent":["bug","outage"]}"#),
            (r#"{"intent":["bug"]}"#, r#"{"any":[{"has_errors":true},{"intent":["bug"]}]}"#),
            (r#"{"intent":["bug"],"has_errors":true}"#, r#"{"has_errors":true}"#),
            (r#"{"turns":{"at_least":6}}"#, r#"{"turns":{"at_least":2}}"#),
            (
                r#"{"not":{"intent":["bug"]}}"#,
                r#"{"not":{"all":[{"intent":["bug"]},{"has_errors":true}]}}"#,
            ),
            (r#"{"intent":["refund"]}"#, r#"{"not":{"intent":["bug"]}}"#),
            (r#"{"plan":["PRO"]}"#, r#"{"plan":["pro"]}"#),
            (r#"{"topics":["legal"]}"#, r#"{"topics":["legal","privacy"]}"#),
        ] {
            assert!(meaning(narrow).implies(&meaning(wide)), "{narrow} {wide}");
            assert!(
                !meaning(wide).implies(&meaning(narrow)) || narrow.contains("PRO"),
                "{wide} {narrow}"
            );
        }
    }
}
