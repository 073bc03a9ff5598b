//! Phrases that score for an answer while there is no model. Lists are written as
//! in `phrases`.

use baton_packet::Urgency;

use crate::{
    model,
    phrases::{Scored, occurrences},
    untaught,
};

/// Share of its list's score that a second cue adds; more are not counted.
const SECOND: f32 = 0.35;

/// Cues that speak of urgency.
const URGENT: [(Urgency, f32, &str); 3] = [
    (
        Urgency::Critical,
        2.4,
        "production is down|whole company|nobody can work|all our data|everyone is blocked|losing money every|\
is in my account|someone hacked|hacked my account",
    ),
    (
        Urgency::High,
        2.0,
        "cant work|cannot work|cant log in|cannot log in|locked out|charged twice|urgent|asap|blocked|blocking us|\
dringend|urgente|urgent pour|pilne|acil|spoed|至急|紧急|*عاجل|तुरंत",
    ),
    (
        Urgency::Normal,
        1.2,
        "an error|error message|error when|crash*|broken|doesnt work|not working|stopped working|fails|failed|\
went wrong|fehler|funktioniert nicht|erreur|no funciona|não funciona|errore|non funziona|werkt niet|\
nie działa|çalışmıyor|エラー|报错|*خطأ|त्रुटि",
    ),
];

/// Calls `found` with each cue of a plain text: the answer's place in a row of
/// scores, the phrase, and the score it adds.
pub(crate) fn add(text: &str, mut found: impl FnMut(usize, &'static str, f32)) {
    let urgent = URGENT.iter().map(|(level, score, list)| Scored {
        answer: model::URGENCY.start + *level as usize,
        score: *score,
        list,
    });
    for Scored { answer, score, list } in untaught::lists().chain(urgent) {
        let mut seen: Option<&str> = None;
        for (phrase, ..) in occurrences(list, text) {
            let weight = match seen {
                None => score,
                Some(first) if first != phrase => score * SECOND,
                Some(_) => continue,
            };
            found(answer, phrase, weight);
            if seen.replace(phrase).is_some() {
                break;
            }
        }
    }
}
