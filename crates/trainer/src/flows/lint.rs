//! The linter of flows: faults of the form, and questions that nobody will be asked.

use baton_triage::Flows;
use baton_triage::flows::{Ask, Flow, Wording};
use baton_triage::rules::{Condition, Test, json::Json};

use crate::rules::lint::{Finding, Linter, Severity, faults};
use crate::rules::meaning::Meaning;

/// Everything that is wrong with a flows file. A file that is refused is told only
/// why; of one that is read, only what it says itself is judged, not what it builds
/// upon.
#[must_use]
pub fn lint(text: &str) -> Vec<Finding> {
    let flows = match Flows::read(text) {
        Ok(flows) => flows,
        Err(refused) => return faults(refused),
    };
    let Ok(json) = Json::read(text) else { return Vec::new() };
    let mut linter = Linter::new(text, &json);
    let own = linter.own("/flows").len().min(flows.flows.len());
    all(&mut linter, &flows.flows[..own]);
    limits(&mut linter, &flows);
    linter.finish()
}

fn all(linter: &mut Linter<'_>, flows: &[Flow]) {
    let meanings = linter.meanings("/flows", flows.iter().map(|flow| &flow.when));
    for (place, flow) in flows.iter().enumerate() {
        let pointer = format!("/flows/{place}");
        if meanings[place].contradiction().is_some() {
            continue;
        }
        let earlier = meanings[..place].iter().position(|other| meanings[place].implies(other));
        if let Some(earlier) = earlier {
            let id = &flows[earlier].id;
            let message =
                format!("is unreachable: flow {id} fits whenever this one does, and asks instead");
            linter.error(pointer, message);
            continue;
        }
        for (question, ask) in flow.ask.iter().enumerate() {
            self::ask(linter, &format!("{pointer}/ask/{question}"), flow, ask);
        }
    }
}

fn ask(linter: &mut Linter<'_>, pointer: &str, flow: &Flow, ask: &Ask) {
    let mut asked = vec![Test::All(vec![flow.when.clone(), ask.when.clone()])];
    asked.extend(ask.unless.clone().map(Test::Not));
    if let Some(why) = Meaning::of(&Condition(asked)).contradiction() {
        linter.error(pointer.to_owned(), format!("is never asked: {why}"));
    }
    let hint = ask.hint.iter().map(|hint| ("hint".to_owned(), hint));
    let options = ask.options.iter().enumerate();
    let options = options.map(|(place, one)| (format!("options/{place}/text"), &one.text));
    for (name, wording) in [("text".to_owned(), &ask.text)].into_iter().chain(hint).chain(options) {
        if lacks_english(wording) {
            let message =
                "has no English words: who speaks none of these languages reads the first";
            linter.tell(Severity::Warning, format!("{pointer}/{name}"), message.to_owned());
        }
    }
}

/// Whether it is by language, and English is not among them.
fn lacks_english(wording: &Wording) -> bool {
    wording.0.iter().all(|(tag, _)| !tag.is_empty() && !tag.eq_ignore_ascii_case("en"))
}

fn limits(linter: &mut Linter<'_>, flows: &Flows) {
    let own = linter.own("/limits").len();
    let limits = &flows.limits[..own.min(flows.limits.len())];
    let _ = linter.meanings("/limits", limits.iter().map(|limit| &limit.when));
    for (place, limit) in limits.iter().enumerate() {
        if limit.most >= flows.most {
            let message = format!("changes nothing: no more than {} are asked anyway", flows.most);
            linter.tell(Severity::Warning, format!("/limits/{place}"), message);
        }
    }
}
