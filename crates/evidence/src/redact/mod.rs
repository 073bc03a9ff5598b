//! Masks secrets and personal data in text, addresses and JSON, and counts what
//! was masked.
//!
//! Every scanner is hand-written and linear: the text comes from a page that may
//! be hostile, and this runs while a customer waits. They run one after the
//! other, and again until nothing changes, so that redacting twice gives the
//! same text.

mod address;
mod assignment;
mod body;
mod card;
mod custom;
mod encoded;
mod json;
mod keys;
mod members;
mod national;
mod pem;
mod personal;
mod placeholder;
mod prose;
mod random;
mod rewrite;
mod separator;
mod shapes;
mod unit;
mod value;
mod vendor;

use baton_packet::Redaction;

pub use custom::{Custom, Find};
pub use placeholder::Kind;

use custom::Patterns;
use encoded::Encoding;
use keys::{Place, Rule};
use placeholder::KINDS;

/// What the embedder wants masked beyond the defaults.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Mask personal data in the transcript too. By default an address that a
    /// customer writes is part of the request.
    pub transcript_all: bool,
    /// Mask the numbers by which states know people. Off by default: most have the
    /// form of an order number, and few products ever show one.
    pub national_ids: bool,
    /// The embedder's own patterns: secrets wherever they stand. Of more than 64
    /// kinds, the last ones share a label.
    pub custom: Vec<Custom>,
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
    transcript_all: bool,
    national_ids: bool,
    patterns: Patterns,
    counts: Vec<(&'static str, Kind, u32)>,
}

impl Redactor {
    /// A redactor that has masked nothing yet.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            transcript_all: policy.transcript_all,
            national_ids: policy.national_ids,
            patterns: Patterns::new(policy.custom),
            counts: Vec::new(),
        }
    }

    /// What to mask in what was said.
    #[must_use]
    pub fn transcript_scope(&self) -> Scope {
        if self.transcript_all { Scope::All } else { Scope::Secrets }
    }

    /// The text with placeholders for what is secret. `section` is the part of
    /// the packet it goes to, for example `evidence.console`.
    #[must_use]
    pub fn text(&mut self, section: &'static str, text: &str, scope: Scope) -> String {
        if self.is_harmless(text) {
            return text.to_owned();
        }
        self.counted(section, text, &|redactor, text| redactor.mask(text, scope))
    }

    /// Whether it is plain from a glance that nothing in the text would be masked. Most
    /// of a page is such text.
    #[must_use]
    pub fn is_harmless(&self, text: &str) -> bool {
        self.patterns.is_empty() && !self.national_ids && prose::is_prose(text)
    }

    /// The address, absolute or relative, with placeholders for what is secret.
    #[must_use]
    pub fn url(&mut self, section: &'static str, url: &str) -> String {
        self.text(section, url, Scope::All)
    }

    /// The value of a header, judged by the header's name, then by its look.
    #[must_use]
    pub fn header(&mut self, section: &'static str, name: &str, value: &str) -> String {
        match json::rule_of(name) {
            Some(Rule::Cookie) => {
                self.ruled(section, Some(Rule::Always(Kind::Session)), value, Scope::All)
            }
            // The scheme tells how somebody signed in, and is no secret.
            Some(Rule::Authorization) => {
                let scheme = value::scheme(value).map_or("", |scheme| &value[..scheme.len() + 1]);
                let rule = Some(Rule::Always(Kind::Token));
                scheme.to_owned() + &self.ruled(section, rule, &value[scheme.len()..], Scope::All)
            }
            rule => self.ruled(section, rule, value, Scope::All),
        }
    }

    /// The body of a request or response, judged by its form: JSON and web forms by
    /// the names in them and by look, all else by look. JSON stays JSON; what was
    /// cut off or is not what its media type says is read as far as it goes.
    #[must_use]
    pub fn body(&mut self, section: &'static str, media_type: &str, text: &str) -> String {
        let form = body::form(media_type, text);
        self.counted(section, text, &|redactor, text| redactor.mask_body(text, form))
    }

    /// What was entered into a field, judged by the field's kind (the `type` of an
    /// input), by its names (label, selectors), then by its look.
    #[must_use]
    pub fn field(
        &mut self,
        section: &'static str,
        kind: &str,
        names: &[&str],
        value: &str,
    ) -> String {
        let by_kind = keys::rule(kind, Place::Url);
        let rule = by_kind.or_else(|| names.iter().find_map(|name| json::rule_of(name)));
        self.ruled(section, rule, value, Scope::All)
    }

    /// A value with a name, such as an attribute's: judged by that, then by its look.
    #[must_use]
    pub fn named(&mut self, section: &'static str, name: &str, value: &str) -> String {
        self.ruled(section, json::rule_of(name), value, Scope::All)
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
        let patterns = self.patterns;
        self.counts
            .into_iter()
            .map(|(section, kind, count)| Redaction {
                section: section.to_owned(),
                kind: patterns.label(kind).to_owned(),
                count,
            })
            .collect()
    }

    /// A value with a name that has this rule.
    fn ruled(
        &mut self,
        section: &'static str,
        rule: Option<Rule>,
        value: &str,
        scope: Scope,
    ) -> String {
        match rule.and_then(|rule| keys::judge(rule, value, true)) {
            Some(kind) if !value::is_masked(value) => self.placeholder(section, kind, value),
            Some(_) => value.to_owned(),
            None => self.text(section, value, scope),
        }
    }

    fn placeholder(&mut self, section: &'static str, kind: Kind, value: &str) -> String {
        let mut out = String::new();
        kind.write(value, &mut out);
        self.add(section, kind, 1);
        out
    }

    /// Counts what this way of masking masks.
    fn counted(
        &mut self,
        section: &'static str,
        text: &str,
        mask: &dyn Fn(&Self, String) -> String,
    ) -> String {
        let text = self.patterns.hide_labels(text.to_owned());
        let had = placeholder::count(&text);
        let masked = mask(self, text);
        let found = placeholder::count(&masked);
        for index in 0..KINDS {
            self.add(section, Kind::at(index), found[index].saturating_sub(had[index]));
        }
        self.patterns.show_labels(masked)
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

    /// Masks until nothing changes. What one scanner masks may complete what another
    /// looks for, but each round leaves less to find.
    fn mask(&self, text: String, scope: Scope) -> String {
        self.mask_layer(text, scope, 0)
    }

    /// The same for text from under so many layers of an address' encoding.
    fn mask_layer(&self, text: String, scope: Scope, layer: u32) -> String {
        const MOST_ROUNDS: u32 = 6;
        let scanners: [fn(&str, bool) -> Option<String>; 7] = [
            |text, _| shapes::mask(text),
            |text, _| address::mask(text),
            assignment::mask,
            // Before cards: groups of a bank account may pass for one.
            |text, all| if all { personal::mask_iban(text) } else { None },
            |text, _| card::mask(text),
            |text, all| if all { personal::mask_email(text) } else { None },
            |text, all| if all { personal::mask_phone(text) } else { None },
        ];
        let mut current = text;
        for _ in 0..MOST_ROUNDS >> layer {
            let mut changed = false;
            let mut take = |next: Option<String>| {
                changed |= next.is_some();
                next
            };
            // First, because the others know no encoded spaces in a value.
            if let Some(next) = take(self.mask_encoded(&current, Encoding::Percent, scope, layer)) {
                current = next;
            }
            for scanner in scanners {
                if let Some(next) = take(scanner(&current, scope == Scope::All)) {
                    current = next;
                }
            }
            if self.national_ids
                && let Some(next) = take(national::mask(&current))
            {
                current = next;
            }
            if let Some(next) = take(self.patterns.mask(&current)) {
                current = next;
            }
            // Last, because a plus may also be one.
            if let Some(next) = take(self.mask_encoded(&current, Encoding::Plus, scope, layer)) {
                current = next;
            }
            if !changed {
                break;
            }
        }
        current
    }

    fn mask_encoded(
        &self,
        text: &str,
        encoding: Encoding,
        scope: Scope,
        layer: u32,
    ) -> Option<String> {
        const MOST_LAYERS: u32 = 2;
        if layer > MOST_LAYERS {
            return None;
        }
        encoded::mask(text, encoding, &|plain| self.mask_layer(plain, scope, layer + 1))
    }
}
