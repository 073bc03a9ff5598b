//! What the widget and the receiver say, read field by field from plain data. The
//! widget writes these types by their derived `Serialize`; `None` is a fault of
//! the widget, or an answer that is no receipt.

use baton_conversation::{Approval, EditedSummary, Item, Words};
use baton_packet::{
    AlternativeRoute, Attempt, Author, Channel, Confidence, ConsentVia, CustomerState, Escalation,
    EvidenceKind, Excerpt, Fact, FiredRule, FormField, Intent, Links, Message, Override,
    OverrideBy, OverrideField, PacketId, Priority, Probabilities, Reason, Receipt, Route, Scores,
    Source, Summary, TimelineEntry, Timestamp, Topic, Triage, Urgency,
};
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use serde_json::Value;

/// What the conversation contributes to a packet.
pub fn words(value: &Value) -> Option<Words> {
    Some(Words {
        transcript: list(value, "transcript", message)?,
        timeline: list(value, "timeline", milestone)?,
        summary: summary(value.get("summary")?)?,
        triage: triage(value.get("triage")?)?,
        escalation: escalation(value.get("escalation")?)?,
        route: route(value.get("route")?)?,
        overrides: list(value, "overrides", correction)?,
        fields: list(value, "fields", field)?,
        attempts: list(value, "attempts", attempt)?,
    })
}

/// The customer's approval.
pub fn approval(value: &Value) -> Option<Approval> {
    Some(Approval {
        at: moment(value, "at")?,
        via: ConsentVia::parse(label(value, "via")?)?,
        text: text(value, "text")?,
        struck: list(value, "struck", |item| Item::parse(item.as_str()?))?,
        contact: text(value, "contact"),
        summary: value.get("summary").and_then(edited_summary),
        timeline: list(value, "timeline", milestone)?,
    })
}

/// A receiver's receipt. Only its id is required: it alone proves the delivery.
pub fn receipt(value: &Value) -> Option<Receipt> {
    let links = value.get("links").unwrap_or(&Value::Null);
    Some(Receipt {
        id: wrapped::<PacketId>(value, "id")?,
        received_at: moment(value, "received_at"),
        conversation_token: text(value, "conversation_token"),
        links: Links {
            replies: text(links, "replies"),
            messages: text(links, "messages"),
            events: text(links, "events"),
            evidence: text(links, "evidence"),
        },
        missing: texts(value, "missing").unwrap_or_default(),
    })
}

fn message(value: &Value) -> Option<Message> {
    Some(Message {
        author: Author::parse(label(value, "author")?)?,
        text: text(value, "text")?,
        at: moment(value, "at")?,
        channel: Channel::parse(label(value, "channel")?)?,
        extra: Default::default(),
    })
}

fn field(value: &Value) -> Option<FormField> {
    Some(FormField {
        id: text(value, "id")?,
        question: text(value, "question")?,
        answer: text(value, "answer"),
    })
}

fn attempt(value: &Value) -> Option<Attempt> {
    Some(Attempt {
        at: moment(value, "at")?,
        provider: text(value, "provider")?,
        text: text(value, "text")?,
        url: text(value, "url"),
        grounded: value.get("grounded")?.as_bool()?,
        helped: value.get("helped").and_then(Value::as_bool),
        extra: Default::default(),
    })
}

fn edited_summary(value: &Value) -> Option<EditedSummary> {
    Some(EditedSummary { title: text(value, "title")?, problem: text(value, "problem")? })
}

fn milestone(value: &Value) -> Option<TimelineEntry> {
    Some(TimelineEntry {
        at: moment(value, "at")?,
        event: text(value, "event")?,
        detail: text(value, "detail"),
        extra: Default::default(),
    })
}

fn summary(value: &Value) -> Option<Summary> {
    Some(Summary {
        title: text(value, "title")?,
        problem: text(value, "problem")?,
        tried: texts(value, "tried")?,
        expected: text(value, "expected"),
        impact: text(value, "impact"),
        open_questions: texts(value, "open_questions")?,
        // Absent where there are none.
        sources: list(value, "sources", source).unwrap_or_default(),
        facts: list(value, "facts", fact).unwrap_or_default(),
        edited: false,
        extra: Default::default(),
    })
}

fn source(value: &Value) -> Option<Source> {
    Some(Source { line: text(value, "line")?, at: excerpt(value)?, extra: Default::default() })
}

fn fact(value: &Value) -> Option<Fact> {
    Some(Fact {
        kind: text(value, "kind")?,
        value: text(value, "value")?,
        normalized: text(value, "normalized"),
        at: excerpt(value)?,
        extra: Default::default(),
    })
}

fn excerpt(value: &Value) -> Option<Excerpt> {
    let at = value.get("at")?;
    let whole = |name| number(at, name).map(|number| number as u32);
    Some(Excerpt { message: whole("message")?, start: whole("start")?, end: whole("end")? })
}

fn triage(value: &Value) -> Option<Triage> {
    let confidence = value.get("confidence")?;
    let scores = value.get("scores")?;
    Some(Triage {
        intent: Intent::parse(label(value, "intent")?)?,
        urgency: Urgency::parse(label(value, "urgency")?)?,
        customer_state: CustomerState::parse(label(value, "customer_state")?)?,
        wants_human: value.get("wants_human")?.as_bool()?,
        topics: list(value, "topics", |topic| Topic::parse(topic.as_str()?))?,
        language: text(value, "language")?,
        confidence: Confidence {
            intent: number(confidence, "intent")?,
            urgency: number(confidence, "urgency")?,
            customer_state: number(confidence, "customer_state")?,
            wants_human: number(confidence, "wants_human")?,
            language: number(confidence, "language")?,
        },
        scores: Scores {
            intent: probabilities(scores, "intent")?,
            urgency: probabilities(scores, "urgency")?,
            customer_state: probabilities(scores, "customer_state")?,
            topics: probabilities(scores, "topics")?,
            wants_human: number(scores, "wants_human")?,
        },
        reasons: list(value, "reasons", |reason| {
            Some(Reason {
                about: text(reason, "about")?,
                feature: text(reason, "feature")?,
                weight: number(reason, "weight")?,
            })
        })?,
        extra: Default::default(),
    })
}

fn escalation(value: &Value) -> Option<Escalation> {
    Some(Escalation {
        rule: text(value, "rule")?,
        reason: text(value, "reason")?,
        rules_fired: list(value, "rules_fired", |fired| {
            Some(FiredRule {
                rule: text(fired, "rule")?,
                reason: text(fired, "reason")?,
                because: text(fired, "because").unwrap_or_default(),
            })
        })?,
        tone: text(value, "tone"),
        evidence: list(value, "evidence", |kind| EvidenceKind::parse(kind.as_str()?))
            .unwrap_or_default(),
        extra: Default::default(),
    })
}

fn route(value: &Value) -> Option<Route> {
    Some(Route {
        queue: text(value, "queue")?,
        priority: Priority::parse(label(value, "priority")?)?,
        language: text(value, "language")?,
        sla_minutes: number(value, "sla_minutes").map(|minutes| minutes as u32),
        skill: text(value, "skill"),
        reason: text(value, "reason")?,
        alternatives: list(value, "alternatives", |route| {
            Some(AlternativeRoute { queue: text(route, "queue")?, reason: text(route, "reason")? })
        })?,
        extra: Default::default(),
    })
}

fn correction(value: &Value) -> Option<Override> {
    Some(Override {
        field: OverrideField::parse(label(value, "field")?)?,
        from: text(value, "from")?,
        to: text(value, "to")?,
        by: OverrideBy::parse(label(value, "by")?)?,
        at: moment(value, "at")?,
        reason: text(value, "reason"),
        extra: Default::default(),
    })
}

fn label<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn text(value: &Value, name: &str) -> Option<String> {
    label(value, name).map(str::to_owned)
}

fn texts(value: &Value, name: &str) -> Option<Vec<String>> {
    list(value, name, |text| text.as_str().map(str::to_owned))
}

fn number(value: &Value, name: &str) -> Option<f64> {
    value.get(name)?.as_f64()
}

fn moment(value: &Value, name: &str) -> Option<Timestamp> {
    wrapped(value, name)
}

/// Text in a type of its own, checked or not as that type sees fit.
fn wrapped<'a, T: Deserialize<'a>>(value: &'a Value, name: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(label(value, name)?)).ok()
}

fn probabilities(value: &Value, name: &str) -> Option<Probabilities> {
    let entries = value.get(name)?.as_object()?;
    entries.iter().map(|(label, value)| Some((label.clone(), value.as_f64()?))).collect()
}

/// All entries of a list; `None` if there is no list or one cannot be read.
fn list<T>(value: &Value, name: &str, read: fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.get(name)?.as_array()?.iter().map(read).collect()
}
