//! The last redaction of a packet: what was said, and what was made from it.
//! Triage reads the customer's raw words in memory; what it emits leaves here.

use baton_packet::{Annotation, Packet};

use crate::redact::{Redactor, Scope};

/// Masks secrets in the transcript, the summary, the reasons and the customer's
/// own data. Personal data stays there unless the policy says otherwise: it is
/// part of the request. Evidence is redacted when it is normalised.
pub fn redact_words(packet: &mut Packet, redactor: &mut Redactor) {
    let scope = redactor.transcript_scope();
    let mut words = Words { redactor, scope };

    for message in &mut packet.conversation.transcript {
        words.text("conversation.transcript", &mut message.text);
    }
    for contact in &mut packet.conversation.previous {
        words.optional("conversation.previous", &mut contact.url);
    }
    let summary = &mut packet.summary;
    words.text("summary", &mut summary.title);
    words.text("summary", &mut summary.problem);
    words.optional("summary", &mut summary.expected);
    words.optional("summary", &mut summary.impact);
    words.all("summary", &mut summary.tried);
    words.all("summary", &mut summary.open_questions);
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
