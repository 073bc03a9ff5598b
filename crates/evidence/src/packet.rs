//! The last redaction of a packet: what was said, and what was made from it.
//! Triage reads the customer's raw words in memory; what it emits leaves here.

use baton_packet::{Annotation, Packet, Summary};

use crate::redact::{Redactor, Scope};

/// Masks secrets in the transcript, the summary, the reasons and the customer's
/// own data. Personal data stays there unless the policy says otherwise: it is
/// part of the request. Evidence is redacted when it is normalised.
pub fn redact_words(packet: &mut Packet, redactor: &mut Redactor) {
    let scope = redactor.transcript_scope();
    let mut words = Words { redactor, scope };

    for (place, message) in (0..).zip(&mut packet.conversation.transcript) {
        let said = message.text.clone();
        words.text("conversation.transcript", &mut message.text);
        if message.text != said {
            follow(&mut packet.summary, place, &said, &message.text);
        }
    }
    for contact in &mut packet.conversation.previous {
        words.optional("conversation.previous", &mut contact.url);
    }
    for field in &mut packet.conversation.fields {
        words.text("conversation.fields", &mut field.question);
        words.optional("conversation.fields", &mut field.answer);
    }
    let summary = &mut packet.summary;
    words.text("summary", &mut summary.title);
    words.text("summary", &mut summary.problem);
    words.optional("summary", &mut summary.expected);
    words.optional("summary", &mut summary.impact);
    words.all("summary", &mut summary.tried);
    words.all("summary", &mut summary.open_questions);
    for fact in &mut summary.facts {
        words.text("summary", &mut fact.value);
        words.optional("summary", &mut fact.normalized);
    }
    for attempt in &mut packet.attempts {
        words.text("attempts", &mut attempt.text);
        words.optional("attempts", &mut attempt.url);
    }
    for reason in &mut packet.triage.reasons {
        words.text("triage.reasons", &mut reason.feature);
    }
    words.text("escalation", &mut packet.escalation.reason);
    words.optional("escalation", &mut packet.escalation.tone);
    for fired in &mut packet.escalation.rules_fired {
        words.text("escalation", &mut fired.reason);
    }
    words.text("route", &mut packet.route.reason);
    for alternative in &mut packet.route.alternatives {
        words.text("route", &mut alternative.reason);
    }
    for one in &mut packet.overrides {
        words.optional("overrides", &mut one.reason);
    }
    for entry in &mut packet.timeline {
        words.optional("timeline", &mut entry.detail);
    }
    for screenshot in &mut packet.evidence.screenshots {
        redact_annotations(&mut screenshot.annotations, words.redactor);
    }
    let app = &mut packet.app;
    for part in [&mut app.name, &mut app.version, &mut app.release] {
        words.optional("app", part);
    }
    // Who asks, and how to reach them, is the point of these; a secret in them is not.
    words.scope = Scope::Secrets;
    let customer = &mut packet.customer;
    for part in [
        &mut customer.id,
        &mut customer.name,
        &mut customer.email,
        &mut customer.segment,
        &mut customer.plan,
        &mut customer.role,
    ] {
        words.optional("customer", part);
    }
    // The host names its customer on purpose; secrets among the traits are not.
    redactor.json_within("customer.traits", &mut packet.customer.traits, Scope::Secrets);
}

/// Moves the places that point into a message to where their words stand once it
/// is masked. What lies between the first and the last change is not told apart:
/// a place in there grows to all of it.
fn follow(summary: &mut Summary, message: u32, before: &str, after: &str) {
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[same..].iter().rev().zip(new[same..].iter().rev());
    let tail = tail.take_while(|(a, b)| a == b).count();
    let (changed, masked) = (old.len() - tail, new.len() - tail);
    let moved = |place: u32, inside: usize| match place as usize {
        place if place <= same => place,
        place if place >= changed => (place + masked).saturating_sub(changed).min(new.len()),
        _ => inside,
    };
    let places = summary.sources.iter_mut().map(|source| &mut source.at);
    for at in places.chain(summary.facts.iter_mut().map(|fact| &mut fact.at)) {
        if at.message == message {
            at.start = moved(at.start, same) as u32;
            at.end = moved(at.end, masked) as u32;
        }
    }
}

/// Masks secrets in what the customer wrote on a picture. Its pixels stay: the customer
/// sees them in the review.
pub fn redact_annotations(annotations: &mut [Annotation], redactor: &mut Redactor) {
    let scope = redactor.transcript_scope();
    let mut words = Words { redactor, scope };
    for annotation in annotations {
        words.optional("evidence.screenshots", &mut annotation.text);
    }
}

struct Words<'a> {
    redactor: &'a mut Redactor,
    scope: Scope,
}

impl Words<'_> {
    fn text(&mut self, section: &'static str, text: &mut String) {
        *text = self.redactor.text(section, text, self.scope);
    }

    fn optional(&mut self, section: &'static str, text: &mut Option<String>) {
        if let Some(text) = text {
            self.text(section, text);
        }
    }

    fn all(&mut self, section: &'static str, texts: &mut [String]) {
        for text in texts {
            self.text(section, text);
        }
    }
}
