//! What the customer already said, so that nobody asks for it again: codes,
//! messages, addresses, ids, versions, browsers, times, steps, amounts, parts of
//! the product, people.
//!
//! One pass makes tokens of a text and says what each may mean; small readers,
//! one for each family of kinds, look at tokens and their neighbours. Precision
//! comes before recall: a wrong fact is worse than a question.

mod clauses;
mod codes;
mod ids;
pub(crate) mod lexicon;
mod messages;
mod money;
mod people;
mod software;
mod times;
mod web;
mod words;

use std::sync::OnceLock;

use baton_packet::{Excerpt, Fact, FactKind};

use crate::{
    mail::{offset, own},
    sentences::cut,
};
use lexicon::{Class, Lexicon, Piece, Token, tokens};

/// Most facts of one kind.
const MOST_EACH: usize = 10;
/// Longest value, in characters.
const VALUE_CHARS: usize = 160;

/// A part of the embedder's product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Area {
    /// How the team calls it.
    pub name: String,
    /// How customers call it. Matched at word borders, whatever the case.
    pub synonyms: Vec<String>,
}

/// The facts of a conversation, each value once, by message and place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts(Vec<Fact>);

impl Facts {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Fact] {
        &self.0
    }

    /// Those of one kind.
    pub fn of(&self, kind: FactKind) -> impl Iterator<Item = &Fact> {
        self.0.iter().filter(move |fact| fact.kind == kind.as_str())
    }

    /// Whether something of the kind was said.
    #[must_use]
    pub fn has(&self, kind: FactKind) -> bool {
        self.of(kind).next().is_some()
    }

    /// The labels of the kinds that were found, in the order of [`FactKind::ALL`].
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static str> {
        FactKind::ALL.iter().filter(|kind| self.has(**kind)).map(|kind| kind.as_str()).collect()
    }
}

/// Extracts the facts from the customer's messages, oldest first. What a mail
/// quotes and its signature are passed over, and so is whatever looks like a
/// secret. Work is linear in the length; of a message over 64 KiB both ends are
/// read. Places are counted in Unicode characters of the message.
#[must_use]
pub fn extract(messages: &[&str], areas: &[Area]) -> Facts {
    static WORDS: OnceLock<Lexicon<'static>> = OnceLock::new();
    let words = WORDS.get_or_init(|| Lexicon::new(words::LISTS));
    // Most products name no parts.
    let mut named = None;
    for (place, area) in areas.iter().enumerate().take(256) {
        for name in std::iter::once(&area.name).chain(&area.synonyms) {
            named.get_or_insert_with(|| words.clone()).add(name.trim(), lexicon::AREA, place as u8);
        }
    }
    let lexicon = named.as_ref().unwrap_or(words);
    let mut facts = Facts::default();
    for (message, text) in messages.iter().enumerate() {
        let mut found = Vec::new();
        for own in own(text) {
            let base = offset(text, own);
            let mut scan = Scan::new(own, lexicon, areas);
            scan.read();
            for raw in scan.found {
                // A sort's code would weigh more than this. Most come in order.
                let raw = raw.moved(base);
                let after = |other: &&Found| (other.start, other.kind) <= (raw.start, raw.kind);
                let place = found.iter().rposition(|other: &Found| after(&other));
                found.insert(place.map_or(0, |place| place + 1), raw);
            }
        }
        let mut chars = Chars::new(text);
        for raw in found {
            facts.add(raw, message, text, &mut chars);
        }
    }
    facts
}

impl Facts {
    fn add(&mut self, raw: Found, message: usize, text: &str, chars: &mut Chars<'_>) {
        let kind = raw.kind.as_str();
        let value = cut(text.within(raw.start, raw.end), VALUE_CHARS);
        let start = chars.before(raw.start);
        let end = start + text.within(raw.start, raw.end).chars().count() as u32;
        let known = self.of(raw.kind).any(|fact| {
            fact.value == value || raw.normalized.is_some() && fact.normalized == raw.normalized
        });
        if value.is_empty() || known || self.of(raw.kind).count() >= MOST_EACH {
            return;
        }
        self.0.push(Fact {
            kind: kind.to_owned(),
            value,
            normalized: raw.normalized,
            at: Excerpt { message: message as u32, start, end },
            extra: Default::default(),
        });
    }
}

/// Counts the characters before growing places of a text.
pub(crate) struct Chars<'a> {
    text: &'a str,
    at: usize,
    count: u32,
}

impl<'a> Chars<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, count: 0 }
    }

    pub(crate) fn before(&mut self, place: usize) -> u32 {
        if place < self.at {
            (self.at, self.count) = (0, 0);
        }
        self.count += self.text.within(self.at, place).chars().count() as u32;
        self.at = place;
        self.count
    }
}

/// A fact as it is found: by bytes of the text.
struct Found {
    kind: FactKind,
    start: usize,
    end: usize,
    normalized: Option<String>,
}

impl Found {
    fn moved(self, base: usize) -> Self {
        Self { start: self.start + base, end: self.end + base, ..self }
    }
}

/// A text while it is read.
struct Scan<'t> {
    text: &'t str,
    areas: &'t [Area],
    tokens: Vec<Token>,
    /// Where the run of signs ends that was looked at for addresses last.
    run: usize,
    /// What lies before is part of a fact already, or must not become one.
    claimed: usize,
    found: Vec<Found>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, lexicon: &Lexicon<'_>, areas: &'t [Area]) -> Self {
        Self { text, areas, tokens: tokens(text, lexicon), run: 0, claimed: 0, found: Vec::new() }
    }

    fn read(&mut self) {
        // What claims its words, by precedence.
        const READERS: [fn(&mut Scan<'_>, usize); 9] = [
            web::read,
            times::read,
            software::read,
            ids::read,
            money::read,
            codes::read,
            people::read,
            |scan, at| {
                let token = scan.tokens[at];
                if token.is(lexicon::AREA) {
                    let name = scan.areas.get(usize::from(token.which)).map(|a| a.name.clone());
                    scan.note(FactKind::ProductArea, token.start, token.end, name);
                }
            },
            messages::read,
        ];
        for at in 0..self.tokens.len() {
            for reader in READERS {
                if self.tokens[at].start >= self.claimed {
                    reader(self, at);
                }
            }
        }
        messages::quoted(self);
        clauses::read(self);
    }

    // Called from everywhere: inlined, they would be a third of the code.

    /// Notes a fact whose words may belong to others too.
    #[inline(never)]
    fn note(&mut self, kind: FactKind, start: usize, end: usize, normalized: Option<String>) {
        self.found.push(Found { kind, start, end, normalized });
    }

    /// Notes a fact and takes its words.
    #[inline(never)]
    fn claim(&mut self, kind: FactKind, start: usize, end: usize, normalized: Option<String>) {
        self.note(kind, start, end, normalized);
        self.claimed = self.claimed.max(end);
    }

    #[inline(never)]
    fn said(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| self.text.within(token.start, token.end))
    }

    /// What stands between a token and the one after it.
    #[inline(never)]
    fn gap(&self, at: usize) -> &'t str {
        let from = self.tokens.get(at).map_or(self.text.len(), |token| token.end);
        let to = self.tokens.get(at + 1).map_or(self.text.len(), |token| token.start);
        self.text.get(from..to).unwrap_or("")
    }

    #[inline(never)]
    fn is(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(class))
    }

    /// Whether the token before is of the class, with no more than a space between.
    #[inline(never)]
    fn follows(&self, at: usize, class: Class) -> bool {
        at > 0 && self.is(at - 1, class) && self.gap(at - 1).trim().is_empty()
    }

    /// Whether the token after is of the class, with no more than a space between.
    #[inline(never)]
    fn precedes(&self, at: usize, class: Class) -> bool {
        self.is(at + 1, class) && self.gap(at).trim().is_empty()
    }

    #[inline(never)]
    fn is_number(&self, at: usize) -> bool {
        let said = self.said(at);
        !said.is_empty() && said.bytes().all(|b| b.is_ascii_digit())
    }

    #[inline(never)]
    fn begins_with_digit(&self, at: usize) -> bool {
        self.said(at).digits() > 0
    }

    /// The first token that begins at the place or behind it.
    #[inline(never)]
    fn token_from(&self, place: usize) -> usize {
        self.tokens.partition_point(|token| token.start < place)
    }
}
