//! From the customer's words to a [`Triage`].

use baton_packet::{
    Confidence, CustomerState, Intent, Probabilities, Reason, Scores, Topic, Triage, Urgency,
};

use crate::{
    cues, language, model,
    model::{Hit, Model, sigmoid, softmax},
    phrases, topics, untaught,
    wish::{self, Wish},
};

/// A topic holds from this probability on.
const TOPIC_HOLDS: f64 = 0.5;
/// A wish for a person holds from this probability on: missing one costs more than
/// offering a person in vain.
const WISH_HOLDS: f64 = 0.3;
/// What a phrase of asking adds to the log odds of a wish that the model saw:
/// measured on held-out messages, where phrases alone alarm too often.
const PHRASE_SAYS: f64 = 2.5;
/// How much less each earlier message weighs than the one after it.
const FADING: f32 = 0.75;
/// The least share an old message keeps.
const LEAST_SHARE: f32 = 0.15;
/// The share of "hello", "thanks" or "ok" beside messages that say something.
const SMALL_TALK_SHARE: f32 = 0.15;
/// Most reasons told per answer, strongest first.
const REASONS_EACH: usize = 3;

/// Says what the customer's messages are about. Takes the customer's messages
/// only, oldest first; later ones weigh more. Without a model the rules alone
/// carry on: wishes for a person, topics, language and words of urgency are found as
/// ever, the intent only where a plain phrase names it. Work is linear in their
/// length, and of a message over 64 KiB both ends are read.
#[must_use]
pub fn triage(model: Option<&Model>, messages: &[&str]) -> Triage {
    let read: Vec<Read<'_>> = messages.iter().map(|text| Read::new(model, text)).collect();
    let shares = shares(&read);
    let scores = combine(model, &read, &shares);

    let silent = read.iter().all(|message| {
        message.cues.is_empty()
            && model.is_none_or(|model| !message.hits.iter().any(|hit| model.is_word(hit)))
    });
    let intent = if silent { unsure() } else { softmax(&scores[model::INTENT]) };
    let urgency = softmax(&scores[model::URGENCY]);
    let state = softmax(&scores[model::STATE]);

    let found: [Option<String>; topics::LISTS.len()] = std::array::from_fn(|list| {
        read.iter().rev().find_map(|message| message.found[list].clone())
    });
    let wish = wish(&read);
    let learned = if silent { 0.0 } else { sigmoid(scores[model::WANTS_HUMAN]) };
    let wants_human = match wish {
        // A model that knows none of the words has nothing to say against it.
        Wish::Asked(_) if model.is_none() || silent => 0.9,
        Wish::Asked(_) => shifted(learned, PHRASE_SAYS),
        Wish::Declined => learned.min(0.1),
        Wish::Silent => learned,
    };

    let mut reasons: Vec<Reason> = Vec::new();
    let (best_intent, best_state) = (top(&intent), top(&state));
    let best_urgency = usual_urgency(&urgency, Intent::ALL[best_intent]);
    if !silent {
        let mut tell = |about: String, answer: usize| {
            for (weight, feature) in strongest(model, &read, &shares, answer) {
                insert(&mut reasons, reason(about.clone(), feature, f64::from(weight)));
            }
        };
        tell(format!("intent:{}", Intent::ALL[best_intent]), model::INTENT.start + best_intent);
        tell(
            format!("urgency:{}", Urgency::ALL[best_urgency]),
            model::URGENCY.start + best_urgency,
        );
        if CustomerState::ALL[best_state] != CustomerState::Neutral {
            let label = CustomerState::ALL[best_state];
            tell(format!("customer_state:{label}"), model::STATE.start + best_state);
        }
        if wants_human >= WISH_HOLDS && wish == Wish::Silent {
            tell("wants_human".to_owned(), model::WANTS_HUMAN);
        }
    }
    if let Wish::Asked(phrase) = wish {
        insert(&mut reasons, reason("wants_human".to_owned(), phrase.to_owned(), 3.0));
    }

    let mut topic_scores = Vec::new();
    let mut topics = Vec::new();
    let chosen = Intent::ALL[best_intent];
    let scored = topics::Scored { intent: &intent, state: &state, chosen };
    for &topic in Topic::ALL {
        let by_rule = topics::topic(topic, &found, &scored);
        let phrase = &found[topic as usize];
        let probability = match model {
            Some(_) if silent => 0.0,
            Some(_) => sigmoid(scores[model::TOPICS][topic as usize]).max(by_rule),
            None => by_rule,
        };
        topic_scores.push((topic.as_str().to_owned(), probability));
        if probability >= TOPIC_HOLDS {
            topics.push(topic);
            if let Some(phrase) = phrase {
                let phrase = if phrase.is_empty() { topic.as_str() } else { phrase };
                insert(&mut reasons, reason(format!("topic:{topic}"), phrase.to_owned(), 2.0));
            }
        }
    }

    let (language, language_confidence) = language::detect(messages.iter().rev().copied());
    Triage {
        intent: Intent::ALL[best_intent],
        urgency: Urgency::ALL[best_urgency],
        customer_state: CustomerState::ALL[best_state],
        wants_human: wants_human >= WISH_HOLDS,
        topics,
        language: language.to_owned(),
        confidence: Confidence {
            intent: intent[best_intent],
            urgency: urgency[best_urgency],
            customer_state: state[best_state],
            wants_human: wants_human.max(1.0 - wants_human),
            language: language_confidence,
        },
        scores: Scores {
            intent: by_label(Intent::ALL.iter().map(|class| class.as_str()), &intent),
            urgency: by_label(Urgency::ALL.iter().map(|class| class.as_str()), &urgency),
            customer_state: by_label(CustomerState::ALL.iter().map(|class| class.as_str()), &state),
            topics: topic_scores.into_iter().collect(),
            wants_human,
        },
        reasons,
        extra: Default::default(),
    }
}

/// One message, with what the model and the cues know of it.
struct Read<'a> {
    text: &'a str,
    /// As phrases are matched on it.
    plain: String,
    hits: Vec<Hit>,
    /// How much each of them counts.
    share: f32,
    /// Without a model: answer, phrase and weight.
    cues: Vec<(usize, &'static str, f32)>,
    small_talk: bool,
    /// A phrase of each list of the topics.
    found: [Option<String>; topics::LISTS.len()],
}

impl<'a> Read<'a> {
    fn new(model: Option<&Model>, text: &'a str) -> Self {
        let plain = phrases::plain(text);
        let mut scores = bias(model);
        let (mut hits, mut share) = (Vec::new(), 1.0);
        let mut cues = Vec::new();
        let found;
        if let Some(model) = model {
            let lists;
            (hits, lists) = model.hits(text);
            share = model.share(hits.len());
            model.add(&hits, share, &mut scores);
            found = lists.map(|phrase| Some(model.spelled(&phrase?, text).unwrap_or_default()));
        } else {
            found = topics::found(&plain);
            cues::add(&plain, |answer, phrase, weight| {
                scores[answer] += weight;
                cues.push((answer, phrase, weight));
            });
        }
        let intent = Intent::ALL[top(&softmax(&scores[model::INTENT]))];
        Self { text, plain, hits, share, cues, small_talk: intent == Intent::Other, found }
    }
}

/// Scores of a text that says nothing.
fn bias(model: Option<&Model>) -> model::Scores {
    model.map_or_else(untaught::bias, Model::bias)
}

/// How much each message weighs.
fn shares(read: &[Read<'_>]) -> Vec<f32> {
    let only_small_talk = read.iter().all(|message| message.small_talk);
    let mut share = 1.0f32;
    let mut shares: Vec<f32> = read
        .iter()
        .rev()
        .map(|message| {
            if message.small_talk && !only_small_talk {
                return SMALL_TALK_SHARE;
            }
            let own = share;
            share = (share * FADING).max(LEAST_SHARE);
            own
        })
        .collect();
    shares.reverse();
    shares
}

/// Adds the messages up. The sum grows with the root of their number, so that a
/// long conversation is surer than a short one, but not without bound.
fn combine(model: Option<&Model>, read: &[Read<'_>], shares: &[f32]) -> model::Scores {
    let total: f32 = shares.iter().sum();
    let damping = total.max(1.0).sqrt();
    let mut scores = bias(model);
    for (message, share) in read.iter().zip(shares) {
        if let Some(model) = model {
            model.add(&message.hits, message.share * share / damping, &mut scores);
        }
        for (answer, _, weight) in &message.cues {
            scores[*answer] += weight * share / damping;
        }
    }
    scores
}

/// Nothing was said that the model knows: `other`, and hardly that.
fn unsure() -> Vec<f64> {
    let rest = 0.8 / (Intent::ALL.len() - 1) as f64;
    Intent::ALL.iter().map(|&intent| if intent == Intent::Other { 0.2 } else { rest }).collect()
}

/// The wish of the latest message that says anything about it.
fn wish(read: &[Read<'_>]) -> Wish {
    read.iter()
        .rev()
        .map(|message| wish::wish(&message.plain))
        .find(|wish| *wish != Wish::Silent)
        .unwrap_or(Wish::Silent)
}

/// The probability with so much more log odds.
fn shifted(probability: f64, odds: f64) -> f64 {
    let factor = odds.exp();
    factor * probability / (factor * probability + 1.0 - probability)
}

/// The place of the largest value; the earlier one on a tie.
fn top(values: &[f64]) -> usize {
    let mut best = 0;
    for place in 1..values.len() {
        if values[place] > values[best] {
            best = place;
        }
    }
    best
}

/// The place of the largest urgency. On a tie nothing was said of it: then a wish
/// or an opinion is idle, and whatever hinders somebody is not.
fn usual_urgency(values: &[f64], intent: Intent) -> usize {
    let (best, normal) = (top(values), Urgency::Normal as usize);
    let hinders = !matches!(intent, Intent::FeatureRequest | Intent::Feedback | Intent::Other);
    if hinders && values[normal] >= values[best] { normal } else { best }
}

/// The strongest features of an answer, at most [`REASONS_EACH`], each once. No
/// sorting: a sort's code would weigh more than all of this file.
fn strongest(
    model: Option<&Model>,
    read: &[Read<'_>],
    shares: &[f32],
    answer: usize,
) -> Vec<(f32, String)> {
    let mut kept: Vec<(f32, String)> = Vec::new();
    let mut keep = |weight: f32, feature: &dyn Fn() -> Option<String>| {
        let full = kept.len() == REASONS_EACH;
        if weight <= 0.0 || full && kept.last().is_some_and(|last| last.0 >= weight) {
            return;
        }
        let Some(feature) = feature() else { return };
        if let Some(known) = kept.iter().position(|known| known.1 == feature) {
            if kept[known].0 >= weight {
                return;
            }
            kept.remove(known);
        }
        let place = kept.iter().position(|other| other.0 < weight).unwrap_or(kept.len());
        kept.insert(place, (weight, feature));
        kept.truncate(REASONS_EACH);
    };
    for (message, share) in read.iter().zip(shares) {
        for (model, hit) in
            model.iter().flat_map(|model| message.hits.iter().map(move |hit| (model, hit)))
        {
            if let Some(weight) = model.weight(hit, answer).filter(|_| model.is_word(hit)) {
                keep(weight * message.share * share, &|| model.spelled(&hit.feature, message.text));
            }
        }
        for (place, phrase, weight) in &message.cues {
            if *place == answer {
                keep(weight * share, &|| Some((*phrase).to_owned()));
            }
        }
    }
    kept
}

/// Keeps the reasons in order, strongest first.
fn insert(reasons: &mut Vec<Reason>, reason: Reason) {
    let place = reasons.iter().position(|other| other.weight < reason.weight);
    reasons.insert(place.unwrap_or(reasons.len()), reason);
}

/// Weights are told in hundredths, so that a packet is short.
fn reason(about: String, feature: String, weight: f64) -> Reason {
    Reason { about, feature, weight: (weight * 100.0).round() / 100.0 }
}

fn by_label<'a>(labels: impl Iterator<Item = &'a str>, values: &[f64]) -> Probabilities {
    labels.zip(values).map(|(label, value)| (label.to_owned(), *value)).collect()
}
