//! Masks secrets and personal data in text, addresses and JSON, and counts what
//! was masked.
//!
//! Every scanner is hand-written and linear: the text comes from a page that may
//! be hostile, and this runs while a customer waits. They run one after the
//! other, and again until nothing changes, so that redacting twice gives the
//! same text.

mod address;
mod assignment;
mod card;
mod json;
mod keys;
mod personal;
mod placeholder;
mod random;
mod rewrite;
mod separator;
mod shapes;
mod unit;
mod value;

use baton_packet::Redaction;

pub use placeholder::Kind;

/// What the embedder wants masked beyond the defaults.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Mask personal data in the transcript too. By default an address that a
    /// customer writes is part of the request.
    pub transcript_all: bool,
}

/// What to mask in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Only secrets: keys, tokens, passwords, cards.
    Secrets,
    /// Secrets and personal data.
    All,
}

/// Masks, and counts by section of the packet and kind.
#[derive(Debug, Clone, Default)]
pub struct Redactor {
    policy: Policy,
    counts: Vec<(&'static str, Kind, u32)>,
}

impl Redactor {
    /// A redactor that has masked nothing yet.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy, counts: Vec::new() }
    }

    /// What to mask in what was said.
    #[must_use]
    pub fn transcript_scope(&self) -> Scope {
        if self.policy.transcript_all { Scope::All } else { Scope::Secrets }
    }

    /// The text with placeholders for what is secret. `section` is the part of
    /// the packet it goes to, for example `evidence.console`.
    #[must_use]
    pub fn text(&mut self, section: &'static str, text: &str, scope: Scope) -> String {
        let masked = mask(text, scope);
        let (found, had) = (placeholder::count(&masked), placeholder::count(text));
        for kind in Kind::ALL {
            let index = kind as usize;
            self.add(section, kind, found[index].saturating_sub(had[index]));
        }
        masked
    }

    /// The address, absolute or relative, with placeholders for what is secret.
    #[must_use]
    pub fn url(&mut self, section: &'static str, url: &str) -> String {
        self.text(section, url, Scope::All)
    }

    /// Masks in place, by name and by look, at any depth. What lies deeper than
    /// 64 levels is cut off.
    pub fn json(&mut self, section: &'static str, object: &mut baton_packet::Extra) {
        self.json_within(section, object, Scope::All);
    }

    /// Like [`Redactor::json`], with a choice of what to mask.
    pub fn json_within(
        &mut self,
        section: &'static str,
        object: &mut baton_packet::Extra,
        scope: Scope,
    ) {
        json::object(self, section, object, scope);
    }

    /// What was masked, ordered by section and kind; never by content.
    #[must_use]
    pub fn into_report(self) -> Vec<Redaction> {
        self.counts
            .into_iter()
            .map(|(section, kind, count)| Redaction {
                section: section.to_owned(),
                kind: kind.label().to_owned(),
                count,
            })
            .collect()
    }

    fn add(&mut self, section: &'static str, kind: Kind, count: u32) {
        if count == 0 {
            return;
        }
        let place = self.counts.partition_point(|(s, k, _)| (*s, *k) < (section, kind));
        match self.counts.get_mut(place) {
            Some((s, k, total)) if *s == section && *k == kind => *total += count,
            _ => self.counts.insert(place, (section, kind, count)),
        }
    }
}

/// Masks until nothing changes. What one scanner masks may complete what another
/// looks for, but each round leaves less to find.
fn mask(text: &str, scope: Scope) -> String {
    const MOST_ROUNDS: usize = 6;
    let scanners: [fn(&str, bool) -> Option<String>; 7] = [
        |text, _| shapes::mask(text),
        |text, _| address::mask(text),
        assignment::mask,
        |text, _| card::mask(text),
        |text, all| if all { personal::mask_iban(text) } else { None },
        |text, all| if all { personal::mask_email(text) } else { None },
        |text, all| if all { personal::mask_phone(text) } else { None },
    ];
    let mut current = text.to_owned();
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for scanner in scanners {
            if let Some(next) = scanner(&current, scope == Scope::All) {
                current = next;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    current
}
